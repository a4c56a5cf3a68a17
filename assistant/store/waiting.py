"""What waits for someone: questions of the officer, remarks and actions of their function, conditions that are due."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, Engine, Select, and_, bindparam, case, func, literal, or_, select, union_all

from assistant.access import Relation, State
from assistant.store.database import reading
from assistant.store.members import Reader
from assistant.store.tables import actions, conditions, dossiers, members, remarks

MOST: Final = 50
_WRITERS: Final = (Relation.OWNER, Relation.EDITOR, Relation.GUEST)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits. `kind`: question, remark, action or condition; `question` a question's id or empty."""

    kind: str
    dossier: str
    title: str = field(repr=False)
    question: str
    text: str = field(repr=False)
    due: str


def _mine(kind: str, table: Any, about: Any, due: Any, *conditions_: ColumnElement[bool]) -> Select[Any]:
    """Rows of a table in the dossiers that someone works on."""
    return (
        select(
            literal(kind).label("kind"),
            dossiers.c.id.label("dossier"),
            dossiers.c.title.label("title"),
            about.label("question"),
            table.c.text.label("text"),
            due.label("due"),
            (literal("") if kind == "question" else case((due == "", "9999"), else_=due)).label("place"),
        )
        .join_from(table, dossiers, table.c.dossier_id == dossiers.c.id)
        .join(members, members.c.dossier_id == dossiers.c.id)
        .where(
            members.c.person_id == bindparam("person"),
            members.c.relation.in_([one.value for one in _WRITERS]),
            or_(members.c.until == "", members.c.until >= bindparam("today")),
            dossiers.c.state != State.CLOSED.value,
            *conditions_,
        )
    )


def _same(column: Any) -> ColumnElement[bool]:
    # lower on both sides in the database: SQLite leaves capitals such as É as they are, Python does not
    return and_(column != "", func.lower(column) == func.lower(bindparam("function")))


_EVERY: Final = union_all(
    _mine(
        "question", remarks, remarks.c.question, literal(""),
        remarks.c.kind == "question", remarks.c.settled_at == "",
    ),
    _mine(
        "remark", remarks, remarks.c.question, literal(""),
        remarks.c.kind != "question", remarks.c.answers == "", remarks.c.settled_at == "", _same(remarks.c.assigned),
    ),
    _mine("action", actions, literal(""), actions.c.due, actions.c.done_at == "", _same(actions.c.owner)),
    _mine("condition", conditions, literal(""), conditions.c.due, conditions.c.done_at == ""),
).order_by("place", "dossier", "text").limit(MOST)  # fmt: skip


def list_waiting(engine: Engine, reader: Reader, function: str) -> list[Waiting]:
    """At most fifty things that wait for this person: what the officer asks first, then by day."""
    given = {"person": reader.person, "today": reader.today, "function": function.strip()}
    with reading(engine) as connection:
        return [Waiting(*row[:-1]) for row in connection.execute(_EVERY, given)]
