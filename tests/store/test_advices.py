"""Advice on a version: given once, never changed; a proposal waits for a second reader; conditions are done once."""

from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from assistant.errors import Conflict, NotFound, Refused
from assistant.store import advices as module
from assistant.store.advices import Asked, Opinion, agree_with, give_advice, list_advices
from assistant.store.conditions import due_conditions, end_condition, list_conditions
from assistant.store.dossiers import Dossier
from assistant.store.versions import find_version, return_version, withdraw

from .desk import OFFICER, SECOND, TEAM, freeze
from .samples import rows

CONDITION = Asked("Laat de school het aan ouders vertellen.", "projectleider", "2027-01-15")
YES = Opinion("po", "go_on")
WITH = Opinion("po", "go_on_with_conditions", "Goed doordacht.", (CONDITION, Asked("Zet de export uit.")))
PART = Opinion("part", "go_on", "De toegang is op orde.", theme="ethical-review/security")


def state(engine: Engine) -> str:
    [(found,)] = rows(engine, "SELECT state FROM dossier")
    return str(found)


def test_an_advice_names_the_version_it_is_about(engine: Engine, dossier: Dossier) -> None:
    version = freeze(engine, dossier)
    id = give_advice(engine, dossier.id, version, replace(WITH, function="privacy officer"), signed=OFFICER)
    [advice] = list_advices(engine, dossier.id)
    frozen = find_version(engine, dossier.id)
    assert (advice.id, advice.version, advice.version_hash, advice.number) == (id, version, frozen.hash, 1)
    assert (advice.outcome, advice.motivation, advice.person) == (WITH.outcome, WITH.motivation, OFFICER.actor)
    assert (advice.is_given, frozen.ended_as, state(engine)) == (True, "advised", "advised")
    asked = [(one.text, one.owner, one.due, one.is_open) for one in list_conditions(engine, dossier.id)]
    assert asked == [(*vars_of(CONDITION), True), ("Zet de export uit.", "", "", True)]


def vars_of(asked: Asked) -> tuple[str, str, str]:
    return asked.text, asked.owner, asked.due


def test_po_and_fg_are_two_records(engine: Engine, dossier: Dossier) -> None:
    version = freeze(engine, dossier)
    give_advice(engine, dossier.id, version, YES, signed=OFFICER)
    give_advice(engine, dossier.id, version, replace(WITH, kind="fg"), signed=SECOND)
    found = {(one.kind, one.outcome, one.person) for one in list_advices(engine, dossier.id)}
    assert found == {("po", "go_on", OFFICER.actor), ("fg", "go_on_with_conditions", SECOND.actor)}


def test_refused_on_a_version_that_is_no_longer_the_one(engine: Engine, dossier: Dossier) -> None:
    first = freeze(engine, dossier)
    return_version(engine, dossier.id, signed=OFFICER)
    with pytest.raises(Refused):
        give_advice(engine, dossier.id, first, YES, signed=OFFICER)
    second = freeze(engine, dossier)
    with pytest.raises(Conflict):
        give_advice(engine, dossier.id, first, YES, signed=OFFICER)
    withdraw(engine, dossier.id, signed=TEAM)
    with pytest.raises(Refused):
        give_advice(engine, dossier.id, second, YES, signed=OFFICER)
    assert not list_advices(engine, dossier.id)
    assert state(engine) == "team"


def test_no_statement_changes_an_advice_that_was_given(engine: Engine, dossier: Dossier) -> None:
    """The module's one UPDATE touches proposals alone, and only their state and reader."""
    source = inspect.getsource(module)
    assert source.count("update(advices)") == 1
    assert "advices.c.state == PROPOSED)" in source.split("update(advices)")[1].split("\n")[0]
    version = freeze(engine, dossier)
    id = give_advice(engine, dossier.id, version, YES, signed=OFFICER)
    before = rows(engine, "SELECT * FROM advice")
    with pytest.raises(Conflict):
        agree_with(engine, dossier.id, id, signed=SECOND)
    give_advice(engine, dossier.id, version, replace(YES, outcome="do_not", motivation="Toch niet."), signed=OFFICER)
    assert before[0] in rows(engine, "SELECT * FROM advice")


def test_a_proposal_counts_when_someone_else_agrees(engine: Engine, dossier: Dossier) -> None:
    version = freeze(engine, dossier)
    id = give_advice(engine, dossier.id, version, WITH, signed=OFFICER, needs_reader=True)
    assert state(engine) == "officer"
    assert not any(one.is_given for one in list_conditions(engine, dossier.id))
    with pytest.raises(Refused):
        agree_with(engine, dossier.id, id, signed=OFFICER)
    agree_with(engine, dossier.id, id, signed=SECOND)
    [advice] = list_advices(engine, dossier.id)
    assert (advice.is_given, advice.read_by, advice.person) == (True, SECOND.actor, OFFICER.actor)
    assert state(engine) == "advised"
    assert all(one.is_given for one in list_conditions(engine, dossier.id))


