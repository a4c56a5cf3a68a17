"""Who is in a dossier, and what that lets them do. Rows of a dossier are given only through here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Engine, and_, bindparam, delete, insert, select, update

from assistant.access import Action, Relation, Role, State, may, relations_of
from assistant.errors import LastOwner, NotFound, Refused
from assistant.store.chain import write_time
from assistant.store.changes import Change, Signed, check_id, lock_dossier, save_change
from assistant.store.database import reading, writing
from assistant.store.tables import dossiers, members, people

_MEMBERS: Final = (
    select(
        people.c.id,
        people.c.name,
        people.c.function,
        members.c.relation,
        members.c.theme,
        members.c.until,
    )
    .join_from(members, people)
    .where(members.c.dossier_id == bindparam("dossier"))
    .order_by(members.c.since, people.c.id)
)
_THIS: Final = and_(members.c.dossier_id == bindparam("dossier"), members.c.person_id == bindparam("person"))
_RELATION: Final = select(members.c.relation).where(_THIS)
_INSERT: Final = insert(members)
_UPDATE: Final = update(members).where(_THIS)
_DELETE: Final = delete(members).where(_THIS)
_OWNERS: Final = (
    select(members.c.person_id).where(members.c.dossier_id == bindparam("dossier"), members.c.relation == "owner")
)  # fmt: skip
_OWNED: Final = select(members.c.dossier_id).where(members.c.relation == "owner")
_ORPHANS: Final = select(dossiers.c.id).where(dossiers.c.id.not_in(_OWNED))
_REACH: Final = (
    select(dossiers.c.state, members.c.relation, members.c.until, members.c.theme)
    .select_from(
        dossiers.outerjoin(
            members, and_(members.c.dossier_id == dossiers.c.id, members.c.person_id == bindparam("person"))
        )
    )
    .where(dossiers.c.id == bindparam("dossier"))
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks for a dossier, by id and roles, and on which day (ISO), since a guest's time ends."""

    person: str
    roles: frozenset[Role]
    today: str


@dataclass(frozen=True, slots=True)
class Reach:
    """What a reader may do with a dossier now. `theme`: the one an adviser is asked about."""

    state: State
    relations: frozenset[Relation]
    allowed: frozenset[Action]
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """Someone in a dossier."""

    person: str
    name: str = field(repr=False)
    function: str = field(repr=False)
    relation: Relation
    theme: str
    until: str


def build_reach(reader: Reader, state: str, relation: str | None, until: str | None, theme: str | None) -> Reach:
    """What the columns of a dossier and a membership mean for who asks."""
    relations = relations_of(reader.roles, relation or "", until or "", reader.today)
    return Reach(State(state), relations, may(relations, State(state)), theme or "")


def check_reach(reach: Reach, action: Action, id: str) -> None:
    """Raises NotFound when there is nothing here for this reader, Refused when it is only not now, or not this."""
    if action in reach.allowed:
        return
    if reach.allowed & {Action.READ, Action.REVIEW}:
        raise Refused(action, reach.state)
    raise NotFound(id)


def find_reach(engine: Engine, reader: Reader, id: str, action: Action) -> Reach:
    """What this reader may do with the dossier. Raises NotFound or Refused; one statement."""
    with reading(engine) as connection:
        return lock_free_reach(connection, reader, id, action)


def lock_free_reach(connection: Connection, reader: Reader, id: str, action: Action) -> Reach:
    """As `find_reach`, in a transaction of yours."""
    row = connection.execute(_REACH, {"dossier": check_id(id), "person": reader.person}).one_or_none()
    if row is None:
        raise NotFound(id)
    reach = build_reach(reader, *row)
    check_reach(reach, action, id)
    return reach


def list_members(engine: Engine, dossier: str) -> list[Member]:
    """Everyone in a dossier, who came first leading."""
    with reading(engine) as connection:
        rows = connection.execute(_MEMBERS, {"dossier": dossier})
        return [
            Member(person, name, function, Relation(relation), theme, until)
            for person, name, function, relation, theme, until in rows
        ]


def save_owner(connection: Connection, dossier: str, person: str, signed: Signed) -> None:
    """The first member of a new dossier, in the transaction that makes it."""
    connection.execute(_INSERT, _row(dossier, person, Relation.OWNER, signed))


def save_member(
    engine: Engine,
    dossier: str,
    person: str,
    relation: Relation,
    *,
    signed: Signed,
    theme: str = "",
    until: str = "",
) -> None:
    """Someone comes into a dossier, or becomes something else in it."""
    with writing(engine) as connection:
        row, said = lock_dossier(connection, dossier)
        add_member(connection, dossier, person, relation, signed=signed, theme=theme, until=until)
        save_change(connection, row, Change("member", f"{person} {relation}", said), signed)


def find_relation(connection: Connection, dossier: str, person: str) -> str | None:
    """What someone is in a dossier by membership; nothing of whether their time is over."""
    relation: str | None = connection.scalar(_RELATION, {"dossier": dossier, "person": person})
    return relation


def add_member(
    connection: Connection, dossier: str, person: str, relation: Relation, *, signed: Signed, theme: str, until: str
) -> None:
    """The row alone. Raises LastOwner when a dossier would be without one."""
    old = find_relation(connection, dossier, person)
    if old == Relation.OWNER and relation is not Relation.OWNER:
        _keep_an_owner(connection, dossier, person)
    if old is None:
        connection.execute(_INSERT, _row(dossier, person, relation, signed, theme, until))
    else:
        columns = {"relation": relation.value, "theme": theme, "until": until}
        connection.execute(_UPDATE.values(**columns), {"dossier": dossier, "person": person})


def forget_member(engine: Engine, dossier: str, person: str, *, signed: Signed) -> None:
    """Someone leaves a dossier; the last owner cannot."""
    with writing(engine) as connection:
        row, said = lock_dossier(connection, dossier)
        if connection.scalar(_RELATION, {"dossier": dossier, "person": check_id(person)}) is None:
            raise NotFound(person)
        _keep_an_owner(connection, dossier, person)
        connection.execute(_DELETE, {"dossier": dossier, "person": person})
        save_change(connection, row, Change("member_left", person, said), signed)


def adopt_orphans(engine: Engine, person: str, *, signed: Signed) -> int:
    """Make someone owner of every dossier that has none, as those made before there were people; how many."""
    with reading(engine) as connection:
        orphans = list(connection.scalars(_ORPHANS))
    for dossier in orphans:
        save_member(engine, dossier, person, Relation.OWNER, signed=signed)
    return len(orphans)


def _keep_an_owner(connection: Connection, dossier: str, leaving: str) -> None:
    owners = set(connection.scalars(_OWNERS, {"dossier": dossier}))
    if owners == {leaving}:
        raise LastOwner(dossier)


def _row(
    dossier: str, person: str, relation: Relation, signed: Signed, theme: str = "", until: str = ""
) -> dict[str, Any]:
    return {
        "dossier_id": dossier,
        "person_id": person,
        "relation": relation.value,
        "theme": theme,
        "until": until,
        "since": write_time(signed.at),
    }
