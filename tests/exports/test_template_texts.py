"""Texts that a template engine, a typesetter or a word processor would obey, in the formats for screens."""

from __future__ import annotations

import json

import lxml.html
import markdown

from assistant.answers import clean_text
from exports import to_html, to_json, to_markdown

from .samples import dossier_that_says, squeezed
from .template_payloads import PAYLOADS

ALL = clean_text("\n".join(PAYLOADS))


def missing(text: str, times: int) -> list[str]:
    found = squeezed(text)
    return [payload for payload in PAYLOADS if found.count(squeezed(payload)) < times]


def test_a_page_shows_them_as_they_were_typed() -> None:
    page = lxml.html.document_fromstring(to_html.render(dossier_that_says(ALL)).decode())
    assert missing(page.text_content(), 100) == []


def test_markdown_shows_them_as_they_were_typed() -> None:
    source = to_markdown.render(dossier_that_says(ALL)).decode()
    page = lxml.html.fromstring(f"<main>{markdown.markdown(source, extensions=['extra', 'sane_lists'])}</main>")
    assert missing(page.text_content(), 100) == []


def test_data_holds_them_as_they_were_typed() -> None:
    made = json.loads(to_json.render(dossier_that_says(ALL)))
    assert made["project"]["title"] == ALL
    assert json.dumps(made).count(json.dumps(ALL)[1:-1]) >= 100
