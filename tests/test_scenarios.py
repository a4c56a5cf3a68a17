"""The scenarios: a persona's answers, and what must follow from them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.answers_file import AnswersFile, read_answers
from assistant.trees.load import shipped_edition
from assistant.trees.model import Level
from assistant.trees.yaml import read_yaml
from assistant.walk import Walk, phase_of, walk

EDITION = shipped_edition()
SCENARIOS = sorted((Path(__file__).parent.parent / "question_trees" / "scenarios").glob("*.yaml"))
HALF_FILLED = {"welfare-pilot"}  # on purpose; every other one is answered whole
HARMLESS = {
    "care-cost-forecast",
    "energy-of-buildings",
    "library-visits-by-district",
    "opening-hours",
    "road-surface",
    "trees-in-the-park",
}
HEAVY_LEVELS = {Level.STOP, Level.HIGH}
# Twins: the answer that differs, then what only the first raises and what only the second raises. The second may
# be asked more because of it.
TWINS = {
    ("youth-care-by-neighbourhood", "youth-care-in-tiny-groups"): (
        "smallest_group",
        set(),
        {"group_points_to_people"},
    ),
    ("crowd-counter-on-the-quay", "crowd-counter-that-follows"): (
        "space_capture",
        {"space_counts_only"},
        {"space_following", "objection_beforehand"},
    ),
}
NO_PERSON = {"none", "totals"}
MEND = "Read the change over. If it is right, change `expect` in {file} and say why; if not, mend the trees."


def follow(file: Path) -> tuple[dict[str, Any], AnswersFile, Walk]:
    raw = file.read_bytes()
    expect = read_yaml(raw, file.name).data["expect"]
    read = read_answers(raw, file.name, EDITION)
    day = date.fromisoformat(expect["today"])
    return (
        expect,
        read,
        walk(EDITION, read.answers, phase_of(read.answers), day, open_by_hand=read.trees),
    )


def expected_signals(way: Walk) -> list[dict[str, str]]:
    """What a scenario lists: certain strengths, and signals that no other one replaces."""
    return [
        {
            "id": raised.signal.id,
            "level": str(raised.signal.level),
            "certainty": "certain" if raised.certain else "possible",
        }
        for raised in way.signals
        if not raised.superseded_by and (raised.certain or raised.signal.level is not Level.STRENGTH)
    ]


def by_id(signals: list[dict[str, str]]) -> list[dict[str, str]]:
    return sorted(signals, key=lambda signal: signal["id"])


def test_there_are_scenarios() -> None:
    assert {file.stem for file in SCENARIOS} >= {"early-school-leaving", "drop-out-per-course"}


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_what_a_scenario_expects_is_what_follows(file: Path) -> None:
    expect, _, way = follow(file)
    follows = {
        "today": expect["today"],
        "outcome": str(way.outcome.kind),
        "trees": list(way.trees),
        "questions": len(way.steps),
        "signals": by_id(expected_signals(way)),
        "open_points": [point.question for point in way.open_points],
    }
    expect["signals"] = by_id(expect["signals"])
    assert follows == expect, MEND.format(file=file.name)


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_a_scenario_answers_every_question_on_its_path_and_no_other(file: Path) -> None:
    expect, read, way = follow(file)
    dead = set(read.answers) - set(way.path)
    assert dead == set(), f"An answer off the path is dead weight in {file.name}; take it away."
    assert (set(read.answers) < set(way.path)) == (file.stem in HALF_FILLED)
    assert (expect["outcome"] == "not_finished") == (file.stem in HALF_FILLED)


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_a_scenario_gives_a_reason_where_one_is_required(file: Path) -> None:
    _, read, way = follow(file)
    silent = [
        step.question.id
        for step in way.steps
        if step.question.motivation == "required"
        and step.question.id in read.answers
        and not read.answers[step.question.id].motivation
    ]
    assert silent == [], f"Write a motivation for these in {file.name}."


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_a_scenario_says_in_both_languages_who_the_persona_is(file: Path) -> None:
    persona = read_yaml(file.read_bytes(), file.name).data["persona"]
    assert set(persona) == {"nl", "en"}
    assert all(len(text) > 80 for text in persona.values())


def test_every_tree_is_walked_in_some_scenario() -> None:
    walked = {step.tree for file in SCENARIOS for step in follow(file)[2].steps}
    assert walked == {tree.id for tree in EDITION.trees}


@pytest.mark.parametrize("name", sorted(HARMLESS))
def test_nothing_heavy_is_raised_by_harmless_work(name: str) -> None:
    _, _, way = follow(by_name(name))
    heavy = [raised.signal.id for raised in way.signals if raised.signal.level in HEAVY_LEVELS]
    assert heavy == [], "Not even possibly: nobody's data are looked at here."


@pytest.mark.parametrize("names", sorted(TWINS), ids=" ".join)
def test_twins_differ_in_one_answer_and_in_what_follows_from_it(names: tuple[str, str]) -> None:
    (_, first, way), (_, second, other_way) = (follow(by_name(name)) for name in names)
    question, only_first, only_second = TWINS[names]
    values = [{id: answer.value for id, answer in read.answers.items()} for read in (first, second)]
    assert values[0].keys() <= values[1].keys()
    assert [id for id in values[0] if values[0][id] != values[1][id]] == [question]
    raised, other = ({signal["id"] for signal in expected_signals(each)} for each in (way, other_way))
    assert (raised - other, other - raised) == (only_first, only_second)


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_what_is_asked_goes_by_weight(file: Path) -> None:
    _, read, way = follow(file)
    asked = [step.question.id for step in way.steps]
    if weight(read) == "totals":
        assert len(asked) <= 30, f"too many: {asked[30:]}"
    elif weight(read) == "small_groups":
        assert len(asked) <= 40, f"too many: {asked[40:]}"
        assert "dpia-prescan" not in way.trees
    else:
        core = [step.question.id for step in way.steps if step.question.core]
        assert len(core) <= 40, f"too many: {core[40:]}"


def test_every_weight_has_a_scenario() -> None:
    assert {weight(follow(file)[1]) for file in SCENARIOS} == {"totals", "small_groups", "heavy"}


def by_name(name: str) -> Path:
    return next(file for file in SCENARIOS if file.stem == name)


def weight(read: AnswersFile) -> str:
    """By what the team said: totals of large groups or things, small groups described, or persons touched."""
    said = {id: answer.value for id, answer in read.answers.items()}
    if not (
        said["personal_data"] in NO_PERSON
        and said["observation"] == ["none"]
        and said.get("consequence", "nothing") == "nothing"
    ):
        return "heavy"
    if said.get("outcome_about", "large_group") == "large_group":
        return "totals"
    describes = said["outcome_about"] == "small_group" and said["analysis_level"] in ("look_up", "describe")
    return "small_groups" if describes else "heavy"
