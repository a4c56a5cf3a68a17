"""Dossiers in a list, those saved last first: one's own, or all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import Engine, bindparam, or_, select, tuple_

from assistant.store.changes import check_id
from assistant.store.database import reading
from assistant.store.members import Reader
from assistant.store.tables import ORGANISATION, dossiers, members


@dataclass(frozen=True, slots=True)
class DossierLine:
    """A dossier in a list."""

    id: str
    number: str
    title: str = field(repr=False)
    phase: str
    updated_at: datetime
    state: str = "new"
    relation: str = ""


_LINE: Final = [dossiers.c[name] for name in ("id", "number", "title", "phase", "updated_at")]
_MINE: Final = (
    select(*_LINE, dossiers.c.state, members.c.relation)
    .join_from(members, dossiers)
    .where(
        members.c.person_id == bindparam("person"), or_(members.c.until == "", members.c.until >= bindparam("today"))
    )
    .order_by(dossiers.c.updated_at.desc(), dossiers.c.id.desc())
    .limit(bindparam("limit"))
)
_LIST: Final = (
    select(*_LINE)
    .where(dossiers.c.organisation_id == ORGANISATION)
    .order_by(dossiers.c.updated_at.desc(), dossiers.c.id.desc())
    .limit(bindparam("limit"))
)
_PLACE: Final = (dossiers.c.updated_at, dossiers.c.id)
_BEFORE: Final = tuple_(*_PLACE) < select(*_PLACE).where(dossiers.c.id == bindparam("before")).scalar_subquery()
_MINE_ON, _LIST_ON = _MINE.where(_BEFORE), _LIST.where(_BEFORE)


def list_mine(engine: Engine, reader: Reader, limit: int = 50, before: str | None = None) -> list[DossierLine]:
    """The dossiers that someone is in, those saved last first; the next page begins `before` the last line's id."""
    given = {"person": reader.person, "today": reader.today, "limit": limit}
    with reading(engine) as connection:
        if before is None:
            rows = connection.execute(_MINE, given)
        else:
            rows = connection.execute(_MINE_ON, {**given, "before": check_id(before)})
        return [_build_line(*row) for row in rows]


def list_dossiers(engine: Engine, limit: int = 50, before: str | None = None) -> list[DossierLine]:
    """The dossiers saved last, newest first; the page after it begins `before` the id of its last line."""
    with reading(engine) as connection:
        if before is None:
            rows = connection.execute(_LIST, {"limit": limit})
        else:
            rows = connection.execute(_LIST_ON, {"limit": limit, "before": check_id(before)})
        return [_build_line(*row) for row in rows]


def _build_line(id: str, number: str, title: str, phase: str, updated_at: str, *where: str) -> DossierLine:
    return DossierLine(id, number, title, phase, datetime.fromisoformat(updated_at), *where)
