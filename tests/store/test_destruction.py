"""The end of dossiers: what is due, four eyes, holds, and that nothing of a destroyed dossier is left."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assistant.errors import Conflict, NotFound, Refused
from assistant.store.audit import verify_all
from assistant.store.changes import Signed
from assistant.store.database import open_database, upgrade
from assistant.store.destruction import (
    GONE,
    ON_HOLD,
    REOPENED,
    find_hold,
    find_list,
    finish,
    list_destructions,
    list_due,
    list_unfinished,
    propose,
    save_hold,
    settle,
    years_before,
)
from assistant.store.dossiers import find_dossier, move_dossier
from assistant.store.forgetting import forget_dossier
from assistant.store.org_settings import Retention

from .desk import OFFICER, SECOND, TEAM, add_people, freeze
from .samples import AT, KEY, rows, run, save, start

TERM = Retention(5, "Selectielijst 2020, 11.1")
LATER = AT.date() + timedelta(days=6 * 366)


def closed(engine: Engine) -> str:
    """A dossier that was handed in once and closed."""
    add_people(engine)
    dossier = start(engine, owner=TEAM.actor, actor=TEAM.actor)
    freeze(engine, dossier)
    run(engine, f"UPDATE dossier SET state = 'team' WHERE id = '{dossier.id}'")
    move_dossier(engine, dossier.id, "close", signed=TEAM)
    return dossier.id


def due(engine: Engine, today: date = LATER) -> list[str]:
    return [one.dossier for one in list_due(engine, TERM, today)]


def listed(engine: Engine, *ids: str) -> str:
    return propose(engine, ids, TERM, LATER, signed=OFFICER)


def test_a_term_counts_from_closing_and_only_closed_dossiers_are_due(engine: Engine) -> None:
    old, _open = closed(engine), start(engine)
    assert due(engine) == [old]
    assert due(engine, AT.date() + timedelta(days=5 * 365)) == []
    assert list_due(engine, Retention(), LATER) == []


@pytest.mark.parametrize(("day", "before"), [
    (date(2028, 2, 29), date(2023, 2, 28)), (date(2028, 2, 28), date(2023, 2, 28)),
    (date(2026, 11, 26), date(2021, 11, 26)),
])  # fmt: skip
def test_some_years_before(day: date, before: date) -> None:
    assert years_before(day, 5) == before


def test_one_proposes_another_approves_and_the_record_stays(engine: Engine) -> None:
    id, other = closed(engine), closed(engine)
    made = listed(engine, id)
    assert due(engine) == [other]  # what is on a list is not proposed twice
    with pytest.raises(Refused):
        settle(engine, made, approved=True, signed=OFFICER)
    assert find_dossier(engine, id)
    settle(engine, made, approved=True, signed=SECOND)
    with pytest.raises(NotFound):
        find_dossier(engine, id)
    [record] = list_destructions(engine)
    [item] = record.items
    assert (record.state, record.made_by, record.settled_by) == ("approved", OFFICER.actor, SECOND.actor)
    assert (item.number, item.dossier, bool(item.destroyed_at), record.ground) == ("2026-001", "", True, TERM.ground)
    with pytest.raises(Conflict):
        settle(engine, made, approved=True, signed=SECOND)
    assert verify_all(engine, KEY).faults == ()


def test_a_refused_list_destroys_nothing_and_can_be_proposed_again(engine: Engine) -> None:
    id = closed(engine)
    made = listed(engine, id)
    settle(engine, made, approved=False, signed=SECOND)
    assert find_list(engine, made).state == "refused"
    assert due(engine) == [id]
    finish(engine, made, signed=SECOND)
    assert find_dossier(engine, id)


def test_what_is_not_due_is_on_no_list(engine: Engine) -> None:
    id, young = closed(engine), start(engine).id
    for chosen in ([], [young], [id, young], ["00000000-0000-4000-8000-000000000000"]):
        with pytest.raises(Conflict):
            listed(engine, *chosen)
    assert list_destructions(engine) == []


def test_a_hold_keeps_a_dossier_also_when_it_comes_after_the_list(engine: Engine) -> None:
    held, late, opened = closed(engine), closed(engine), closed(engine)
    save_hold(engine, held, "Rechtszaak", signed=OFFICER)
    assert due(engine) == [late, opened] or due(engine) == [opened, late]
    made = listed(engine, late, opened)
    save_hold(engine, late, "Woo-verzoek", signed=OFFICER)
    move_dossier(engine, opened, "reopen", signed=TEAM)
    settle(engine, made, approved=True, signed=SECOND)
    assert {item.left_as for item in find_list(engine, made).items} == {ON_HOLD, REOPENED}
    assert all(find_dossier(engine, id) for id in (held, late, opened))
    save_hold(engine, held, "", signed=OFFICER)
    assert find_hold(engine, held) is None
    assert held in due(engine)  # the term went on from when it was closed
    assert verify_all(engine, KEY).faults == ()


def test_a_hold_at_the_same_moment_is_kept_or_refused(engine: Engine) -> None:
    for _ in range(8):
        id = closed(engine)
        made = listed(engine, id)
        with ThreadPoolExecutor(2) as pool:
            hold = pool.submit(save_hold, engine, id, "Rechtszaak", signed=OFFICER)
            pool.submit(settle, engine, made, approved=True, signed=SECOND).result()
        [item] = find_list(engine, made).items
        if isinstance(hold.exception(), NotFound):
            assert item.destroyed_at
            assert not item.left_as
        else:
            assert find_hold(engine, id)
            assert item.left_as == ON_HOLD
            assert not item.destroyed_at


def test_what_is_gone_already_is_told(engine: Engine) -> None:
    id = closed(engine)
    made = listed(engine, id)
    forget_dossier(engine, id, actor="", at=AT, audit_key=KEY)
    settle(engine, made, approved=True, signed=SECOND)
    assert [item.left_as for item in find_list(engine, made).items] == [GONE]


def test_a_destruction_that_was_broken_off_is_finished(engine: Engine) -> None:
    id = closed(engine)
    made = listed(engine, id)
    run(engine, f"UPDATE destruction SET state = 'approved', settled_by = '{SECOND.actor}'")
    assert list_unfinished(engine) == [(made, SECOND.actor)]
    finish(engine, made, signed=SECOND)
    finish(engine, made, signed=SECOND)
    assert list_unfinished(engine) == []
    assert rows(engine, f"SELECT count(*) FROM dossier WHERE id = '{id}'") == [(0,)]


def test_two_that_finish_a_list_at_once_leave_one_true_record(engine: Engine) -> None:
    made = listed(engine, *(closed(engine) for _ in range(6)))
    run(engine, f"UPDATE destruction SET state = 'approved', settled_by = '{SECOND.actor}'")
    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(finish, engine, made, signed=SECOND) for _ in range(2)]:
            one.result()
    items = find_list(engine, made).items
    assert {(item.left_as, bool(item.destroyed_at), item.dossier) for item in items} == {("", True, "")}
    assert rows(engine, "SELECT count(*) FROM organisation_event WHERE kind = 'dossier_destroyed'") == [(6,)]
    assert verify_all(engine, KEY).faults == ()


def test_a_hold_says_why_and_who(engine: Engine) -> None:
    id = closed(engine)
    save_hold(engine, id, "Rechtszaak", signed=OFFICER)
    save_hold(engine, id, "Hoger beroep", signed=SECOND)
    hold = find_hold(engine, id)
    assert hold
    assert (hold.reason, hold.person) == ("Hoger beroep", SECOND.actor)
    with pytest.raises(Refused):
        save_hold(engine, start(engine).id, "x", signed=OFFICER)


def test_no_trace_is_left_in_the_file_and_its_log(sqlite_url: str) -> None:
    engine = open_database(sqlite_url)
    upgrade(engine)
    add_people(engine)
    dossier = start(engine, owner=TEAM.actor, actor=TEAM.actor)
    save(engine, dossier.id, "q", 0, "kanariepiet", actor=TEAM.actor)
    freeze(engine, dossier, signed=Signed(TEAM.actor, AT, KEY))
    run(engine, "UPDATE dossier SET state = 'team'")
    move_dossier(engine, dossier.id, "close", signed=TEAM)
    settle(engine, listed(engine, dossier.id), approved=True, signed=SECOND)
    folder = Path(str(engine.url.database)).parent
    assert b"kanariepiet" not in b"".join(path.read_bytes() for path in folder.iterdir())
    engine.dispose()
