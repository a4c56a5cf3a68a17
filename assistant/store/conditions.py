"""What advices ask, and whether it was done: with a sentence, and a document or case number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Engine, RowMapping, bindparam, select, update

from assistant.access import Action, State
from assistant.errors import Conflict, NotFound
from assistant.store.chain import write_time
from assistant.store.changes import Change, Signed, check_id, lock_open, save_change
from assistant.store.database import reading, writing
from assistant.store.sealed_rows import write_about
from assistant.store.tables import advices, conditions, dossiers

_GIVEN: Final = (
    select(*conditions.c, advices.c.state)
    .join_from(conditions, advices, conditions.c.advice_id == advices.c.id)
    .where(conditions.c.dossier_id == bindparam("dossier"), advices.c.state != "dropped")
    .order_by(conditions.c.due == "", conditions.c.due, conditions.c.id)
)
_DUE: Final = (
    select(*conditions.c, dossiers.c.number, dossiers.c.title)
    .join_from(conditions, advices, conditions.c.advice_id == advices.c.id)
    .join(dossiers, conditions.c.dossier_id == dossiers.c.id)
    .where(
        conditions.c.due != "",
        conditions.c.due <= bindparam("today"),
        conditions.c.done_at == "",
        advices.c.state == "given",
        dossiers.c.state != State.CLOSED.value,
    )
    .order_by(conditions.c.due, conditions.c.id)
    .limit(bindparam("limit"))
)
_THIS: Final = (
    select(*conditions.c)
    .join_from(conditions, advices, conditions.c.advice_id == advices.c.id)
    .where(
        conditions.c.id == bindparam("condition"),
        conditions.c.dossier_id == bindparam("dossier"),
        advices.c.state == "given",
    )
)
_END: Final = update(conditions).where(conditions.c.id == bindparam("condition"), conditions.c.done_at == "")


@dataclass(frozen=True, slots=True)
class Condition:
    """What an advice asks; done when `done_at` is there. It holds from the moment its advice `is_given`."""

    id: str
    advice: str
    text: str = field(repr=False)
    owner: str = field(repr=False)
    due: str
    done_at: str
    done_by: str
    done_note: str = field(repr=False)
    done_reference: str = field(repr=False)
    is_given: bool = True

    @property
    def is_open(self) -> bool:
        """It holds, and nobody said that it was done."""
        return self.is_given and not self.done_at


@dataclass(frozen=True, slots=True)
class DueCondition:
    """A condition whose day has come, with the dossier it belongs to."""

    dossier: str
    number: str
    title: str = field(repr=False)
    condition: Condition


def list_conditions(engine: Engine, dossier: str) -> list[Condition]:
    """What the advices of a dossier ask, the first day leading; what was proposed too."""
    with reading(engine) as connection:
        rows = connection.execute(_GIVEN, {"dossier": dossier}).mappings()
        return [_build(row, row["state"] == "given") for row in rows]


def due_conditions(engine: Engine, today: str, limit: int = 50) -> list[DueCondition]:
    """Over all dossiers, those whose day (ISO) has come and that nobody called done."""
    with reading(engine) as connection:
        rows = connection.execute(_DUE, {"today": today, "limit": limit}).mappings()
        return [DueCondition(row["dossier_id"], row["number"], row["title"], _build(row)) for row in rows]


def end_condition(engine: Engine, dossier: str, condition: str, note: str, reference: str, *, signed: Signed) -> None:
    """A condition is met: how, and where that can be found. Raises Conflict when somebody said so before."""
    done = {"done_at": write_time(signed.at), "done_by": signed.actor, "done_note": note, "done_reference": reference}
    with writing(engine) as connection:
        row, said = lock_open(connection, dossier, Action.FOLLOW)
        given = {"condition": check_id(condition), "dossier": dossier}
        found = connection.execute(_THIS, given).mappings().one_or_none()
        if found is None:
            raise NotFound(condition)
        if not connection.execute(_END.values(**done), {"condition": condition}).rowcount:
            raise Conflict(["condition"])
        about = write_about(row["salt"], (conditions, [{**found, **done}]))
        save_change(connection, row, Change("condition_done", about, said), signed)


def _build(row: RowMapping, is_given: bool = True) -> Condition:
    return Condition(
        id=row["id"],
        advice=row["advice_id"],
        text=row["text"],
        owner=row["owner"],
        due=row["due"],
        done_at=row["done_at"],
        done_by=row["done_by"],
        done_note=row["done_note"],
        done_reference=row["done_reference"],
        is_given=is_given,
    )
