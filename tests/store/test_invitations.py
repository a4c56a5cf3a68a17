"""Invitations: used once, for a time, and giving what they say; who leaves hands over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from assistant.access import Relation, Role
from assistant.errors import Conflict, LastOwner, NotFound
from assistant.store.audit import verify_all
from assistant.store.changes import Signed
from assistant.store.database import writing
from assistant.store.dossiers import Dossier
from assistant.store.invitations import (
    ANOTHER_KEY,
    Arrival,
    accept_as,
    accept_new,
    accept_passphrase,
    find_invitation,
    forget_invitation,
    invite,
    list_invitations,
)
from assistant.store.leaving import end_person, list_sole
from assistant.store.members import list_members, save_member
from assistant.store.people import Person, find_person, save_person
from assistant.store.sessions import list_sessions, save_session

from .samples import AT, KEY, rows, start

BY = Signed("a1", AT, KEY)
ANNA = Arrival("Anna", "jurist", "a hash")
LATER = AT + timedelta(days=15)


def add(engine: Engine, name: str, *roles: Role) -> Person:
    with writing(engine) as connection:
        return save_person(connection, name=name, email=f"{name}@x.example", roles=roles, signed=BY)


def invited(engine: Engine, name: str = "anna", **given: Any) -> str:
    return invite(engine, name=name, email=f"{name}@x.example", signed=BY, **given)


def join(engine: Engine, token: str) -> Person:
    return accept_new(engine, token, ANNA, at=AT, audit_key=KEY)


def relations(engine: Engine, dossier: Dossier) -> dict[str, str]:
    return {member.person: member.relation.value for member in list_members(engine, dossier.id)}


def test_it_makes_an_account_with_what_it_says(engine: Engine, dossier: Dossier) -> None:
    token = invited(engine, roles=[Role.GUEST], dossier=dossier.id, relation="guest", until="2026-12-31")
    found = find_invitation(engine, token, AT)
    assert (found.email, found.until, found.made_by) == ("anna@x.example", "2026-12-31", "a1")
    anna = join(engine, token)
    assert (anna.name, anna.function, anna.roles) == ("Anna", "jurist", {Role.GUEST})
    [member] = [member for member in list_members(engine, dossier.id) if member.person == anna.id]
    assert (member.relation, member.until) == (Relation.GUEST, "2026-12-31")
    [event] = rows(engine, "SELECT actor, kind, question FROM event WHERE kind = 'member'")
    assert event == (anna.id, "member", f"{anna.id} guest")
    assert verify_all(engine, KEY).faults == ()


def test_the_link_is_nowhere_in_the_database(engine: Engine) -> None:
    token = invited(engine)
    assert token not in str(rows(engine, "SELECT * FROM invitation"))
    assert "anna" not in str(rows(engine, "SELECT * FROM organisation_event"))


@pytest.mark.parametrize("why", ["used", "unknown", "late", "withdrawn", "another kind"])
def test_a_link_that_does_not_work(engine: Engine, why: str) -> None:
    token = invited(engine, relation=ANOTHER_KEY if why == "another kind" else "")
    at = AT
    match why:
        case "used":
            join(engine, token)
        case "unknown":
            token = "x" * 43
        case "late":
            at = LATER
        case "withdrawn":
            forget_invitation(engine, list_invitations(engine, AT)[0].id, signed=BY)
    with pytest.raises(NotFound):
        accept_new(engine, token, replace(ANNA, name="Other"), at=at, audit_key=KEY)
    if why != "another kind":
        with pytest.raises(NotFound):
            find_invitation(engine, token, at)


def test_of_many_at_once_one_gets_in(engine: Engine) -> None:
    token = invited(engine)

    def attempt(_: int) -> bool:
        try:
            join(engine, token)
        except (NotFound, Conflict):
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(attempt, range(6))) == 1
    assert len(rows(engine, "SELECT id FROM person")) == 1


def test_an_address_with_an_account_leaves_the_link_as_it_was(engine: Engine) -> None:
    add(engine, "anna")
    token = invited(engine)
    with pytest.raises(Conflict):
        join(engine, token)
    assert find_invitation(engine, token, AT)


def test_roles_add_up_and_end_every_session(engine: Engine) -> None:
    anna = add(engine, "anna", Role.FACILITATOR)
    with writing(engine) as connection:
        save_session(connection, "here", anna.id, "passphrase", AT)
    changed = accept_as(engine, invited(engine, roles=[Role.PO]), anna, signed=replace(BY, actor=anna.id))
    assert changed.roles == find_person(engine, anna.id).roles == {Role.PO, Role.FACILITATOR}
    assert list_sessions(engine, anna.id) == []


@pytest.mark.parametrize(
    ("held", "given", "then"),
    [((), (Role.GUEST,), ()), ((Role.GUEST,), (), ()), ((Role.GUEST,), (Role.GUEST,), (Role.GUEST,))],
)
def test_a_guest_is_one_only_as_long_as_every_invitation_says_so(
    engine: Engine, held: tuple[Role, ...], given: tuple[Role, ...], then: tuple[Role, ...]
) -> None:
    anna = add(engine, "anna", *held)
    assert accept_as(engine, invited(engine, roles=given), anna, signed=BY).roles == frozenset(then)


def test_an_owner_who_is_invited_to_read_stays_the_owner(engine: Engine) -> None:
    anna = add(engine, "anna")
    dossier = start(engine, owner=anna.id)
    accept_as(engine, invited(engine, dossier=dossier.id, relation="viewer"), anna, signed=BY)
    assert relations(engine, dossier) == {anna.id: "owner"}


def test_a_link_for_another_passphrase(engine: Engine) -> None:
    anna = add(engine, "anna")
    with writing(engine) as connection:
        save_session(connection, "here", anna.id, "passphrase", AT)
    token = invited(engine, relation=ANOTHER_KEY)
    with pytest.raises(NotFound):
        accept_passphrase(engine, invited(engine), "another", at=AT, audit_key=KEY)
    accept_passphrase(engine, token, "another", at=AT, audit_key=KEY)
    assert rows(engine, "SELECT passphrase FROM person") == [("another",)]
    assert list_sessions(engine, anna.id) == []
    with pytest.raises(NotFound):
        accept_passphrase(engine, token, "again", at=AT, audit_key=KEY)


def test_old_links_are_swept_away(engine: Engine) -> None:
    invited(engine)
    invite(engine, name="", email="b@x.example", signed=replace(BY, at=LATER))
    assert len(rows(engine, "SELECT id FROM invitation")) == 1


def test_who_leaves_hands_over_what_nobody_else_owns(engine: Engine) -> None:
    anna, bram, admin = add(engine, "anna"), add(engine, "bram"), add(engine, "admin", Role.ADMIN)
    alone, shared = (start(engine, owner=anna.id, actor=anna.id) for _ in range(2))
    save_member(engine, shared.id, bram.id, Relation.OWNER, signed=BY)
    by_admin = replace(BY, actor=admin.id)
    assert list_sole(engine, anna.id) == [alone.number]
    with pytest.raises(LastOwner):
        end_person(engine, anna, None, signed=by_admin)
    for nobody in (anna, admin, add(engine, "guest", Role.GUEST)):
        with pytest.raises(NotFound):
            end_person(engine, anna, nobody, signed=by_admin)
    assert find_person(engine, anna.id).ended_at == ""
    end_person(engine, anna, bram, signed=by_admin)
    assert relations(engine, alone) == {anna.id: "owner", bram.id: "owner"}
    assert relations(engine, shared) == {anna.id: "owner", bram.id: "owner"}
    assert list_sole(engine, bram.id) == [alone.number, shared.number]  # whoever left counts no more
    assert verify_all(engine, KEY).faults == ()
