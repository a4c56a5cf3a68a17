"""Versions: a dossier frozen at hand-in, as the bytes of its JSON, which never change; how it ended is noted beside.

From hand-in the answers are locked, until the version is withdrawn, returned or advised on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Engine, RowMapping, bindparam, func, insert, literal, select, update

from assistant.access import Action, State
from assistant.errors import Conflict, NotFound
from assistant.store.chain import write_time
from assistant.store.changes import Change, Saved, Signed, check_id, lock_open, save_change
from assistant.store.database import reading, writing
from assistant.store.documents import Raw
from assistant.store.reindex import reindex_dossier
from assistant.store.sealed_rows import write_about
from assistant.store.search_index import index_version
from assistant.store.summaries import Summary, move_summary, save_summary
from assistant.store.tables import versions

WITHDRAWN, RETURNED, ADVISED = "withdrawn", "returned", "advised"
_COLUMNS: Final = [column for column in versions.c if column.name != "body"]
_LIST: Final = (
    select(*_COLUMNS, literal("").label("body"))
    .where(versions.c.dossier_id == bindparam("dossier"))
    .order_by(versions.c.number.desc())
)
_NEWEST: Final = (
    select(*versions.c)
    .where(versions.c.dossier_id == bindparam("dossier"), versions.c.ended_as != WITHDRAWN)
    .order_by(versions.c.number.desc())
    .limit(1)
)
_NUMBERED: Final = select(*versions.c).where(
    versions.c.dossier_id == bindparam("dossier"), versions.c.number == bindparam("number")
)
_LAST_NUMBER: Final = select(func.max(versions.c.number)).where(versions.c.dossier_id == bindparam("dossier"))
_OPEN: Final = select(*_COLUMNS).where(versions.c.dossier_id == bindparam("dossier"), versions.c.ended_as == "")
_INSERT: Final = insert(versions)
_END: Final = update(versions).where(versions.c.id == bindparam("version"))


MOST_VERSIONS: Final = 999_999  # no number beyond it is asked of the database, which may not know it


@dataclass(frozen=True, slots=True)
class Version:
    """A frozen dossier. `wanted_start` is an ISO date or empty; `ended_as` is empty while an officer looks at it."""

    id: str
    dossier: str
    number: int
    body: bytes = field(repr=False)
    hash: str
    note: str = field(repr=False)
    wanted_start: str
    decider: str = field(repr=False)
    made_by: str
    made_at: datetime
    ended_as: str
    ended_at: str


def hand_in(
    engine: Engine,
    dossier: str,
    body: bytes,
    *,
    based_on: int,
    note: str,
    wanted_start: str,
    decider: str,
    summary: Summary,
    signed: Signed,
) -> Version:
    """Freeze these bytes, made of version `based_on` of the dossier, and lock its answers.

    Raises Conflict when somebody saved in the meantime: then the bytes are not what the dossier says.
    """
    with writing(engine) as connection:
        row, said = lock_open(connection, dossier, Action.HAND_IN)
        if row["version"] != based_on:
            raise Conflict(["dossier"])
        made = {
            "id": str(uuid4()),
            "dossier_id": dossier,
            "number": (connection.scalar(_LAST_NUMBER, {"dossier": dossier}) or 0) + 1,
            "body": body.decode(),
            "hash": sha256(body).hexdigest(),
            "note": note,
            "wanted_start": wanted_start,
            "decider": decider,
            "made_by": signed.actor,
            "made_at": write_time(signed.at),
            "ended_as": "",
            "ended_at": "",
        }
        connection.execute(_INSERT, made)
        save_summary(connection, dossier, summary, State.OFFICER, signed.at, row["taken_by"])
        index_version(connection, row, body.decode(), write_time(signed.at))
        change = Change("handed_in", about_version(row["salt"], made), said, columns={"state": State.OFFICER.value})
        save_change(connection, row, change, signed)
    return _build(made)


def withdraw(engine: Engine, dossier: str, *, signed: Signed) -> None:
    """The owner takes the version back; officers no longer see it."""
    with writing(engine) as connection:
        row, said = lock_open(connection, dossier, Action.WITHDRAW)
        _end(connection, row, said, WITHDRAWN, signed)
        reindex_dossier(connection, dossier)  # the queue goes back to the version before, if there is one


def return_version(engine: Engine, dossier: str, *, signed: Signed) -> None:
    """The officer gives it back to the team, with the questions asked at answers."""
    with writing(engine) as connection:
        row, said = lock_open(connection, dossier, Action.RETURN)
        _end(connection, row, said, RETURNED, signed)


def take(engine: Engine, dossier: str, person: str, *, signed: Signed) -> None:
    """This officer looks at it; empty: nobody does any more."""
    with writing(engine) as connection:
        row, said = lock_open(connection, dossier, Action.TAKE)
        if row["taken_by"] != person:
            move_summary(connection, dossier, taken_by=person)
            save_change(connection, row, Change("taken", person, said, columns={"taken_by": person}), signed)


def find_version(engine: Engine, dossier: str, number: int | None = None) -> Version:
    """This version, or the newest that was not withdrawn. Raises NotFound."""
    given: dict[str, Any] = {"dossier": check_id(dossier)}
    if number is not None:
        if number > MOST_VERSIONS:
            raise NotFound(dossier)
        given["number"] = number
    with reading(engine) as connection:
        row = connection.execute(_NEWEST if number is None else _NUMBERED, given).mappings().one_or_none()
    if row is None:
        raise NotFound(dossier)
    return _build(row)


def list_versions(engine: Engine, dossier: str) -> list[Version]:
    """Every version, the newest first, without their bytes."""
    with reading(engine) as connection:
        return [_build(row) for row in connection.execute(_LIST, {"dossier": dossier}).mappings()]


def about_version(salt: str, row: Mapping[str, Any]) -> str:
    """What the event says of a version: all of the row but its bytes, which its hash speaks for."""
    return write_about(salt, (versions, [{**row, "body": ""}]))


def _end(connection: Connection, row: Saved, said: Raw, how: str, signed: Signed) -> None:
    found = connection.execute(_OPEN, {"dossier": row["id"]}).mappings().one_or_none()
    if found is None:
        raise NotFound(row["id"])
    ended = {"ended_as": how, "ended_at": write_time(signed.at)}
    connection.execute(_END.values(**ended), {"version": found["id"]})
    if how != WITHDRAWN:
        move_summary(connection, row["id"], state=State.TEAM.value, waiting_since=ended["ended_at"])
    about = about_version(row["salt"], {**found, **ended})
    change = Change(how, about, said, columns={"state": State.TEAM.value})
    save_change(connection, row, change, signed)


def _build(row: Mapping[str, Any] | RowMapping) -> Version:
    return Version(
        id=row["id"],
        dossier=row["dossier_id"],
        number=row["number"],
        body=row["body"].encode(),
        hash=row["hash"],
        note=row["note"],
        wanted_start=row["wanted_start"],
        decider=row["decider"],
        made_by=row["made_by"],
        made_at=datetime.fromisoformat(row["made_at"]),
        ended_as=row["ended_as"],
        ended_at=row["ended_at"],
    )
