"""Everything that is kept about a person: their own facts, where they are in, and what they did and when.

What dossiers say is not in it: that is about a project. Secrets are not either: they prove who somebody is.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Engine, Table, or_, select

from assistant.store.database import reading
from assistant.store.tables import METADATA, events, people

POINTS: Final = (  # the columns that say who
    "person_id", "actor", "made_by", "settled_by", "done_by", "taken_by", "read_by", "owner_id",
    "agreed_by", "ended_by", "subject",
)  # fmt: skip
_LEFT_OUT: Final[dict[str, frozenset[str]]] = {  # secrets, and what is no fact about the person
    "person": frozenset({"passphrase", "totp", "totp_step"}),
    "session": frozenset({"id"}),
    "recovery_code": frozenset({"hash"}),
    "invitation": frozenset({"id"}),
    "access_token": frozenset({"id"}),
    "question_link": frozenset({"id"}),
    "dossier": frozenset({"document", "salt", "head"}),
    "event": frozenset({"digest", "previous", "hash"}),
    "organisation_event": frozenset({"digest", "previous", "hash"}),
    "version": frozenset({"body"}),
    "standing_advice": frozenset({"picks"}),
    "mail": frozenset({"sealed"}),
    "example": frozenset({"draft", "body"}),
    "library_entry": frozenset({"body", "text"}),
    "workshop": frozenset({"story", "plan", "chosen", "code", "join_key", "screen_key", "parked", "rates"}),
}
EVERY: Final = tuple(table for table in METADATA.sorted_tables if any(name in table.c for name in POINTS))


def find_person_data(engine: Engine, person: str) -> dict[str, list[dict[str, Any]]]:
    """Table by table, the rows that are this person's or point at them; tables without any are left out."""
    with reading(engine, one_moment=True) as connection:
        own = connection.execute(_columns(people).where(people.c.id == person)).mappings()
        found = {"person": [dict(row) for row in own]}
        for table in EVERY:
            points = [table.c[name] == person for name in POINTS if name in table.c]
            points += [events.c.question.startswith(person)] * (table is events)  # who became or was a member
            found[table.name] = [
                dict(row) for row in connection.execute(_columns(table).where(or_(*points))).mappings()
            ]
    return {name: rows for name, rows in found.items() if rows}


def _columns(table: Table) -> Any:
    left_out = _LEFT_OUT.get(table.name, frozenset())
    return select(*(column for column in table.c if column.name not in left_out)).order_by(*table.primary_key)
