"""The officers' queue: a page of its lines, wanted start first, and what is found in their titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from heapq import merge
from itertools import islice, product
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Engine, Integer, Row, Select, bindparam, exists, select, tuple_

from assistant.access import State
from assistant.store.database import reading
from assistant.store.summaries import Summary, words_of
from assistant.store.tables import ORGANISATION, dossiers, summaries, summary_words
from assistant.store.tables.dossiers import IS_DRAFT

MOST_WORDS: Final = 12  # that a prefix may stand for, and that a search looks for
RARE: Final = 100  # lines that are all looked at, rather than in order until a page is full
MOST_COUNTED: Final = 300  # lines, to see which of some words is the rarest
LAST_SIGN: Final = "\U0010ffff"  # sorts after any other
_NUMBER: Final = re.compile(r"\d{4}-\d{3,}")

_PLACE: Final = (summaries.c.wanted_start, summaries.c.dossier_id)
_SAID: Final = tuple(item.name for item in fields(Summary))
_LINE: Final = tuple(summaries.c[name] for name in ("dossier_id", "state", "waiting_since", "taken_by", *_SAID))
# no min(): with few rows expected, PostgreSQL would look at every one
_FIRST_WORD: Final = select(summary_words.c.word).order_by(*summary_words.primary_key.columns).limit(1)
_NEXT_WORD: Final = _FIRST_WORD.where(
    summary_words.c.word >= bindparam("least"), summary_words.c.word < bindparam("beyond")
)
_AFTER_WORD: Final = _FIRST_WORD.where(
    summary_words.c.word > bindparam("last"), summary_words.c.word < bindparam("beyond")
)
_WITH: Final = (  # equality alone, in the order of the key: no statistics can lead a database astray
    select(summary_words.c.dossier_id)
    .where(summary_words.c.word == bindparam("word_itself"))
    .order_by(summary_words.c.state, summary_words.c.wanted_start, summary_words.c.dossier_id)
    .limit(bindparam("most", type_=Integer))
)
_WITH_IN_STATE: Final = _WITH.where(summary_words.c.state == bindparam("in_state"))
DRAFTS: Final = (
    select(dossiers.c.title, dossiers.c.phase, dossiers.c.updated_at)
    .where(dossiers.c.organisation_id == ORGANISATION, IS_DRAFT)
    .order_by(dossiers.c.updated_at.desc(), dossiers.c.id.desc())
    .limit(bindparam("limit", type_=Integer))
)


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A dossier in the queue; `waiting_since`: when it came to who has it now."""

    dossier: str
    state: State
    waiting_since: datetime
    taken_by: str
    summary: Summary


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show; empty: all. `taken_by`: an id, or "nobody". `search`: words of a title, or a number."""

    state: str = State.OFFICER
    domain: str = ""
    outcome: str = ""
    taken_by: str = ""
    search: str = ""


def list_queue(
    engine: Engine, filters: Filters, limit: int = 50, after: tuple[str, str] | None = None
) -> list[QueueLine]:
    """The lines, wanted start first; the next page begins `after` the place of its last line.

    A page takes as long over many dossiers as over few, unless two common things are asked that seldom meet.
    """
    with reading(engine) as connection:
        if filters.search.strip():
            pages = list(_search(connection, filters, limit, after))
        else:
            pages = [build_queue(filters, state, limit, after) for state in _states(filters)]
        found = [connection.execute(page).all() for page in pages]
    rows = {row.dossier_id: row for row in merge(*found, key=_place)}  # two words may lead to the same one
    return [_build(row) for row in islice(rows.values(), limit)]


def _place(row: Row[Any]) -> tuple[str, str]:
    return row.wanted_start, row.dossier_id


def place_of(line: QueueLine) -> tuple[str, str]:
    """Where a line stands in the order of the queue."""
    return line.summary.wanted_start, line.dossier


def build_queue(filters: Filters, state: str, limit: int, after: tuple[str, str] | None) -> Select[Any]:
    """The statement of a page of one state."""
    statement = select(*_LINE).where(summaries.c.organisation_id == ORGANISATION, summaries.c.state == state)
    return _page(_filtered(statement, filters), _PLACE, limit, after)


def _states(filters: Filters) -> list[str]:
    """One by one, since each is in order in the index."""
    return [State(filters.state)] if filters.state in [*State] else [] if filters.state else [*State]


def _page(statement: Select[Any], place: tuple[Any, ...], limit: int, after: tuple[str, str] | None) -> Select[Any]:
    if after:
        statement = statement.where(tuple_(*place) > after)
    return statement.order_by(*place).limit(limit)


def _filtered(statement: Select[Any], filters: Filters) -> Select[Any]:
    for column, value in ((summaries.c.domain, filters.domain), (summaries.c.outcome, filters.outcome)):
        if value:
            statement = statement.where(column == value)
    if filters.taken_by:
        return statement.where(summaries.c.taken_by == ("" if filters.taken_by == "nobody" else filters.taken_by))
    return statement


def _search(
    connection: Connection, filters: Filters, limit: int, after: tuple[str, str] | None
) -> Iterator[Select[Any]]:
    """Pages of lines with all the words, or words that begin so. The rarest word leads; the longest if all are common.

    Behind a rare word everything is looked at; behind a common one, only as much as a page needs.
    """
    wanted = sorted(set(words_of(filters.search)), key=lambda word: (-len(word), word))[:MOST_WORDS]
    spelled = {word: _expand(connection, word) for word in wanted}
    most = MOST_COUNTED if len(wanted) > 1 else RARE
    having = {word: _find_with(connection, spelled[word], filters.state, most) for word in wanted}
    if not wanted or not all(having.values()):
        return
    lead = min(wanted, key=lambda word: len(having[word]))
    others = [word for word in wanted if word != lead]
    if len(having[lead]) < RARE:
        statement = select(*_LINE).where(summaries.c.dossier_id.in_(having[lead]), *map(_has, others))
        yield _page(_filtered(statement, filters), _PLACE, limit, after)
        return
    for word, state in product(spelled[lead], _states(filters)):
        yield _lines_with(word, state, others, filters, limit, after)


def _expand(connection: Connection, prefix: str) -> list[str]:
    """The first words that begin so, each found by one step in the index; a whole number is itself alone."""
    if _NUMBER.fullmatch(prefix):
        return [prefix]
    found: list[str] = []
    beyond = prefix + LAST_SIGN
    word = connection.scalar(_NEXT_WORD, {"least": prefix, "beyond": beyond})
    while word is not None and len(found) < MOST_WORDS:
        found.append(word)
        word = connection.scalar(_AFTER_WORD, {"last": word, "beyond": beyond})
    return found


def _find_with(connection: Connection, words: Iterable[str], state: str, most: int) -> list[str]:
    """Dossiers with one of these words, looked for no further than `most`."""
    found: list[str] = []
    for word in words:
        given = {"word_itself": word, "most": most - len(found)} | ({"in_state": state} if state else {})
        found += connection.scalars(_WITH_IN_STATE if state else _WITH, given)
        if len(found) >= most:
            break
    return found


def _lines_with(
    word: str, state: str, others: Iterable[str], filters: Filters, limit: int, after: tuple[str, str] | None
) -> Select[Any]:
    statement = (
        select(*_LINE)
        .join_from(summary_words, summaries, summary_words.c.dossier_id == summaries.c.dossier_id)
        .where(summary_words.c.word == word, summary_words.c.state == state, *map(_has, others))
    )
    place = (summary_words.c.wanted_start, summary_words.c.dossier_id)
    return _page(_filtered(statement, filters), place, limit, after)


def _has(word: str) -> ColumnElement[bool]:
    also = summary_words.alias()
    return exists().where(
        also.c.dossier_id == summaries.c.dossier_id, also.c.word >= word, also.c.word < word + LAST_SIGN
    )


def list_drafts(engine: Engine, limit: int = 50) -> list[tuple[str, str, datetime]]:
    """Title, phase and date of what teams still work on: all that officers see of a draft."""
    with reading(engine) as connection:
        rows = connection.execute(DRAFTS, {"limit": limit})
        return [(title, phase, datetime.fromisoformat(at)) for title, phase, at in rows]


def _build(row: Row[Any]) -> QueueLine:
    said = {name: getattr(row, name) for name in _SAID}
    summary = Summary(**said | {"is_light": bool(row.is_light)})
    since = datetime.fromisoformat(row.waiting_since)
    return QueueLine(row.dossier_id, State(row.state), since, row.taken_by, summary)
