"""Answers from outside: every fault at once, with its line and a way to mend it; what is derived is derived again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import exports
from assistant.answers import Answer, Problem
from assistant.answers_file import MAX_TITLE, edition_named_in
from assistant.errors import UnknownEdition
from assistant.words import problem_text

from .imports import HEAD, build, faults_of, handed_over, read

SCENARIO = Path(__file__).parent.parent / "question_trees" / "scenarios" / "early-school-leaving.yaml"

MANY_FAULTS = """\
format: 2
language: en
trees: [ethical-review, ethics]
colour: blue
project:
  phase: someday
answers:
  persnal_data: traceable
  purpose: [help, harm]
  quite_another_thing: 1
  analysis_level: {value: predict, unsure: true}
  smallest_group: -1
  description: 12
"""


def test_all_faults_come_at_once_each_with_its_line() -> None:
    def said(key: str, **params: object) -> str:
        return problem_text(Problem(key, params), "en")

    phases = "idea, exploration, prototype, pilot, in_use, change, stopped"
    expected = [
        (1, said("file_format")),
        (3, said("unknown_tree", name="ethics")),
        (4, said("file_key", name="colour")),
        (6, said("title_missing")),
        (6, said("file_phase", choices=phases)),
        (8, said("unknown_question_near", name="persnal_data", near="personal_data")),
        (9, "purpose: " + said("not_a_choice", name="harm")),
        (10, said("unknown_question", name="quite_another_thing")),
        (11, "analysis_level: " + said("unsure_alone")),
        (12, "smallest_group: " + said("not_a_number")),
        (13, "description: " + said("text_expected")),
    ]
    assert [(fault.line, fault.reason) for fault in faults_of(MANY_FAULTS)] == sorted(expected)


def test_faults_are_told_in_the_language_of_the_file() -> None:
    dutch = faults_of(MANY_FAULTS.replace("language: en", "language: nl"))
    assert dutch[0].reason == problem_text(Problem("file_format"), "nl")
    assert dutch[0].reason != faults_of(MANY_FAULTS)[0].reason


def test_an_unknown_language_is_a_fault_of_its_own() -> None:
    assert [fault.line for fault in faults_of(HEAD + "language: de\n")] == [3]


@pytest.mark.parametrize(
    ("project", "answers", "phase"),
    [
        ("phase: pilot", "{}", "pilot"),
        ("phase: pilot", "{phase: pilot}", "pilot"),
        ("organisation: Oeverland", "{phase: in_use}", "in_use"),
        ("organisation: Oeverland", "{purpose: [help]}", None),
    ],
)
def test_the_phase_may_stand_at_the_project_or_at_the_answers(project: str, answers: str, phase: str | None) -> None:
    taken = read(f"format: 1\nproject: {{title: Proef, {project}}}\nanswers: {answers}\n")
    assert taken.answers.get("phase", Answer()).value == phase


def test_two_phases_that_differ_are_a_fault() -> None:
    (fault,) = faults_of("format: 1\nlanguage: en\nproject: {title: Proef, phase: idea}\nanswers:\n  phase: pilot\n")
    assert (fault.line, fault.reason) == (5, problem_text(Problem("file_phase_twice"), "en"))


def test_a_phase_that_is_not_known_yet_is_not_overruled_by_the_project() -> None:
    taken = read("format: 1\nproject: {title: Proef, phase: pilot}\nanswers: {phase: {unsure: true}}\n")
    assert taken.answers["phase"] == Answer(unsure=True)


def test_a_title_may_not_be_longer_than_a_title() -> None:
    assert read(f"format: 1\nproject: {{title: {'x' * MAX_TITLE}}}\n").title == "x" * MAX_TITLE
    assert faults_of(f"format: 1\nproject: {{title: {'x' * (MAX_TITLE + 1)}}}\n")


def test_trees_opened_by_hand_come_in_the_order_of_the_edition() -> None:
    taken = read(HEAD + "trees: [ethical-review, quick-scan, ethical-review]\n")
    assert taken.trees == ("quick-scan", "ethical-review")


def test_what_a_scenario_expects_is_no_part_of_the_answers() -> None:
    assert read(HEAD + "persona: {nl: wij}\nexpect: {outcome: go_on}\n").answers == {}


def test_an_answers_file_goes_round_through_the_dossiers_json() -> None:
    taken = read(SCENARIO.read_bytes())
    made = build(taken)
    again = read(exports.FORMATS["json"].render(made), "dossier.json")
    assert again == taken
    assert build(again) == made


def test_a_dossier_with_a_tree_opened_by_hand_goes_round() -> None:
    taken = read(HEAD + "trees: [ethical-review]\nanswers: {personal_data: none, description: tellen}\n")
    made = build(taken)
    assert made.trees == ("ethical-review",)
    assert made.answers["description"] == "tellen"
    assert build(read(json.dumps(handed_over(taken)), "dossier.json")) == made


def test_an_edition_that_is_not_here_is_refused_by_its_name() -> None:
    data = handed_over(read(SCENARIO.read_bytes()))
    data["edition"]["hash"] = "ab" * 32
    raw = json.dumps(data).encode()
    assert edition_named_in(raw, "dossier.json") == "ab" * 32
    with pytest.raises(UnknownEdition, match="ab" * 32):
        read(raw)


def test_an_answers_file_names_no_edition() -> None:
    assert edition_named_in(SCENARIO.read_bytes(), "answers.yaml") == ""
    assert edition_named_in(b'{"edition": "none"}', "x.json") == ""


TAMPERED: dict[str, Any] = {
    "signals": [],
    "outcome": {"id": "go_on", "says": "Akkoord", "explains": "", "open_questions": 0},
    "answers_hash": "0" * 64,
    "path": ["phase"],
    "open_points": [],
    "matters_most": [],
    "themes": [],
    "facts": [],
    "sources": [],
    "made_on": "1999-01-01",
    "advice": {"says": "positief"},
    "people": [{"name": "J. Jansen", "role": "decider"}],
    "decision": "yes",
    "words": {"dossier": "x"},
    "kind": "advice",
}


@pytest.mark.parametrize("key", TAMPERED)
def test_what_is_derived_is_derived_again_whatever_a_file_says(key: str) -> None:
    taken = read(SCENARIO.read_bytes())
    data = handed_over(taken)
    data[key] = TAMPERED[key]
    again = read(json.dumps(data), "dossier.json")
    assert again == taken
    assert build(again) == build(taken)


def test_a_project_in_a_file_gives_its_title_and_organisation_alone() -> None:
    data = handed_over(read(SCENARIO.read_bytes()))
    data["project"] |= {"number": "2026-001", "version": 12, "owner": "iemand", "phase": {"id": "in_use"}}
    again = read(json.dumps(data), "dossier.json")
    assert again == read(SCENARIO.read_bytes())
