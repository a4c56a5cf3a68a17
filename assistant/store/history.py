"""What was said to a question before: from the events and the texts they replaced. Other views have no history."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import Engine, bindparam, select

from assistant.answers import Answer
from assistant.store.database import reading
from assistant.store.tables import answer_history

_OLD: Final = (
    select(answer_history.c.version, answer_history.c.body)
    .where(answer_history.c.dossier_id == bindparam("dossier"), answer_history.c.question == bindparam("question"))
    .order_by(answer_history.c.version.desc())
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An answer that was replaced, by whom it was given and when; `at` None where that is not known."""

    answer: Answer = field(repr=False)
    by: str
    at: datetime | None


def list_earlier(engine: Engine, dossier: str, question: str) -> list[Earlier]:
    """The answers that were replaced, the last one first."""
    with reading(engine) as connection:
        rows = connection.execute(_OLD, {"dossier": dossier, "question": question})
        return [_build(body) for _, body in rows]


def _build(body: str) -> Earlier:
    answer = Answer(**json.loads(body))
    return Earlier(answer, answer.by, datetime.fromisoformat(answer.at) if answer.at else None)
