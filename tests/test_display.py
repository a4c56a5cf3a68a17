"""How answers read, and how numbers and dates are typed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer
from assistant.display import (
    answer_lines,
    cell_text,
    read_date,
    read_number,
    row_line,
    shortened,
    written_date,
    written_number,
)
from assistant.dossier import answer_text, table
from assistant.trees.model import Language, Question

from .trees.samples import question

KINDS = [
    {"id": "a", "label": {"nl": "Appel", "en": "Apple"}},
    {"id": "b", "label": {"nl": "Peer", "en": "Pear"}},
]


def made(kind: str, **extra: Any) -> Question:
    return Question.model_validate(question("q", kind, **extra))


FRUIT = made("choice", choices=KINDS)
FRUITS = made("choices", choices=KINDS)
ROWS = made(
    "table",
    columns=[
        {"id": "name", "label": {"nl": "Naam", "en": "Name"}, "kind": "text"},
        {"id": "kind", "label": {"nl": "Soort", "en": "Kind"}, "kind": "choice", "choices": KINDS},
        {"id": "note", "label": {"nl": "Noot", "en": "Note"}, "kind": "text", "optional": True},
    ],
)
ROW = {"id": "r1", "name": "Boom", "kind": {"unsure": True}}


@pytest.mark.parametrize(
    ("asked", "value", "nl", "en"),
    [
        (FRUIT, "a", ["Appel"], ["Apple"]),
        (FRUITS, ["a", "b"], ["Appel", "Peer"], ["Apple", "Pear"]),
        (made("yes_no"), "no", ["Nee"], ["No"]),
        (made("scale"), 4, ["4 van 5"], ["4 of 5"]),
        (made("number"), 0, ["0"], ["0"]),
        (made("number"), 1250.5, ["1.250,5"], ["1,250.5"]),
        (made("number", unit={"nl": "jongeren", "en": "pupils"}), 12, ["12 jongeren"], ["12 pupils"]),
        (made("date"), "2026-11-21", ["21 november 2026"], ["21 November 2026"]),
        (made("text"), "Een\nzin", ["Een\nzin"], ["Een\nzin"]),
        (
            ROWS,
            [ROW],
            ["Naam: Boom; Soort: nog niet bekend"],
            ["Name: Boom; Kind: not known yet"],
        ),
        (FRUIT, None, [], []),
    ],
)
def test_an_answer_reads_in_both_languages(asked: Question, value: Any, nl: list[str], en: list[str]) -> None:
    assert answer_lines(asked, Answer(value=value), "nl") == nl
    assert answer_lines(asked, Answer(value=value), "en") == en


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (Answer(value="a"), "Appel"),
        (Answer(), "Niet ingevuld"),
        (Answer(unsure=True), "Weten wij nog niet"),
        (Answer(not_applicable="er is er geen"), "Niet van toepassing: er is er geen"),
    ],
)
def test_an_answer_in_one_line_says_what_was_not_said_too(answer: Answer, text: str) -> None:
    assert answer_text(FRUIT, answer, "nl") == text


def test_these_and_maybe_more_reads_as_that() -> None:
    assert answer_text(FRUITS, Answer(value=["a"], unsure=True), "en") == "Apple, And maybe more"


def test_a_blank_cell_is_not_known_unless_it_is_optional() -> None:
    _, kind, note = ROWS.columns
    assert cell_text(kind, None, "nl") == "nog niet bekend"
    assert cell_text(note, None, "nl") == ""
    assert row_line(ROWS, {"id": "r1"}, "en") == "Name: not known yet; Kind: not known yet"


def test_a_table_has_a_header_and_a_cell_for_every_column() -> None:
    header, rows = table(ROWS, Answer(value=[ROW]), "en")
    assert header == ("Name", "Kind", "Note")
    assert rows == (("Boom", "not known yet", ""),)
    assert table(FRUIT, Answer(value="a"), "en") == ((), ())


NUMBERS: list[tuple[str, Language, float | None]] = [
    ("12", "nl", 12), ("12", "en", 12), (" 12 ", "nl", 12), ("0", "nl", 0), ("007", "nl", 7),
    ("12,5", "nl", 12.5), ("12.5", "nl", 12.5), ("12.5", "en", 12.5), ("12,5", "en", 12.5),
    ("1.250,5", "nl", 1250.5), ("1,250.5", "en", 1250.5), ("1.250.000", "nl", 1_250_000),
    ("1,250,000", "en", 1_250_000), ("1 250", "nl", 1250), ("1\u00a0250,5", "nl", 1250.5),
    ("0,125", "nl", 0.125), ("0.125", "en", 0.125), ("1250,500", "nl", 1250.5), ("12,00", "nl", 12), ("", "nl", None),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "language", "number"), NUMBERS)
def test_a_number_is_read_as_people_write_it(typed: str, language: Language, number: float | None) -> None:
    assert read_number(typed, language) == (number, [])


@pytest.mark.parametrize(
    ("typed", "language"),
    [("1.250", "nl"), ("1,250", "nl"), ("1.250", "en"), ("1,250", "en"), ("12.345", "nl"), ("999,999", "en")],
)
def test_a_number_that_can_mean_two_things_is_refused(typed: str, language: Language) -> None:
    value, problems = read_number(typed, language)
    assert value is None
    assert [problem.key for problem in problems] == ["ambiguous_number"]


@pytest.mark.parametrize(
    "typed",
    [
        "twaalf",
        "-3",
        "1e3",
        "1..2",
        "1,2,3",
        ",5",
        "5,",
        "12,5 euro",
        "0x1f",
        "NaN",
        "inf",
        "1.25,5",
        "1'250",
        "9" * 16,
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_no_number_is_refused(typed: str, language: Language) -> None:
    _, problems = read_number(typed, language)
    assert [problem.key for problem in problems] == ["not_a_number"]


@pytest.mark.parametrize("language", ["nl", "en"])
@given(number=st.one_of(st.integers(0, 10**9), st.decimals(0, 10**6, places=2).map(float)))
def test_a_number_written_is_the_number_read_or_is_said_to_be_ambiguous(number: float, language: Language) -> None:
    value, problems = read_number(written_number(number, language), language)
    assert value == number or [problem.key for problem in problems] == ["ambiguous_number"]


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("21-11-2026", "2026-11-21"), ("2026-11-21", "2026-11-21"), ("1-2-2026", "2026-02-01"),
        ("01/02/2026", "2026-02-01"), ("1.2.2026", "2026-02-01"), (" 21 11 2026 ", "2026-11-21"),
        ("29-2-2028", "2028-02-29"), ("", None),
    ],
)  # fmt: skip
def test_a_date_is_read_day_first_or_as_iso(typed: str, iso: str | None) -> None:
    assert read_date(typed) == (iso, [])


@pytest.mark.parametrize(
    "typed", ["29-2-2027", "32-1-2026", "11-21-2026", "21-11-26", "morgen", "2026-13-01", "21 nov 2026", "2026/11/21"]
)
def test_what_is_no_date_is_refused(typed: str) -> None:
    value, problems = read_date(typed)
    assert value is None
    assert [problem.key for problem in problems] == ["not_a_date"]


@given(st.dates())
def test_a_date_written_day_first_reads_back(day: Any) -> None:
    assert read_date(f"{day.day}-{day.month}-{day.year:04}") == (day.isoformat(), [])


def test_no_date_is_written_as_nothing() -> None:
    assert written_date("", "nl") == ""


@given(st.text(max_size=400))
def test_a_text_is_shortened_to_one_line_that_it_begins_with(text: str) -> None:
    line = shortened(text, 120)
    assert len(line) <= 122
    assert " ".join(text.split()).startswith(line.removesuffix(" …"))
