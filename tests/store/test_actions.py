"""Actions: what, which function, by when; done with a sentence; who was first is not overwritten."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from assistant.errors import Conflict, NotFound, Refused
from assistant.store.actions import ToDo, add_action, end_action, list_actions, reopen_action, save_action
from assistant.store.audit import verify_all
from assistant.store.dossiers import Dossier, move_dossier

from .desk import TEAM
from .samples import KEY, rows, run, start

TYPED = "Vraag de school om een brief."


def add(engine: Engine, dossier: Dossier) -> str:
    return add_action(engine, dossier.id, about="s1", text=TYPED, owner="Projectleider", due="2027-01-15", signed=TEAM)


def only(engine: Engine, dossier: Dossier) -> ToDo:
    [one] = list_actions(engine, dossier.id)
    return one


def test_an_action_from_first_to_last(engine: Engine, dossier: Dossier) -> None:
    id = add(engine, dossier)
    one = only(engine, dossier)
    assert (one.id, one.about, one.text, one.owner, one.due) == (id, "s1", TYPED, "Projectleider", "2027-01-15")
    assert TYPED not in repr(one)
    save_action(engine, dossier.id, id, 1, text="Bel de school.", owner="", due="", signed=TEAM)
    end_action(engine, dossier.id, id, 2, "Gebeld.", signed=TEAM)
    done = only(engine, dossier)
    assert (done.text, done.done_note, done.done_by, done.rev) == ("Bel de school.", "Gebeld.", TEAM.actor, 3)
    assert done.done_at
    reopen_action(engine, dossier.id, id, 3, signed=TEAM)
    assert (only(engine, dossier).done_at, only(engine, dossier).done_note) == ("", "")
    kinds = [kind for (kind,) in rows(engine, "SELECT kind FROM event ORDER BY seq")]
    assert kinds == ["created", "action_made", "action_changed", "action_done", "action_reopened"]
    assert verify_all(engine, KEY).faults == ()


@pytest.mark.parametrize("rev", [-1, 1, 3])
def test_who_saw_an_older_one_overwrites_nothing(engine: Engine, dossier: Dossier, rev: int) -> None:
    id = add(engine, dossier)
    save_action(engine, dossier.id, id, 1, text="Bel de school.", owner="", due="", signed=TEAM)
    before = only(engine, dossier)
    with pytest.raises(Conflict):
        save_action(engine, dossier.id, id, rev, text="Weg", owner="", due="", signed=TEAM)
    with pytest.raises(Conflict):
        end_action(engine, dossier.id, id, rev, "Gedaan.", signed=TEAM)
    assert only(engine, dossier) == before


@pytest.mark.parametrize("id", ["4f6c1f5e-0000-4000-8000-000000000000", "x"])
def test_an_action_that_is_not_there(engine: Engine, dossier: Dossier, id: str) -> None:
    with pytest.raises(NotFound):
        end_action(engine, dossier.id, id, 1, "Gedaan.", signed=TEAM)


def test_an_action_of_another_dossier_is_out_of_reach(engine: Engine, dossier: Dossier) -> None:
    other = start(engine)
    id = add(engine, other)
    with pytest.raises(NotFound):
        end_action(engine, dossier.id, id, 1, "Gedaan.", signed=TEAM)
    assert only(engine, other).done_at == ""


def test_a_closed_dossier_takes_none(engine: Engine, dossier: Dossier) -> None:
    move_dossier(engine, dossier.id, "close", signed=TEAM)
    with pytest.raises(Refused):
        add(engine, dossier)
    move_dossier(engine, dossier.id, "reopen", signed=TEAM)
    assert add(engine, dossier)


def test_an_action_changed_in_the_database_is_seen(engine: Engine, dossier: Dossier) -> None:
    add(engine, dossier)
    run(engine, "UPDATE action SET due = '2029-01-01'")
    assert "a row in action is not what was sealed" in "\n".join(verify_all(engine, KEY).faults)
