"""Reasons for and against a dilemma: short notes without names, grouped by the facilitator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

from sqlalchemy import Engine, bindparam, delete, func, insert, select, update

from assistant.errors import Conflict
from assistant.store.database import reading, writing
from assistant.store.tables import workshop_notes
from assistant.store.workshop.kept import lock_workshop, save_workshop

MOST_NOTES: Final = 600
_LIST: Final = (
    select(*workshop_notes.c)
    .where(workshop_notes.c.workshop_id == bindparam("workshop"))
    .order_by(workshop_notes.c.number, workshop_notes.c.side.desc(), workshop_notes.c.heading, workshop_notes.c.id)
)
_HOW_MANY: Final = select(func.count()).where(workshop_notes.c.workshop_id == bindparam("workshop"))
_THIS: Final = (
    workshop_notes.c.workshop_id == bindparam("workshop"),
    workshop_notes.c.number == bindparam("round"),
    workshop_notes.c.id == bindparam("note"),
)
_GROUP: Final = update(workshop_notes).where(*_THIS).values(heading=bindparam("name"))
_FORGET: Final = delete(workshop_notes).where(*_THIS)


@dataclass(frozen=True, slots=True)
class Note:
    """A note; `side`: for or against; `heading`: its group, or empty."""

    id: str
    number: int
    side: str
    text: str = field(repr=False)
    heading: str = field(repr=False)


def list_notes(engine: Engine, id: str, number: int | None = None) -> list[Note]:
    """The notes of a round, or of all; first those for, by group."""
    with reading(engine) as connection:
        rows = connection.execute(_LIST, {"workshop": id}).mappings().all()
    return [
        Note(row["id"], row["number"], row["side"], row["text"], row["heading"])
        for row in rows
        if number in (None, row["number"])
    ]


def add_note(engine: Engine, id: str, number: int, side: str, typed: str) -> None:
    """A note from paper, or from the talk."""
    with writing(engine) as connection:
        row = lock_workshop(connection, id)
        if int(connection.scalar(_HOW_MANY, {"workshop": id}) or 0) >= MOST_NOTES:
            raise Conflict(["notes"])
        note = {"id": str(uuid4()), "workshop_id": id, "number": number, "side": side, "text": typed, "heading": ""}
        connection.execute(insert(workshop_notes), note)
        save_workshop(connection, row)


def group_notes(engine: Engine, id: str, number: int, headings: Mapping[str, str], gone: set[str]) -> None:
    """Put notes under headings (note -> heading) and take some away: a name in it, or said twice."""
    with writing(engine) as connection:
        row = lock_workshop(connection, id)
        for note, name in headings.items():
            given = {"workshop": id, "round": number, "note": note}
            connection.execute(_FORGET, given) if note in gone else connection.execute(_GROUP, {**given, "name": name})
        save_workshop(connection, row)
