"""Remarks at answers: of the team among themselves, shared with the officer, or asked by either of the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Engine, RowMapping, bindparam, insert, select, update

from assistant.access import Action, State
from assistant.errors import Conflict, NotFound
from assistant.store.chain import write_time
from assistant.store.changes import Change, Signed, check_id, lock_open, save_change
from assistant.store.database import reading, writing
from assistant.store.sealed_rows import write_about
from assistant.store.tables import ORGANISATION, dossiers, remarks

REMARK, QUESTION, EARLY, REPLY = "remark", "question", "early", "reply"
HAPPENED: Final = "happened"  # after the advice; as an early question, always shared

_LIST: Final = (
    select(*remarks.c).where(remarks.c.dossier_id == bindparam("dossier")).order_by(remarks.c.made_at, remarks.c.id)
)
_SHARED: Final = _LIST.where(remarks.c.shared == 1)
_THIS: Final = select(*remarks.c).where(
    remarks.c.id == bindparam("remark"), remarks.c.dossier_id == bindparam("dossier")
)
_EARLY: Final = (
    select(*remarks.c)
    .join_from(remarks, dossiers)
    .where(dossiers.c.organisation_id == ORGANISATION, remarks.c.kind == EARLY, remarks.c.settled_at == "")
    .order_by(remarks.c.made_at, remarks.c.id)
    .limit(bindparam("limit"))
)
_HAPPENED: Final = (
    select(*remarks.c, dossiers.c.number)
    .join_from(remarks, dossiers)
    .where(
        dossiers.c.organisation_id == ORGANISATION,
        dossiers.c.state.in_((State.ADVISED.value, State.RUNNING.value)),
        remarks.c.kind == HAPPENED,
        remarks.c.settled_at == "",
    )
    .order_by(remarks.c.made_at, remarks.c.id)
    .limit(bindparam("limit"))
)
_ONE_EARLY: Final = select(*remarks.c).where(remarks.c.id == bindparam("remark"), remarks.c.kind == EARLY)
_REPLIES: Final = select(*remarks.c).where(remarks.c.answers == bindparam("remark")).order_by(remarks.c.made_at)
_INSERT: Final = insert(remarks)
_UPDATE: Final = update(remarks).where(remarks.c.id == bindparam("remark"))


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark at a question, or at the whole. `answers`: the remark it replies to; `settled_at` empty: open."""

    id: str
    dossier: str
    question: str
    kind: str
    answers: str
    text: str = field(repr=False)
    shared: bool
    assigned: str = field(repr=False)
    made_by: str
    made_at: datetime
    settled_by: str
    settled_at: str
    rev: int

    @property
    def is_open(self) -> bool:
        """Nobody settled it yet; a reply needs no settling."""
        return not self.settled_at and not self.answers


def add_remark(
    engine: Engine,
    dossier: str,
    question: str,
    text: str,
    *,
    kind: str = REMARK,
    shared: bool = False,
    assigned: str = "",
    answers: str = "",
    signed: Signed,
) -> str:
    """Add one; its id. `question` empty: at the whole. What is asked of the other side is always shared."""
    with writing(engine) as connection:
        return write_remark(
            connection,
            dossier,
            question,
            text,
            kind=kind,
            shared=shared,
            assigned=assigned,
            answers=answers,
            signed=signed,
        )


def write_remark(
    connection: Connection,
    dossier: str,
    question: str,
    text: str,
    *,
    kind: str = REMARK,
    shared: bool = False,
    assigned: str = "",
    answers: str = "",
    signed: Signed,
) -> str:
    """The same, in a transaction of yours."""
    made = {
        "id": str(uuid4()),
        "dossier_id": dossier,
        "question": question,
        "kind": kind,
        "answers": answers,
        "text": text,
        "shared": int(shared or kind in (QUESTION, EARLY, HAPPENED)),
        "assigned": assigned,
        "made_by": signed.actor,
        "made_at": write_time(signed.at),
        "settled_by": "",
        "settled_at": "",
        "rev": 1,
    }
    row, said = _lock(connection, dossier, kind)
    if answers:
        made |= {"shared": _find(connection, dossier, answers)["shared"]}
    connection.execute(_INSERT, made)
    about = write_about(row["salt"], (remarks, [made]))
    save_change(connection, row, Change("remarked", about, said), signed)
    return str(made["id"])


