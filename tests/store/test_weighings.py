"""Why one of the alternatives was chosen: kept with that one, changed while it is with the team, gone with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assistant.access import Relation
from assistant.answers import Answer
from assistant.errors import Conflict, NotFound, Refused
from assistant.store.audit import verify_all
from assistant.store.changes import Signed
from assistant.store.database import open_database, upgrade
from assistant.store.dossiers import find_dossier, move_dossier
from assistant.store.forgetting import forget_dossier
from assistant.store.members import Reader, save_member
from assistant.store.trail import KINDS, list_events
from assistant.store.variants import VARIANT, choose, copy_dossier
from assistant.store.weighings import Weighing, change_reason, find_weighing, list_laid_aside

from .desk import SECOND, TEAM, add_people, freeze
from .samples import AT, KEY, rows, start

LATER = replace(TEAM, at=AT + timedelta(days=1))
WHY = "Met minder gegevens kan het ook."


def reader(who: Signed) -> Reader:
    return Reader(who.actor, frozenset(), AT.date().isoformat())


def pair(engine: Engine) -> tuple[str, str]:
    """A dossier and a variant of it."""
    add_people(engine)
    first = start(engine, {"q": Answer("a")}, actor=TEAM.actor, owner=TEAM.actor).id
    return first, copy_dossier(engine, first, VARIANT, "Lichter", signed=LATER)


@pytest.fixture
def both(engine: Engine) -> tuple[str, str]:
    return pair(engine)


def go_on(engine: Engine, id: str, reason: str = WHY, rev: int = 0) -> None:
    choose(engine, id, reader(TEAM), reason=reason, rev=rev, signed=LATER)


def weighing(engine: Engine, id: str) -> Weighing:
    found = find_weighing(engine, id)
    assert found
    return found


def stands(engine: Engine, id: str) -> list[tuple[str, str, bool]]:
    found = list_laid_aside(engine, weighing(engine, id))
    return [(one.number, one.stands, one.dossier is not None) for one in found]


@pytest.mark.parametrize("at", [0, 1])
def test_the_reason_is_kept_with_the_chosen_one(engine: Engine, both: tuple[str, str], at: int) -> None:
    id, other = both[at], both[1 - at]
    go_on(engine, id)
    number = find_dossier(engine, other).number
    assert weighing(engine, id) == Weighing(WHY, {other: number}, 1)
    assert find_weighing(engine, other) is None
    assert stands(engine, id) == [(number, "weighed", True)]
    assert verify_all(engine, KEY).faults == ()


def test_it_is_changed_and_who_was_first_is_not_overwritten(engine: Engine, both: tuple[str, str]) -> None:
    go_on(engine, both[0])
    change_reason(engine, both[0], "Beter gezegd.", 1, signed=LATER)
    for write in (lambda: change_reason(engine, both[0], "Te laat.", 1, signed=SECOND), lambda: go_on(engine, both[0])):
        with pytest.raises(Conflict):
            write()
    assert (weighing(engine, both[0]).reason, weighing(engine, both[0]).rev) == ("Beter gezegd.", 2)
    assert list_events(engine, both[0])[0].kind == "weighing_changed"
    assert "weighing_changed" in KINDS
    assert verify_all(engine, KEY).faults == ()


def test_it_stands_while_an_officer_has_it_and_when_it_is_closed(engine: Engine, both: tuple[str, str]) -> None:
    with pytest.raises(NotFound):
        change_reason(engine, both[0], WHY, 0, signed=LATER)
    go_on(engine, both[0])
    freeze(engine, find_dossier(engine, both[0]))
    with pytest.raises(Refused):
        change_reason(engine, both[0], "Anders.", 1, signed=LATER)
    assert weighing(engine, both[0]).reason == WHY


def test_what_is_opened_again_is_not_read(engine: Engine, both: tuple[str, str]) -> None:
    go_on(engine, both[0])
    move_dossier(engine, both[1], "reopen", signed=LATER)
    assert stands(engine, both[0]) == [("2026-002", "reopened", False)]
    go_on(engine, both[0], rev=1)
    assert stands(engine, both[0]) == [("2026-002", "weighed", True)]


def test_of_what_was_destroyed_the_number_is_left(sqlite_url: str) -> None:
    engine = open_database(sqlite_url)
    upgrade(engine)
    first, variant = pair(engine)
    third = copy_dossier(engine, first, VARIANT, "kanariepiet", signed=LATER)
    go_on(engine, variant)
    forget_dossier(engine, third, actor="", at=AT, audit_key=KEY)
    assert sorted(stands(engine, variant)) == [("2026-001", "weighed", True), ("2026-003", "destroyed", False)]
    folder = Path(str(engine.url.database)).parent
    assert b"kanariepiet" not in b"".join(path.read_bytes() for path in folder.iterdir())
    assert verify_all(engine, KEY).faults == ()
    engine.dispose()


def test_it_goes_with_the_chosen_one(engine: Engine, both: tuple[str, str]) -> None:
    go_on(engine, both[0])
    forget_dossier(engine, both[0], actor="", at=AT, audit_key=KEY)
    assert rows(engine, "SELECT 1 FROM weighing") == []


def test_what_somebody_else_closed_is_not_told_of(engine: Engine, both: tuple[str, str]) -> None:
    third = copy_dossier(engine, both[0], VARIANT, "Van een ander", signed=SECOND)
    save_member(engine, third, TEAM.actor, Relation.VIEWER, signed=SECOND)
    move_dossier(engine, third, "close", signed=SECOND)
    go_on(engine, both[0])
    assert weighing(engine, both[0]).laid_aside.keys() == {both[1]}
