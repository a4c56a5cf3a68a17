"""What the tables of a workshop said together: answers, values, other views, the harvest. A note taker writes."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Engine, RowMapping, bindparam, select, update

from assistant.answers import Answer
from assistant.errors import Conflict, NotFound
from assistant.store.database import reading, writing
from assistant.store.documents import answer_fields, find_answer, write_json
from assistant.store.tables import workshop_tables, workshops
from assistant.store.workshop.kept import OPEN, PREPARED, Workshop, build_workshop

MOST_ACTIONS: Final = 20
_ALL: Final = (
    select(*workshop_tables.c)
    .where(workshop_tables.c.workshop_id == bindparam("workshop"))
    .order_by(workshop_tables.c.number)
)
_ONE: Final = select(*workshop_tables.c).where(
    workshop_tables.c.workshop_id == bindparam("workshop"), workshop_tables.c.number == bindparam("place")
)
_BY_PEN: Final = (
    select(*workshops.c, workshop_tables.c.number.label("place"))
    .join_from(workshop_tables, workshops)
    .where(workshop_tables.c.pen == bindparam("token"), workshops.c.state == OPEN)
)
_STATE: Final = select(workshops.c.state).where(workshops.c.id == bindparam("workshop"))


@dataclass(frozen=True, slots=True)
class HarvestAction:
    """What somebody does: a function and a day (ISO, or empty)."""

    text: str = field(repr=False)
    owner: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a table takes home."""

    choice: str = field(default="", repr=False)
    question: str = field(default="", repr=False)
    tomorrow: str = field(default="", repr=False)
    actions: tuple[HarvestAction, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is kept. Every `rev` is a version of the table. `pen`: its note taker's link."""

    workshop: str
    number: int
    pen: str = field(repr=False)
    version: int
    answers: Mapping[str, Answer] = field(repr=False)
    values: tuple[str, ...]
    values_rev: int
    harvest: Harvest
    harvest_rev: int


def list_tables(engine: Engine, id: str) -> list[Table]:
    """Every table, in order."""
    with reading(engine) as connection:
        return [_build(row) for row in connection.execute(_ALL, {"workshop": id}).mappings()]


def find_table(engine: Engine, id: str, number: int) -> Table:
    """One table. Raises NotFound."""
    with reading(engine) as connection:
        row = connection.execute(_ONE, {"workshop": id, "place": number}).mappings().one_or_none()
    if row is None:
        raise NotFound("table")
    return _build(row)


def new_pen(engine: Engine, id: str, number: int) -> str:
    """A new link for a table's note taker; the one before no longer works."""
    token = secrets.token_urlsafe(16)
    with writing(engine) as connection:
        row = _lock(connection, id, number)
        _change(connection, row, pen=token)
    return token


def find_by_pen(engine: Engine, token: str) -> tuple[Workshop, int]:
    """The workshop and table that a note taker's link opens, as long as the day lasts. Raises NotFound."""
    with reading(engine) as connection:
        row = connection.execute(_BY_PEN, {"token": token}).mappings().one_or_none() if token else None
    if row is None:
        raise NotFound("pen")
    return build_workshop(row), row["place"]


def save_table_answer(engine: Engine, id: str, number: int, question: str, rev: int, answer: Answer) -> None:
    """A table's answer. Raises Conflict when it was changed since the form showed it, unless it says the same."""
    with writing(engine) as connection:
        row = _lock(connection, id, number)
        said = _read(row)
        old = find_answer(said, question)
        given = {name: value for name, value in answer_fields(answer).items() if name != "rev"}
        if given == {name: value for name, value in answer_fields(old).items() if name != "rev"}:
            return
        if rev != old.rev:
            raise Conflict([question])
        said["answers"][question] = {**given, "rev": row["version"] + 1}
        _change(connection, row, body=write_json(said))


def add_table_view(engine: Engine, id: str, number: int, question: str, view: str) -> None:
    """How somebody at the table sees it differently; who is asked and kept nowhere."""
    with writing(engine) as connection:
        row = _lock(connection, id, number)
        said = _read(row)
        said["other_views"].setdefault(question, []).append(view)
        _change(connection, row, body=write_json(said))


def save_values(engine: Engine, id: str, number: int, rev: int, values: tuple[str, ...]) -> None:
    """The values that a table keeps."""
    _save_part(engine, id, number, "values", rev, [*values])


def save_harvest(engine: Engine, id: str, number: int, rev: int, harvest: Harvest) -> None:
    """What a table takes home."""
    actions = [{"text": one.text, "owner": one.owner, "due": one.due} for one in harvest.actions]
    plain = {"choice": harvest.choice, "question": harvest.question, "tomorrow": harvest.tomorrow, "actions": actions}
    _save_part(engine, id, number, "harvest", rev, plain)


def _save_part(engine: Engine, id: str, number: int, part: str, rev: int, plain: object) -> None:
    with writing(engine) as connection:
        row = _lock(connection, id, number)
        said = _read(row)
        if said[part] == plain:
            return
        if said["revs"].get(part, 0) != rev:
            raise Conflict([part])
        said[part] = plain
        said["revs"][part] = row["version"] + 1
        _change(connection, row, body=write_json(said))


def _lock(connection: Connection, id: str, number: int) -> RowMapping:
    """The table's row, held; also on a day that is over, as a paper day is typed in afterwards."""
    row = connection.execute(_ONE.with_for_update(), {"workshop": id, "place": number}).mappings().one_or_none()
    if row is None or connection.scalar(_STATE, {"workshop": id}) == PREPARED:
        raise NotFound("table")
    return row


def _change(connection: Connection, row: RowMapping, **columns: str) -> None:
    connection.execute(
        update(workshop_tables)
        .where(workshop_tables.c.workshop_id == row["workshop_id"], workshop_tables.c.number == row["number"])
        .values(version=row["version"] + 1, **columns)
    )


def _read(row: RowMapping) -> dict[str, Any]:
    nothing: dict[str, Any] = {"answers": {}, "other_views": {}, "values": [], "harvest": {}, "revs": {}}
    said: dict[str, Any] = {**nothing, **json.loads(row["body"])}
    return said


def _build(row: RowMapping) -> Table:
    said = _read(row)
    harvest = dict(said["harvest"])
    actions = tuple(HarvestAction(**one) for one in harvest.pop("actions", ()))
    questions = {*said["answers"], *said["other_views"]}
    return Table(
        workshop=row["workshop_id"],
        number=row["number"],
        pen=row["pen"],
        version=row["version"],
        answers={question: find_answer(said, question) for question in sorted(questions)},
        values=tuple(said["values"]),
        values_rev=said["revs"].get("values", 0),
        harvest=Harvest(**harvest, actions=actions),
        harvest_rev=said["revs"].get("harvest", 0),
    )
