"""Whether the rows beside a dossier are what its events say: versions, advices, remarks, actions, decisions and more.

Each event that writes such a row holds its id and a salted digest of all of it. Also: what officers think of signals,
the bytes of a version against its hash, who is a member, and where the dossier is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Table, bindparam, select

from assistant.access import Relation, State
from assistant.store.chain import Event
from assistant.store.reviews import digest_stances, stances_of
from assistant.store.sealed_rows import digest_row
from assistant.store.tables import (
    actions,
    advices,
    conditions,
    decisions,
    endings,
    examples,
    members,
    redactions,
    remarks,
    stances,
    variants,
    versions,
    weighings,
)

SEALED: Final = (
    *(versions, advices, conditions, remarks, actions, endings, decisions, variants, weighings, examples, redactions),
)
_ROWS: Final = {
    table: select(*table.c).where(table.c.dossier_id == bindparam("dossier")) for table in (*SEALED, members)
}
_HASHES: Final = select(versions.c.id, versions.c.number, versions.c.hash).where(
    versions.c.dossier_id == bindparam("dossier")
)
_REDACTED: Final = select(redactions.c.version_id, redactions.c.old_hash, redactions.c.new_hash).where(
    redactions.c.dossier_id == bindparam("dossier")
)
_ADVISED: Final = select(advices.c.version_hash).where(advices.c.version_id == bindparam("version"))
_JUDGED: Final = select(stances.c.version_id).join(versions).where(versions.c.dossier_id == bindparam("dossier"))
_ID: Final = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DIGEST: Final = re.compile("[0-9a-f]{64}")
_STATES: Final = {
    "handed_in": State.OFFICER,
    "withdrawn": State.TEAM,
    "returned": State.TEAM,
    "decided_go_on": State.RUNNING,
    "decided_change": State.TEAM,
    "decided_stop": State.CLOSED,
    "closed": State.CLOSED,
    "reopened": State.TEAM,
}
_ADVISES: Final = ("advised", "advice_agreed", "standing_advice")


def check_rows(connection: Connection, dossier: str, salt: str, state: str, events: Sequence[Event]) -> Iterator[str]:
    """What is wrong beside the document of one dossier, a sentence each."""
    sealed, judged = _sealed_in(events)
    seen = set()
    for table in SEALED:
        for row in connection.execute(_ROWS[table], {"dossier": dossier}).mappings():
            seen.add(row["id"])
            yield from _check_row(table, row, salt, sealed)
    yield from (f"a row is gone that an event speaks of: {id[:8]}" for id in sealed if id not in seen)
    unjudged = digest_stances(salt, ())
    for version in judged.keys() | set(connection.scalars(_JUDGED, {"dossier": dossier})):
        if digest_stances(salt, stances_of(connection, version)) != judged.get(version, unjudged):
            yield "what officers said of the signals is not what was sealed"
    if state not in _states_after(events):
        yield f"it is {state}, which its events do not say"
    yield from _check_hashes(connection, dossier)
    yield from _check_members(connection, dossier, events)


def _sealed_in(events: Iterable[Event]) -> tuple[dict[str, str], dict[str, str]]:
    """The newest digest of each row, and of what is said of each version's signals."""
    sealed: dict[str, str] = {}
    judged: dict[str, str] = {}
    for event in events:
        words = event.about.split()
        into = judged if event.kind == "judged" else sealed
        for id, digest in pairwise(words):
            if _ID.fullmatch(id) and _DIGEST.fullmatch(digest):
                into[id] = digest
    return sealed, judged


def _check_row(table: Table, row: RowMapping, salt: str, sealed: Mapping[str, str]) -> Iterator[str]:
    said: Mapping[Any, Any] = row
    if table is versions:
        said = {**row, "body": ""}
        if sha256(row["body"].encode()).hexdigest() != row["hash"]:
            yield f"the bytes of version {row['number']} are not those that were frozen"
    if row["id"] not in sealed:
        yield f"a row in {table.name} that no event speaks of"
    elif digest_row(salt, table, said) != sealed[row["id"]]:
        yield f"a row in {table.name} is not what was sealed"


def _states_after(events: Iterable[Event]) -> set[str]:
    """Where a dossier can be; a standing advice that waits for a check leaves it where it is."""
    states: set[str] = {State.NEW}
    for event in events:
        if event.kind in _STATES:
            states = {_STATES[event.kind]}
        elif event.kind in _ADVISES and State.OFFICER in states:
            states = {State.ADVISED} | ({State.OFFICER} if event.kind == "standing_advice" else set())
    return states


def _check_hashes(connection: Connection, dossier: str) -> Iterator[str]:
    """A version's bytes are those that were frozen, or what its last redaction left; an advice is about one of them."""
    made = connection.execute(_REDACTED, {"dossier": dossier}).all()
    for id, number, hash in connection.execute(_HASHES, {"dossier": dossier}).all():
        old = {one.old_hash for one in made if one.version_id == id}
        new = {one.new_hash for one in made if one.version_id == id}
        if new and new - old != {hash}:
            yield f"the bytes of version {number} are not what its redactions left"
        advised = connection.scalars(_ADVISED, {"version": id}).all()
        if any(about not in {hash, *old} for about in advised):
            yield f"an advice is about bytes that version {number} never had"


def _check_members(connection: Connection, dossier: str, events: Iterable[Event]) -> Iterator[str]:
    """Who made a dossier owns it; the rest is in the events."""
    expected: dict[str, str] = {}
    for event in events:
        if event.kind == "created" and _ID.fullmatch(event.actor):
            expected[event.actor] = Relation.OWNER
        elif event.kind == "member":
            person, _, relation = event.about.partition(" ")
            expected[person] = relation
        elif event.kind == "member_left":
            expected.pop(event.about, None)
    for row in connection.execute(_ROWS[members], {"dossier": dossier}).mappings():
        if row["relation"] != expected.get(row["person_id"]):
            yield "someone is in it, or is something in it, that no event says"
