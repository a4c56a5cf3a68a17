"""Answers read, counted, and kept back where too few people or all but one stand behind them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.workshop.ballots import (
    LONGEST_NOTE,
    Ballot,
    Tally,
    count,
    lonely_items,
    read_ballot,
    read_paper,
    to_keep,
)

from . import samples

STANCE, WALL, SILENT, REASONS = (samples.planned(key) for key in ("stance:ring", "wall", "silent", "reasons:ring"))


def read(planned: Any, **form: list[str]) -> tuple[Ballot, dict[str, str]]:
    return read_ballot(planned, lambda item: form.get(item, []))


def test_a_choice_is_read_and_what_is_no_option_is_an_abstention() -> None:
    assert read(STANCE, ring=["never"]) == ({"ring": ["never"]}, {})
    assert read(STANCE, ring=["other"]) == ({}, {})
    assert read(STANCE, tell=["never"]) == ({}, {})
    assert read(WALL, s2=["yes"]) == ({"s2": ["yes"]}, {})


def test_more_than_may_be_chosen_is_said_and_kept_to_show_again() -> None:
    assert read(STANCE, ring=["never", "certainly"]) == ({"ring": ["never", "certainly"]}, {"ring": "too_many"})
    assert read(SILENT, values=["care", "trust", "care"]) == ({"values": ["care", "trust"]}, {})


def test_a_reason_is_cleaned_and_measured() -> None:
    assert read(REASONS, **{"for": [" help \r\n"], "against": [""]}) == ({"for": ["help"]}, {})
    assert read(REASONS, **{"for": ["x" * (LONGEST_NOTE + 1)]})[1] == {"for": "too_long"}
    assert read(REASONS, against=["nul\x00"])[1] == {"against": "unreadable"}


def test_counting_adds_phones_and_paper() -> None:
    ballots: list[Ballot] = [{"ring": ["never"]}, {"ring": ["certainly"]}, {}, {"ring": ["never"]}]
    tally = count(STANCE, ballots, {"ring": [0, 2, 5, 1, 3]})
    assert tally.counts == {"ring": {"never": 2, "rather_not": 2, "only_if": 5, "rather_yes": 1, "certainly": 4}}
    assert (tally.people, tally.answered) == (14, {"ring": 14})


def test_forms_with_several_choices_count_as_people_once() -> None:
    tally = count(SILENT, [{"values": ["care", "trust"]}], {"values": [4, 0, 2, 0, 0, 1]}, forms=4)
    assert (tally.people, tally.answered) == (5, {"values": 5})
    assert tally.counts["values"] == {"care": 5, "trust": 3, "autonomy": 1}


def test_nothing_of_too_few_people_is_kept_item_by_item() -> None:
    ballots: list[Ballot] = [{"s1": ["yes"]}] * 5 + [{"s2": ["no"]}] * 2
    kept = to_keep(count(WALL, ballots, {}), 5)
    assert kept == Tally(people=7, answered={"s1": 5}, counts={"s1": {"yes": 5}})
    assert to_keep(count(WALL, ballots, {}), 6) is None


@pytest.mark.parametrize(("stances", "lonely"), [
    (["never"] * 5 + ["certainly"], True), (["never"] * 6, False), (["never"] * 4 + ["certainly"] * 2, False),
    (["never"] * 4 + ["certainly", "only_if"], False),
])  # fmt: skip
def test_all_but_one_agreeing_is_seen(stances: list[str], lonely: bool) -> None:
    tally = count(STANCE, [{"ring": [stance]} for stance in stances], {})
    assert lonely_items(STANCE, tally) == (["ring"] if lonely else [])


def test_several_choices_and_reasons_point_at_nobody() -> None:
    assert lonely_items(SILENT, count(SILENT, [{"values": ["care"]}] * 5 + [{"values": ["trust"]}], {})) == []
    assert lonely_items(REASONS, count(REASONS, [{"for": ["x"]}] * 6, {})) == []


@pytest.mark.parametrize(("line", "read"), [
    ("0 2 5 1 3", ([0, 2, 5, 1, 3], "")), ("0,2;5, 1 3", ([0, 2, 5, 1, 3], "")), ("", ([], "")),
    ("0 2 5 1", ([], "how_many")), ("0 2 5 1 x", ([], "numbers")), ("0 2 5 1 -3", ([], "numbers")),
    ("0 2 5 1 99999", ([], "too_many")), ("0 2 5 1 ²", ([], "numbers")), ("1 1 1 1 999999", ([], "numbers")),
])  # fmt: skip
def test_a_line_from_paper(line: str, read: tuple[list[int], str]) -> None:
    assert read_paper(line, STANCE) == read


@given(
    st.lists(
        st.fixed_dictionaries({}, optional={id: st.sampled_from([["yes"], ["no"]]) for id in ("s1", "s2")}), max_size=20
    ),
    st.integers(3, 10),
    st.dictionaries(st.sampled_from(["s1", "s2"]), st.lists(st.integers(0, 6), min_size=2, max_size=2)),
)
def test_nothing_is_ever_kept_of_fewer_than_the_smallest_group(
    ballots: list[Ballot], smallest: int, paper: dict[str, list[int]]
) -> None:
    tally = count(WALL, ballots, paper)
    kept = to_keep(tally, smallest)
    for item in tally.answered:
        assert sum(tally.counts[item].values()) == tally.answered[item]
    if kept:
        assert set(kept.counts) == set(kept.answered)
        assert all(people >= smallest for people in kept.answered.values())
