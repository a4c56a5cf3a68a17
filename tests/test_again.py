"""Why to look at a dossier again, worked out from what was advised on and how it is now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.again import Reason, find_reasons, in_years
from assistant.answers import Answer
from assistant.answers_file import read_answers
from assistant.dossier import Dossier, ProjectFacts, build_dossier
from assistant.trees.load import current_edition, shipped_folder

EDITION = current_edition(None)
NAME = "drop-out-per-course.yaml"
ANSWERS = read_answers((shipped_folder() / "scenarios" / NAME).read_bytes(), NAME, EDITION).answers
DAY = date(2026, 11, 26)


def made(**changed: Answer) -> Dossier:
    return build_dossier(EDITION, {**ANSWERS, **changed}, ProjectFacts("Proef", ""), DAY, "nl")


THEN = made()


def reasons(now: Dossier, *agreed: date, happened: tuple[str, ...] = ()) -> dict[str, Reason]:
    return {one.why: one for one in find_reasons(THEN, now, agreed, DAY, happened)}


def source(name: str, **cells: Any) -> Answer:
    first = ANSWERS["sources"].value[0]
    return replace(ANSWERS["sources"], value=[*ANSWERS["sources"].value, {**first, "id": "r99", "name": name, **cells}])


def test_nothing_changed_is_three_years_or_the_days_that_were_agreed() -> None:
    assert reasons(THEN) == {"years": Reason("years", date(2029, 11, 26))}
    early, late = date(2027, 1, 1), date(2027, 6, 1)
    found = find_reasons(THEN, THEN, [late, early, late], DAY, ())
    assert found == (Reason("day", early), Reason("day", late))


@pytest.mark.parametrize(("day", "later"), [(DAY, date(2029, 11, 26)), (date(2024, 2, 29), date(2027, 2, 28))])
def test_years_on_is_the_same_day(day: date, later: date) -> None:
    assert in_years(day, 3) == later


def test_another_phase_holds_at_once() -> None:
    found = reasons(made(phase=Answer(value="in_use")))["phase"]
    assert found.is_due(DAY)
    assert found.says == (made(phase=Answer(value="in_use")).project.phase.says,)


def test_a_source_is_new_by_its_name_and_one_that_went_is_no_reason() -> None:
    assert reasons(made(sources=source("Bijstand")))["source"].says == ("Bijstand",)
    known = ANSWERS["sources"].value[0]["name"]
    assert "source" not in reasons(made(sources=source(known.upper())))
    assert "source" not in reasons(made(sources=Answer(unsure=True)))


def test_a_serious_signal_that_was_not_there() -> None:
    name = "early-school-leaving.yaml"
    heavy = read_answers((shipped_folder() / "scenarios" / name).read_bytes(), name, EDITION).answers
    now = build_dossier(EDITION, heavy, ProjectFacts("Proef", ""), DAY, "nl")
    new = {one.id for one in now.signals if one.level.value in ("stop", "high") and not one.superseded_by}
    new -= {one.id for one in THEN.signals}
    assert new
    assert len(reasons(now)["signal"].says) == len(new)
    assert "signal" not in {one.why for one in find_reasons(now, THEN, (), DAY, ())}


def test_what_happened_holds_at_once() -> None:
    found = reasons(THEN, happened=("Er lag een lijst op straat.",))["happened"]
    assert found.is_due(DAY)
    assert found.says == ("Er lag een lijst op straat.",)
