"""Actions: what to do about a signal or an answer, which function does it, by when, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Engine, RowMapping, bindparam, insert, select, update

from assistant.access import Action
from assistant.errors import Conflict, NotFound
from assistant.store.chain import write_time
from assistant.store.changes import Change, Signed, check_id, lock_open, save_change
from assistant.store.database import reading, writing
from assistant.store.sealed_rows import write_about
from assistant.store.tables import actions

_LIST: Final = (
    select(*actions.c).where(actions.c.dossier_id == bindparam("dossier")).order_by(actions.c.made_at, actions.c.id)
)
_THIS: Final = select(*actions.c).where(
    actions.c.id == bindparam("action"), actions.c.dossier_id == bindparam("dossier")
)
_INSERT: Final = insert(actions)
_UPDATE: Final = update(actions).where(actions.c.id == bindparam("action"))


@dataclass(frozen=True, slots=True)
class ToDo:
    """An action. `about`: a signal's or a question's id, or empty; `due`: ISO or empty; `done_at` empty: open."""

    id: str
    about: str
    text: str = field(repr=False)
    owner: str = field(repr=False)
    due: str
    made_by: str
    made_at: datetime
    done_at: str
    done_by: str
    done_note: str = field(repr=False)
    rev: int


def add_action(engine: Engine, dossier: str, *, about: str, text: str, owner: str, due: str, signed: Signed) -> str:
    """A new action; its id."""
    with writing(engine) as connection:
        return plan_action(connection, dossier, about=about, text=text, owner=owner, due=due, signed=signed)


def plan_action(
    connection: Connection, dossier: str, *, about: str, text: str, owner: str, due: str, signed: Signed
) -> str:
    """The same, in a transaction of yours."""
    made = {
        "id": str(uuid4()),
        "dossier_id": dossier,
        "about": about,
        "text": text,
        "owner": owner,
        "due": due,
        "made_by": signed.actor,
        "made_at": write_time(signed.at),
        **dict.fromkeys(("done_at", "done_by", "done_note"), ""),
        "rev": 1,
    }
    row, said = lock_open(connection, dossier, Action.PLAN)
    connection.execute(_INSERT, made)
    save_change(connection, row, Change("action_made", write_about(row["salt"], (actions, [made])), said), signed)
    return str(made["id"])


def save_action(
    engine: Engine, dossier: str, action: str, rev: int, *, text: str, owner: str, due: str, signed: Signed
) -> None:
    """Change what is to be done, by whom or when. Raises Conflict when somebody changed it meanwhile."""
    _change(engine, dossier, action, rev, {"text": text, "owner": owner, "due": due}, "action_changed", signed)


def end_action(engine: Engine, dossier: str, action: str, rev: int, note: str, *, signed: Signed) -> None:
    """It is done, in a sentence."""
    done = {"done_at": write_time(signed.at), "done_by": signed.actor, "done_note": note}
    _change(engine, dossier, action, rev, done, "action_done", signed)


def reopen_action(engine: Engine, dossier: str, action: str, rev: int, *, signed: Signed) -> None:
    """It is not done, after all."""
    _change(
        engine, dossier, action, rev, dict.fromkeys(("done_at", "done_by", "done_note"), ""), "action_reopened", signed
    )


def list_actions(engine: Engine, dossier: str) -> list[ToDo]:
    """Every action in the order it was made, those done too."""
    with reading(engine) as connection:
        return [_build(row) for row in connection.execute(_LIST, {"dossier": dossier}).mappings()]


def _change(
    engine: Engine, dossier: str, action: str, rev: int, columns: dict[str, Any], kind: str, signed: Signed
) -> None:
    with writing(engine) as connection:
        row, said = lock_open(connection, dossier, Action.PLAN)
        old = _find(connection, dossier, action)
        if old["rev"] != rev:
            raise Conflict(["action"])
        new = {**old, **columns, "rev": rev + 1}
        connection.execute(_UPDATE.values(**columns, rev=rev + 1), {"action": action})
        save_change(connection, row, Change(kind, write_about(row["salt"], (actions, [new])), said), signed)


def _find(connection: Connection, dossier: str, action: str) -> RowMapping:
    row = connection.execute(_THIS, {"action": check_id(action), "dossier": dossier}).mappings().one_or_none()
    if row is None:
        raise NotFound(action)
    return row


def _build(row: RowMapping) -> ToDo:
    names = ("id", "about", "text", "owner", "due", "made_by", "done_at", "done_by", "done_note", "rev")
    return ToDo(made_at=datetime.fromisoformat(row["made_at"]), **{name: row[name] for name in names})
