"""A browser without JavaScript that checks every answer it gets, and fills in forms as people do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import lxml.html
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement
from werkzeug.test import TestResponse

from .checks import check_answer, check_page, words

Fields = dict[str, list[str]]


@dataclass
class Page:
    """One answer; the parts of a page as far as it is one."""

    response: TestResponse
    tree: HtmlElement = field(repr=False)

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def path(self) -> str:
        return self.response.request.path

    @property
    def source(self) -> str:
        return self.response.get_data(as_text=True)

    @property
    def h1(self) -> str:
        return words(self.tree.find(".//h1"))

    @property
    def text(self) -> str:
        """What a reader reads between header and footer."""
        return words(self.tree.find(".//main"))

    def all(self, tag: str, **having: str) -> list[HtmlElement]:
        """Elements with these attributes; `kind` is one of its classes."""
        kind = having.pop("kind", "")
        found = self.tree.iter(tag)
        return [
            one
            for one in found
            if all(one.get(name) == value for name, value in having.items())
            and (not kind or kind in one.get("class", "").split())
        ]

    def texts(self, tag: str, **having: str) -> list[str]:
        return [words(element) for element in self.all(tag, **having)]

    def form(self, id: str = "answer") -> HtmlElement:
        """The form with this id, or the only one there is between header and footer."""
        [form] = self.all("form", id=id) or self.tree.findall(".//main//form")
        return form

    def fields(self, id: str = "answer") -> Fields:
        """What a browser would send of this form if nobody touched it, the button left out."""
        fields: Fields = {}
        for name, value in _sent(self.form(id)):
            fields.setdefault(name, []).append(value)
        return fields

    def value(self, name: str) -> list[str]:
        """What stands in a field, in any form of the page."""
        return [value for form in self.tree.iter("form") for key, value in _sent(form) if key == name]

    @property
    def errors(self) -> dict[str, str]:
        """The summary at the top: target -> text."""
        links = [link for box in self.all("div", kind="errors") for link in box.iter("a")]
        return {link.get("href")[1:]: words(link) for link in links if link.get("href").startswith("#")}


def _sent(form: HtmlElement) -> Iterator[tuple[str, str]]:
    for element in form.iter("input", "select", "textarea"):
        name, kind = element.get("name"), element.get("type")
        if name is None or (kind in ("radio", "checkbox") and element.get("checked") is None):
            continue
        if element.tag == "select":
            picked = element.xpath("./option[@selected]") or element.xpath("./option[1]")
            yield name, picked[0].get("value")
        elif element.tag == "textarea":
            yield name, "".join(element.itertext()).replace("\n", "\r\n")
        else:
            yield name, element.get("value", "")


class Client:
    """Someone at a browser, in one language: the demo's team member, another of the three, or nobody yet."""

    def __init__(self, app: Flask, language: str = "nl", person: str = "team") -> None:
        self.app, self.language = app, language
        self.browser: FlaskClient = app.test_client()
        if person:
            self.sign_in(person)

    def sign_in(self, person: str) -> None:
        """Become one of the demo's people; a scan in this browser stays."""
        assert self.browser.post("/demo", data={"person": person}).status_code == 302

    def open(self, path: str, method: str = "GET", language: str = "", **given: Any) -> Page:
        """One answer, checked. A path without a language gets the client's, unless it begins with /./."""
        if path.startswith("/./"):
            path = path[2:]
        elif not path.startswith(("/nl/", "/en/", "/static/", "/healthz")):
            path = f"/{self.language}{path}"
        response = self.browser.open(path, method=method, buffered=True, **given)
        check_answer(response)
        page = Page(response, _parse(response))
        if response.mimetype == "text/html" and "Content-Disposition" not in response.headers and not _redirects(page):
            check_page(page.tree, page.source, language or _language(path))
        return page

    def get(self, path: str, status: int = 200, **given: Any) -> Page:
        page = self.open(path, **given)
        assert page.status == status, (path, page.status, page.text[:300])
        return page

    def post(self, path: str, fields: Mapping[str, Any], status: int = 302, **given: Any) -> Page:
        page = self.open(path, "POST", data=fields, **given)
        assert page.status == status, (path, page.status, page.text[:600])
        return page

    def send(self, page: Page, status: int = 302, *, form: str = "answer", do: str = "save", **changed: Any) -> Page:
        """Fill in fields of a form that a page shows, and press a button. `changed`: field -> value(s), None: empty."""
        fields = page.fields(form) | {"do": [do]}
        for name, value in changed.items():
            given = [] if value is None else value if isinstance(value, list) else [value]
            if given:
                fields[name] = given
            else:
                fields.pop(name, None)
        action = page.form(form).get("action") or page.path
        return self.post(action, fields, status)

    def follow(self, page: Page, status: int = 200) -> Page:
        """Where a redirect leads, and on, as a browser goes."""
        for _ in range(5):
            if not _redirects(page):
                break
            page = self.open(page.response.headers["Location"].removeprefix("http://localhost"))
        assert page.status == status, (page.path, page.status, page.text[:300])
        return page

    def answer(self, path: str, status: int = 302, *, do: str = "save", **changed: Any) -> Page:
        """Open a question, fill it in, save it. Fields without the question's id in front: value, motivation, ..."""
        question = path.rsplit("/", 1)[-1]
        return self.send(
            self.get(path), status, do=do, **{f"{question}-{name}": said for name, said in changed.items()}
        )


def _parse(response: TestResponse) -> HtmlElement:
    source = response.get_data()
    if response.mimetype != "text/html" or not source:
        return lxml.html.fromstring("<html></html>")
    return lxml.html.fromstring(source, parser=lxml.html.HTMLParser(encoding="utf-8"))


def _redirects(page: Page) -> bool:
    return page.status in (301, 302, 303, 308)


def _language(path: str) -> str:
    return path.split("?")[0].strip("/").split("/")[0]
