"""Why one of the alternatives was chosen, kept with the chosen dossier: one text, and which ones were laid aside.

Of those only id and number are kept, so that a destroyed dossier leaves no trace in another one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Engine, bindparam, insert, select, update

from assistant.access import Action, State
from assistant.dossier.model import Stands
from assistant.errors import Conflict, NotFound
from assistant.store.chain import write_time
from assistant.store.changes import Change, Saved, Signed, check_id, lock_open, save_change
from assistant.store.database import reading, writing
from assistant.store.documents import write_json
from assistant.store.dossiers import Dossier, find_dossier
from assistant.store.sealed_rows import write_about
from assistant.store.tables import dossiers, weighings

_ROW: Final = select(*weighings.c).where(weighings.c.dossier_id == bindparam("dossier"))
_STATES: Final = select(dossiers.c.id, dossiers.c.state).where(dossiers.c.id.in_(bindparam("ids", expanding=True)))
_INSERT: Final = insert(weighings)
_UPDATE: Final = update(weighings).where(weighings.c.dossier_id == bindparam("dossier"))


@dataclass(frozen=True, slots=True)
class LaidAside:
    """An alternative that was not chosen. `dossier` is there as long as it stands closed."""

    number: str
    stands: Stands
    dossier: Dossier | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Weighing:
    """Why this one goes on, and which do not; `rev` is the number of times that it was written."""

    reason: str = field(repr=False)
    laid_aside: Mapping[str, str]  # number by id
    rev: int


def find_weighing(engine: Engine, dossier: str) -> Weighing | None:
    """Why this one was chosen; None when it never was."""
    with reading(engine) as connection:
        row = connection.execute(_ROW, {"dossier": check_id(dossier)}).mappings().one_or_none()
    return _build(row) if row else None


def list_laid_aside(engine: Engine, weighing: Weighing) -> list[LaidAside]:
    """The alternatives as they now are, whoever asks: who chose owned them, and laid them beside this one for good.

    One that was opened again is at work, and is not read; of one that was destroyed the number is left.
    """
    with reading(engine) as connection:
        found = connection.execute(_STATES, {"ids": list(weighing.laid_aside)})
        states = {id: state for id, state in found}  # noqa: C416  rows are no pairs to mypy
    return [_as_it_is(engine, number, id, states.get(id)) for id, number in weighing.laid_aside.items()]


def _as_it_is(engine: Engine, number: str, id: str, state: str | None) -> LaidAside:
    if state is None:
        return LaidAside(number, "destroyed")
    if state != State.CLOSED:
        return LaidAside(number, "reopened")
    return LaidAside(number, "weighed", find_dossier(engine, id))


def save_weighing(
    connection: Connection, row: Saved, reason: str, laid_aside: Mapping[str, str], rev: int, signed: Signed
) -> str:
    """Write why this locked dossier was chosen, in a transaction of yours; what its event says of that.

    `laid_aside` comes beside those that were before. Raises Conflict when somebody wrote it since `rev`.
    """
    old = connection.execute(_ROW, {"dossier": row["id"]}).mappings().one_or_none()
    if (old["rev"] if old else 0) != rev:
        raise Conflict(["weighing"])
    every = {**(_build(old).laid_aside if old else {}), **laid_aside}
    made: dict[str, Any] = {
        "id": old["id"] if old else str(uuid4()),
        "dossier_id": row["id"],
        "reason": reason,
        "laid_aside": write_json([list(one) for one in every.items()]),
        "rev": rev + 1,
        "at": write_time(signed.at),
    }
    if old:
        connection.execute(_UPDATE.values(**made), {"dossier": row["id"]})
    else:
        connection.execute(_INSERT, made)
    return write_about(row["salt"], (weighings, [made]))


def change_reason(engine: Engine, dossier: str, reason: str, rev: int, *, signed: Signed) -> None:
    """Write anew why it was chosen, as long as it is with the team. Raises NotFound when it never was; Conflict."""
    with writing(engine) as connection:
        row, said = lock_open(connection, dossier, Action.CLOSE)
        if connection.execute(_ROW, {"dossier": dossier}).one_or_none() is None:
            raise NotFound(dossier)
        about = save_weighing(connection, row, reason, {}, rev, signed)
        save_change(connection, row, Change("weighing_changed", about, said), signed)


def _build(row: Mapping[Any, Any]) -> Weighing:
    return Weighing(row["reason"], dict(json.loads(row["laid_aside"])), row["rev"])