def test_another_proposal_takes_the_place_of_the_first(engine: Engine, dossier: Dossier) -> None:
    version = freeze(engine, dossier)
    first = give_advice(engine, dossier.id, version, WITH, signed=OFFICER, needs_reader=True)
    second = give_advice(engine, dossier.id, version, YES, signed=SECOND, needs_reader=True)
    assert [one.id for one in list_advices(engine, dossier.id)] == [second]
    assert not list_conditions(engine, dossier.id)
    with pytest.raises(Conflict):
        agree_with(engine, dossier.id, first, signed=SECOND)
    agree_with(engine, dossier.id, second, signed=OFFICER)
    assert state(engine) == "advised"


def test_a_proposal_on_a_returned_version_is_never_given(engine: Engine, dossier: Dossier) -> None:
    id = give_advice(engine, dossier.id, freeze(engine, dossier), YES, signed=OFFICER, needs_reader=True)
    return_version(engine, dossier.id, signed=OFFICER)
    freeze(engine, dossier)
    with pytest.raises(Conflict):
        agree_with(engine, dossier.id, id, signed=SECOND)


def test_a_part_ends_nothing_and_comes_only_while_the_officer_has_it(engine: Engine, dossier: Dossier) -> None:
    version = freeze(engine, dossier)
    give_advice(engine, dossier.id, version, PART, signed=SECOND)
    assert state(engine) == "officer"
    give_advice(engine, dossier.id, version, YES, signed=OFFICER)
    with pytest.raises(Refused):
        give_advice(engine, dossier.id, version, PART, signed=SECOND)
    assert sorted(one.kind for one in list_advices(engine, dossier.id)) == ["part", "po"]


def test_a_condition_is_done_once_with_a_sentence_and_a_number(engine: Engine, dossier: Dossier) -> None:
    give_advice(engine, dossier.id, freeze(engine, dossier), WITH, signed=OFFICER)
    first, second = list_conditions(engine, dossier.id)
    end_condition(engine, dossier.id, first.id, "De brief is verstuurd.", "Z-2026-114", signed=TEAM)
    done, still = list_conditions(engine, dossier.id)
    assert (done.done_note, done.done_reference, done.done_by) == ("De brief is verstuurd.", "Z-2026-114", TEAM.actor)
    assert (done.is_open, still.is_open, still.id) == (False, True, second.id)
    with pytest.raises(Conflict):
        end_condition(engine, dossier.id, first.id, "Nog eens.", "Z-1", signed=TEAM)
    with pytest.raises(NotFound):
        end_condition(engine, dossier.id, dossier.id, "Nog eens.", "Z-1", signed=TEAM)
    assert list_conditions(engine, dossier.id)[0] == done


def test_conditions_come_back_on_their_day_until_they_are_done(engine: Engine, dossier: Dossier) -> None:
    give_advice(engine, dossier.id, freeze(engine, dossier), WITH, signed=OFFICER)
    assert not due_conditions(engine, "2027-01-14")
    [due] = due_conditions(engine, "2027-01-15")
    assert (due.dossier, due.number, due.condition.text) == (dossier.id, dossier.number, CONDITION.text)
    end_condition(engine, dossier.id, due.condition.id, "Verstuurd.", "Z-2026-114", signed=TEAM)
    assert not due_conditions(engine, "2027-12-31")


def test_conditions_stay_when_the_team_hands_in_again(engine: Engine, dossier: Dossier) -> None:
    give_advice(engine, dossier.id, freeze(engine, dossier), WITH, signed=OFFICER)
    later = replace(TEAM, at=TEAM.at + timedelta(days=1))
    freeze(engine, dossier, signed=later)
    assert [one.is_open for one in list_conditions(engine, dossier.id)] == [True, True]
    assert [one.number for one in list_advices(engine, dossier.id)] == [1]


def test_events_hold_no_word_of_it(engine: Engine, dossier: Dossier) -> None:
    give_advice(engine, dossier.id, freeze(engine, dossier), WITH, signed=OFFICER)
    condition = list_conditions(engine, dossier.id)[0]
    end_condition(engine, dossier.id, condition.id, "De brief is verstuurd.", "Z-2026-114", signed=TEAM)
    told = " ".join(str(row) for row in rows(engine, "SELECT * FROM event"))
    assert not [word for word in ("doordacht", "ouders", "verstuurd", "Z-2026") if word in told]
    assert {kind for (kind,) in rows(engine, "SELECT kind FROM event")} >= {"advised", "condition_done"}
