"""Links that let someone in, once: to an account, and to what comes with it. Only the SHA-256 of a link is kept.

Whoever holds the link may use it. Unknown, used, withdrawn and too late look the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select, update

from assistant.access import Relation, Role
from assistant.accounts.sealed import SealKeys
from assistant.accounts.tokens import fingerprint, new_token
from assistant.errors import Conflict, NotFound
from assistant.store.chain import write_time
from assistant.store.changes import Change, Signed, check_id, lock_dossier, save_change
from assistant.store.credentials import change_passphrase, save_identity
from assistant.store.database import reading, writing
from assistant.store.members import add_member, find_relation
from assistant.store.outbox import add_invitation
from assistant.store.people import (
    Person,
    change_person,
    find_by_email,
    save_people_event,
    save_person,
    write_email,
    write_roles,
)
from assistant.store.sessions import forget_sessions
from assistant.store.tables import ORGANISATION, invitations
from assistant.trees.model import Language

ANOTHER_KEY: Final = "another_key"  # in place of a relation: a link to choose another passphrase, no invitation
_COLUMNS: Final = tuple(
    invitations.c[name]
    for name in ("id", "name", "email", "roles", "dossier_id", "relation", "until", "made_by", "expires_at")
)
_OPEN: Final = (
    invitations.c.organisation_id == ORGANISATION,
    invitations.c.used_at == "",
    invitations.c.expires_at > bindparam("now"),
)
_FIND: Final = select(*_COLUMNS).where(invitations.c.id == bindparam("id"), *_OPEN)
_LIST: Final = select(*_COLUMNS).where(*_OPEN).order_by(invitations.c.expires_at, invitations.c.id)
_USE: Final = update(invitations).where(invitations.c.id == bindparam("link"), *_OPEN)
_FORGET: Final = delete(invitations).where(invitations.c.id == bindparam("link"))
_FORGET_OLD: Final = delete(invitations).where(invitations.c.expires_at < bindparam("now"))


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a link is for. `until`: the last day of a guest in the dossier."""

    id: str
    name: str = field(repr=False)
    email: str = field(repr=False)
    roles: frozenset[Role]
    dossier: str
    relation: str
    until: str
    made_by: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who uses it: what they say of themselves, and their way in: a passphrase's hash, or issuer and subject."""

    name: str = field(repr=False)
    function: str = field(repr=False)
    passphrase: str = field(default="", repr=False)
    identity: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Postage:
    """What it takes to mail a link: the keys that seal it until then, and the language of the mail."""

    keys: SealKeys = field(repr=False)
    language: Language


def invite(
    engine: Engine,
    *,
    name: str,
    email: str,
    roles: Iterable[Role] = (),
    dossier: str = "",
    relation: str = "",
    until: str = "",
    signed: Signed,
    days: int = 14,
    postage: Postage | None = None,
) -> str:
    """A new link's token. Those that are too old are swept away along. `postage`: it is mailed as well."""
    token, made, held = new_token(), write_time(signed.at), write_roles(roles)
    id, address = fingerprint(token), write_email(email)
    row = {
        "id": id,
        "organisation_id": ORGANISATION,
        "name": name,
        "email": address,
        "roles": held,
        "dossier_id": dossier,
        "relation": relation,
        "until": until,
        "made_by": signed.actor,
        "made_at": made,
        "expires_at": write_time(signed.at + timedelta(days=days)),
        "used_at": "",
    }
    with writing(engine) as connection:
        connection.execute(_FORGET_OLD, {"now": made})
        connection.execute(insert(invitations), row)
        about = " ".join((address, held, dossier, relation, until))
        save_people_event(connection, "invited", id, about, signed)
        if postage:
            add_invitation(connection, id, token, postage.keys, postage.language, signed.at)
    return token


def find_invitation(engine: Engine, token: str, at: datetime) -> Invitation:
    """What a link is for. Raises NotFound."""
    with reading(engine) as connection:
        row = connection.execute(_FIND, {"id": fingerprint(token), "now": write_time(at)}).one_or_none()
    if row is None:
        raise NotFound("invitation")
    return _build(*row)


def find_open(engine: Engine, id: str, at: datetime) -> Invitation | None:
    """An invitation by its id, as long as its link works."""
    with reading(engine) as connection:
        row = connection.execute(_FIND, {"id": id, "now": write_time(at)}).one_or_none()
    return _build(*row) if row else None


