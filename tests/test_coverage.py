"""What the questions cover: the data hold, the document is made of them, and every question is good for something."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.trees.check import check_files
from assistant.trees.coverage import Coverage, Table, coverage_document, coverage_findings
from assistant.trees.edition import Edition
from assistant.trees.load import load_file, shipped_edition, shipped_folder

FILE = Path(str(shipped_folder())) / "coverage.yaml"
DOCUMENT = Path(__file__).parent.parent / "docs" / "coverage.md"
COUNTS = {  # how many headings each list of others has
    "deda": 14,
    "dpia_criteria": 9,
    "dpia_list": 17,
    "iama": 7,
    "dpia_model": 20,
    "algorithm_register": 17,
    "ai_act": 16,
}


BOTH = {"nl": "Iets", "en": "Something"}


@pytest.fixture(scope="module")
def coverage() -> Coverage:
    part = load_file(FILE).part
    assert isinstance(part, Coverage)
    return part


@pytest.fixture(scope="module")
def edition() -> Edition:
    return shipped_edition()


def test_the_document_is_what_the_data_make(coverage: Coverage, edition: Edition, update_examples: bool) -> None:
    made = coverage_document(coverage, edition)
    if update_examples:
        DOCUMENT.write_text(made, encoding="utf-8")
    assert DOCUMENT.read_text(encoding="utf-8") == made, "run: make docs, then read the diff"


def test_nothing_is_empty_without_a_reason_and_every_id_exists() -> None:
    assert check_files([FILE]).faults == []


def test_every_list_is_there_and_whole(coverage: Coverage) -> None:
    assert {table.id: len(table.rows) for table in coverage.coverage} == COUNTS


@pytest.mark.parametrize("part", ["questions", "signals"])
def test_no_row_names_something_twice(coverage: Coverage, part: str) -> None:
    for table in coverage.coverage:
        for row in table.rows:
            named = getattr(row, part)
            assert len(set(named)) == len(named), f"{table.id}: {row.about.en}"


def test_most_questions_are_good_for_something(coverage: Coverage, edition: Edition) -> None:
    named = {id for table in coverage.coverage for row in table.rows for id in row.questions}
    project = [tree for tree in edition.trees if tree.id != "maturity"]  # about the organisation, not the project
    unnamed = [id for tree in project for question in tree.questions if (id := question.id) not in named]
    assert len(unnamed) <= 0.25 * sum(len(list(tree.questions)) for tree in project), unnamed


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({}, "nothing covers this, and no reason is given"),
        ({"questions": ["no_such"]}, "no question is called 'no_such'"),
        ({"signals": ["no_such"]}, "no signal is called 'no_such'"),
        ({"questions": ["phase"]}, "no signal covers this, and no reason is given"),
        ({"signals": ["already_on_real_data"]}, "a signal stands here without a question"),
        ({"questions": ["phase"], "why_not": BOTH}, "it is covered, so there is no reason why not"),
    ],
)
def test_a_row_that_is_not_right_is_a_fault(edition: Edition, row: dict[str, Any], reason: str) -> None:
    table = {"id": "t", "title": BOTH, "about": BOTH, "rows": [{"about": BOTH, **row}]}
    coverage = Coverage.model_validate({"format": 1, "coverage": [table]})
    assert reason in [found for _, found, _ in coverage_findings(coverage, edition)]


def test_a_bar_in_a_text_does_not_break_the_table(edition: Edition) -> None:
    row = {"about": {"nl": "a", "en": "a | b"}, "why_not": {"nl": "n", "en": "no"}}
    table = Table.model_validate({"id": "t", "title": BOTH, "about": BOTH, "rows": [row]})
    made = coverage_document(Coverage(format=1, coverage=(table,)), edition)
    assert "| a / b | - | - | no |" in made
