"""Texts taken out of a frozen version: its bytes are made anew, the old ones are gone, their hash and the reason stay.

The working dossier, what was replaced in it, versions that were taken back, remarks, actions, and what people typed and
did not save can be cleaned in the same step. An example for others that holds it is cleaned and taken back in any case.
An advice and a decision are never changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Engine, RowMapping, Table, bindparam, insert, select, update

from assistant.access import Action
from assistant.dossier.redaction import Cut, Taken, list_taken, list_texts, redact
from assistant.errors import Conflict, NotFound
from assistant.store.chain import write_time
from assistant.store.changes import Change, Signed, lock_open, save_change
from assistant.store.cleaning import (
    BESIDE,
    UNSEALED,
    Typed,
    build_cleaner,
    clean_document,
    clean_history,
    clean_rows,
    forget_drafts,
    names,
)
from assistant.store.database import reading, wipe_log, writing
from assistant.store.reindex import reindex_dossier
from assistant.store.sealed_rows import write_about
from assistant.store.search_index import leave_no_trace
from assistant.store.shared import clean_example
from assistant.store.tables import advices, conditions, decisions, examples, redactions, versions
from assistant.store.versions import WITHDRAWN, about_version

_VERSION: Final = select(*versions.c).where(
    versions.c.dossier_id == bindparam("dossier"),
    versions.c.number == bindparam("number"),
    versions.c.ended_as != WITHDRAWN,
)
_TAKEN_BACK: Final = select(*versions.c).where(
    versions.c.dossier_id == bindparam("dossier"), versions.c.ended_as == WITHDRAWN
)
_UPDATE: Final = update(versions).where(versions.c.id == bindparam("version"))
_LIST: Final = (
    select(*redactions.c, versions.c.number)
    .join_from(redactions, versions, redactions.c.version_id == versions.c.id)
    .where(redactions.c.dossier_id == bindparam("dossier"))
    .order_by(redactions.c.at.desc(), redactions.c.id)
)
_BODIES: Final = select(versions.c.number, versions.c.body).where(
    versions.c.dossier_id == bindparam("dossier"), versions.c.ended_as != WITHDRAWN
)
_ADVICES: Final = select(advices.c.id, advices.c.motivation).where(advices.c.dossier_id == bindparam("dossier"))
_CONDITIONS: Final = select(*(conditions.c[name] for name in ("advice_id", "text", "owner", "done_note"))).where(
    conditions.c.dossier_id == bindparam("dossier")
)
_DECISIONS: Final = select(decisions.c.reason, decisions.c.decided_by).where(
    decisions.c.dossier_id == bindparam("dossier")
)


@dataclass(frozen=True, slots=True)
class Redaction:
    """What was taken out of a version, how many texts, as what kind, why, by whom and when."""

    version: str
    number: int
    old_hash: str
    new_hash: str
    kind: str
    reason: str = field(repr=False)
    texts: int
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where the words still stand: other versions by number; how many advices (with what they ask) and decisions.

    Nobody changes an advice or a decision.
    """

    versions: tuple[int, ...]
    advices: int
    decisions: int = 0


def redact_version(
    engine: Engine,
    dossier: str,
    number: int,
    cut: Cut,
    reason: str,
    *,
    based_on: str,
    typed: Typed | None,
    signed: Signed,
) -> bool:
    """Take texts out of a version; `typed`: clean the working dossier too, in these places.

    On SQLite nothing of the old bytes is left in the file and its log, or False: somebody was reading. Raises
    Conflict when the version is no longer the one with hash `based_on`, or nothing would change.
    """
    with writing(engine) as connection:
        row, said = lock_open(connection, dossier, Action.REDACT)
        old = connection.execute(_VERSION, {"dossier": dossier, "number": number}).mappings().one_or_none()
        if old is None:
            raise NotFound(dossier)
        taken = list_taken(old["body"].encode(), cut)
        if old["hash"] != based_on or not taken:
            raise Conflict(["version"])
        made = [_redact(connection, old, cut, taken, reason, signed)]
        beside: list[tuple[Table, list[dict[str, Any]]]] = []
        clean = build_cleaner(row["language"], taken, cut)
        if typed is not None:
            said = clean_document(said, row["version"] + 1, typed, clean)
            clean_history(connection, dossier, typed, clean)
            forget_drafts(connection, dossier, taken, cut)
            for table in UNSEALED:
                clean_rows(connection, dossier, table, clean)
            beside = [(table, clean_rows(connection, dossier, table, clean)) for table in BESIDE]
            made += _redact_taken_back(connection, dossier, cut, taken, reason, signed)
        gone = {one.typed.text for one in taken}
        beside.append((examples, clean_example(connection, dossier, gone, lambda text: clean("", text), signed)))
        about = [about_version(row["salt"], version) for version, _ in made]
        about.append(write_about(row["salt"], (redactions, [one for _, one in made]), *beside))
        save_change(connection, row, Change("redacted", " ".join(about), said), signed)
        reindex_dossier(connection, dossier)
        leave_no_trace(connection)
    return wipe_log(engine)


