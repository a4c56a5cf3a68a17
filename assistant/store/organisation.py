"""The organisation's own chain: people, settings, and what became of dossiers."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert, select, update

from assistant.store.chain import Event, seal, write_time
from assistant.store.tables import ORGANISATION, organisation_events, organisations

ORGANISATION_CHAIN: Final = "organisation"
_LOCK: Final = (
    select(organisations.c.version, organisations.c.head).where(organisations.c.id == ORGANISATION).with_for_update()
)
_UPDATE: Final = update(organisations).where(organisations.c.id == ORGANISATION)
_INSERT: Final = insert(organisation_events)


def lock_organisation(connection: Connection) -> None:
    """Nobody else adds an event until this transaction ends: for what two might make at once, before either looks."""
    connection.execute(_LOCK).one()


def save_organisation_event(
    connection: Connection, *, kind: str, subject: str, digest: str, actor: str, at: datetime, audit_key: bytes
) -> None:
    """Add an event about `subject`, an id or a number, in the transaction of what happened."""
    version, previous = connection.execute(_LOCK).one()
    event = Event(ORGANISATION_CHAIN, version + 1, write_time(at), actor, kind, subject, digest)
    head = seal(event, previous, audit_key)
    connection.execute(_UPDATE, {"version": event.seq, "head": head})
    connection.execute(
        _INSERT,
        {
            "organisation_id": ORGANISATION,
            "seq": event.seq,
            "at": event.at,
            "actor": actor,
            "kind": kind,
            "subject": subject,
            "digest": digest,
            "previous": previous,
            "hash": head,
        },
    )
