"""What waits for someone or falls due, by number and day alone: no statement here reads a text that anybody typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Engine, Integer, Select, and_, bindparam, func, literal, or_, select, union_all

from assistant.access import OFFICERS, TABLE, Action, Relation, State
from assistant.mail.digest import Due
from assistant.store.database import reading
from assistant.store.members import Reader
from assistant.store.shared import SENT
from assistant.store.tables import (
    ORGANISATION,
    access_tokens,
    actions,
    advices,
    conditions,
    decisions,
    dossiers,
    editions,
    examples,
    members,
    remarks,
    summaries,
)

MOST: Final = 60  # lines of one mail
NEW: Final = timedelta(weeks=2)  # that long an edition is told of; after that the dossier alone says so
_MAKERS: Final = (Relation.OWNER, Relation.EDITOR)
_WRITERS: Final = (*_MAKERS, Relation.GUEST)
_AFTER: Final = [State.ADVISED.value, State.RUNNING.value]
_later_advices, _later_decisions, _own, _parts = (
    advices.alias(), decisions.alias(), members.alias("own"), advices.alias("part"),
)  # fmt: skip


def _line(kind: str, day: Any) -> Select[Any]:
    return select(
        literal(kind).label("kind"),
        dossiers.c.id.label("dossier"),
        dossiers.c.number.label("number"),
        func.min(day).label("day"),
        func.count().label("count"),
    ).group_by(dossiers.c.id, dossiers.c.number)


def _mine(kind: str, table: Any, day: Any, who: Iterable[Relation], *having: ColumnElement[bool]) -> Select[Any]:
    """In the dossiers that someone is in, in one of these ways."""
    return (
        _line(kind, day)
        .select_from(table.join(dossiers, table.c.dossier_id == dossiers.c.id) if table is not dossiers else dossiers)
        .join(members, members.c.dossier_id == dossiers.c.id)
        .where(
            members.c.person_id == bindparam("person"),
            members.c.relation.in_([one.value for one in who]),
            or_(members.c.until == "", members.c.until >= bindparam("today")),
            dossiers.c.state != State.CLOSED.value,
            *having,
        )
    )


def _soon(column: Any) -> ColumnElement[bool]:
    return and_(column != "", column <= bindparam("until"))


def _same(column: Any) -> ColumnElement[bool]:
    return and_(column != "", func.lower(column) == func.lower(bindparam("function")))


_IS_GIVEN: Final = select(advices.c.id).where(advices.c.id == conditions.c.advice_id, advices.c.state == "given")
_NEWEST_ADVICE: Final = ~(
    select(_later_advices.c.id)
    .where(
        _later_advices.c.dossier_id == advices.c.dossier_id,
        _later_advices.c.state == "given",
        _later_advices.c.at > advices.c.at,
    )
    .exists()
)
_NEWEST_DECISION: Final = ~(
    select(_later_decisions.c.id)
    .where(_later_decisions.c.dossier_id == decisions.c.dossier_id, _later_decisions.c.at > decisions.c.at)
    .exists()
)
_AGAIN: Final = (
    advices.c.state == "given", _NEWEST_ADVICE, _soon(advices.c.again_on), dossiers.c.state.in_(_AFTER),
)  # fmt: skip
_AGAIN_DECIDED: Final = (_NEWEST_DECISION, _soon(decisions.c.look_again), dossiers.c.state.in_(_AFTER))
_PART_GIVEN: Final = select(_parts.c.id).where(
    _parts.c.dossier_id == dossiers.c.id, _parts.c.kind == "part", _parts.c.person_id == bindparam("person")
)
_IS_OWN: Final = select(_own.c.person_id).where(
    _own.c.dossier_id == dossiers.c.id,
    _own.c.person_id == bindparam("person"),
    _own.c.relation == Relation.OWNER.value,
)
_IS_NEW: Final = select(editions.c.hash).where(
    editions.c.hash == bindparam("edition"), editions.c.saved_at >= bindparam("new")
)
_OPEN: Final = [state.value for state in State if state in TABLE[Action.CHANGE_EDITION][1]]
_COMES_UP: Final = (
    _mine("again", advices, advices.c.again_on, _MAKERS, *_AGAIN),
    _mine("again_decided", decisions, decisions.c.look_again, _MAKERS, *_AGAIN_DECIDED),
    _mine(
        "edition", dossiers, literal(""), _MAKERS,
        dossiers.c.state.in_(_OPEN), dossiers.c.edition_hash != bindparam("edition"), _IS_NEW.exists(),
    ),
)  # fmt: skip
_TEAM: Final = (
    _mine(
        "question", remarks, literal(""), _WRITERS,
        remarks.c.kind == "question", remarks.c.settled_at == "",
    ),
    _mine(
        "remark", remarks, literal(""), _WRITERS,
        remarks.c.kind.not_in(("question", "early")), remarks.c.answers == "", remarks.c.settled_at == "",
        _same(remarks.c.assigned),
    ),
    _mine("advice", dossiers, literal(""), (Relation.OWNER,), dossiers.c.state == State.ADVISED.value),
    _mine(
        "action", actions, actions.c.due, _WRITERS,
        actions.c.done_at == "", _soon(actions.c.due), _same(actions.c.owner),
    ),
    _mine(
        "condition", conditions, conditions.c.due, _MAKERS,
        conditions.c.done_at == "", _soon(conditions.c.due), _IS_GIVEN.exists(),
    ),
    *_COMES_UP,
    _mine(
        "part", dossiers, literal(""), (Relation.ADVISER,),
        dossiers.c.state == State.OFFICER.value, ~_PART_GIVEN.exists(),
    ),
)  # fmt: skip


def _all(kind: str, table: Any, day: Any, *having: ColumnElement[bool]) -> Select[Any]:
    """In any dossier of the organisation."""
    return (
        _line(kind, day)
        .join_from(table, dossiers, table.c.dossier_id == dossiers.c.id)
        .where(dossiers.c.organisation_id == ORGANISATION, *having)
    )


def _counted(kind: str, table: Any, day: Any, *having: ColumnElement[bool]) -> Select[Any]:
    """Over all dossiers together, without saying which."""
    counts = (func.min(day).label("day"), func.count().label("count"))
    return (
        select(literal(kind).label("kind"), literal("").label("dossier"), literal("").label("number"), *counts)
        .join_from(table, dossiers, table.c.dossier_id == dossiers.c.id)
        .where(dossiers.c.organisation_id == ORGANISATION, *having)
        .having(func.count() > 0)
    )


_TOKENS: Final[Any] = (
    select(
        literal("token").label("kind"),
        *(literal("").label(name) for name in ("dossier", "number", "day")),
        func.count().label("count"),
    )
    .where(
        access_tokens.c.organisation_id == ORGANISATION,
        access_tokens.c.agreed_by == "",
        access_tokens.c.ended_at == "",
        access_tokens.c.expires_on >= bindparam("today"),
        access_tokens.c.made_by != bindparam("person"),
    )
    .having(func.count() > 0)
)
_ASKED: Final[tuple[Select[Any], ...]] = (
    _all("example", examples, literal(""), examples.c.state == SENT, ~_IS_OWN.exists()),
    _TOKENS,
)
_DESK: Final = (
    *_ASKED,
    _all(
        "review", summaries, literal(""),
        dossiers.c.state == State.OFFICER.value, summaries.c.taken_by.in_(("", bindparam("person"))),
        ~_IS_OWN.exists(),
    ),
    _counted("early", remarks, literal(""), remarks.c.kind == "early", remarks.c.settled_at == ""),
    _counted(
        "desk_condition", conditions, conditions.c.due,
        conditions.c.due != "", conditions.c.due <= bindparam("today"), conditions.c.done_at == "",
        _IS_GIVEN.exists(), dossiers.c.state != State.CLOSED.value,
    ),
    _all("desk_again", advices, advices.c.again_on, *_AGAIN),
)  # fmt: skip


def _ordered(*parts: Select[Any]) -> Any:
    return union_all(*parts).order_by("kind", "day", "number").limit(bindparam("most", type_=Integer))


_OF_TEAM: Final = _ordered(*_TEAM)
_OF_OFFICER: Final = _ordered(*_TEAM, *_DESK)
_NEW_TO_TEAM: Final = _ordered(*_COMES_UP)
_NEW_TO_OFFICER: Final = _ordered(*_COMES_UP, *_ASKED)


def list_due(engine: Engine, reader: Reader, function: str, until: str, edition: str) -> list[Due]:
    """By kind, then by day: what waits for this person now, and what is due by `until` (ISO) or is late.

    `edition`: the hash of the edition that new dossiers get.
    """
    statement = _OF_OFFICER if OFFICERS & reader.roles else _OF_TEAM
    return _list(engine, statement, reader, until=until, edition=edition, function=function.strip())


def list_coming_up(engine: Engine, reader: Reader, until: str, edition: str) -> list[Due]:
    """Of that what "my work" does not tell by its text: to look at again, a new edition, what asks for an officer."""
    statement = _NEW_TO_OFFICER if OFFICERS & reader.roles else _NEW_TO_TEAM
    return _list(engine, statement, reader, until=until, edition=edition)


def _list(engine: Engine, statement: Any, reader: Reader, **given: str) -> list[Due]:
    new = (date.fromisoformat(reader.today) - NEW).isoformat()
    asked = {"person": reader.person, "today": reader.today, "new": new, "most": MOST, **given}
    with reading(engine) as connection:
        return [Due(*row) for row in connection.execute(statement, asked)]