def _redact(
    connection: Connection, old: RowMapping, cut: Cut, taken: list[Taken], reason: str, signed: Signed
) -> tuple[dict[str, Any], dict[str, Any]]:
    """A version made anew, and the row that tells of it."""
    body = redact(old["body"].encode(), cut)
    changed = {"body": body.decode(), "hash": sha256(body).hexdigest(), **_said_with_it(old, taken)}
    made = _row(old, changed["hash"], cut.kind, reason, len(taken), signed)
    connection.execute(_UPDATE.values(**changed), {"version": old["id"]})
    connection.execute(insert(redactions), made)
    return {**old, **changed}, made


def _redact_taken_back(
    connection: Connection, dossier: str, cut: Cut, taken: list[Taken], reason: str, signed: Signed
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The same texts and words in versions that the team took back, which no officer can choose."""
    gone = {one.typed.text for one in taken if one.typed.key in cut.texts}
    for old in connection.execute(_TAKEN_BACK, {"dossier": dossier}).mappings().all():
        texts = frozenset(one.key for one in list_texts(old["body"].encode()) if one.text in gone)
        same = replace(cut, texts=texts)
        if found := list_taken(old["body"].encode(), same):
            yield _redact(connection, old, same, found, reason, signed)


def list_redactions(engine: Engine, dossier: str) -> list[Redaction]:
    """Every redaction of a dossier's versions, the newest first."""
    with reading(engine) as connection:
        return [_build(row) for row in connection.execute(_LIST, {"dossier": dossier}).mappings()]


def find_elsewhere(engine: Engine, dossier: str, number: int, cut: Cut, taken: list[Taken]) -> Elsewhere:
    """Where else the same texts or words stand that this redaction leaves as they are."""
    texts = {one.typed.text for one in taken if one.typed.key in cut.texts}
    with reading(engine) as connection:
        bodies = connection.execute(_BODIES, {"dossier": dossier}).all()
        advised = _advised(connection, dossier, cut)
        decided = connection.execute(_DECISIONS, {"dossier": dossier}).all()
    others = sorted(other for other, body in bodies if other != number and _holds_any(body.encode(), cut, texts))
    return Elsewhere(tuple(others), len(advised), sum(any(names(text, cut) for text in row) for row in decided))


def _advised(connection: Connection, dossier: str, cut: Cut) -> set[str]:
    """The advices that say it, or ask it."""
    said = [*connection.execute(_ADVICES, {"dossier": dossier}), *connection.execute(_CONDITIONS, {"dossier": dossier})]
    return {id for id, *texts in said if any(names(text, cut) for text in texts)}


def _holds_any(body: bytes, cut: Cut, texts: set[str]) -> bool:
    return any(one.text in texts or names(one.text, cut) for one in list_texts(body))


def _said_with_it(old: RowMapping, taken: list[Taken]) -> dict[str, str]:
    """What stands beside the bytes as well as in them."""
    after = {one.typed.about: one.after for one in taken if one.typed.where == "hand_in"}
    return {name: after.get(name, old[name]) for name in ("note", "decider")}


def _row(old: RowMapping, hash: str, kind: str, reason: str, texts: int, signed: Signed) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "dossier_id": old["dossier_id"],
        "version_id": old["id"],
        "old_hash": old["hash"],
        "new_hash": hash,
        "kind": kind,
        "reason": reason,
        "texts": texts,
        "person_id": signed.actor,
        "at": write_time(signed.at),
    }


def _build(row: RowMapping) -> Redaction:
    return Redaction(
        version=row["version_id"],
        number=row["number"],
        old_hash=row["old_hash"],
        new_hash=row["new_hash"],
        kind=row["kind"],
        reason=row["reason"],
        texts=row["texts"],
        person=row["person_id"],
        at=datetime.fromisoformat(row["at"]),
    )
