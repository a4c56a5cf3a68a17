"""Searching what one may see. Rights are a part of the statement, made of the table in `access`: no find, no count and
no order comes of what somebody may not read; so nothing is ranked by how common a word is over all dossiers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    Integer,
    RowMapping,
    Select,
    and_,
    bindparam,
    case,
    cast,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from assistant.access import OFFICERS, TABLE, Action, Relation, State
from assistant.search_terms import Term
from assistant.store.database import reading
from assistant.store.documents import read_raw
from assistant.store.members import Reach, Reader, build_reach
from assistant.store.search_index import (
    Layer,
    Part,
    advice_parts,
    decision_parts,
    find_codes,
    version_parts,
    work_parts,
)
from assistant.store.tables import dossiers, members, search_entries, summaries, versions

_E: Final = search_entries.c
# who reads a layer: by which action, and as what; an adviser reads one theme alone, so no whole version
READERS: Final[Mapping[Layer, tuple[tuple[Action, Relation], ...]]] = {
    Layer.WORK: tuple((Action.READ, one) for one in TABLE[Action.READ][0]),
    Layer.VERSION: ((Action.REVIEW, Relation.OFFICER),),
    Layer.ADVICE: (*((Action.READ, one) for one in TABLE[Action.READ][0]), (Action.REVIEW, Relation.OFFICER)),
    Layer.DECISION: tuple((Action.DECIDED, one) for one in TABLE[Action.DECIDED][0]),
}
_VECTOR: Final[ColumnElement[Any]] = literal_column("search_entry.search_match")  # PostgreSQL's alone
_ORDER: Final = {Layer.WORK: 0, Layer.VERSION: 1, Layer.DECISION: 2, Layer.ADVICE: 3}  # where two say as much
_SOURCES: Final = {
    Layer.WORK: select(dossiers.c.document, dossiers.c.edition_hash).where(dossiers.c.id == bindparam("dossier")),
    Layer.VERSION: select(versions.c.body, dossiers.c.edition_hash)
    .join_from(versions, dossiers)
    .where(versions.c.dossier_id == bindparam("dossier"), versions.c.ended_as != "withdrawn")
    .order_by(versions.c.number.desc())
    .limit(1),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A dossier that was found, in which layer, and what the reader may do with it.

    `title`, `outcome`: for who does not read the work itself, as handed in; no outcome before that.
    """

    dossier: str
    number: str
    title: str = field(repr=False)
    language: str
    edition_hash: str
    layer: Layer
    reach: Reach
    outcome: str
    at: datetime
    parts: tuple[Part, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """A page of dossiers, and how many there are in all."""

    count: int
    hits: tuple[Hit, ...]


def search(engine: Engine, reader: Reader, terms: Iterable[Term], limit: int = 10, skip: int = 0) -> Found:
    """Dossiers with all the terms in one layer; most terms in the title first, then what was saved last."""
    wanted = tuple(terms)
    if not wanted:
        return Found(0, ())
    with reading(engine, one_moment=True) as connection:
        best = _best(connection, reader, wanted).subquery()
        page = select(best, func.count().over().label("in_all")).where(best.c.place == 1)
        page = page.order_by(best.c.titles.desc(), best.c.at.desc(), best.c.dossier_id).limit(limit).offset(skip)
        rows = connection.execute(page, _given(reader)).mappings().all()
        hits = tuple(_build_hit(connection, reader, row) for row in rows)
    if skip and not hits:  # past the last page
        return replace(search(engine, reader, wanted, 1), hits=())
    return Found(rows[0]["in_all"] if rows else 0, hits)


def find_sharing(
    engine: Engine, reader: Reader, begins: Iterable[str], *, most: int, without: str
) -> dict[str, set[str]]:
    """Dossiers (ids) in whose work or version a word begins so, with the beginnings that they share.

    A beginning that more than `most` have says nothing of one of them, and is left out. `without`: this dossier.
    """
    shared: dict[str, set[str]] = {}
    with reading(engine) as connection:
        for begin in begins:
            term = Term((begin,), is_prefix=True)
            layers = _E.layer.in_((Layer.WORK, Layer.VERSION))
            statement = _visible(connection, reader, (term,), _E.dossier_id).where(layers, _E.dossier_id != without)
            ids = set(connection.scalars(statement.distinct().limit(most + 1), _given(reader)))
            for id in ids if len(ids) <= most else ():
                shared.setdefault(id, set()).add(begin)
    return shared


def find_hits(engine: Engine, reader: Reader, ids: Iterable[str]) -> list[Hit]:
    """These dossiers, as far as this reader may see them, in this order."""
    wanted = list(ids)
    with reading(engine) as connection:
        columns = (*_line(), _E.layer, _E.at)
        layers = _E.layer.in_((Layer.WORK, Layer.VERSION))
        statement = _visible(connection, reader, (), *columns).where(layers, _E.dossier_id.in_(wanted))
        rows = connection.execute(statement.order_by(_E.layer), _given(reader)).mappings().all()
        found = {row["dossier_id"]: row for row in rows}
        return [_build_hit(connection, reader, found[id]) for id in wanted if id in found]


def _given(reader: Reader) -> dict[str, str]:
    return {"person": reader.person, "today": reader.today}


def _best(connection: Connection, reader: Reader, terms: tuple[Term, ...]) -> Select[Any]:
    """Every find; `place` 1: the best of its dossier."""
    titles = sum((case((_holds(connection, _E.title, term), 1), else_=0) for term in terms), start=literal(0, Integer))
    layer = case({one.value: number for one, number in _ORDER.items()}, value=_E.layer)
    place = func.row_number().over(partition_by=_E.dossier_id, order_by=(titles.desc(), layer))
    columns = (*_line(), _E.layer, _E.at, titles.label("titles"), place.label("place"))
    return _visible(connection, reader, terms, *columns)


def _line() -> tuple[Any, ...]:
    own = (dossiers.c.number, dossiers.c.title, dossiers.c.language, dossiers.c.edition_hash, dossiers.c.state)
    member = (members.c.relation, members.c.until, members.c.theme)
    frozen = (summaries.c.title.label("frozen_title"), summaries.c.outcome)
    return (_E.dossier_id, *own, *member, *frozen)


def _visible(connection: Connection, reader: Reader, terms: tuple[Term, ...], *columns: Any) -> Select[Any]:
    mine = and_(members.c.dossier_id == _E.dossier_id, members.c.person_id == bindparam("person"))
    is_officer = bool(OFFICERS & reader.roles)
    joined: FromClause = search_entries.join(dossiers, dossiers.c.id == _E.dossier_id)
    joined = joined.join(members, mine, isouter=is_officer)  # who is no officer reads nothing but as a member
    joined = joined.outerjoin(summaries, summaries.c.dossier_id == _E.dossier_id)
    found = (_match(connection, terms), *(_holds(connection, _E.words, term) for term in terms if len(term.words) > 1))
    return select(*columns).select_from(joined).where(_may_read(is_officer), *(found if terms else ()))


@cache
def _may_read(is_officer: bool) -> ColumnElement[bool]:
    """As `access.relations_of` and `access.may` say it of one dossier, said of all of them."""
    return or_(*(and_(_E.layer == layer.value, or_(*_ways(layer, is_officer))) for layer in Layer))


def _ways(layer: Layer, is_officer: bool) -> Iterator[ColumnElement[bool]]:
    is_now = or_(members.c.until == "", members.c.until >= bindparam("today"))
    yield false()
    for action, relation in READERS[layer]:
        states = dossiers.c.state.in_([state.value for state in State if state in TABLE[action][1]])
        if relation is not Relation.OFFICER:
            yield and_(members.c.relation == relation.value, is_now, states)
        elif is_officer:
            yield states


def _match(connection: Connection, terms: Iterable[Term]) -> ColumnElement[bool]:
    """All words, by the index. They are letters and digits alone, so no query language can be spoken through them."""
    words = [(word, term.is_prefix and word is term.words[-1]) for term in terms for word in term.words]
    if connection.dialect.name == "postgresql":
        query = " & ".join(f"'{word}'{':*' if begins else ''}" for word, begins in words)
        return _VECTOR.op("@@", is_comparison=True)(cast(query, TSQUERY))
    query = " AND ".join(f'"{word}"{"*" if begins else ""}' for word, begins in words)
    found = text("SELECT rowid FROM search_match WHERE search_match MATCH :match").bindparams(match=query)
    return _E.id.in_(found.columns(_E.id))


def _holds(connection: Connection, column: ColumnElement[str], term: Term) -> ColumnElement[bool]:
    """Words after each other, looked for as they are: LIKE takes many times as long over a whole text."""
    place = func.strpos if connection.dialect.name == "postgresql" else func.instr
    return place(literal(" ") + column + literal(" "), f" {' '.join(term.words)}{'' if term.is_prefix else ' '}") > 0


def _build_hit(connection: Connection, reader: Reader, row: RowMapping) -> Hit:
    reach = build_reach(reader, row["state"], row["relation"], row["until"], row["theme"])
    layer, reads_work = Layer(row["layer"]), Action.READ in reach.allowed
    return Hit(
        dossier=row["dossier_id"],
        number=row["number"],
        title=row["title"] if reads_work else row["frozen_title"] or "",
        language=row["language"],
        edition_hash=row["edition_hash"],
        layer=layer,
        reach=reach,
        outcome=row["outcome"] or "",
        at=datetime.fromisoformat(row["at"]),
        parts=tuple(_find_parts(connection, row["dossier_id"], layer)),
    )


def _find_parts(connection: Connection, dossier: str, layer: Layer) -> list[Part]:
    """The texts of a layer as they now are: the index holds words, no texts."""
    if layer is Layer.ADVICE:
        return advice_parts(connection, dossier)
    if layer is Layer.DECISION:
        return decision_parts(connection, dossier)
    row = connection.execute(_SOURCES[layer], {"dossier": dossier}).one_or_none()
    if row is None:
        return []
    said, codes = row[0], find_codes(connection, row.edition_hash)
    return work_parts(read_raw(said), codes) if layer is Layer.WORK else version_parts(said, codes)
