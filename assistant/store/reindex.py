"""The queue's lines made again, each from its dossier's newest version that was not withdrawn; and what is searched."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Engine, bindparam, func, select, union_all

from assistant.access import State
from assistant.dossier.read import read_dossier
from assistant.store.database import reading, writing
from assistant.store.documents import read_raw
from assistant.store.search_index import (
    build_match,
    forget_version_words,
    index_advices,
    index_decisions,
    index_version,
    index_work,
)
from assistant.store.summaries import build_summary, forget_summary, save_summary
from assistant.store.tables import dossiers, events, search_entries, versions

_EVERY: Final = select(dossiers.c.id).order_by(dossiers.c.id)
_WHERE: Final = select(
    *(dossiers.c[name] for name in ("id", "number", "edition_hash", "state", "taken_by", "document", "updated_at"))
).where(dossiers.c.id == bindparam("dossier"))
_UNKNOWN: Final = _EVERY.where(dossiers.c.id.not_in(select(search_entries.c.dossier_id)))
_NEWEST: Final = (
    select(versions.c.body, versions.c.wanted_start, versions.c.made_at)
    .where(versions.c.dossier_id == bindparam("dossier"), versions.c.ended_as != "withdrawn")
    .order_by(versions.c.number.desc())
    .limit(1)
)
_MOMENTS: Final = union_all(  # a second advice moves nothing, so events of advice do not tell
    select(func.max(versions.c.made_at)).where(versions.c.dossier_id == bindparam("dossier")),
    select(func.max(versions.c.ended_at)).where(versions.c.dossier_id == bindparam("dossier")),
    select(func.max(events.c.at)).where(
        events.c.dossier_id == bindparam("dossier"), events.c.kind.in_(("closed", "reopened"))
    ),
)


def reindex(engine: Engine) -> int:
    """Every line anew, a transaction a dossier; how many lines there then are. Nobody has to stop working."""
    with reading(engine) as connection:
        ids = list(connection.scalars(_EVERY))
    lines = 0
    for id in ids:
        with writing(engine) as connection:
            lines += reindex_dossier(connection, id)
            index_words(connection, id)
    with writing(engine) as connection:
        build_match(connection)
    return lines


def reindex_dossier(connection: Connection, dossier: str) -> bool:
    """The line of one dossier, in a transaction of yours; whether it has one."""
    where = connection.execute(_WHERE, {"dossier": dossier}).mappings().one_or_none()
    newest = connection.execute(_NEWEST, {"dossier": dossier}).one_or_none()
    if where is None or newest is None:
        forget_summary(connection, dossier)
        forget_version_words(connection, dossier)
        return False
    moved = max(filter(None, connection.scalars(_MOMENTS, {"dossier": dossier})))
    summary = build_summary(read_dossier(newest.body.encode()), newest.wanted_start)
    state, at = State(where["state"]), datetime.fromisoformat(moved)
    save_summary(connection, dossier, summary, state, at, taken_by=where["taken_by"])
    index_version(connection, where, newest.body, newest.made_at)
    return True


def reindex_missing(engine: Engine) -> int:
    """What no search knows of yet, as after an upgrade; how many dossiers that were."""
    with reading(engine) as connection:
        ids = list(connection.scalars(_UNKNOWN))
    for id in ids:
        with writing(engine) as connection:
            reindex_dossier(connection, id)
            index_words(connection, id)
    return len(ids)


def index_words(connection: Connection, dossier: str) -> None:
    """What is searched of one dossier beside its version, in a transaction of yours."""
    row = connection.execute(_WHERE, {"dossier": dossier}).mappings().one_or_none()
    if row is None:  # destroyed meanwhile
        return
    index_work(connection, row, read_raw(row["document"]), row["updated_at"])
    index_advices(connection, dossier)
    index_decisions(connection, dossier)
