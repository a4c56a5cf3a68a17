"""How signals ended: solved, accepted or contested. An ending lapses when its signal goes; come back, it is open.

It holds for what was known: a signal that was only possible and is now certain is open again too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Engine, RowMapping, bindparam, insert, select, update

from assistant.access import Action
from assistant.store.chain import write_time
from assistant.store.changes import Change, Signed, lock_open, save_change
from assistant.store.database import reading, writing
from assistant.store.sealed_rows import write_about
from assistant.store.tables import endings

SOLVED, ACCEPTED, CONTESTED = "solved", "accepted", "contested"
HOW: Final = (SOLVED, ACCEPTED, CONTESTED)

_HOLDING: Final = (
    select(*endings.c)
    .where(endings.c.dossier_id == bindparam("dossier"), endings.c.lapsed_at == "")
    .order_by(endings.c.at, endings.c.id)
)
_INSERT: Final = insert(endings)
_LAPSE: Final = update(endings).where(endings.c.id == bindparam("ending"))


@dataclass(frozen=True, slots=True)
class Ending:
    """How a signal ended, and why; `certain`: it was certain then."""

    signal: str
    how: str
    certain: bool
    reason: str = field(repr=False)
    person: str
    at: datetime


def end_signal(
    engine: Engine, dossier: str, signal: str, how: str, certain: bool, reason: str, *, signed: Signed
) -> None:
    """The signal is no longer open; an earlier ending of it makes room. Officers solve, owners accept or contest."""
    if how not in HOW:
        raise ValueError(how)
    made = build_ending_row(dossier, signal, how, certain, reason, signed)
    with writing(engine) as connection:
        row, said = lock_open(connection, dossier, Action.JUDGE if how == SOLVED else Action.END_SIGNAL)
        about = write_about(row["salt"], (endings, replace_endings(connection, dossier, [made], signed.at)))
        save_change(connection, row, Change(f"signal_{how}", about, said), signed)


def build_ending_row(dossier: str, signal: str, how: str, certain: bool, reason: str, signed: Signed) -> dict[str, Any]:
    """An ending as a row."""
    return {
        "id": str(uuid4()),
        "dossier_id": dossier,
        "signal": signal,
        "how": how,
        "certain": int(certain),
        "reason": reason,
        "person_id": signed.actor,
        "at": write_time(signed.at),
        "lapsed_at": "",
    }


def replace_endings(
    connection: Connection, dossier: str, made: Sequence[Mapping[str, Any]], at: datetime
) -> list[Mapping[str, Any]]:
    """Write endings in place of earlier ones of the same signals, in a transaction of yours; every row changed."""
    old = lapse(connection, dossier, [row["signal"] for row in made], at)
    for row in made:
        connection.execute(_INSERT, row)
    return [*old, *made]


def reopen_signal(engine: Engine, dossier: str, signal: str, *, signed: Signed) -> None:
    """The signal is open again."""
    with writing(engine) as connection:
        row, said = lock_open(connection, dossier, Action.END_SIGNAL)
        old = lapse(connection, dossier, [signal], signed.at)
        if old:
            about = write_about(row["salt"], (endings, old))
            save_change(connection, row, Change("signal_reopened", about, said), signed)


def lapse(connection: Connection, dossier: str, signals: Iterable[str], at: datetime) -> list[Mapping[str, Any]]:
    """End the endings of these signals, in a transaction of yours; the rows as they now are."""
    gone, moment = set(signals), write_time(at)
    if not gone:
        return []
    rows = connection.execute(_HOLDING, {"dossier": dossier}).mappings().all()
    lapsed: list[Mapping[str, Any]] = [{**row, "lapsed_at": moment} for row in rows if row["signal"] in gone]
    for row in lapsed:
        connection.execute(_LAPSE.values(lapsed_at=moment), {"ending": row["id"]})
    return lapsed


def list_endings(engine: Engine, dossier: str) -> dict[str, Ending]:
    """The endings that hold, by signal."""
    with reading(engine) as connection:
        rows = connection.execute(_HOLDING, {"dossier": dossier}).mappings()
        return {row["signal"]: _build(row) for row in rows}


def _build(row: RowMapping) -> Ending:
    at = datetime.fromisoformat(row["at"])
    return Ending(row["signal"], row["how"], bool(row["certain"]), row["reason"], row["person_id"], at)
