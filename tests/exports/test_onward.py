"""The drafts as files: Word opens them, what was typed stays text, and the register's JSON is what it takes."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import docx
import lxml.html
import markdown
import pytest

from assistant.answers import clean_text
from assistant.dossier import Dossier
from assistant.onward.dpia import build_dpia
from assistant.onward.model import Draft, Register
from assistant.onward.record import build_record
from assistant.plain_text import Bullets, blocks
from exports import to_dpia, to_record, to_register
from exports.onward import DRAFTS

from ..onward.samples import EDITION, MAPPING, register, scenario, school, with_answers, with_canary
from ..onward.standard import faults_of
from ..strategies import PIECES
from .payloads import PAYLOADS
from .samples import dossier_that_says, squeezed

HOSTILE = ["\n".join(PAYLOADS), "\n\n".join(PIECES), "voor\x01\x0bna 😀 漢字", "- a\n- b\nc"]


def dpia(dossier: Dossier) -> Draft:
    return build_dpia(MAPPING, dossier, EDITION)


def record(dossier: Dossier) -> Draft:
    return build_record(MAPPING, dossier, EDITION)


def word_text(made: bytes) -> tuple[list[tuple[str, str]], str]:
    """Style and text of every paragraph, as an independent reader has them; and all text, tables too."""
    read = docx.Document(io.BytesIO(made))
    paragraphs = [(p.style.name if p.style else "", p.text) for p in read.paragraphs]
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return paragraphs, "\n".join([*(text for _, text in paragraphs), *cells])


def test_word_opens_it_with_a_heading_for_every_section_and_answer() -> None:
    draft = dpia(school())
    paragraphs, _ = word_text(to_dpia.render_docx(draft))
    heads = [text for style, text in paragraphs if style == "Heading 1"]
    assert heads == [f"{section.key}. {section.title}" for section in draft.sections]
    asked = [f"{one.code} {one.label}" for section in draft.sections for one in section.says if one.question]
    assert [text for style, text in paragraphs if style == "Heading 2" and text in asked] == asked


def test_every_format_says_all_that_the_draft_says() -> None:
    draft = dpia(school())
    said = [
        text
        for section in draft.sections
        for one in section.says
        for text in (one.label, *one.lines, *one.notes, one.reason, *one.views, *(c for row in one.rows for c in row))
    ]
    html = lxml.html.fromstring(to_dpia.render_html(draft)).text_content()
    md = lxml.html.fromstring(markdown.markdown(to_dpia.render_markdown(draft).decode(), extensions=["extra"]))
    for made in (word_text(to_dpia.render_docx(draft))[1], html, md.text_content()):
        there = squeezed(made)
        assert [text for text in said if squeezed(text) not in there] == []


def test_an_empty_draft_says_that_it_is_to_be_filled_in() -> None:
    draft = dpia(with_answers())
    paragraphs, _ = word_text(to_dpia.render_docx(draft))
    empty = [section for section in draft.sections if not section.says]
    assert [text for _, text in paragraphs].count("Nog in te vullen") == len(empty) == 20


def test_an_english_draft_is_english_throughout() -> None:
    draft = dpia(scenario("early-school-leaving", "en"))
    _, text = word_text(to_dpia.render_docx(draft))
    assert "Draft of the assessment of risks (DPIA)" in text
    assert "Also to be filled in here:" in text
    page = lxml.html.fromstring(to_dpia.render_html(draft))
    assert page.get("lang") == "en"


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_typed_stays_text_in_every_format(text: str) -> None:
    text = clean_text(text)
    quiet, loud = dpia(dossier_that_says("rustig")), dpia(dossier_that_says(text))
    shown = ("".join(block.items if isinstance(block, Bullets) else block.lines) for block in blocks(text))
    wanted = squeezed("".join(shown))
    assert wanted
    _, in_word = word_text(to_dpia.render_docx(loud))
    page = lxml.html.fromstring(to_dpia.render_html(loud))
    assert squeezed(page.text_content()).count(wanted) > 50
    without_control = "".join(one if one >= " " else "\ufffd" for one in wanted)
    assert squeezed(in_word).count(without_control) > 50
    assert [one.tag for one in page.iter("script", "img", "a", "iframe", "form", "svg", "link", "object")] == []
    drawn = lxml.html.fromstring(
        f"<main>{markdown.markdown(to_dpia.render_markdown(loud).decode(), extensions=['extra', 'sane_lists'])}</main>"
    )
    plain = lxml.html.fromstring(
        f"<main>{markdown.markdown(to_dpia.render_markdown(quiet).decode(), extensions=['extra', 'sane_lists'])}</main>"
    )
    for tag in ("a", "img", "script", "h1", "h2", "h3", "code", "pre", "hr", "table", "blockquote", "del"):
        assert len(list(drawn.iter(tag))) == len(list(plain.iter(tag))), tag


def test_the_page_asks_nothing_of_anyone() -> None:
    page = lxml.html.fromstring(to_dpia.render_html(dpia(school())))
    assert [one for one in page.iter() if {"src", "href", "action", "style"} & {*one.attrib}] == []
    assert page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [
        "default-src 'none'; style-src 'unsafe-inline'"
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_the_json_is_what_the_register_takes(text: str) -> None:
    for dossier in (school(), dossier_that_says(clean_text(text)), with_answers()):
        made = json.loads(to_register.render_json(register(dossier)))
        assert list(faults_of(made)) == []
        assert None not in made.values()


def test_the_text_of_the_register_begins_with_what_is_wrong_and_names_the_answers() -> None:
    draft = register(school())
    text = to_register.render_text(draft).decode()
    assert text.index("Kijk hier nog naar") < text.index("Contactgegevens: Verplicht.") < text.index("\nNaam\n")
    assert "PD01 Vertel in gewone" in text
    assert "Hoog-risico AI-systeem" in text
    assert "Komt uit: GD01" in text


def test_the_record_as_a_row_has_a_column_for_every_element() -> None:
    draft = record(school())
    made = to_record.render_csv(draft).decode("utf-8-sig")
    header, row = csv.reader(io.StringIO(made), delimiter=";")
    assert header == ["Nummer", "Titel", *(section.title for section in draft.sections)]
    assert row[1] == "Schooluitval eerder zien aankomen"
    assert "Bron: Verzuim; Soort gegevens: Gewone persoonsgegevens, BSN of onderwijsnummer" in row[4].splitlines()
    assert "- Contactgegevens van de gemeente" in row[2].splitlines()


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\uff1d1", "=cmd|' /C calc'!A0"])
def test_no_cell_of_the_record_is_a_formula(formula: str) -> None:
    made = to_record.render_csv(record(dossier_that_says(formula))).decode("utf-8-sig")
    for cells in csv.reader(io.StringIO(made), delimiter=";"):
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\uff1d"))] == []


@pytest.mark.parametrize("kind", ["register", "record"])
def test_no_other_view_and_nobody_who_finds_out_in_any_file(kind: str) -> None:
    made: Any = register(with_canary(school())) if kind == "register" else record(with_canary(school()))
    for format in DRAFTS[kind].values():
        assert b"kanarie" not in format.render(made)
    inward = to_dpia.render_html(dpia(with_canary(school()))).decode()
    assert "kanarie zoekt het uit" in inward  # for the team and the officer it does say so


def test_every_text_has_a_format_to_read_and_makes_the_same_bytes_twice() -> None:
    made: dict[str, Draft | Register] = {
        "dpia": dpia(school()),
        "register": register(school()),
        "record": record(school()),
    }
    for kind, formats in DRAFTS.items():
        for format in formats.values():
            assert format.render(made[kind]) == format.render(made[kind])
