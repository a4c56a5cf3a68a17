"""One change of one dossier: how it is locked, written and sealed, in one transaction."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select, update

from assistant.access import TABLE, Action, State
from assistant.answers import Answer
from assistant.errors import NotFound, Refused
from assistant.store.chain import Event, digest_dossier, seal, write_time
from assistant.store.documents import Raw, find_phase, read_raw, write_json
from assistant.store.search_index import index_work
from assistant.store.tables import answer_history, dossiers, events

FACTS: Final = ("number", "language", "edition_hash", "title", "phase")  # sealed together with the document
_ID: Final = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LOCK: Final = (
    select(*(dossiers.c[name] for name in ("id", *FACTS, "salt", "version", "head", "document", "state", "taken_by")))
    .where(dossiers.c.id == bindparam("id"))
    .with_for_update()
)
_INSERT: Final = insert(dossiers)
_UPDATE: Final = update(dossiers).where(dossiers.c.id == bindparam("dossier"))
_INSERT_EVENT: Final = insert(events)
_INSERT_HISTORY: Final = insert(answer_history)
Saved = dict[str, Any]  # a row of the table dossier


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one dossier: its event, all that the dossier then says, and what that replaces.

    `replaced`: (rev, question, JSON) each. `columns`: where the dossier then is, as `state` and `taken_by`.
    """

    kind: str
    about: str
    said: Raw = field(repr=False)
    replaced: tuple[tuple[int, str, str], ...] = field(default=(), repr=False)
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Signed:
    """Who changes it, when, and the key that seals the event."""

    actor: str
    at: datetime
    audit_key: bytes = field(repr=False)

    def sign(self, answer: Answer, version: int) -> Answer:
        """The answer as this actor gave it in this version."""
        return replace(answer, rev=version, by=self.actor, at=write_time(self.at))


def check_id(id: str) -> str:
    """Malformed and missing look the same, and nothing odd reaches the database."""
    if not _ID.fullmatch(id):
        raise NotFound(id)
    return id


def lock_dossier(connection: Connection, id: str) -> tuple[Saved, Raw]:
    """The row, which nobody else can change until the transaction ends, and what it says."""
    row = connection.execute(_LOCK, {"id": check_id(id)}).mappings().one_or_none()
    if row is None:
        raise NotFound(id)
    return dict(row), read_raw(row["document"])


def lock_open(connection: Connection, id: str, action: Action) -> tuple[Saved, Raw]:
    """As `lock_dossier`; Refused when in its present state nobody may do this, since it was handed in meanwhile."""
    row, said = lock_dossier(connection, id)
    state = State(row["state"])
    if state not in TABLE[action][1]:
        raise Refused(action, state)
    return row, said


def digest_text(salt: str, *parts: str) -> str:
    """A salted digest of what a row of a dossier says, for the event about it: a change of the row is seen."""
    return hmac.digest(bytes.fromhex(salt), write_json(list(parts)).encode(), "sha256").hex()


def save_first(connection: Connection, row: Saved, change: Change, signed: Signed) -> Saved:
    """Write the first version of a dossier and its event; the whole row."""
    row = row | build_values(change, 1, signed.at)
    event = build_event(row, "", change, signed)
    row["head"] = event["hash"]
    connection.execute(_INSERT, row)
    connection.execute(_INSERT_EVENT, event)
    index_work(connection, row, change.said, row["updated_at"])
    return row


def save_change(connection: Connection, row: Saved, change: Change, signed: Signed) -> int:
    """Write the next version of a locked dossier, its event, and what it replaced."""
    values = build_values(change, row["version"] + 1, signed.at)
    event = build_event(row | values, row["head"], change, signed)
    connection.execute(_UPDATE, {**values, "dossier": row["id"], "head": event["hash"]})
    connection.execute(_INSERT_EVENT, event)
    if change.replaced:
        names = ("dossier_id", "version", "question", "body")
        connection.execute(
            _INSERT_HISTORY, [dict(zip(names, (row["id"], *old), strict=True)) for old in change.replaced]
        )
    if values["document"] != row["document"]:
        index_work(connection, row, change.said, values["updated_at"])
    return int(values["version"])


def build_values(change: Change, version: int, at: datetime) -> dict[str, Any]:
    """The columns that every change writes."""
    return {
        "version": version,
        "title": change.said["project"]["title"],
        "phase": find_phase(change.said),
        "document": write_json(change.said),
        "updated_at": write_time(at),
        **change.columns,
    }


def build_event(row: Mapping[str, Any], previous: str, change: Change, signed: Signed) -> dict[str, Any]:
    """The event of this version of the dossier, sealed."""
    digest = digest_dossier(row["salt"], [row[name] for name in FACTS], row["document"])
    at = write_time(signed.at)
    event = Event(row["id"], row["version"], at, signed.actor, change.kind, change.about, digest)
    return {
        "dossier_id": event.chain,
        "seq": event.seq,
        "at": at,
        "actor": event.actor,
        "kind": event.kind,
        "question": event.about,
        "digest": digest,
        "previous": previous,
        "hash": seal(event, previous, signed.audit_key),
    }
