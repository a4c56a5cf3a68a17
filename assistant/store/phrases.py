"""Sentences that officers use often, shared by all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Engine, bindparam, delete, insert, select

from assistant.errors import NotFound
from assistant.store.chain import write_time
from assistant.store.changes import Signed, check_id
from assistant.store.database import reading, writing
from assistant.store.people import save_people_event
from assistant.store.tables import ORGANISATION, phrases

_LIST: Final = (
    select(phrases.c.id, phrases.c.text)
    .where(phrases.c.organisation_id == ORGANISATION)
    .order_by(phrases.c.text, phrases.c.id)
)
_INSERT: Final = insert(phrases)
_DELETE: Final = delete(phrases).where(phrases.c.id == bindparam("phrase"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A standard phrase."""

    id: str
    text: str = field(repr=False)


def list_phrases(engine: Engine) -> list[Phrase]:
    """All of them, in the order of the alphabet."""
    with reading(engine) as connection:
        return [Phrase(*row) for row in connection.execute(_LIST)]


def add_phrase(engine: Engine, text: str, *, signed: Signed) -> str:
    """A new one; its id."""
    row: dict[str, Any] = {
        "id": str(uuid4()),
        "organisation_id": ORGANISATION,
        "text": text,
        "made_by": signed.actor,
        "made_at": write_time(signed.at),
    }
    with writing(engine) as connection:
        connection.execute(_INSERT, row)
        save_people_event(connection, "phrase_added", row["id"], text, signed)
    return str(row["id"])


def forget_phrase(engine: Engine, id: str, *, signed: Signed) -> None:
    """Nobody uses it any more. Texts already written with it stay as they are."""
    with writing(engine) as connection:
        if not connection.execute(_DELETE, {"phrase": check_id(id)}).rowcount:
            raise NotFound(id)
        save_people_event(connection, "phrase_removed", id, "", signed)
