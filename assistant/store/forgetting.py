"""Destroying a dossier, with the workshops about it, and what SQLite would still remember of it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Engine, bindparam, delete

from assistant.store.changes import Signed, lock_dossier
from assistant.store.database import wipe_log, writing
from assistant.store.organisation import save_organisation_event
from assistant.store.search_index import leave_no_trace
from assistant.store.tables import METADATA, dossiers
from assistant.store.workshop.kept import forget_about

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
        erase_dossier(connection, id, Signed(actor, at, audit_key))
    return wipe_log(engine)


def erase_dossier(connection: Connection, id: str, signed: Signed) -> None:
    """The same, in a transaction of yours; call `wipe_log` after it."""
    row, _ = lock_dossier(connection, id)
    forget_about(connection, row["id"])
    for statement in _DELETE:
        connection.execute(statement, {"dossier": row["id"]})
    leave_no_trace(connection)
    save_organisation_event(
        connection,
        kind="dossier_destroyed",
        subject=row["number"],
        digest=row["head"],
        actor=signed.actor,
        at=signed.at,
        audit_key=signed.audit_key,
    )
