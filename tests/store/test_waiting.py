"""What waits for someone: in the dossiers that they work on, for their function, until it is done."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from assistant.access import Relation
from assistant.store.actions import add_action, end_action
from assistant.store.advices import Asked, Opinion, give_advice
from assistant.store.conditions import end_condition, list_conditions
from assistant.store.dossiers import Dossier, move_dossier
from assistant.store.members import Reader, save_member
from assistant.store.remarks import EARLY, QUESTION, REPLY, add_remark, settle_remark
from assistant.store.waiting import MOST, Waiting, list_waiting

from .desk import OFFICER, SECOND, TEAM, add_people, freeze
from .samples import AT, start

ME = TEAM.actor
MINE = "Éénheidsmanager"
TODAY = AT.date().isoformat()


@pytest.fixture
def dossier(engine: Engine) -> Dossier:
    """One that I own, beside one of somebody else in which as much waits."""
    add_people(engine)
    for_another = start(engine, title="Van een ander", actor=SECOND.actor, owner=SECOND.actor)
    ask_everything(engine, for_another)
    return start(engine, actor=ME, owner=ME)


def ask_everything(engine: Engine, dossier: Dossier) -> None:
    add_remark(engine, dossier.id, "q", "Waarom?", kind=QUESTION, signed=OFFICER)
    add_remark(engine, dossier.id, "q", "Kijk hier eens naar.", assigned=MINE, signed=TEAM)
    add_action(engine, dossier.id, about="", text="Bel de school.", owner=MINE, due="2027-01-15", signed=TEAM)


def waiting(engine: Engine, function: str = MINE, person: str = ME, today: str = TODAY) -> list[Waiting]:
    return list_waiting(engine, Reader(person, frozenset(), today), function)


def kinds(found: list[Waiting]) -> list[str]:
    return sorted(one.kind for one in found)


def test_only_from_my_own_dossiers(engine: Engine, dossier: Dossier) -> None:
    assert waiting(engine) == []
    ask_everything(engine, dossier)
    found = waiting(engine)
    assert kinds(found) == ["action", "question", "remark"]
    assert {(one.dossier, one.title) for one in found} == {(dossier.id, "Schoolverlaters")}
    assert {one.kind: (one.question, one.text, one.due) for one in found} == {
        "question": ("q", "Waarom?", ""),
        "remark": ("q", "Kijk hier eens naar.", ""),
        "action": ("", "Bel de school.", "2027-01-15"),
    }
    assert "Bel" not in repr(found)


@pytest.mark.parametrize(
    ("function", "is_mine"),
    [
        (MINE, True),
        (f"  {MINE} ", True),
        ("ÉénheidsMANAGER", True),
        ("Jurist", False),
        ("", False),
        ("%", False),
    ],
)
def test_a_function_is_the_same_in_capitals_and_no_function_is_nobodys(
    engine: Engine, dossier: Dossier, function: str, is_mine: bool
) -> None:
    ask_everything(engine, dossier)
    add_action(engine, dossier.id, about="", text="Van niemand.", owner="", due="", signed=TEAM)
    assert kinds(waiting(engine, function)) == (["action", "question", "remark"] if is_mine else ["question"])


@pytest.mark.parametrize(
    ("relation", "until", "waits"),
    [
        (Relation.EDITOR, "", True),
        (Relation.GUEST, TODAY, True),
        (Relation.GUEST, "2026-11-24", False),
        (Relation.VIEWER, "", False),
        (Relation.ADVISER, "", False),
    ],
)
def test_only_for_who_can_do_something(
    engine: Engine, dossier: Dossier, relation: Relation, until: str, waits: bool
) -> None:
    ask_everything(engine, dossier)
    save_member(engine, dossier.id, OFFICER.actor, relation, until=until, signed=TEAM)
    assert bool(waiting(engine, person=OFFICER.actor)) is waits


def test_what_is_done_or_answered_waits_no_longer(engine: Engine, dossier: Dossier) -> None:
    question = add_remark(engine, dossier.id, "q", "Waarom?", kind=QUESTION, signed=OFFICER)
    remark = add_remark(engine, dossier.id, "q", "Kijk.", assigned=MINE, signed=TEAM)
    action = add_action(engine, dossier.id, about="", text="Bel.", owner=MINE, due="", signed=TEAM)
    add_remark(engine, dossier.id, "q", "Mag dit?", kind=EARLY, signed=TEAM)
    add_remark(engine, dossier.id, "q", "Omdat.", kind=REPLY, answers=question, assigned=MINE, signed=TEAM)
    assert len(waiting(engine)) == 3
    for one in (question, remark):
        settle_remark(engine, dossier.id, one, 1, signed=TEAM)
    end_action(engine, dossier.id, action, 1, "Gebeld.", signed=TEAM)
    assert waiting(engine) == []


def test_a_condition_waits_until_it_is_met(engine: Engine, dossier: Dossier) -> None:
    version = freeze(engine, dossier)
    opinion = Opinion("po", "go_on_with_conditions", "", (Asked("Toets de uitkomst.", "jurist", "2027-02-01"),))
    give_advice(engine, dossier.id, version, opinion, signed=OFFICER)
    [found] = waiting(engine, "")
    assert (found.kind, found.text, found.due) == ("condition", "Toets de uitkomst.", "2027-02-01")
    end_condition(engine, dossier.id, list_conditions(engine, dossier.id)[0].id, "Gedaan.", "Z-1", signed=TEAM)
    assert waiting(engine, "") == []


def test_nothing_waits_in_a_dossier_that_is_closed(engine: Engine, dossier: Dossier) -> None:
    ask_everything(engine, dossier)
    move_dossier(engine, dossier.id, "close", signed=TEAM)
    assert waiting(engine) == []
    move_dossier(engine, dossier.id, "reopen", signed=TEAM)
    assert len(waiting(engine)) == 3


def test_of_very_much_the_earliest_days_lead(engine: Engine, dossier: Dossier) -> None:
    for day in range(1, 29):
        for month in ("03", "02"):
            due = f"2027-{month}-{day:02}"
            add_action(engine, dossier.id, about="", text="Bel.", owner=MINE, due=due, signed=TEAM)
    add_action(engine, dossier.id, about="", text="Ooit.", owner=MINE, due="", signed=TEAM)
    found = [one.due for one in waiting(engine)]
    assert len(found) == MOST
    assert found == sorted(found)
    assert found[0] == "2027-02-01"
