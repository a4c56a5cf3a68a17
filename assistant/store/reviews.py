"""What officers think of the signals of a version. It stands beside what the answers raised, and never changes that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select

from assistant.access import Action
from assistant.errors import Conflict
from assistant.store.chain import write_time
from assistant.store.changes import Change, Saved, Signed, digest_text, lock_open, save_change
from assistant.store.database import reading, writing
from assistant.store.documents import Raw
from assistant.store.tables import stances, versions

_NAMES: Final = ("signal", "person_id", "kind", "level", "reason", "at")
_OF: Final = (
    select(*(stances.c[name] for name in _NAMES))
    .where(stances.c.version_id == bindparam("version"))
    .order_by(stances.c.signal, stances.c.at, stances.c.person_id)
)
_INSERT: Final = insert(stances)
_DELETE: Final = delete(stances).where(
    stances.c.version_id == bindparam("version"),
    stances.c.signal == bindparam("raised"),
    stances.c.person_id == bindparam("person"),
)
_NEWEST: Final = (
    select(versions.c.id, versions.c.hash, versions.c.ended_as)
    .where(versions.c.dossier_id == bindparam("dossier"))
    .order_by(versions.c.number.desc())
    .limit(1)
)
GONE: Final = ("withdrawn", "returned")  # how a version ends on which nothing more is said


class StanceKind(StrEnum):
    """What an officer says of a signal. Agreeing needs no reason, the rest one sentence."""

    AGREE = "agree"
    RAISE = "raise"
    LOWER = "lower"
    ASK = "ask"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Stance:
    """What one officer says of one signal; `level`: the one they would give it, where they raise or lower."""

    signal: str
    person: str
    kind: StanceKind
    level: str = ""
    reason: str = field(default="", repr=False)
    at: datetime | None = None


def lock_version(connection: Connection, dossier: str, version: str, action: Action) -> tuple[Saved, Raw]:
    """The dossier, locked, if this version is still the one to speak about; else a Conflict, or Refused."""
    row, said = lock_open(connection, dossier, action)
    newest = connection.execute(_NEWEST, {"dossier": dossier}).one_or_none()
    if newest is None or newest.id != version or newest.ended_as in GONE:
        raise Conflict(["dossier"])
    return row, said


def list_stances(engine: Engine, version: str) -> list[Stance]:
    """Everything said of a version's signals, by signal and in the order in which it was said."""
    with reading(engine) as connection:
        return stances_of(connection, version)


def save_stances(engine: Engine, dossier: str, version: str, said: Iterable[Stance], *, signed: Signed) -> None:
    """What the officer who signs says of these signals, in place of what they said of them before."""
    new = list(said)
    if not new:
        return
    with writing(engine) as connection:
        row, document = lock_version(connection, dossier, version, Action.JUDGE)
        for stance in new:
            key = {"version": version, "raised": stance.signal, "person": signed.actor}
            connection.execute(_DELETE, key)
            connection.execute(_INSERT, _row(dossier, version, stance, signed))
        about = f"{version} {digest_stances(row['salt'], stances_of(connection, version))}"
        save_change(connection, row, Change("judged", about, document), signed)


def digest_stances(salt: str, said: Iterable[Stance]) -> str:
    """One digest of all that is said of a version's signals, for the event about it."""
    parts = ((one.signal, one.person, one.kind, one.level, one.reason, _moment(one)) for one in said)
    return digest_text(salt, *(part for stance in parts for part in stance))


def _moment(stance: Stance) -> str:
    return write_time(stance.at) if stance.at else ""


def stances_of(connection: Connection, version: str) -> list[Stance]:
    """As `list_stances`, in a transaction of yours."""
    rows = connection.execute(_OF, {"version": version})
    return [
        Stance(signal, person, StanceKind(kind), level, reason, datetime.fromisoformat(at))
        for signal, person, kind, level, reason, at in rows
    ]


def _row(dossier: str, version: str, stance: Stance, signed: Signed) -> dict[str, Any]:
    return {
        "version_id": version,
        "signal": stance.signal,
        "person_id": signed.actor,
        "dossier_id": dossier,
        "kind": stance.kind.value,
        "level": stance.level,
        "reason": stance.reason,
        "at": write_time(signed.at),
    }
