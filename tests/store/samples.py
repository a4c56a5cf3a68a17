"""Short ways to say what the tests of the store say often."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, text

from assistant.answers import Answer
from assistant.store.answers import save_answers
from assistant.store.database import reading, writing
from assistant.store.dossiers import Dossier, create_dossier
from assistant.store.editions import save_edition

KEY = bytes(range(32))
AT = datetime(2026, 11, 25, 18, 45, 33, 120, tzinfo=UTC)
SIGNED: dict[str, Any] = {"actor": "a1", "at": AT, "audit_key": KEY}
EDITION = b'{"format":1,"title":"Ethische toets \xe2\x80\x93 proef"}'


def start(engine: Engine, answers: dict[str, Answer] | None = None, **other: Any) -> Dossier:
    """A new dossier, in an edition that is saved along."""
    with writing(engine) as connection:
        edition = save_edition(connection, EDITION)
    given: dict[str, Any] = {
        "title": "Schoolverlaters",
        "organisation": "Oeverland",
        "language": "nl",
        "edition_hash": edition,
        "answers": answers or {},
        "trees": [],
        **SIGNED,
    }
    return create_dossier(engine, **(given | other))


def save(engine: Engine, id: str, question: str, rev: int, value: Any, **other: Any) -> int:
    """Save one answer."""
    return save_answers(engine, id, {question: (rev, Answer(value=value))}, **(SIGNED | other))


def rows(engine: Engine, statement: str) -> list[tuple[Any, ...]]:
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def run(engine: Engine, statement: str, **values: Any) -> None:
    """What someone with the database's password could do."""
    with writing(engine) as connection:
        connection.execute(text(statement), values)
