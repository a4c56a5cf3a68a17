"""Lines of the register from a file: all of them, or every fault with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.register_file import COLUMNS, LONGEST, MOST, Problem, read_register
from exports.to_table import render_csv, render_excel_csv

GOOD = "titel;eigenaar;kenmerk;opnieuw bekijken\nCamera's;beheer;Z-1;21-11-2026\n\nDrukte;;;2027-01-02\n"


@pytest.mark.parametrize("text", [GOOD, GOOD.replace(";", ","), "\ufeff" + GOOD, GOOD.replace("\n", "\r\n")])
def test_what_people_keep_is_read(text: str) -> None:
    found = read_register(text.encode())
    assert found.problems == []
    assert found.lines == [
        {"title": "Camera's", "owner": "beheer", "reference": "Z-1", "look_again": "2026-11-21"},
        {"title": "Drukte", "owner": "", "reference": "", "look_again": "2027-01-02"},
    ]


def test_columns_may_come_in_any_order_and_others_are_left_out() -> None:
    found = read_register(b"Note,Owner,TITLE\nx,who,what\n")
    assert found.lines == [{"title": "what", "owner": "who", "reference": "", "look_again": ""}]


@pytest.mark.parametrize(("raw", "problem"), [
    (b"", Problem("empty")), (b"title\n", Problem("empty")), (b"naam2\nx\n", Problem("no_title", 1)),
    (b"title\n\xff\n", Problem("not_utf8")), (b'title\n"x\n', Problem("not_csv")),
    (b"title,owner\nx\n", Problem("uneven", 2)), (b"title,owner\n,x\n", Problem("title_missing", 2, "title")),
    (b"title,look again\nx,31-02-2026\n", Problem("date", 2, "look_again")),
    (b"title\nx\x00\n", Problem("unreadable", 2, "title")),
    (b"title\n" + b"x" * (LONGEST + 1) + b"\n", Problem("too_long", 2, "title")),
    (b"title\n" + b"x\n" * (MOST + 1), Problem("too_many")),
])  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_is_taken(raw: bytes, problem: Problem) -> None:
    found = read_register(raw)
    assert found.lines == []
    assert problem in found.problems


def test_every_fault_is_told_at_once() -> None:
    found = read_register(b"title,look again\n,x\ny,z\n")
    assert [(one.key, one.line) for one in found.problems] == [("title_missing", 2), ("date", 2), ("date", 3)]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    found = read_register(raw)
    assert bool(found.lines) != bool(found.problems)


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=30).filter(str.strip)


@given(st.lists(TEXT, min_size=1, max_size=5))
def test_what_was_written_as_csv_is_read_back_the_same(titles: list[str]) -> None:
    found = read_register(render_csv(["title"], [[title] for title in titles]))
    assert [line["title"] for line in found.lines] == [title.strip() for title in titles]


def test_each_column_has_a_name_in_both_languages() -> None:
    assert all(len(names) >= 2 for names in COLUMNS.values())
    assert render_excel_csv(["titel"], [["x"]]).startswith(b"\xef\xbb\xbf")
