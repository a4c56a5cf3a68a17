"""Short ways to say what the tests of the web application say often."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, text

from assistant import clock
from assistant.answers import Answer, read_answer
from assistant.demo import PEOPLE
from assistant.opening import Shell
from assistant.store.database import reading
from assistant.store.dossiers import create_dossier, find_dossier

TITLE = "Schoolverlaters"
TEAM = PEOPLE["team"].id


def make_dossier(shell: Shell, said: Mapping[str, Any] | None = None, title: str = TITLE, owner: str = TEAM) -> str:
    """A dossier with answers as an answers file writes them; its address, without a language."""
    answers = {}
    for id, raw in (said or {}).items():
        answers[id], problems = read_answer(shell.edition.questions[id], raw)
        assert not problems
    made = create_dossier(
        shell.engine,
        title=title,
        organisation="Gemeente Oeverland",
        language="nl",
        edition_hash=shell.edition.hash,
        answers=answers,
        trees=(),
        actor=owner,
        owner=owner,
        at=clock.now(),
        audit_key=shell.audit_key,
    )
    return f"/dossiers/{made.id}"


def saved(shell: Shell, dossier: str, question: str) -> Answer:
    """What is saved for a question."""
    return find_dossier(shell.engine, dossier.rsplit("/", 1)[-1]).document.answers.get(question, Answer())


def version(shell: Shell, dossier: str) -> int:
    return find_dossier(shell.engine, dossier.rsplit("/", 1)[-1]).version


def count_rows(engine: Engine) -> dict[str, int]:
    """Table -> number of rows, for all tables."""
    with reading(engine) as connection:
        names = [row[0] for row in connection.execute(text("SELECT name FROM sqlite_schema WHERE type = 'table'"))]
        return {name: connection.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0 for name in names}
