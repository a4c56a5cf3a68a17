"""Remarks: of the team, for the officer too, or asked from a draft; settled and opened again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from assistant.errors import Conflict, NotFound, Refused
from assistant.store.audit import verify_all
from assistant.store.dossiers import Dossier, move_dossier
from assistant.store.remarks import (
    EARLY,
    QUESTION,
    REPLY,
    add_remark,
    assign_remark,
    find_early,
    list_early,
    list_remarks,
    reopen_remark,
    settle_remark,
)
from assistant.store.versions import return_version

from .desk import OFFICER, TEAM, freeze
from .samples import AT, KEY, rows, run, start

TYPED = "Klopt dit met het contract? é 🦊"
ABSENT = "4f6c1f5e-0000-4000-8000-000000000000"


def test_a_remark_is_there_as_it_was_typed_and_in_no_event(engine: Engine, dossier: Dossier) -> None:
    id = add_remark(engine, dossier.id, "q", TYPED, assigned="Data-analist", signed=TEAM)
    [one] = list_remarks(engine, dossier.id)
    assert (one.id, one.question, one.text, one.assigned, one.made_by) == (id, "q", TYPED, "Data-analist", TEAM.actor)
    assert one.is_open
    assert not one.shared
    assert TYPED not in repr(one)
    [(actor, about)] = rows(engine, "SELECT actor, question FROM event WHERE kind = 'remarked'")
    assert actor == TEAM.actor
    assert about.startswith(id)
    assert verify_all(engine, KEY).faults == ()


@pytest.mark.parametrize(("kind", "is_shared"), [("remark", False), (QUESTION, True), (EARLY, True)])
def test_what_is_asked_of_the_other_side_is_shared(
    engine: Engine, dossier: Dossier, kind: str, is_shared: bool
) -> None:
    asked = add_remark(engine, dossier.id, "q", TYPED, kind=kind, signed=TEAM)
    later = replace(OFFICER, at=AT + timedelta(days=1))
    add_remark(engine, dossier.id, "q", "Ja.", kind=REPLY, answers=asked, signed=later)
    seen = [one.text for one in list_remarks(engine, dossier.id, shared_only=True)]
    assert seen == ([TYPED, "Ja."] if is_shared else [])


def test_settled_opened_and_assigned(engine: Engine, dossier: Dossier) -> None:
    id = add_remark(engine, dossier.id, "", TYPED, signed=TEAM)
    settle_remark(engine, dossier.id, id, 1, signed=OFFICER)
    [settled] = list_remarks(engine, dossier.id)
    assert (settled.is_open, settled.settled_by, settled.rev) == (False, OFFICER.actor, 2)
    reopen_remark(engine, dossier.id, id, 2, signed=TEAM)
    assign_remark(engine, dossier.id, id, 3, "Jurist", signed=TEAM)
    [now] = list_remarks(engine, dossier.id)
    assert (now.is_open, now.assigned, now.rev) == (True, "Jurist", 4)
    assert verify_all(engine, KEY).faults == ()


@pytest.mark.parametrize("rev", [0, 1, 3])
def test_who_saw_an_older_one_overwrites_nothing(engine: Engine, dossier: Dossier, rev: int) -> None:
    id = add_remark(engine, dossier.id, "q", TYPED, signed=TEAM)
    assign_remark(engine, dossier.id, id, 1, "Jurist", signed=TEAM)
    before = list_remarks(engine, dossier.id)
    with pytest.raises(Conflict):
        settle_remark(engine, dossier.id, id, rev, signed=TEAM)
    assert list_remarks(engine, dossier.id) == before


@pytest.mark.parametrize("id", [ABSENT, "x", ""])
def test_a_remark_that_is_not_there(engine: Engine, dossier: Dossier, id: str) -> None:
    with pytest.raises(NotFound):
        settle_remark(engine, dossier.id, id, 1, signed=TEAM)
    with pytest.raises(NotFound):
        find_early(engine, id)


def test_a_remark_of_another_dossier_is_out_of_reach(engine: Engine, dossier: Dossier) -> None:
    other = start(engine)
    id = add_remark(engine, other.id, "q", TYPED, signed=TEAM)
    with pytest.raises(NotFound):
        settle_remark(engine, dossier.id, id, 1, signed=TEAM)
    with pytest.raises(NotFound):
        add_remark(engine, dossier.id, "q", "Ja.", kind=REPLY, answers=id, signed=TEAM)
    assert list_remarks(engine, dossier.id) == []


def test_early_questions_wait_the_oldest_first_until_they_are_settled(engine: Engine, dossier: Dossier) -> None:
    later = replace(TEAM, at=AT + timedelta(days=1))
    second = add_remark(engine, dossier.id, "q", "Tweede", kind=EARLY, signed=later)
    first = add_remark(engine, dossier.id, "q", "Eerste", kind=EARLY, signed=TEAM)
    add_remark(engine, dossier.id, "q", "Gewoon", shared=True, signed=TEAM)
    add_remark(engine, dossier.id, "q", "Ja.", kind=REPLY, answers=first, signed=OFFICER)
    assert [one.id for one in list_early(engine)] == [first, second]
    assert [one.id for one in list_early(engine, limit=1)] == [first]
    asked, replies = find_early(engine, first)
    assert (asked.text, [one.text for one in replies]) == ("Eerste", ["Ja."])
    settle_remark(engine, dossier.id, first, 1, signed=OFFICER)
    assert [one.id for one in list_early(engine)] == [second]


def test_nothing_is_asked_early_of_what_was_handed_in(engine: Engine, dossier: Dossier) -> None:
    freeze(engine, dossier)
    with pytest.raises(Refused):
        add_remark(engine, dossier.id, "q", TYPED, kind=EARLY, signed=TEAM)
    add_remark(engine, dossier.id, "q", TYPED, kind=QUESTION, signed=OFFICER)
    return_version(engine, dossier.id, signed=OFFICER)
    add_remark(engine, dossier.id, "q", TYPED, kind=EARLY, signed=TEAM)
    assert verify_all(engine, KEY).faults == ()


def test_a_remark_changed_in_the_database_is_seen(engine: Engine, dossier: Dossier) -> None:
    add_remark(engine, dossier.id, "q", TYPED, signed=TEAM)
    run(engine, "UPDATE remark SET text = 'Iets anders'")
    assert "a row in remark is not what was sealed" in "\n".join(verify_all(engine, KEY).faults)


def test_nothing_changes_in_a_closed_dossier(engine: Engine, dossier: Dossier) -> None:
    id = add_remark(engine, dossier.id, "q", TYPED, signed=TEAM)
    move_dossier(engine, dossier.id, "close", signed=TEAM)
    for change in (settle_remark, reopen_remark):
        with pytest.raises(Refused):
            change(engine, dossier.id, id, 1, signed=TEAM)
    move_dossier(engine, dossier.id, "reopen", signed=TEAM)
    settle_remark(engine, dossier.id, id, 1, signed=TEAM)
