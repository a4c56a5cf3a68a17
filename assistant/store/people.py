"""People and their roles. Names and addresses stay in the table `person`; events know ids alone."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, select, update

from assistant.access import Role, Task, may_do
from assistant.errors import NotFound
from assistant.store.chain import write_time
from assistant.store.changes import Signed, check_id
from assistant.store.database import reading, writing
from assistant.store.organisation import save_organisation_event
from assistant.store.tables import ORGANISATION, people, sessions

COLUMNS: Final = tuple(people.c[name] for name in ("id", "name", "email", "function", "roles", "ended_at"))
_FIND: Final = select(*COLUMNS).where(people.c.id == bindparam("id"))
_BY_EMAIL: Final = select(*COLUMNS).where(
    people.c.organisation_id == ORGANISATION, people.c.email == bindparam("email")
)
_LIST: Final = (
    select(*COLUMNS).where(people.c.organisation_id == ORGANISATION).order_by(func.lower(people.c.name), people.c.id)
)
_NAMES: Final = select(people.c.id, people.c.name, people.c.function).where(
    people.c.id.in_(bindparam("ids", expanding=True))
)
_INSERT: Final = insert(people)
_END_SESSIONS: Final = delete(sessions).where(sessions.c.person_id == bindparam("person_id"))
_UPDATE: Final = update(people).where(people.c.id == bindparam("person"))


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with an account; `ended_at` is empty while it works."""

    id: str
    name: str = field(repr=False)
    email: str = field(repr=False)
    function: str = field(repr=False)
    roles: frozenset[Role]
    ended_at: str = ""

    @property
    def tasks(self) -> frozenset[Task]:
        """What they may do beside any dossier."""
        return may_do(self.roles)


def build_person(id: str, name: str, email: str, function: str, roles: str, ended_at: str) -> Person:
    """A row as a person."""
    return Person(id, name, email, function, frozenset(map(Role, roles.split())), ended_at)


def write_email(email: str) -> str:
    """An address as it is kept and looked up."""
    return email.strip().casefold()


def find_person(engine: Engine, id: str) -> Person:
    """Raises NotFound."""
    with reading(engine) as connection:
        row = connection.execute(_FIND, {"id": check_id(id)}).one_or_none()
    if row is None:
        raise NotFound(id)
    return build_person(*row)


def find_by_email(connection: Connection, email: str) -> Person | None:
    """Who has this address, if anyone has."""
    row = connection.execute(_BY_EMAIL, {"email": write_email(email)}).one_or_none()
    return build_person(*row) if row else None


def find_account(engine: Engine, email: str) -> Person | None:
    """Who has an account that works with this address, if anyone has."""
    with reading(engine) as connection:
        found = find_by_email(connection, email)
    return found if found and not found.ended_at else None


def list_people(engine: Engine) -> list[Person]:
    """Everyone, by name; who left too."""
    with reading(engine) as connection:
        return [build_person(*row) for row in connection.execute(_LIST)]


def find_functions(engine: Engine, ids: Iterable[str]) -> dict[str, str]:
    """The functions of these people, for what outlives an account: a frozen version, an export."""
    wanted = sorted({id for id in ids if id})
    if not wanted:
        return {}
    with reading(engine) as connection:
        return {id: function for id, _, function in connection.execute(_NAMES, {"ids": wanted})}


def find_names(engine: Engine, ids: Iterable[str]) -> dict[str, str]:
    """The names of these people; ids that are nobody's (any more) are left out."""
    wanted = sorted({id for id in ids if id})
    if not wanted:
        return {}
    with reading(engine) as connection:
        return {id: name for id, name, _ in connection.execute(_NAMES, {"ids": wanted})}


def save_person(
    connection: Connection,
    *,
    name: str,
    email: str,
    roles: Iterable[Role],
    signed: Signed,
    function: str = "",
    passphrase: str = "",
    id: str = "",
) -> Person:
    """A new person, in the transaction of what brought them; its event holds the id alone."""
    person = Person(id or str(uuid4()), name, write_email(email), function, frozenset(roles))
    row = {
        "id": person.id,
        "organisation_id": ORGANISATION,
        "name": name,
        "email": person.email,
        "function": function,
        "roles": write_roles(person.roles),
        "passphrase": passphrase,
        "totp": "",
        "totp_step": 0,
        "ended_at": "",
        "created_at": write_time(signed.at),
    }
    connection.execute(_INSERT, row)
    save_people_event(connection, "person_came", person.id, write_roles(person.roles), signed)
    return person


def save_facts(engine: Engine, id: str, name: str, function: str, *, signed: Signed) -> None:
    """What someone is called, and what they do."""
    with writing(engine) as connection:
        change_person(connection, id, "person_changed", signed, name=name, function=function)


def save_roles(engine: Engine, id: str, roles: Iterable[Role], *, signed: Signed) -> None:
    """Other roles; whoever is signed in as this person, anywhere, is so no longer."""
    with writing(engine) as connection:
        change_person(connection, id, "roles", signed, roles=write_roles(roles))
        connection.execute(_END_SESSIONS, {"person_id": id})


def change_person(connection: Connection, id: str, kind: str, signed: Signed, **columns: Any) -> None:
    """Change columns of someone, with an event of this kind."""
    if not connection.execute(_UPDATE, {"person": check_id(id), **columns}).rowcount:
        raise NotFound(id)
    save_people_event(connection, kind, id, str(columns.get("roles", "")), signed)


def write_roles(roles: Iterable[Role]) -> str:
    """Roles as they are kept: in order, a space between."""
    return " ".join(sorted(roles))


def save_people_event(connection: Connection, kind: str, subject: str, about: str, signed: Signed) -> None:
    """An event about people in the organisation's chain; `about` comes in as a digest under the chain's key."""
    save_organisation_event(
        connection,
        kind=kind,
        subject=subject,
        digest=digest_about(signed.audit_key, kind, subject, about),
        actor=signed.actor,
        at=signed.at,
        audit_key=signed.audit_key,
    )


def digest_about(key: bytes, kind: str, subject: str, about: str) -> str:
    """How what an event is about stands in it: whoever has no key cannot try what it may have been."""
    return hmac.digest(key, f"{kind}\0{subject}\0{about}".encode(), "sha256").hex()