def list_invitations(engine: Engine, at: datetime, dossier: str = "") -> list[Invitation]:
    """Those still open, the first to end leading: for an account alone, or into this dossier."""
    with reading(engine) as connection:
        found = [_build(*row) for row in connection.execute(_LIST, {"now": write_time(at)})]
    return [one for one in found if one.dossier == dossier]


def forget_invitation(engine: Engine, id: str, *, signed: Signed, dossier: str = "") -> None:
    """The link no longer works. `dossier`: it has to be an invitation into this one."""
    if id not in {one.id for one in list_invitations(engine, signed.at, dossier)}:
        raise NotFound("invitation")
    with writing(engine) as connection:
        connection.execute(_FORGET, {"link": id})
        save_people_event(connection, "invitation_withdrawn", id, "", signed)


def accept_new(engine: Engine, token: str, who: Arrival, *, at: datetime, audit_key: bytes) -> Person:
    """Somebody new, with what the invitation gives. Raises NotFound; Conflict when the address has an account."""
    signed = Signed(str(uuid4()), at, audit_key)
    with writing(engine) as connection:
        found = _use(connection, token, at)
        person = save_arrival(connection, who, found.email, found.roles, signed)
        _bring_in(connection, found, person.id, signed)
    return person


def save_arrival(connection: Connection, who: Arrival, email: str, roles: Iterable[Role], signed: Signed) -> Person:
    """The account of somebody new, who is the one that signs. Raises Conflict when the address has one."""
    if find_by_email(connection, email):
        raise Conflict(["email"])
    person = save_person(
        connection,
        id=signed.actor,
        name=who.name,
        email=email,
        function=who.function,
        roles=roles,
        passphrase=who.passphrase,
        signed=signed,
    )
    if who.identity:
        save_identity(connection, person.id, *who.identity, signed)
    return person


def accept_as(engine: Engine, token: str, person: Person, *, signed: Signed) -> Person:
    """What the invitation gives, for somebody with an account; new roles end every session of theirs."""
    with writing(engine) as connection:
        found = _use(connection, token, signed.at)
        roles = _joined(person.roles, found.roles)
        if roles != person.roles:
            change_person(connection, person.id, "roles", signed, roles=write_roles(roles))
            forget_sessions(connection, person.id)
        _bring_in(connection, found, person.id, signed)
    return replace(person, roles=roles)


def accept_passphrase(engine: Engine, token: str, hash: str, *, at: datetime, audit_key: bytes) -> None:
    """Another passphrase, by a link for that. Raises NotFound."""
    with writing(engine) as connection:
        found = _use(connection, token, at, ANOTHER_KEY)
        person = find_by_email(connection, found.email)
        if person is None or person.ended_at:
            raise NotFound("invitation")
        change_passphrase(connection, person.id, hash, Signed(person.id, at, audit_key))


def _joined(held: frozenset[Role], given: frozenset[Role]) -> frozenset[Role]:
    """Roles add up; a guest is one only as long as every invitation says so."""
    both = held | given
    return both if Role.GUEST in held & given else both - {Role.GUEST}


def _use(connection: Connection, token: str, at: datetime, kind: str = "") -> Invitation:
    """The invitation, used up in this transaction; of two at once one finds it used."""
    id, now = fingerprint(token), write_time(at)
    row = connection.execute(_FIND, {"id": id, "now": now}).one_or_none()
    if row is None or (row.relation == ANOTHER_KEY) != (kind == ANOTHER_KEY):
        raise NotFound("invitation")
    if connection.execute(_USE.values(used_at=now), {"link": id, "now": now}).rowcount != 1:
        raise NotFound("invitation")
    return _build(*row)


def _bring_in(connection: Connection, found: Invitation, person: str, signed: Signed) -> None:
    """Into the dossier, if it is about one; whoever owns it keeps it."""
    if not found.dossier or find_relation(connection, found.dossier, person) == Relation.OWNER:
        return
    relation = Relation(found.relation)
    row, said = lock_dossier(connection, check_id(found.dossier))
    add_member(connection, found.dossier, person, relation, signed=signed, theme="", until=found.until)
    save_change(connection, row, Change("member", f"{person} {relation}", said), signed)


def _build(
    id: str, name: str, email: str, roles: str, dossier: str, relation: str, until: str, made_by: str, expires_at: str
) -> Invitation:
    ends = datetime.fromisoformat(expires_at)
    return Invitation(id, name, email, frozenset(map(Role, roles.split())), dossier, relation, until, made_by, ends)
