"""The practice cases and rounds, compiled: what the YAML says, and playable in every case and both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import InvalidTrees
from assistant.trees.load import current_playbook, load_playbook, shipped_edition, shipped_folder, shipped_playbook
from assistant.trees.playbook import read_playbook
from assistant.workshop.plan import Chosen, Plan, build_plan
from assistant.workshop.story import known_answers, story_of

BOOK, EDITION = shipped_playbook(), shipped_edition()
PLANS = [(case, sheet) for case in BOOK.case_ids for sheet in BOOK.sheets]
SHIPPED = shipped_folder().joinpath("playbook.json")


def plan(case: str, sheet: str) -> Plan:
    return build_plan(BOOK, EDITION, BOOK.sheets[sheet], story_of(BOOK.case_ids[case]), Chosen())


def test_the_shipped_playbook_is_what_the_yaml_files_make() -> None:
    assert load_playbook(shipped_folder()).body == SHIPPED.read_bytes(), "run `make trees`"


def test_its_bytes_are_canonical_and_read_back_the_same() -> None:
    raw = SHIPPED.read_bytes()
    assert json.dumps(json.loads(raw), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() == raw
    assert read_playbook(raw).body == raw


def test_there_are_eight_cases_and_three_formats() -> None:
    assert len(BOOK.cases) == 8
    assert {id: sheet.minutes for id, sheet in BOOK.sheets.items()} == {
        "taster": 90,
        "good-talk": 225,
        "awareness-day": 420,
    }


@pytest.mark.parametrize(("case", "sheet"), PLANS)
def test_every_case_can_be_played_in_every_format(case: str, sheet: str) -> None:
    made = plan(case, sheet)
    keys = [one.key for one in made.rounds]
    assert len(set(keys)) == len(keys)
    assert made.minutes == BOOK.sheets[sheet].minutes
    assert all(one.again in keys[: keys.index(one.key)] for one in made.rounds if one.again)
    for one in made.rounds:
        assert not one.by_phone or one.items
        assert not one.by_phone or one.typed or len(one.options) > 1


def test_the_full_day_has_every_kind_of_round() -> None:
    kinds = {one.kind for one in plan("early-school-leaving", "awareness-day").rounds}
    assert kinds == {
        "talk", "vote", "values", "values_together", "stance", "arguments", "staircase", "hundred", "questions",
        "own_work", "harvest",
    }  # fmt: skip


@pytest.mark.parametrize("case", BOOK.case_ids)
def test_what_a_case_knows_beforehand_is_answered_in_this_edition(case: str) -> None:
    story = story_of(BOOK.case_ids[case])
    assert set(known_answers(story, EDITION)) == set(story.answers)


def test_an_installations_own_cases_come_first_and_without_them_the_shipped_ones(tmp_path: Path) -> None:
    assert current_playbook(tmp_path) is BOOK
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "own.yaml").write_text("format: 1\ncase: x\n", encoding="utf-8")
    with pytest.raises(InvalidTrees):
        current_playbook(tmp_path)
