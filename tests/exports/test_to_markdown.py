"""The Markdown of a dossier: what somebody typed is text in it, whatever it looks like."""

from __future__ import annotations

import re
import time

import lxml.html
import markdown
import pytest
from hypothesis import given

from assistant.answers import clean_text
from assistant.plain_text import Bullets, blocks
from exports import to_markdown
from exports.to_markdown import inline, typed

from ..strategies import PIECES, texts
from .payloads import PAYLOADS
from .samples import EXAMPLES, SCENARIOS, dossier_of, dossier_that_says

LAYOUT = (
    "a",
    "img",
    "script",
    "em",
    "strong",
    "code",
    "pre",
    "h1",
    "h2",
    "h3",
    "blockquote",
    "hr",
    "table",
    "del",
    "b",
)


def drawn(source: str) -> lxml.html.HtmlElement:
    """What a reader of Markdown makes of it, here Python-Markdown with its extensions on."""
    html = markdown.markdown(source, extensions=["extra", "sane_lists", "toc"])
    return lxml.html.fromstring(f"<main>{html}</main>")


def words_in(text: str) -> str:
    return " ".join(text.split())


def plain(text: str) -> str:
    """The text as it must stand in the page: its paragraphs and lists, without the dashes of the lists."""
    parts = [b.items if isinstance(b, Bullets) else b.lines for b in blocks(text)]
    return words_in(" ".join(" ".join(part) for part in parts))


def layout_of(page: lxml.html.HtmlElement) -> set[str]:
    return {element.tag for element in page.iter() if element.tag in LAYOUT}


@given(texts())
def test_typed_text_stays_text(text: str) -> None:
    page = drawn(f"Toelichting:\n\n{typed(text)}\n\nEinde")
    assert words_in(page.text_content()) == words_in(f"Toelichting: {plain(text)} Einde")
    assert layout_of(page) == set()


@given(texts())
def test_typed_text_on_one_line_stays_text_in_a_list_and_a_heading(text: str) -> None:
    page = drawn(f"# {inline(text)}\n\n- {inline(text)}\n- Vraag? **{inline(text)}**\n")
    assert [words_in(h.text_content()) for h in page.iter("h1")] == [words_in(text)]
    items = [words_in(item.text_content()) for item in page.iter("li")]
    assert items == [words_in(text), words_in(f"Vraag? {text}")]
    assert layout_of(page) <= {"h1", "strong"}


@given(texts())
def test_typed_text_stays_in_its_cell(text: str) -> None:
    page = drawn(f"| a | b |\n|---|---|\n| {inline(text)} | einde |\n")
    assert [words_in(cell.text_content()) for cell in page.iter("td")] == [words_in(text), "einde"]


@pytest.mark.parametrize("text", [*PIECES, *PAYLOADS])
def test_each_known_trick_stays_text(text: str) -> None:
    text = clean_text(text)
    page = drawn(f"Begin\n\n{typed(text)}\n\nEinde")
    assert words_in(page.text_content()) == words_in(f"Begin {plain(text)} Einde")
    assert layout_of(page) == set()


@pytest.mark.parametrize("text", ["\n".join(PIECES), "\n\n".join(PAYLOADS), "#let x = 1", "<b>\n- <i>", "===\n---"])
def test_a_whole_dossier_has_the_layout_of_the_template_and_no_other(text: str) -> None:
    quiet = drawn(to_markdown.render(dossier_that_says("rustig")).decode())
    loud = drawn(to_markdown.render(dossier_that_says(clean_text(text))).decode())
    for tag in LAYOUT:
        assert len(list(loud.iter(tag))) == len(list(quiet.iter(tag))), tag


def test_a_dossier_has_one_title_and_its_parts_in_order() -> None:
    page = drawn(to_markdown.render(dossier_of(SCENARIOS / "early-school-leaving.yaml")).decode())
    assert [h.text_content() for h in page.iter("h1")] == ["Schooluitval eerder zien aankomen"]
    words = dossier_of(EXAMPLES / "answers.yaml").words
    parts = ["first_page", "project", "answers", "signals", "later", "not_asked", "accountability", "limits"]
    assert [h.text_content() for h in page.iter("h2")] == [words[part] for part in parts]


def test_every_table_is_drawn_with_as_many_cells_in_a_row_as_in_its_header() -> None:
    page = drawn(to_markdown.render(dossier_that_says("a | b")).decode())
    tables = list(page.iter("table"))
    assert len(tables) == 7
    for table in tables:
        width = len(list(table.iter("th")))
        assert {len(row.findall("td")) for row in table.iter("tr") if row.find("td") is not None} == {width}


def test_every_signal_stands_under_the_gate_it_belongs_to() -> None:
    made = dossier_of(SCENARIOS / "early-school-leaving.yaml")
    text = to_markdown.render(made).decode()
    for signal in made.signals:
        assert text.index(f"**{signal.gate_says}**") < text.index(f"({signal.code})\n")


def test_the_text_ends_in_one_line_end_and_has_no_gaps() -> None:
    text = to_markdown.render(dossier_that_says("Een.\n\nTwee.")).decode()
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not re.search(r"\n{3,}", text)


@pytest.mark.parametrize(
    "text", ["*" * 20_000, "[" * 20_000, "- x\n" * 5_000, "_*`" * 6_666, "<" * 20_000, " " * 20_000]
)
def test_the_longest_hostile_text_is_written_within_a_tenth_of_a_second(text: str) -> None:
    started = time.process_time()
    typed(text)
    assert time.process_time() - started < 0.1
