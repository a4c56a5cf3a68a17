"""What was decided after the advice. Going on in spite of a stop is written down here, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Engine, RowMapping, bindparam, insert, select

from assistant.access import Action, State
from assistant.store.chain import write_time
from assistant.store.changes import Change, Signed, lock_open, save_change
from assistant.store.database import reading, writing
from assistant.store.endings import ACCEPTED, build_ending_row, replace_endings
from assistant.store.sealed_rows import write_about
from assistant.store.search_index import index_decisions
from assistant.store.summaries import move_summary
from assistant.store.tables import decisions, endings

GO_ON, CHANGE, STOP = "go_on", "change", "stop"
LEADS_TO: Final = {GO_ON: State.RUNNING, CHANGE: State.TEAM, STOP: State.CLOSED}
_LIST: Final = (
    select(*decisions.c)
    .where(decisions.c.dossier_id == bindparam("dossier"))
    .order_by(decisions.c.at.desc(), decisions.c.id)
)


@dataclass(frozen=True, slots=True)
class Spite:
    """A stop that is accepted, with the reason; `certain`: it was certain then."""

    signal: str
    certain: bool
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Made:
    """A decision as it is written down. `outcome`: go_on, change or stop; days in ISO; `departs`: from the advice."""

    outcome: str
    decided_by: str = field(repr=False)
    decided_on: str
    departs: bool = False
    reason: str = field(default="", repr=False)
    reference: str = field(default="", repr=False)
    look_again: str = ""
    in_spite_of: tuple[Spite, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it is kept."""

    id: str
    outcome: str
    decided_by: str = field(repr=False)
    decided_on: str
    departs: bool
    reason: str = field(repr=False)
    reference: str = field(repr=False)
    look_again: str
    person: str
    at: datetime


def decide(engine: Engine, dossier: str, made: Made, *, signed: Signed) -> str:
    """Write a decision down, and move the dossier to where it leads; its id. Raises Refused when there is no advice."""
    row = _build_row(dossier, made, signed)
    with writing(engine) as connection:
        kept, said = lock_open(connection, dossier, Action.DECIDE)
        connection.execute(insert(decisions), row)
        index_decisions(connection, dossier)
        accepted = _accept(connection, dossier, made.in_spite_of, signed)
        state = LEADS_TO[made.outcome].value
        move_summary(connection, dossier, state=state, waiting_since=write_time(signed.at))
        about = write_about(kept["salt"], (decisions, [row]), (endings, accepted))
        save_change(connection, kept, Change(f"decided_{made.outcome}", about, said, columns={"state": state}), signed)
    return str(row["id"])


def list_decisions(engine: Engine, dossier: str) -> list[Decision]:
    """Every decision on a dossier, the newest first; that one holds."""
    with reading(engine) as connection:
        return [_build(row) for row in connection.execute(_LIST, {"dossier": dossier}).mappings()]


def _accept(connection: Connection, dossier: str, stops: Iterable[Spite], signed: Signed) -> list[Any]:
    rows = [build_ending_row(dossier, one.signal, ACCEPTED, one.certain, one.reason, signed) for one in stops]
    return replace_endings(connection, dossier, rows, signed.at)


def _build_row(dossier: str, made: Made, signed: Signed) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "dossier_id": dossier,
        "outcome": made.outcome,
        "decided_by": made.decided_by,
        "decided_on": made.decided_on,
        "departs": int(made.departs),
        "reason": made.reason,
        "reference": made.reference,
        "look_again": made.look_again,
        "person_id": signed.actor,
        "at": write_time(signed.at),
    }


def _build(row: RowMapping) -> Decision:
    return Decision(
        id=row["id"],
        outcome=row["outcome"],
        decided_by=row["decided_by"],
        decided_on=row["decided_on"],
        departs=bool(row["departs"]),
        reason=row["reason"],
        reference=row["reference"],
        look_again=row["look_again"],
        person=row["person_id"],
        at=datetime.fromisoformat(row["at"]),
    )
