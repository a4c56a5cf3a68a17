"""Which editions are needed, by what, and forgetting one that nothing needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Engine, bindparam, case, delete, func, select

from assistant.access import State
from assistant.errors import Conflict, NotFound
from assistant.store.changes import Signed
from assistant.store.database import reading, writing
from assistant.store.moving import KINDS as MOVES
from assistant.store.people import save_people_event
from assistant.store.tables import dossiers, editions, events, workshops

_COUNTED: Final = (
    select(
        editions.c.hash,
        editions.c.saved_at,
        func.count(dossiers.c.id),
        func.count(case((dossiers.c.state != State.CLOSED.value, 1))),
    )
    .select_from(editions.outerjoin(dossiers, dossiers.c.edition_hash == editions.c.hash))
    .group_by(editions.c.hash, editions.c.saved_at)
    .order_by(editions.c.saved_at.desc(), editions.c.hash)
)
_MOVES: Final = select(events.c.dossier_id, events.c.question).where(events.c.kind.in_(MOVES))
_WORKSHOPS: Final = select(workshops.c.edition_hash, func.count()).group_by(workshops.c.edition_hash)
_REMOVE: Final = delete(editions).where(editions.c.hash == bindparam("gone"))


@dataclass(frozen=True, slots=True)
class Kept:
    """An edition that is kept, since when, and who needs it.

    `dossiers` pin it, `running` of which are not closed; `earlier` moved on, and word older answers and versions with
    it; `workshops` were prepared with it.
    """

    hash: str
    saved_at: str
    dossiers: int
    running: int
    earlier: int
    workshops: int

    @property
    def is_needed(self) -> bool:
        """Whether anything kept would be unreadable without it."""
        return bool(self.dossiers or self.earlier or self.workshops)


def list_editions(engine: Engine) -> list[Kept]:
    """Every edition there is, the newest first."""
    with reading(engine, one_moment=True) as connection:
        return _list(connection)


def remove_edition(engine: Engine, hash: str, *, in_use: Collection[str], signed: Signed) -> None:
    """Forget an edition that nothing needs. `in_use`: those for new dossiers, here or after the next start.

    Raises NotFound, or Conflict when something needs it (again). A version that was handed in is read without one.
    """
    with writing(engine) as connection:
        found = next((one for one in _list(connection) if one.hash == hash), None)
        if found is None:
            raise NotFound(hash)
        if found.is_needed or hash in in_use:
            raise Conflict(["edition"])
        connection.execute(_REMOVE, {"gone": hash})
        save_people_event(connection, "edition_removed", hash[:12], hash, signed)


def _list(connection: Connection) -> list[Kept]:
    left = {(dossier, about.split(" ", 1)[0]) for dossier, about in connection.execute(_MOVES)}  # each once
    earlier = Counter(hash for _, hash in left)
    prepared: Counter[str] = Counter(dict(row._tuple() for row in connection.execute(_WORKSHOPS)))
    return [
        Kept(hash, at, pinned, running, earlier[hash], prepared[hash])
        for hash, at, pinned, running in connection.execute(_COUNTED)
    ]
