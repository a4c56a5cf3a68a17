"""Destroying a dossier, and what SQLite would still remember of it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Engine, bindparam, delete

from assistant.store.changes import lock_dossier
from assistant.store.database import driver_connection, writing
from assistant.store.organisation import save_organisation_event
from assistant.store.tables import METADATA, dossiers

_DELETE: Final = (  # every table that speaks of dossiers, the ones that lean on others first
    *(
        delete(table).where(table.c.dossier_id == bindparam("dossier"))
        for table in reversed(METADATA.sorted_tables)
        if "dossier_id" in table.c
    ),
    delete(dossiers).where(dossiers.c.id == bindparam("dossier")),
)


def forget_dossier(engine: Engine, id: str, *, actor: str, at: datetime, audit_key: bytes) -> bool:
    """Destroy a dossier with its events and history; its number and last hash stay in the organisation's chain.

    On SQLite nothing of it is left in the file and its log either, or False: somebody was reading, and
    `wipe_log` has to be called again. PostgreSQL overwrites freed space in its own time. Copies and
    backups are another matter.
    """
    with writing(engine) as connection:
        row, _ = lock_dossier(connection, id)
        for statement in _DELETE:
            connection.execute(statement, {"dossier": row["id"]})
        save_organisation_event(
            connection,
            kind="dossier_destroyed",
            subject=row["number"],
            digest=row["head"],
            actor=actor,
            at=at,
            audit_key=audit_key,
        )
    return wipe_log(engine)


def wipe_log(engine: Engine) -> bool:
    """Empty SQLite's write-ahead log, where older content lingers; whether that could be done now."""
    if engine.dialect.name != "sqlite":
        return True
    with engine.connect() as connection:
        busy, *_ = driver_connection(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
