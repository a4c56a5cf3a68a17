"""The practice cases and the workshop's own file: whole, in both languages, and pointing at what exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.errors import Fault
from assistant.trees.cases import Case, Workshop
from assistant.trees.check import check_files, check_shipped
from assistant.trees.load import case_files, load_file, shipped_folder

FOLDER = Path(str(shipped_folder())) / "cases"
CASES = {path.stem: load_file(path).part for path in FOLDER.glob("*.yaml") if path.stem != "workshop"}
WORKSHOP = load_file(FOLDER / "workshop.yaml").part


def test_there_are_eight_cases_from_eight_domains() -> None:
    assert len(CASES) == 8
    cases = [case for case in CASES.values() if isinstance(case, Case)]
    assert len({case.domain for case in cases}) == 8
    assert {case.case for case in cases} == set(CASES), "A case is called after its file."


def test_checking_the_shipped_trees_checks_the_cases_too() -> None:
    report = check_shipped()
    assert report.faults == []
    assert report.files >= len(case_files(shipped_folder())) == 9


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_a_case_can_be_played(case: Case) -> None:
    assert 50 <= case.minutes <= 90
    assert 3 <= len(case.dilemmas) <= 6
    assert len(set(case.roles)) >= 5
    assert "privacy_officer" in case.roles
    assert all(dilemma.asks.nl.rstrip().endswith("?") for dilemma in case.dilemmas)
    assert all(dilemma.asks.en.rstrip().endswith("?") for dilemma in case.dilemmas)
    for text in (case.story.nl, case.story.en):
        assert "Oeverland" in text


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_the_story_has_the_same_numbers_in_both_languages(case: Case) -> None:
    def digits(text: str) -> list[str]:
        return sorted(re.sub(r"[.,]", "", number) for number in re.findall(r"\d[\d.,]*\d|\d", text))

    assert digits(case.story.nl) == digits(case.story.en)


def test_every_role_card_is_in_somebodys_hands() -> None:
    assert isinstance(WORKSHOP, Workshop)
    dealt = {role for case in CASES.values() if isinstance(case, Case) for role in case.roles}
    assert dealt == set(WORKSHOP.cards)


def test_the_run_sheets_take_the_time_they_say() -> None:
    assert isinstance(WORKSHOP, Workshop)
    assert {sheet.id: sheet.minutes for sheet in WORKSHOP.run_sheets} == {
        "taster": 90,
        "good-talk": 225,
        "awareness-day": 420,
    }


MISTAKES = [  # file, what stands there, what is put in its place, what the check says
    ("youth-care", "[child_first, privacy]", "[child_firts, privacy]", "no value is called 'child_firts'"),
    ("youth-care", "[child_first, privacy]", "[privacy, privacy]", "a dilemma is between two values"),
    ("youth-care", "roles: [parent,", "roles: [parents,", "no role card is called 'parents'"),
    ("youth-care", "[SMARTSTART,", "[SMARTSTARTS,", "no source is called 'SMARTSTARTS'"),
    ("youth-care", "legal_task", "legal_taks", "no question is called 'legal_taks'"),
    ("youth-care", "id: many_or_few", "id: off_the_list", "this id stands here twice"),
    ("youth-care", "twist:", "turn:", "'turn' is not a word of the tree language"),
    ("workshop", "[10, 30]", "[15, 30]", "the step before ends at 10"),
    ("workshop", "[value_conflicts]", "[value_conflict]", "no question is called 'value_conflict'"),
]


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Fault]]:
    """What one check of a copy with each mistake finds, and of a copy without any."""
    folder, found = tmp_path_factory.mktemp("cases"), {}
    for number, (file, old, new, _) in enumerate([*MISTAKES, ("housing-monitor", "twist:", "twist:", "")]):
        text = (FOLDER / f"{file}.yaml").read_text(encoding="utf-8")
        assert old in text
        path = folder / f"{number}.yaml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        found[path.name] = list[Fault]()
    for fault in check_files(sorted(folder.iterdir())).faults:
        found[Path(fault.file).name].append(fault)
    return found


@pytest.mark.parametrize(("number", "reason"), [(n, mistake[-1]) for n, mistake in enumerate(MISTAKES)])
def test_a_mistake_in_a_file_is_found_with_its_line(faults: dict[str, list[Fault]], number: int, reason: str) -> None:
    found = faults[f"{number}.yaml"]
    assert [fault for fault in found if fault.reason == reason and fault.line > 1], found


def test_a_copy_of_a_case_is_checked_beside_the_shipped_trees(faults: dict[str, list[Fault]]) -> None:
    assert faults[f"{len(MISTAKES)}.yaml"] == []
