"""Dossiers that came of a workshop: the day is kept, so that the dossier can ask eight weeks later how it went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection, Engine, bindparam, insert, or_, select

from assistant.access import Relation
from assistant.store.database import reading, writing
from assistant.store.tables import dossier_origins, dossiers, members

LATER: Final = timedelta(weeks=8)
_FIND: Final = select(*dossier_origins.c).where(dossier_origins.c.dossier_id == bindparam("dossier"))
_OF: Final = (
    select(dossier_origins.c.place, dossier_origins.c.dossier_id)
    .join_from(dossier_origins, members, members.c.dossier_id == dossier_origins.c.dossier_id)
    .where(dossier_origins.c.workshop_id == bindparam("workshop"), members.c.person_id == bindparam("person"))
    .order_by(dossier_origins.c.place)
)
_ASKING: Final = (
    select(dossiers.c.id, dossiers.c.title)
    .join_from(dossier_origins, dossiers)
    .join(members, members.c.dossier_id == dossiers.c.id)
    .where(
        members.c.person_id == bindparam("person"),
        members.c.relation != Relation.ADVISER.value,
        or_(members.c.until == "", members.c.until >= bindparam("today")),
        dossier_origins.c.day >= bindparam("first"),
        dossier_origins.c.day <= bindparam("last"),
    )
    .order_by(dossier_origins.c.day, dossiers.c.id)
)


@dataclass(frozen=True, slots=True)
class Origin:
    """The workshop's table and day that a dossier came from."""

    dossier: str
    workshop: str
    place: int
    day: date

    def asks_back(self, today: date) -> bool:
        """Whether it is time to ask how the actions stand: eight weeks on, for eight weeks."""
        return self.day + LATER <= today <= self.day + 2 * LATER


def list_asking(engine: Engine, person: str, today: date) -> list[tuple[str, str]]:
    """Dossiers of this person that ask how the actions stand: id and title."""
    first, last = today - 2 * LATER, today - LATER
    given = {"person": person, "today": today.isoformat(), "first": first.isoformat(), "last": last.isoformat()}
    with reading(engine) as connection:
        return [(id, title) for id, title in connection.execute(_ASKING, given)]


def save_origin(engine: Engine, dossier: str, workshop: str, place: int, day: date) -> None:
    """The dossier came of this."""
    with writing(engine) as connection:
        add_origin(connection, dossier, workshop, place, day)


def add_origin(connection: Connection, dossier: str, workshop: str, place: int, day: date) -> None:
    """The same, in a transaction of yours."""
    row = {"dossier_id": dossier, "workshop_id": workshop, "place": place, "day": day.isoformat()}
    connection.execute(insert(dossier_origins), row)


def find_origin(engine: Engine, dossier: str) -> Origin | None:
    """Where a dossier came from, if from a workshop."""
    with reading(engine) as connection:
        row = connection.execute(_FIND, {"dossier": dossier}).mappings().one_or_none()
    if row is None:
        return None
    return Origin(row["dossier_id"], row["workshop_id"], row["place"], date.fromisoformat(row["day"]))


def list_results(engine: Engine, workshop: str, person: str) -> list[tuple[int, str]]:
    """The dossiers that came of a workshop and that this person is in: table and dossier."""
    with reading(engine) as connection:
        return find_results(connection, workshop, person)


def find_results(connection: Connection, workshop: str, person: str) -> list[tuple[int, str]]:
    """The same, in a transaction of yours."""
    return [(place, id) for place, id in connection.execute(_OF, {"workshop": workshop, "person": person})]
