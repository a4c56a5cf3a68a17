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

SCENARIOS = sorted((Path(__file__).parent.parent / "question_trees" / "scenarios").glob("*.yaml"))
MEND = "Read the change over. If it is right, change `expect` in {file} and say why; if not, mend the trees."


def follow(file: Path) -> tuple[dict[str, Any], AnswersFile, Walk]:
    raw = file.read_bytes()
    expect = read_yaml(raw, file.name).data["expect"]
    read = read_answers(raw, file.name, shipped_edition())
    day = date.fromisoformat(expect["today"])
    return (
        expect,
        read,
        walk(shipped_edition(), read.answers, phase_of(read.answers), day, open_by_hand=read.trees),
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
    _, read, way = follow(file)
    assert set(read.answers) == set(way.path), f"An answer off the path is dead weight in {file.name}; take it away."


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_a_scenario_gives_a_reason_where_one_is_required(file: Path) -> None:
    _, read, way = follow(file)
    silent = [
        step.question.id
        for step in way.steps
        if step.question.motivation == "required" and not read.answers[step.question.id].motivation
    ]
    assert silent == [], f"Write a motivation for these in {file.name}."
