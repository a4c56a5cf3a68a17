"""The workshop that ships: rounds that belong together agree, facilitators get enough to say, screens stay short."""

from __future__ import annotations

import re

import pytest

from assistant.trees.cases import Case, RunSheet, Workshop
from assistant.trees.load import case_files, load_file, shipped_folder
from assistant.trees.model import LANGUAGES, Language, Text
from assistant.trees.rounds import BY_PHONE, Round
from assistant.workshop.hundred import Rates

from ..texts import Said

LOADED = load_file(shipped_folder() / "cases" / "workshop.yaml").part
assert isinstance(LOADED, Workshop)
WORKSHOP = LOADED
ROUNDS = WORKSHOP.rounds
SHEETS = WORKSHOP.run_sheets
CASES = [part for path in case_files(shipped_folder()) if isinstance(part := load_file(path).part, Case)]
OPEN_QUESTION = {"Hoe", "Hoeveel", "Wie", "Wat", "Waar", "Wanneer", "Welke", "Waarom"}
OPEN_QUESTION |= {"How", "Who", "Whose", "What", "Where", "When", "Which", "Why"}
LONGEST = {"asks": 125, "item": 60, "option": 50, "reveal": 260}  # characters that a projector shows large


def order(sheet: RunSheet) -> list[str]:
    return [id for step in sheet.steps for id in step.rounds]


def how_many(text: Text, language: Language) -> int:
    return len(Said("", "", text.nl, text.en).sentences(language))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.id)
def test_a_sheet_plays_a_round_once_and_lays_it_beside_an_earlier_one(sheet: RunSheet) -> None:
    ids = order(sheet)
    assert len(set(ids)) == len(ids)
    for place, id in enumerate(ids):
        assert not ROUNDS[id].again or ROUNDS[id].again in ids[:place], id


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.id)
def test_dilemmas_are_played_for_each_and_breaks_have_no_rounds(sheet: RunSheet) -> None:
    for step in sheet.steps:
        kinds = {ROUNDS[id].kind for id in step.rounds}
        assert step.each_dilemma == ("arguments" in kinds)
        rests = step.title.en in ("Break", "Lunch")
        assert rests == (not step.rounds)


def test_every_round_is_played_somewhere() -> None:
    assert {id for sheet in SHEETS for id in order(sheet)} == set(ROUNDS)


def test_a_day_plays_everything_that_a_room_does() -> None:
    day = next(sheet for sheet in SHEETS if sheet.id == "awareness-day")
    kinds = {ROUNDS[id].kind for id in order(day)}
    assert kinds == {one.kind for one in ROUNDS.values()}


@pytest.mark.parametrize("id", [id for id, one in ROUNDS.items() if one.again])
def test_a_round_asked_again_has_the_same_options_and_items(id: str) -> None:
    one = ROUNDS[id]
    first = ROUNDS[one.again or ""]
    assert one.options == first.options
    assert [(item.id, item.says) for item in one.items] == [(item.id, item.says) for item in first.items]


def test_one_fact_more_is_one_column_beside_the_same_rows() -> None:
    before, after = ROUNDS["who_am_i"].exhibit, ROUNDS["who_am_i_one_fact"].exhibit
    assert before
    assert after
    assert [row[:-1] for row in (after.columns, *after.rows)] == [before.columns, *before.rows]
    more_known = [item.right for item in ROUNDS["who_am_i_one_fact"].items]
    assert "cannot_tell" not in more_known
    assert [item.right for item in ROUNDS["who_am_i"].items].count("cannot_tell") == 2


def test_the_hundred_tell_the_numbers_that_the_screen_draws() -> None:
    rates, one = Rates(), ROUNDS["hundred"]
    right = rates.hits + rates.left_alone
    assert one.reveal
    for language in LANGUAGES:
        assert {str(right), str(rates.flagged)} <= words(one.asks[language])
        told = {rates.hits, rates.cases, rates.missed, rates.wrong, right, rates.left_alone}
        assert {str(number) for number in told} <= words(one.reveal[language])
    low, high = (int(number) for number in one.items[0].right.removeprefix("from_").split("_to_"))
    assert low <= rates.hits <= high


def words(text: str) -> set[str]:
    return set(text.replace(".", " ").replace(",", " ").replace("?", " ").split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", list(ROUNDS))
def test_a_facilitator_gets_enough_to_say_and_no_more(id: str, language: Language) -> None:
    one = ROUNDS[id]
    assert 2 <= how_many(one.says, language) <= 4
    assert 1 <= how_many(one.listen, language) <= 3
    assert len(one.prompts) in (0, 3)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", list(ROUNDS))
def test_what_a_room_reads_from_afar_is_short(id: str, language: Language) -> None:
    one = ROUNDS[id]
    shown = [("asks", one.asks), *(("item", item.says) for item in one.items)]
    shown += [("option", option.label) for option in one.options]
    shown += [("reveal", one.reveal)] if one.reveal else []
    assert [text[language] for kind, text in shown if len(text[language]) > LONGEST[kind]] == []


def test_a_vote_that_can_be_right_tells_why() -> None:
    assert all(_tells(one) for one in ROUNDS.values() if one.kind in BY_PHONE)


def _tells(one: Round) -> bool:
    return bool(one.reveal) == any(item.right for item in one.items)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.case)
def test_a_dilemma_can_be_answered_from_never_to_certainly(case: Case, language: Language) -> None:
    for dilemma in case.dilemmas:
        asked = re.split(r"(?<=[.?])\s+", dilemma.asks[language].strip())
        assert [one for one in asked if one.endswith("?")] == asked[-1:]
        assert asked[-1].split()[0] not in OPEN_QUESTION, asked


def test_the_room_is_seen_to() -> None:
    assert 8 <= len(WORKSHOP.checklist) <= 12
    assert 7 <= len(WORKSHOP.disciplines) <= 8
