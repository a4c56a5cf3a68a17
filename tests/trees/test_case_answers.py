"""What a practice case says beforehand: valid answers, and enough for every question of the case to be asked."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.answers import Answer, check_answer, read_value
from assistant.trees.cases import Case
from assistant.trees.load import case_files, load_edition, load_file, shipped_folder
from assistant.walk import phase_of, walk

from .samples import TODAY

EDITION = load_edition(shipped_folder())
CASES = [part for path in case_files(shipped_folder()) if isinstance(part := load_file(path).part, Case)]
QUICK_SCAN = next(tree for tree in EDITION.trees if tree.id == "quick-scan")


def known(case: Case) -> dict[str, Answer]:
    return {id: Answer(value=read_value(EDITION.questions[id], value)[0]) for id, value in case.answers.items()}


def not_asked(case: Case, answers: dict[str, Answer]) -> set[str]:
    way = walk(EDITION, answers, phase_of(answers), TODAY)
    return set(case.questions) - {step.question.id for step in way.steps if step.certain}


def test_every_case_is_here() -> None:
    assert len(CASES) == 8


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.case)
def test_every_answer_is_valid_and_on_the_path(case: Case) -> None:
    answers = known(case)
    for id, answer in answers.items():
        question = EDITION.questions[id]
        assert read_value(question, case.answers[id]) == (case.answers[id], []), id
        assert check_answer(question, answer) == [], id
    assert set(answers) <= set(walk(EDITION, answers, phase_of(answers), TODAY).path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.case)
def test_a_case_asks_what_its_story_leaves_open(case: Case) -> None:
    assert not set(case.questions) & set(case.answers)
    assert len(set(case.questions)) == len(case.questions)
    assert not_asked(case, known(case)) == set()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.case)
def test_without_the_answers_of_the_story_questions_would_be_missing(case: Case) -> None:
    assert not_asked(case, {"phase": known(case)["phase"]})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.case)
def test_a_story_answers_the_quick_scan_except_what_it_does_not_tell(case: Case) -> None:
    untold: dict[str, set[str]] = {"welfare-checks": {"parties"}}  # who else gives data stands nowhere
    asked = {question.id for question in QUICK_SCAN.questions}
    assert asked - set(case.answers) == untold.get(case.case, set[str]())


@pytest.mark.parametrize(
    ("id", "value"), [("phase", "someday"), ("purpose", ["helping"]), ("parties", ["supplier", "school"])]
)
def test_a_broken_answer_would_be_found(id: str, value: Any) -> None:
    assert read_value(EDITION.questions[id], value) != (value, [])
