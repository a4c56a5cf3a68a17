"""The example that is made of a dossier: chosen by its owner, sent to an officer, approved or given back.

What was approved is what was sent, byte for byte. Any change after that takes the approval away.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Engine, bindparam, func, insert, select, update

from assistant.access import Action
from assistant.errors import Conflict, NotFound
from assistant.sharing.draft import OWN, Draft, fingerprint, read_draft
from assistant.sharing.hits import texts_in
from assistant.sharing.model import Example
from assistant.store.chain import write_time
from assistant.store.changes import Change, Saved, Signed, check_id, lock_open, save_change
from assistant.store.database import reading, writing
from assistant.store.documents import Raw
from assistant.store.library import put_own, take_own
from assistant.store.sealed_rows import write_about
from assistant.store.tables import dossiers, events, examples

DRAFT, SENT, RETURNED, APPROVED = "draft", "sent", "returned", "approved"
_ROW: Final = select(*examples.c).where(examples.c.dossier_id == bindparam("dossier"))
_WAITING: Final = (
    select(examples.c.dossier_id, examples.c.made_at, dossiers.c.number, dossiers.c.title)
    .join_from(examples, dossiers)
    .where(examples.c.state == SENT)
    .order_by(dossiers.c.number)
)
_CLOSING: Final = select(func.max(events.c.at)).where(
    events.c.dossier_id == bindparam("dossier"), events.c.kind.in_(("closed", "decided_stop"))
)
_UPDATE: Final = update(examples).where(examples.c.dossier_id == bindparam("dossier"))


@dataclass(frozen=True, slots=True)
class Shared:
    """Where the example of a dossier is. `example`: as it was sent, None before. `rev` counts its changes, from 0."""

    key: str
    state: str
    draft: Draft = field(repr=False)
    example: Example | None = field(repr=False)
    issue: int
    reason: str = field(repr=False)
    rev: int

    @property
    def next_issue(self) -> int:
        """The number of the issue that would be approved next."""
        return self.issue + 1


@dataclass(frozen=True, slots=True)
class Waiting:
    """An example that waits for an officer."""

    dossier: str
    number: str
    title: str = field(repr=False)


NONE: Final = Shared("", DRAFT, Draft(), None, 0, "", 0)


def find_shared(engine: Engine, dossier: str) -> Shared:
    """The example of a dossier; `NONE` when nobody began one."""
    with reading(engine) as connection:
        row = connection.execute(_ROW, {"dossier": check_id(dossier)}).mappings().one_or_none()
    return _build(row) if row else NONE


def list_waiting(engine: Engine) -> list[Waiting]:
    """Every example that was sent to the officers."""
    with reading(engine) as connection:
        return [Waiting(row.dossier_id, row.number, row.title) for row in connection.execute(_WAITING)]


def find_closing(engine: Engine, dossier: str) -> datetime | None:
    """When it was closed last, None when it never was."""
    with reading(engine) as connection:
        at = connection.scalar(_CLOSING, {"dossier": dossier})
    return datetime.fromisoformat(at) if at else None


def save_draft(engine: Engine, dossier: str, rev: int, draft: Draft, *, signed: Signed) -> None:
    """Keep what the owner chose; what was sent or approved no longer is. Raises Conflict after another's change."""
    with writing(engine) as connection:
        row, said, old = _lock(connection, dossier, Action.SHARE, rev)
        if old is None:
            made = _first(dossier, draft, signed)
            connection.execute(insert(examples), made)
            _save(connection, row, said, "example_begun", made, signed)
        elif draft.body != old["draft"] or old["state"] in (SENT, APPROVED):
            _reopen(connection, row, said, old, {"draft": draft.body}, signed)


def take_back(engine: Engine, dossier: str, rev: int, *, signed: Signed) -> None:
    """The owner changes their mind: it is a draft again."""
    with writing(engine) as connection:
        row, said, old = _lock(connection, dossier, Action.SHARE, rev)
        if old is None:
            raise NotFound(dossier)
        _reopen(connection, row, said, old, {}, signed)


def send(engine: Engine, dossier: str, rev: int, example: Example, *, signed: Signed) -> None:
    """To the officers, as these bytes and no others."""
    with writing(engine) as connection:
        row, said, old = _lock(connection, dossier, Action.SHARE, rev)
        if old is None or (example.key, example.issue) != (old["id"], old["issue"] + 1):
            raise NotFound(dossier)
        if old["state"] not in (DRAFT, RETURNED):
            raise Conflict(["example"])
        values = {"state": SENT, "body": example.body.decode(), "hash": example.hash, "reason": ""}
        _change(connection, row, said, "example_sent", old, values, signed)


