"""The chain of events: what was saved when and by which actor's id; no content and no names.

Each event carries HMAC-SHA256(key, canonical JSON of the event + the hash before it), and a salted digest
of everything that the dossier says after it. With the key, which lives outside the database, `verify_all`
sees: an event edited, removed, added, swapped or sealed with another key; the newest events cut off; a
document, title, phase, number, language, edition or state of a dossier changed behind the assistant's back; a version,
redaction, advice, condition, remark, action, ending, stance or member added, changed or (but for members) removed; the
roles of a person, a setting, a phrase or a standing advice added, changed or removed; an edition's text changed.

It cannot see: whether what was typed is true; a change by someone who holds both key and database; a
dossier, or a whole database, put back to an older state in all its tables at once (a head that left the
database earlier, on paper or in an export, shows it); a dossier removed with all its rows; texts in
`answer_history`, which may be erased and are therefore not sealed; a member who was removed, until when
a guest is in, or on which theme someone advises; who took a dossier; names, functions, addresses and ways to sign in;
drafts, links to one question, invitations, sessions, and the queue, which `assistant reindex` makes again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, RowMapping, bindparam, case, literal, select

from assistant.errors import NotFound
from assistant.key_file import load_key
from assistant.store.audit_people import check_people
from assistant.store.audit_rows import check_rows
from assistant.store.chain import Event, Link, check_chain, digest_dossier
from assistant.store.changes import FACTS
from assistant.store.database import reading
from assistant.store.organisation import ORGANISATION_CHAIN
from assistant.store.tables import dossiers, editions, events, organisation_events, organisations

_EVENT: Final = ("seq", "at", "actor", "kind", "digest", "previous", "hash")


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at, and what is wrong, a sentence each, without content."""

    dossiers: int
    events: int
    editions: int
    faults: tuple[str, ...]


def load_audit_key(path: Path) -> bytes:
    """The key in this file: 32 random bytes in hexadecimal, made at first use, readable by its owner alone."""
    return load_key(path, "audit key")


_DOSSIERS: Final = (  # one statement sees one moment on both databases; each document comes along once
    select(
        *(dossiers.c[name] for name in ("id", *FACTS, "salt", "version", "head", "state")),
        dossiers.c.id.label("chain"),
        *(events.c[name] for name in _EVENT),
        events.c.question.label("about"),
        case((events.c.seq == dossiers.c.version, dossiers.c.document)).label("document"),
    )
    .select_from(dossiers.outerjoin(events))
    .order_by(dossiers.c.id, events.c.seq)
)
_DOSSIER: Final = _DOSSIERS.where(dossiers.c.id == bindparam("id"))
_ORGANISATION: Final = (
    select(
        *(organisations.c[name] for name in ("version", "head")),
        literal(ORGANISATION_CHAIN).label("chain"),
        *(organisation_events.c[name] for name in _EVENT),
        organisation_events.c.subject.label("about"),
    )
    .select_from(organisations.outerjoin(organisation_events))
    .order_by(organisation_events.c.seq)
)
_EDITIONS: Final = select(editions.c.hash, editions.c.body)


def verify_chain(connection: Connection, dossier_id: str, key: bytes) -> list[str]:
    """What is wrong with one dossier: nothing, or a sentence each."""
    rows = connection.execute(_DOSSIER, {"id": dossier_id}).mappings().all()
    if not rows:
        raise NotFound(dossier_id)
    return [*_check_dossier(rows, key), *_check_beside(connection, rows)]


def verify_all(engine: Engine, key: bytes) -> Report:
    """Every dossier, the organisation's chain and every edition."""
    dossiers_seen, events_seen, editions_seen, faults = 0, 0, 0, []
    with reading(engine, one_moment=True) as connection:
        streaming = connection.execution_options(yield_per=500)
        for _, group in groupby(streaming.execute(_DOSSIERS).mappings(), key=lambda row: row["id"]):
            rows = list(group)
            dossiers_seen += 1
            events_seen += len(_links(rows))
            found = [*_check_dossier(rows, key), *_check_beside(connection, rows)]
            faults += [f"dossier {rows[0]['number']}: {fault}" for fault in found]
        rows = list(connection.execute(_ORGANISATION).mappings())
        events_seen += len(_links(rows))
        found = [*_check(rows, key), *check_people(connection, [link.event for link in _links(rows)], key)]
        faults += [f"organisation: {fault}" for fault in found]
        for hash, body in streaming.execute(_EDITIONS):
            editions_seen += 1
            if sha256(body.encode()).hexdigest() != hash:
                faults.append(f"edition {hash[:12]}: its text was changed")
    return Report(dossiers_seen, events_seen, editions_seen, tuple(faults))


def _check_dossier(rows: Sequence[RowMapping], key: bytes) -> list[str]:
    faults, last = _check(rows, key), rows[-1]
    if last["document"] is None:  # cut off: the chain's own fault says so
        return faults
    if digest_dossier(last["salt"], [last[name] for name in FACTS], last["document"]) != last["digest"]:
        faults.append(f"what it says is not what event {last['seq']} left")
    return faults


def _check_beside(connection: Connection, rows: Sequence[RowMapping]) -> list[str]:
    events = [link.event for link in _links(rows)]
    return list(check_rows(connection, rows[0]["id"], rows[0]["salt"], rows[0]["state"], events))


def _check(rows: Sequence[RowMapping], key: bytes) -> list[str]:
    return check_chain(_links(rows), rows[0]["version"], rows[0]["head"], key)


def _links(rows: Sequence[RowMapping]) -> list[Link]:
    return [_link(row) for row in rows if row["seq"] is not None]


def _link(row: RowMapping) -> Link:
    event = Event(*(row[name] for name in ("chain", "seq", "at", "actor", "kind", "about", "digest")))
    return Link(event, row["previous"], row["hash"])
