"""The end of dossiers: which are due, a list that one proposes and another approves, holds, and the record of it.

Whoever handles a list sees numbers, dates and the ground; nothing of what a dossier says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Engine, RowMapping, bindparam, delete, func, insert, select, text, update

from assistant.access import Action, State
from assistant.errors import Conflict, NotFound, Refused
from assistant.store.chain import write_time
from assistant.store.changes import Change, Signed, check_id, lock_dossier, lock_open, save_change
from assistant.store.database import reading, wipe_log, writing
from assistant.store.forgetting import erase_dossier
from assistant.store.org_settings import Retention
from assistant.store.people import save_people_event
from assistant.store.tables import ORGANISATION, destruction_items, destructions, dossiers, events, holds

PROPOSED, APPROVED, REFUSED = "proposed", "approved", "refused"
ON_HOLD, REOPENED, GONE = "hold", "reopened", "gone"  # why a dossier of an approved list is still there, or is not
CLOSES: Final = ("closed", "decided_stop")  # the events that begin a term
MOST: Final = 500  # dossiers of one list
_CLOSED_AT: Final = (  # remarks and holds come after it, and change nothing of the term
    select(func.max(events.c.at))
    .where(events.c.dossier_id == dossiers.c.id, events.c.kind.in_(CLOSES))
    .correlate(dossiers)
    .scalar_subquery()
)
_DUE: Final = (
    select(dossiers.c.id, dossiers.c.number, dossiers.c.created_at, _CLOSED_AT.label("closed_at"))
    .outerjoin_from(dossiers, holds)
    .where(
        dossiers.c.organisation_id == ORGANISATION,
        dossiers.c.state == State.CLOSED.value,
        _CLOSED_AT < bindparam("before"),
        holds.c.dossier_id.is_(None),
    )
    .order_by("closed_at", dossiers.c.id)
    .limit(MOST)
)
_PENDING: Final = (
    select(destruction_items.c.dossier)
    .join_from(destruction_items, destructions)
    .where(destructions.c.state == PROPOSED)
)
_LISTS: Final = (
    select(*destructions.c)
    .where(destructions.c.organisation_id == ORGANISATION)
    .order_by(destructions.c.made_at.desc(), destructions.c.id)
)
_LIST: Final = _LISTS.where(destructions.c.id == bindparam("list"))
_ITEMS: Final = (
    select(*destruction_items.c)
    .where(destruction_items.c.destruction_id == bindparam("list"))
    .order_by(destruction_items.c.number)
)
_OF: Final = (destruction_items.c.destruction_id == bindparam("list"), destruction_items.c.number == bindparam("of"))
_ITEM: Final = update(destruction_items).where(*_OF)
_IS_LEFT: Final = (
    select(destruction_items.c.number)
    .where(*_OF, destruction_items.c.destroyed_at == "", destruction_items.c.left_as == "")
    .with_for_update()
)
_HOLD: Final = select(*holds.c).where(holds.c.dossier_id == bindparam("dossier"))
_KEEP: Final = text(  # one statement, so that two officers never meet
    "INSERT INTO hold (dossier_id, reason, person_id, at) VALUES (:dossier_id, :reason, :person_id, :at) "
    "ON CONFLICT (dossier_id) DO UPDATE SET reason = excluded.reason, person_id = excluded.person_id, at = excluded.at"
)


@dataclass(frozen=True, slots=True)
class Due:
    """A dossier whose term is over: its number, and the days on which it began and was closed."""

    dossier: str
    number: str
    begun_on: date
    closed_on: date


@dataclass(frozen=True, slots=True)
class Item:
    """A dossier of a list. `destroyed_at` empty: it is there, or `left_as` says what became of it."""

    number: str
    dossier: str
    begun_on: str
    closed_on: str
    destroyed_at: str
    left_as: str


@dataclass(frozen=True, slots=True)
class Destruction:
    """A list, proposed, approved or refused; the record of what was destroyed, by whom and on which ground."""

    id: str
    state: str
    ground: str = field(repr=False)
    years: int
    made_by: str
    made_at: datetime
    settled_by: str
    settled_at: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a dossier is not to be destroyed, and who says so."""

    reason: str = field(repr=False)
    person: str
    at: datetime


def list_due(engine: Engine, retention: Retention, today: date) -> list[Due]:
    """Closed longer ago than the term, without a hold, and on no list yet; the longest ago first."""
    if not retention.years:
        return []
    with reading(engine) as connection:
        pending = set(connection.scalars(_PENDING))
        rows = connection.execute(_DUE, {"before": years_before(today, retention.years).isoformat()}).all()
    return [Due(id, number, _day(begun), _day(closed)) for id, number, begun, closed in rows if id not in pending]


