"""The page of a dossier: well formed, alone, and with every typed text as text."""

from __future__ import annotations

import re
from itertools import pairwise

import lxml.html
import pytest
from hypothesis import given
from lxml.html import HtmlElement

from assistant.answers import clean_text
from assistant.dossier import Dossier
from assistant.plain_text import Bullets, blocks
from assistant.trees.model import LANGUAGES, Language
from exports import to_html
from exports.to_html import typed

from ..strategies import texts
from .payloads import PAYLOADS
from .samples import EXAMPLES, SCENARIOS, dossier_of, dossier_that_says

FILES = [EXAMPLES / "answers.yaml", *sorted(SCENARIOS.glob("*.yaml"))]
VOID = {"meta", "br", "link", "hr", "img", "input"}
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "section", "h1", "h2", "h3", "h4", "p", "ul",
    "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "div", "span", "strong", "blockquote",
    "code", "br",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "id", "class", "aria-labelledby", "role", "tabindex", "scope",
}  # fmt: skip


def page_of(dossier: Dossier) -> HtmlElement:
    return lxml.html.document_fromstring(to_html.render(dossier).decode())


def shape(page: HtmlElement) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """Every element with its attributes; what typed text is drawn as (p, br, ul, li) aside."""
    drawn = {"p", "br", "ul", "li"}
    return [(e.tag, tuple(sorted(e.attrib.items()))) for e in page.iter() if e.tag not in drawn or e.attrib]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_page_is_well_formed(file: object, language: Language) -> None:
    source = to_html.render(dossier_of(file, language)).decode()  # type: ignore[arg-type]
    opened = []
    for closing, tag in re.findall(r"<(/?)([a-z][a-z0-9]*)", source):
        if closing:
            assert opened.pop() == tag
        elif tag not in VOID:
            opened.append(tag)
    assert opened == []
    assert source.startswith("<!doctype html>")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_page_can_be_read_with_a_screen_reader(file: object, language: Language) -> None:
    page = page_of(dossier_of(file, language))  # type: ignore[arg-type]
    (title,) = page.iter("h1")
    ids = page.xpath("//@id")
    levels = [int(h.tag[1]) for h in page.iter("h1", "h2", "h3", "h4")]
    assert page.get("lang") == language
    assert page.findtext("head/title").startswith(title.text_content())
    assert len(ids) == len(set(ids))
    assert set(page.xpath("//@aria-labelledby")) <= set(ids)
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(th.get("scope") == "col" for th in page.iter("th"))


def test_a_page_asks_nothing_of_the_network() -> None:
    page = page_of(dossier_that_says("https://example.nl"))
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert {e.tag for e in page.iter() if isinstance(e.tag, str)} <= ALLOWED
    assert {name for e in page.iter() for name in e.attrib} <= ATTRIBUTES
    assert "url(" not in page.findtext("head/style")
    assert "@import" not in page.findtext("head/style")


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_hostile_text_leaves_the_page_as_it_was(text: str) -> None:
    text = clean_text(text)
    page = page_of(dossier_that_says(text))
    assert shape(page) == shape(page_of(dossier_that_says("rustig")))
    assert page.text_content().count(text) >= 100


def test_every_free_text_of_a_dossier_stands_in_the_page_and_is_escaped() -> None:
    source = to_html.render(dossier_that_says("<i>&\"'</i>")).decode()
    assert "<i>" not in source
    assert source.count("&lt;i&gt;&amp;&#34;&#39;&lt;/i&gt;") >= 100


@given(texts())
def test_typed_text_is_drawn_as_paragraphs_and_lists_and_nothing_else(text: str) -> None:
    drawn = lxml.html.fromstring(f"<main>{typed(text)}</main>")
    said = [list(b.items) if isinstance(b, Bullets) else list(b.lines) for b in blocks(text)]
    shown = [
        [li.text_content() for li in block]
        if block.tag == "ul"
        else [block.text or "", *(br.tail or "" for br in block)]
        for block in drawn
    ]
    assert {e.tag for e in drawn.iter()} <= {"main", "p", "br", "ul", "li"}
    assert shown == said


def test_the_heavy_dossier_is_a_page_that_mail_carries() -> None:
    assert len(to_html.render(dossier_of(FILES[-1]))) < 500_000
