"""What is true of every answer that the assistant gives, and of every page: also of pages not written yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.html import HtmlElement
from werkzeug.test import TestResponse

CANARY = "canary-7f3a"  # stands in typed text; nothing but a page or a file of its own dossier may repeat it

CONTENT_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}
FILE_POLICY = {"sandbox": "", "default-src": "'none'", "style-src": "'unsafe-inline'"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
}
COOKIE = re.compile(r"session=[^;]*; HttpOnly; Path=/; SameSite=Lax|session=; Expires=[^;]*; Max-Age=0; .*")
CHOSEN_BY_USER = ("input", "select", "textarea")
UNLABELLED = ("hidden", "submit", "button")
PARTS_OF_TITLE = re.compile(r"^(Error|Fout): ")


def check_answer(response: TestResponse) -> None:
    """The headers of every answer: pages, files, redirects, errors."""
    faults = [*_header_faults(response), *_cookie_faults(response)]
    assert not faults, f"{response.request.path} ({response.status_code}): {faults}"


def _header_faults(response: TestResponse) -> Iterator[str]:
    headers, is_static = response.headers, response.request.path.startswith("/static/")
    for name, value in HEADERS.items():
        if headers.get(name) != value:
            yield f"{name}: {headers.get(name)}"
    expected = FILE_POLICY if "Content-Disposition" in headers and not is_static else CONTENT_POLICY
    if read_policy(headers.get("Content-Security-Policy", "")) != expected:
        yield f"Content-Security-Policy: {headers.get('Content-Security-Policy')}"
    if "camera=()" not in headers.get("Permissions-Policy", ""):
        yield "Permissions-Policy allows something"
    if not is_static and headers.get("Cache-Control") != "no-store":
        yield f"Cache-Control: {headers.get('Cache-Control')}"
    if CANARY in str(headers) and "Content-Disposition" not in headers:
        yield "typed text in a header"


def _cookie_faults(response: TestResponse) -> Iterator[str]:
    for cookie in response.headers.getlist("Set-Cookie"):
        if not COOKIE.fullmatch(cookie):
            yield f"a cookie of another kind: {cookie[:80]}"


def read_policy(text: str) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in text.split(";"))
    return {name: value for name, _, value in parts}


def check_page(tree: HtmlElement, source: str, language: str) -> None:
    """What makes a page accessible and private, as far as its source tells."""
    faults = [
        *_shape_faults(tree, source, language),
        *_id_faults(tree),
        *_field_faults(tree),
        *_form_faults(tree),
        *_foreign_faults(tree),
    ]
    assert not faults, f"{words(tree.find('.//title'))!r}: {faults}"


def _shape_faults(tree: HtmlElement, source: str, language: str) -> Iterator[str]:
    if not source.startswith("<!doctype html>"):
        yield "no doctype"
    for error in _parse_errors(source):
        yield f"not well formed: {error}"
    if tree.get("lang") != language:
        yield f"lang is {tree.get('lang')}, not {language}"
    heads = tree.findall(".//h1")
    if len(heads) != 1:
        yield f"{len(heads)} h1's"
    title = PARTS_OF_TITLE.sub("", words(tree.find(".//title")))
    if heads and not title.startswith(words(heads[0])):
        yield f"the title {title!r} does not begin with the h1 {words(heads[0])!r}"
    if len(tree.findall(".//main")) != 1:
        yield "no main"
    levels = [int(head.tag[1]) for head in tree.iter("h1", "h2", "h3", "h4")]
    if any(level > 2 and level - 1 not in levels[:place] for place, level in enumerate(levels)):
        yield f"a level of heading is left out: {levels}"


def _parse_errors(source: str) -> list[str]:
    parser = etree.HTMLParser(encoding="utf-8")
    etree.fromstring(source.encode(), parser)
    # libxml2 is older than HTML5: it does not know the elements, but does know what is closed wrongly
    return [str(error.message) for error in parser.error_log if "invalid" not in str(error.message)]


def _id_faults(tree: HtmlElement) -> Iterator[str]:
    ids = [element.get("id") for element in tree.iter() if element.get("id") is not None]
    yield from (f"id {id!r} stands twice" for id in sorted({id for id in ids if ids.count(id) > 1}))
    for element in tree.iter(etree.Element):
        wanted = " ".join(element.get(name, "") for name in ("aria-describedby", "aria-labelledby", "for", "form"))
        link = element.get("href", "")
        wanted += f" {link[1:]}" if link.startswith("#") else ""
        yield from (f"{element.tag} points at {id!r}, which is not there" for id in wanted.split() if id not in ids)


def _field_faults(tree: HtmlElement) -> Iterator[str]:
    labelled = {label.get("for") for label in tree.iter("label") if words(label)}
    for field in tree.iter(*CHOSEN_BY_USER):
        if field.get("type") in UNLABELLED:
            continue
        if field.get("id") not in labelled and not field.get("aria-label") and not field.get("aria-labelledby"):
            yield f"{field.get('name')} has no label"
        if field.get("type") in ("radio", "checkbox") and field.get("value") != "y" and not _in_named_group(field):
            yield f"{field.get('name')} is in no fieldset with a legend"
    for button in tree.iter("button"):
        if not words(button):
            yield "a button without words"


def _in_named_group(field: HtmlElement) -> bool:
    return any(words(group.find("legend")) for group in field.iterancestors("fieldset"))


def _form_faults(tree: HtmlElement) -> Iterator[str]:
    for form in tree.iter("form"):
        if form.get("method") == "get" and form.get("role") == "search":  # it looks up, and changes nothing
            continue
        tokens = [field for field in form.iter("input") if field.get("name") == "csrf_token" and field.get("value")]
        if form.get("method", "get").lower() != "post" or len(tokens) != 1:
            yield f"form {form.get('id')} posts without one token"


def _foreign_faults(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter(etree.Element):
        for name, value in element.attrib.items():
            if name == "style" or name.startswith("on"):
                yield f"{element.tag} has an inline {name}"
            if name in ("src", "href", "action", "formaction", "srcset", "poster", "data") and _is_foreign(
                element, value
            ):
                yield f"{element.tag} leads to {value}"
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"inline {element.tag}"


def _is_foreign(element: HtmlElement, value: str) -> bool:
    if element.tag == "a" and value.startswith("https://") and element.get("rel") == "noreferrer":
        return False  # a source that the trees' own Markdown names: followed only by who clicks
    return re.match(r"[a-z][a-z0-9+.-]*:|//", value.strip().lower()) is not None


def words(element: Any) -> str:
    """The text of an element, spaces made one."""
    return "" if element is None else " ".join("".join(element.itertext()).split())
