"""Texts taken out of a frozen version: its bytes are made anew, the old ones are gone, their hash and the reason stay.

The working dossier, what was replaced in it, remarks, actions, and what people typed and did not save can be cleaned in
the same step. An advice is never changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Engine, RowMapping, Table, bindparam, insert, select, update

from assistant.access import Action
from assistant.dossier.redaction import Cut, Taken, list_taken, list_texts, redact
from assistant.errors import Conflict, NotFound
from assistant.store.chain import write_time
from assistant.store.changes import Change, Signed, lock_open, save_change
from assistant.store.cleaning import (
    BESIDE,
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
from assistant.store.tables import advices, redactions, versions
from assistant.store.versions import WITHDRAWN, about_version

_VERSION: Final = select(*versions.c).where(
    versions.c.dossier_id == bindparam("dossier"),
    versions.c.number == bindparam("number"),
    versions.c.ended_as != WITHDRAWN,
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
_ADVICES: Final = select(advices.c.motivation).where(advices.c.dossier_id == bindparam("dossier"))


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
    """Where the words still stand: other versions by number, and how many advices, which nobody changes."""

    versions: tuple[int, ...]
    advices: int


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
        body = redact(old["body"].encode(), cut)
        changed = {"body": body.decode(), "hash": sha256(body).hexdigest(), **_said_with_it(old, taken)}
        new = {**old, **changed}
        made = _row(old, new["hash"], cut.kind, reason, len(taken), signed)
        connection.execute(_UPDATE.values(**changed), {"version": old["id"]})
        connection.execute(insert(redactions), made)
        beside: list[tuple[Table, list[dict[str, Any]]]] = []
        if typed is not None:
            clean = build_cleaner(row["language"], taken, cut)
            said = clean_document(said, row["version"] + 1, typed, clean)
            clean_history(connection, dossier, typed, clean)
            forget_drafts(connection, dossier, taken, cut)
            beside = [(table, clean_rows(connection, dossier, table, clean)) for table in BESIDE]
        about = [about_version(row["salt"], new), write_about(row["salt"], (redactions, [made]), *beside)]
        save_change(connection, row, Change("redacted", " ".join(about), said), signed)
        reindex_dossier(connection, dossier)
        leave_no_trace(connection)
    return wipe_log(engine)


def list_redactions(engine: Engine, dossier: str) -> list[Redaction]:
    """Every redaction of a dossier's versions, the newest first."""
    with reading(engine) as connection:
        return [_build(row) for row in connection.execute(_LIST, {"dossier": dossier}).mappings()]


def find_elsewhere(engine: Engine, dossier: str, number: int, cut: Cut, taken: list[Taken]) -> Elsewhere:
    """Where else the same texts or words stand that this redaction leaves as they are."""
    texts = {one.typed.text for one in taken if one.typed.key in cut.texts}
    with reading(engine) as connection:
        bodies = connection.execute(_BODIES, {"dossier": dossier}).all()
        advised = list(connection.scalars(_ADVICES, {"dossier": dossier}))
    others = sorted(other for other, body in bodies if other != number and _holds_any(body.encode(), cut, texts))
    return Elsewhere(tuple(others), sum(names(text, cut) for text in advised))


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
