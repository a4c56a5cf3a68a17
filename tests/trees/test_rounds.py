"""Rounds that cannot be played are found: each mistake in one round, and nothing in a round that is whole."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.trees.cases import CaseNames, Workshop, workshop_findings
from assistant.trees.rounds import BY_PHONE, BY_TABLE, Round, round_findings

from .samples import both

QUESTIONS = ["furthest_step", "phase"]
OPTIONS = [{"id": "yes", "label": both()}, {"id": "no", "label": both()}]
ITEMS = [{"id": "one", "says": both(), "right": "yes"}, {"id": "two", "says": both()}]
EXHIBIT = {"columns": [both(), both()], "rows": [[both(), both()]]}
SAID = {"title": both(), "minutes": 5, "asks": both(), "says": both(), "listen": both()}


def a_round(kind: str = "vote", **extra: Any) -> Round:
    filled: dict[str, dict[str, Any]] = {
        "vote": {"options": OPTIONS, "items": ITEMS},
        "hundred": {"options": OPTIONS, "items": ITEMS},
        "stance": {"options": OPTIONS},
        "staircase": {"question": "furthest_step"},
    }
    return Round.model_validate({"kind": kind} | SAID | filled.get(kind, {}) | extra)


def findings(*rounds: Round) -> list[tuple[tuple[str | int, ...], str, str]]:
    return list(round_findings({f"round_{n}": one for n, one in enumerate(rounds)}, QUESTIONS))


@pytest.mark.parametrize("kind", ["talk", "own_work", *sorted(BY_PHONE), *sorted(BY_TABLE)])
def test_a_whole_round_is_fine(kind: str) -> None:
    assert findings(a_round(kind, exhibit=EXHIBIT), a_round("vote", again="round_0")) == []


MISTAKES: list[tuple[dict[str, Any], tuple[str | int, ...], str]] = [
    ({"again": "round_9"}, ("again",), "no round is called 'round_9'"),
    ({"question": "phases"}, ("question",), "no question is called 'phases'"),
    ({"options": [], "items": [ITEMS[1]]}, ("options",), "there is nothing to choose"),
    ({"items": []}, ("options",), "there is nothing to choose"),
    ({"kind": "hundred", "items": []}, ("options",), "there is nothing to choose"),
    ({"kind": "stance", "options": []}, ("options",), "there is nothing to choose"),
    ({"kind": "staircase", "question": None}, ("question",), "a staircase has the steps of a question"),
    ({"items": [ITEMS[1], {**ITEMS[0], "right": "yess"}]}, ("items", 1, "right"), "no option is called 'yess'"),
    ({"items": [ITEMS[0], ITEMS[0]]}, (), "an id stands here twice"),
    ({"options": [*OPTIONS, OPTIONS[1]]}, (), "an id stands here twice"),
    (
        {"exhibit": {"columns": [both()], "rows": [[both()], [both(), both()]]}},
        ("exhibit", "rows", 1),
        "a row has a cell for every column",
    ),
]


@pytest.mark.parametrize(("change", "place", "reason"), MISTAKES, ids=[f"{m[-1]} {[*m[0]]}" for m in MISTAKES])
def test_a_mistake_is_found_once_with_its_place(
    change: dict[str, Any], place: tuple[str | int, ...], reason: str
) -> None:
    [(at, said, mend)] = findings(a_round(), a_round(**change))
    assert (at, said) == (("rounds", "round_1", *place), reason)
    assert mend


def test_a_name_that_comes_close_is_suggested() -> None:
    [(_, _, mend)] = findings(a_round(question="phases"))
    assert "phase" in mend


def test_a_run_sheet_plays_rounds_that_exist() -> None:
    step = {"minutes": [0, 5], "title": both(), "does": both(), "rounds": ["vote_one"]}
    steps = [step, {**step, "minutes": [5, 9], "rounds": ["vote_two"]}, {**step, "minutes": [9, 12]}]
    sheet = {"id": "day", "title": both(), "people": both(), "steps": steps}
    head = {"format": 1, "house_rules": [], "prompts": [], "roles": {}, "cards": {}}
    workshop = Workshop.model_validate(head | {"rounds": {"vote_one": a_round()}, "run_sheets": [sheet]})
    found = list(workshop_findings(workshop, CaseNames(QUESTIONS, [], [], [])))
    assert [one[:2] for one in found] == [
        (("run_sheets", 0, "steps", 1, "rounds", 0), "no round is called 'vote_two'"),
    ]