def years_before(day: date, years: int) -> date:
    """The same day some years ago; of 29 February the 28th where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def propose(engine: Engine, chosen: Iterable[str], retention: Retention, today: date, *, signed: Signed) -> str:
    """A list of dossiers that are due; its id. Raises Conflict when one of them is not, or there is none."""
    due, wanted = {one.dossier: one for one in list_due(engine, retention, today)}, set(chosen)
    if not wanted or not wanted <= due.keys():
        raise Conflict(["due"])
    made = {
        "id": str(uuid4()),
        "organisation_id": ORGANISATION,
        "state": PROPOSED,
        "ground": retention.ground,
        "years": retention.years,
        "made_by": signed.actor,
        "made_at": write_time(signed.at),
        **dict.fromkeys(("settled_by", "settled_at"), ""),
    }
    with writing(engine) as connection:
        connection.execute(insert(destructions), made)
        for one in (due[id] for id in sorted(wanted)):
            connection.execute(insert(destruction_items), _item_row(str(made["id"]), one))
        save_people_event(connection, "destruction_proposed", str(made["id"]), retention.ground, signed)
    return str(made["id"])


def settle(engine: Engine, id: str, *, approved: bool, signed: Signed) -> None:
    """Somebody else approves a list, and its dossiers are destroyed; or refuses it.

    A dossier that was opened again, or got a hold meanwhile, is left, and the list says so. Broken off halfway, the
    rest is destroyed by `finish`. Raises Refused to whoever proposed it, Conflict when it was settled before.
    """
    with writing(engine) as connection:
        row = _find(connection, id)
        if row["state"] != PROPOSED:
            raise Conflict(["destruction"])
        if row["made_by"] == signed.actor:
            raise Refused(Action.HOLD, State.CLOSED)
        state = APPROVED if approved else REFUSED
        connection.execute(
            update(destructions)
            .where(destructions.c.id == id)
            .values(state=state, settled_by=signed.actor, settled_at=write_time(signed.at))
        )
        save_people_event(connection, f"destruction_{state}", id, row["ground"], signed)
    if approved:
        finish(engine, id, signed=signed)


def finish(engine: Engine, id: str, *, signed: Signed) -> None:
    """Destroy what is left of an approved list; nothing happens to what is gone already."""
    found = find_list(engine, id)
    for item in found.items if found.state == APPROVED else ():
        if not item.destroyed_at and not item.left_as:
            _destroy(engine, id, item, signed)


def _destroy(engine: Engine, id: str, item: Item, signed: Signed) -> None:
    """In one transaction, so that a hold comes before it or too late, and the list always knows.

    Whoever finishes the same list at this moment may have been first: what the list then says of it stays.
    """
    with writing(engine) as connection:
        if connection.execute(_IS_LEFT, {"list": id, "of": item.number}).one_or_none() is None:
            return
        left = _left_as(connection, item.dossier)
        if not left:
            erase_dossier(connection, item.dossier, signed)
        at = "" if left in (ON_HOLD, REOPENED) else write_time(signed.at)
        connection.execute(
            _ITEM.values(dossier="" if at else item.dossier, destroyed_at=at, left_as=left),
            {"list": id, "of": item.number},
        )
    wipe_log(engine)


def _left_as(connection: Connection, dossier: str) -> str:
    """Why it cannot be destroyed, or empty. The dossier is locked first, as `save_hold` does."""
    try:
        row, _said = lock_dossier(connection, dossier)
    except NotFound:
        return GONE
    if connection.execute(_HOLD, {"dossier": dossier}).one_or_none():
        return ON_HOLD
    return "" if row["state"] == State.CLOSED.value else REOPENED


def list_destructions(engine: Engine) -> list[Destruction]:
    """Every list, the newest first."""
    with reading(engine) as connection:
        return [_build(connection, row) for row in connection.execute(_LISTS).mappings().all()]


def list_unfinished(engine: Engine) -> list[tuple[str, str]]:
    """Approved lists that were broken off: id, and who approved."""
    return [
        (one.id, one.settled_by)
        for one in list_destructions(engine)
        if one.state == APPROVED and any(not item.destroyed_at and not item.left_as for item in one.items)
    ]


def find_list(engine: Engine, id: str) -> Destruction:
    """One list. Raises NotFound."""
    with reading(engine) as connection:
        return _build(connection, _find(connection, id))


def find_hold(engine: Engine, dossier: str) -> Hold | None:
    """What keeps a dossier from being destroyed."""
    with reading(engine) as connection:
        row = connection.execute(_HOLD, {"dossier": dossier}).mappings().one_or_none()
    return Hold(row["reason"], row["person_id"], datetime.fromisoformat(row["at"])) if row else None


def save_hold(engine: Engine, dossier: str, reason: str, *, signed: Signed) -> None:
    """It is not to be destroyed; an empty reason: it may be again."""
    with writing(engine) as connection:
        row, said = lock_open(connection, dossier, Action.HOLD)
        if reason:
            given = {"dossier_id": dossier, "reason": reason, "person_id": signed.actor, "at": write_time(signed.at)}
            connection.execute(_KEEP, given)
        else:
            connection.execute(delete(holds).where(holds.c.dossier_id == dossier))
        save_change(connection, row, Change("held" if reason else "hold_ended", "", said), signed)


def _find(connection: Connection, id: str) -> RowMapping:
    row = connection.execute(_LIST.with_for_update(), {"list": check_id(id)}).mappings().one_or_none()
    if row is None:
        raise NotFound(id)
    return row


def _item_row(list: str, due: Due) -> dict[str, Any]:
    return {
        "destruction_id": list,
        "number": due.number,
        "dossier": due.dossier,
        "begun_on": due.begun_on.isoformat(),
        "closed_on": due.closed_on.isoformat(),
        "destroyed_at": "",
        "left_as": "",
    }


def _build(connection: Connection, row: RowMapping) -> Destruction:
    items = connection.execute(_ITEMS, {"list": row["id"]}).mappings()
    names = ("number", "dossier", "begun_on", "closed_on", "destroyed_at", "left_as")
    return Destruction(
        id=row["id"],
        state=row["state"],
        ground=row["ground"],
        years=row["years"],
        made_by=row["made_by"],
        made_at=datetime.fromisoformat(row["made_at"]),
        settled_by=row["settled_by"],
        settled_at=row["settled_at"],
        items=tuple(Item(**{name: item[name] for name in names}) for item in items),
    )


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).date()
