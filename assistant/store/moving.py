"""A dossier moved to another edition, and back: in one transaction, told by one event with both hashes.

Its event is also what says which edition an older answer was given to, and which editions are still needed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Engine, bindparam, select

from assistant.access import Action
from assistant.answers import Answer
from assistant.errors import Conflict
from assistant.store.answers import find_replaced
from assistant.store.changes import Change, Saved, Signed, lock_open, save_change
from assistant.store.database import reading, writing
from assistant.store.documents import Raw, answer_fields
from assistant.store.endings import lapse
from assistant.store.sealed_rows import write_about
from assistant.store.tables import answer_history, endings, events

MOVED, MOVED_BACK = "edition_moved", "edition_moved_back"
KINDS: Final = (MOVED, MOVED_BACK)
_MOVES: Final = (
    select(events.c.seq, events.c.at, events.c.kind, events.c.question)
    .where(events.c.dossier_id == bindparam("dossier"), events.c.kind.in_(KINDS))
    .order_by(events.c.seq)
)
_REPLACED: Final = (
    select(answer_history.c.body)
    .where(
        answer_history.c.dossier_id == bindparam("dossier"),
        answer_history.c.question == bindparam("question"),
        answer_history.c.version < bindparam("version"),
    )
    .order_by(answer_history.c.version.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Moved:
    """A move: the version it made, when, and the hashes of the editions before and after."""

    version: int
    at: datetime
    is_back: bool
    before: str
    after: str


def list_moves(engine: Engine, dossier: str) -> list[Moved]:
    """Every move of a dossier, the first first."""
    with reading(engine) as connection:
        return _list(connection, dossier)


def edition_then(moves: Iterable[Moved], rev: int, now: str) -> str:
    """The hash of the edition that an answer of this `rev` was given to; `now`: that of the dossier."""
    return next((one.before for one in moves if rev < one.version), now)


def move_edition(
    engine: Engine,
    id: str,
    *,
    based_on: int,
    edition: str,
    answers: Mapping[str, Answer],
    reopened: Iterable[str],
    signed: Signed,
) -> int:
    """Ask the questions of another edition from now on; the version that the dossier then has.

    `answers`: those that change by it, worked out from version `based_on`; what they replace goes to the history.
    `reopened`: signals whose ending holds no longer. Raises Conflict when somebody saved in the meantime, Refused
    when it was handed in or closed.
    """
    with writing(engine) as connection:
        row, said = lock_open(connection, id, Action.CHANGE_EDITION)
        if row["version"] != based_on:
            raise Conflict(["dossier"])
        also = write_about(row["salt"], (endings, lapse(connection, id, reopened, signed.at)))
        changed = {question: answer_fields(answer) for question, answer in answers.items()}
        return _write(connection, row, said, edition, changed, Change(MOVED, also, said), signed)


def move_back(engine: Engine, id: str, *, based_on: int, signed: Signed) -> int:
    """Undo the last move; answers are what they were. Raises Conflict when something was said or saved since."""
    with writing(engine) as connection:
        row, said = lock_open(connection, id, Action.CHANGE_EDITION)
        last = find_undoable(_list(connection, id), said)
        if row["version"] != based_on or last is None:
            raise Conflict(["dossier"])
        there = [question for question, answer in said["answers"].items() if answer.get("rev") == last.version]
        changed = {question: _find_before(connection, id, question, last.version) for question in there}
        return _write(connection, row, said, last.before, changed, Change(MOVED_BACK, "", said), signed)


def find_undoable(moves: list[Moved], said: Raw) -> Moved | None:
    """The last move, if nothing was answered since."""
    last = moves[-1] if moves and not moves[-1].is_back else None
    is_since = last and any(answer.get("rev", 0) > last.version for answer in said["answers"].values())
    return None if is_since else last


def _write(
    connection: Connection,
    row: Saved,
    said: Raw,
    edition: str,
    changed: Mapping[str, Raw],
    change: Change,
    signed: Signed,
) -> int:
    """Who gave an answer and when stays; its `rev` is new, so that a form with the old question is a conflict."""
    replaced = find_replaced(said, changed)
    for question, answer in changed.items():
        said["answers"][question] = {**answer, "rev": row["version"] + 1}
    about = " ".join(part for part in (row["edition_hash"], edition, *sorted(changed), change.about) if part)
    made = Change(change.kind, about, said, replaced, {"edition_hash": edition})
    return save_change(connection, row, made, signed)


def _find_before(connection: Connection, id: str, question: str, version: int) -> Raw:
    given = {"dossier": id, "question": question, "version": version}
    raw: Raw = json.loads(connection.execute(_REPLACED, given).scalar_one())
    return raw


def _list(connection: Connection, dossier: str) -> list[Moved]:
    rows = connection.execute(_MOVES, {"dossier": dossier}).all()
    return [
        Moved(seq, datetime.fromisoformat(at), kind == MOVED_BACK, *about.split()[:2]) for seq, at, kind, about in rows
    ]