def settle(engine: Engine, dossier: str, hash: str, *, approved: bool, reason: str = "", signed: Signed) -> None:
    """An officer approves what they read (`hash`), and it enters the library; or gives it back with a reason.

    Raises Conflict when it is not, or no longer, what waits.
    """
    with writing(engine) as connection:
        row, said, old = _lock(connection, dossier, Action.APPROVE)
        if old is None:
            raise NotFound(dossier)
        if (old["state"], old["hash"]) != (SENT, hash):
            raise Conflict(["example"])
        values = {"settled_by": signed.actor, "settled_at": write_time(signed.at), "reason": reason}
        if approved:
            values |= {"state": APPROVED, "issue": old["issue"] + 1}
            put_own(connection, Example.model_validate_json(old["body"]), signed)
        else:
            values |= {"state": RETURNED}
        _change(connection, row, said, f"example_{values['state']}", old, values, signed)


def clean_example(
    connection: Connection, dossier: str, gone: Collection[str], clean: Callable[[str], str], signed: Signed
) -> list[dict[str, Any]]:
    """Without what is taken out of a version, in a transaction of yours; the row as it now is, if it held any of it.

    It is a draft again, and in no library. `gone`: texts of which something goes; what somebody made of one goes whole,
    and its fingerprint with it, since who guesses a name could try it.
    """
    old = connection.execute(_ROW, {"dossier": dossier}).mappings().one_or_none()
    if old is None:
        return []
    draft = _cleaned(read_draft(old["draft"]), {fingerprint(text) for text in gone}, clean)
    said = texts_in(Example.model_validate_json(old["body"])) if old["body"] else ()
    reason = clean(old["reason"])
    if (draft.body, reason) == (old["draft"], old["reason"]) and all(clean(text) == text for text in said):
        return []
    if old["state"] == APPROVED:
        take_own(connection, old["id"], signed)
    state = RETURNED if old["state"] == RETURNED else DRAFT
    values = {"draft": draft.body, "reason": reason, "state": state, "body": "", "hash": "", "rev": old["rev"] + 1}
    connection.execute(_UPDATE.values(**values), {"dossier": dossier})
    return [{**old, **values}]


def _cleaned(draft: Draft, gone: Collection[str], clean: Callable[[str], str]) -> Draft:
    own = {key: clean(getattr(draft, key)) for key in OWN}
    texts = {
        key: along.model_copy(update={"text": clean(along.text)})
        for key, along in draft.texts.items()
        if along.of not in gone
    }
    return draft.model_copy(update={**own, "texts": texts})


def _lock(connection: Connection, dossier: str, action: Action, rev: int | None = None) -> tuple[Saved, Raw, Any]:
    row, said = lock_open(connection, dossier, action)
    old = connection.execute(_ROW, {"dossier": dossier}).mappings().one_or_none()
    if rev is not None and rev != (old["rev"] if old else 0):
        raise Conflict(["example"])
    return row, said, old


def _reopen(connection: Connection, row: Saved, said: Raw, old: Any, values: dict[str, Any], signed: Signed) -> None:
    """Back to a draft. What was given back keeps the reason until it is sent again."""
    kind = "example_withdrawn" if old["state"] in (SENT, APPROVED) else "example_changed"
    if old["state"] == APPROVED:
        take_own(connection, old["id"], signed)
    state = RETURNED if old["state"] == RETURNED else DRAFT
    _change(connection, row, said, kind, old, {**values, "state": state, "body": "", "hash": ""}, signed)


def _change(
    connection: Connection, row: Saved, said: Raw, kind: str, old: Any, values: dict[str, Any], signed: Signed
) -> None:
    new = {**old, **values, "rev": old["rev"] + 1}
    connection.execute(_UPDATE.values(**values, rev=new["rev"]), {"dossier": row["id"]})
    _save(connection, row, said, kind, new, signed)


def _save(connection: Connection, row: Saved, said: Raw, kind: str, example: Mapping[str, Any], signed: Signed) -> None:
    save_change(connection, row, Change(kind, write_about(row["salt"], (examples, [example])), said), signed)


def _first(dossier: str, draft: Draft, signed: Signed) -> dict[str, Any]:
    empty = dict.fromkeys(("body", "hash", "reason", "settled_by", "settled_at"), "")
    made = {"made_by": signed.actor, "made_at": write_time(signed.at), "issue": 0, "rev": 1}
    return {"id": str(uuid4()), "dossier_id": dossier, "state": DRAFT, "draft": draft.body, **empty, **made}


def _build(row: Mapping[Any, Any]) -> Shared:
    example = Example.model_validate_json(row["body"]) if row["body"] else None
    draft = read_draft(row["draft"])
    return Shared(row["id"], row["state"], draft, example, row["issue"], row["reason"], row["rev"])