def settle_remark(engine: Engine, dossier: str, remark: str, rev: int, *, signed: Signed) -> None:
    """It is dealt with. Raises Conflict when somebody changed it meanwhile."""
    settled = {"settled_by": signed.actor, "settled_at": write_time(signed.at)}
    _change(engine, dossier, remark, rev, settled, "remark_settled", signed)


def reopen_remark(engine: Engine, dossier: str, remark: str, rev: int, *, signed: Signed) -> None:
    """It is not, after all."""
    _change(engine, dossier, remark, rev, {"settled_by": "", "settled_at": ""}, "remark_reopened", signed)


def assign_remark(engine: Engine, dossier: str, remark: str, rev: int, assigned: str, *, signed: Signed) -> None:
    """Someone of this function looks at it."""
    _change(engine, dossier, remark, rev, {"assigned": assigned}, "remark_assigned", signed)


def list_remarks(engine: Engine, dossier: str, *, shared_only: bool = False) -> list[Remark]:
    """Every remark in the order it was made; `shared_only`: those that officers see too."""
    with reading(engine) as connection:
        rows = connection.execute(_SHARED if shared_only else _LIST, {"dossier": dossier})
        return [_build(row) for row in rows.mappings()]


def list_early(engine: Engine, limit: int = 50) -> list[Remark]:
    """The open questions that teams ask from a draft, the oldest first."""
    with reading(engine) as connection:
        return [_build(row) for row in connection.execute(_EARLY, {"limit": limit}).mappings()]


def list_happened(engine: Engine, limit: int = 50) -> list[tuple[str, Remark]]:
    """What teams told after the advice and nobody settled, the oldest first: the dossier's number, and what it was."""
    with reading(engine) as connection:
        rows = connection.execute(_HAPPENED, {"limit": limit}).mappings()
        return [(row["number"], _build(row)) for row in rows]


def find_early(engine: Engine, remark: str) -> tuple[Remark, list[Remark]]:
    """An early question with the replies to it. Raises NotFound."""
    with reading(engine) as connection:
        row = connection.execute(_ONE_EARLY, {"remark": check_id(remark)}).mappings().one_or_none()
        if row is None:
            raise NotFound(remark)
        replies = connection.execute(_REPLIES, {"remark": remark}).mappings()
        return _build(row), [_build(reply) for reply in replies]


def _lock(connection: Connection, dossier: str, kind: str) -> Any:
    """An early question is asked from a draft; anything else while the dossier is not closed."""
    return lock_open(connection, dossier, Action.ASK_EARLY if kind == EARLY else Action.REMARK)


def _find(connection: Connection, dossier: str, remark: str) -> RowMapping:
    row = connection.execute(_THIS, {"remark": check_id(remark), "dossier": dossier}).mappings().one_or_none()
    if row is None:
        raise NotFound(remark)
    return row


def _change(
    engine: Engine, dossier: str, remark: str, rev: int, columns: dict[str, Any], kind: str, signed: Signed
) -> None:
    with writing(engine) as connection:
        row, said = lock_open(connection, dossier, Action.REMARK)
        old = _find(connection, dossier, remark)
        if old["rev"] != rev:
            raise Conflict(["remark"])
        new = {**old, **columns, "rev": rev + 1}
        connection.execute(_UPDATE.values(**columns, rev=rev + 1), {"remark": remark})
        save_change(connection, row, Change(kind, write_about(row["salt"], (remarks, [new])), said), signed)


def _build(row: RowMapping) -> Remark:
    return Remark(
        id=row["id"],
        dossier=row["dossier_id"],
        question=row["question"],
        kind=row["kind"],
        answers=row["answers"],
        text=row["text"],
        shared=bool(row["shared"]),
        assigned=row["assigned"],
        made_by=row["made_by"],
        made_at=datetime.fromisoformat(row["made_at"]),
        settled_by=row["settled_by"],
        settled_at=row["settled_at"],
        rev=row["rev"],
    )
