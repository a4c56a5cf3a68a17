"""Dossiers: starting, finding, naming, opening and closing one. Each save is one transaction with its event."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Engine, and_, bindparam, select, text

from assistant.access import Action, State
from assistant.answers import Answer
from assistant.errors import Conflict, NotFound
from assistant.store.chain import write_time
from assistant.store.changes import Change, Saved, Signed, check_id, lock_open, save_change, save_first
from assistant.store.database import reading, writing
from assistant.store.documents import Document, Project, Raw, build_raw, project_fields, read_document, write_json
from assistant.store.members import Reach, Reader, build_reach, check_reach, save_owner
from assistant.store.summaries import move_summary
from assistant.store.tables import ORGANISATION, dossiers, endings, members, weighings

PROJECT: Final = ""  # stands where a question id stands, for what is about the dossier itself


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier as it is saved."""

    id: str
    number: str
    language: str
    edition_hash: str
    version: int
    created_at: datetime
    updated_at: datetime
    document: Document
    reach: Reach | None = None  # what who asked may do with it
    has_endings: bool = False  # some signal was solved, accepted or contested
    has_weighing: bool = False  # it was chosen to go on with, and others were not


def _columns(*names: str) -> list[Any]:
    return [dossiers.c[name] for name in names]


_SAVED: Final = ("id", "number", "language", "edition_hash", "version", "created_at", "updated_at", "document")
_FIND: Final = select(*_columns(*_SAVED)).where(dossiers.c.id == bindparam("id"))
_OPEN: Final = (
    select(
        *_columns(*_SAVED, "state"),
        members.c.relation,
        members.c.until,
        members.c.theme,
        select(endings.c.id)
        .where(endings.c.dossier_id == dossiers.c.id, endings.c.lapsed_at == "")
        .exists()
        .label("has_endings"),
        select(weighings.c.id).where(weighings.c.dossier_id == dossiers.c.id).exists().label("has_weighing"),
    )
    .select_from(
        dossiers.outerjoin(
            members, and_(members.c.dossier_id == dossiers.c.id, members.c.person_id == bindparam("person"))
        )
    )
    .where(dossiers.c.id == bindparam("id"))
)
_NUMBER: Final = text(  # one statement, so that two who start a dossier at once get two numbers
    "INSERT INTO numbering (organisation_id, year, last) VALUES (:organisation_id, :year, 1) "
    "ON CONFLICT (organisation_id, year) DO UPDATE SET last = numbering.last + 1 RETURNING last"
)


def create_dossier(
    engine: Engine,
    *,
    title: str,
    organisation: str,
    language: str,
    edition_hash: str,
    answers: Mapping[str, Answer],
    trees: Iterable[str],
    actor: str,
    at: datetime,
    audit_key: bytes,
    owner: str = "",
) -> Dossier:
    """A new dossier with these answers as its first version; its number counts on within the year.

    `owner`: the id of a person; a dossier without one can be reached by nobody until someone adopts it.
    """
    signed = Signed(actor, at, audit_key)
    given = {question: signed.sign(answer, 1) for question, answer in answers.items()}
    document = Document(Project(title, organisation, 1), tuple(trees), given)
    with writing(engine) as connection:
        row = begin_dossier(connection, build_raw(document), language, edition_hash, owner=owner, signed=signed)
    return _build_dossier(row, document)


def begin_dossier(
    connection: Connection, said: Raw, language: str, edition_hash: str, *, owner: str, signed: Signed
) -> Saved:
    """The first version of a dossier, in a transaction of yours; its row."""
    row: Saved = {
        "id": str(uuid4()),
        "organisation_id": ORGANISATION,
        "language": language,
        "edition_hash": edition_hash,
        "salt": secrets.token_hex(16),
        "created_at": write_time(signed.at),
        "number": _next_number(connection, signed.at.year),
    }
    row = save_first(connection, row, Change("created", PROJECT, said), signed)
    if owner:
        save_owner(connection, row["id"], owner, signed)
    return row


def _next_number(connection: Connection, year: int) -> str:
    last = connection.scalar(_NUMBER, {"organisation_id": ORGANISATION, "year": year})
    return f"{year}-{last:03}"


def find_dossier(engine: Engine, id: str) -> Dossier:
    """The dossier as it was last saved; one statement."""
    with reading(engine) as connection:
        row = connection.execute(_FIND, {"id": check_id(id)}).mappings().one_or_none()
    if row is None:
        raise NotFound(id)
    return _build_dossier(dict(row), read_document(row["document"]))


def open_dossier(engine: Engine, id: str, reader: Reader, action: Action) -> Dossier:
    """The dossier, if this reader may do this with it. Raises NotFound or Refused; one statement."""
    given = {"id": check_id(id), "person": reader.person}
    with reading(engine) as connection:
        row = connection.execute(_OPEN, given).mappings().one_or_none()
    if row is None:
        raise NotFound(id)
    reach = build_reach(reader, row["state"], row["relation"], row["until"], row["theme"])
    check_reach(reach, action, id)
    kept = _build_dossier(dict(row), read_document(row["document"]))
    return replace(kept, reach=reach, has_endings=bool(row["has_endings"]), has_weighing=bool(row["has_weighing"]))


def save_project(
    engine: Engine,
    id: str,
    rev: int,
    title: str,
    organisation: str,
    *,
    actor: str,
    at: datetime,
    audit_key: bytes,
) -> int:
    """Save what the project is called and whose it is; a conflict names it "project"."""
    with writing(engine) as connection:
        row, said = lock_open(connection, id, Action.ANSWER)
        old = said["project"]
        if (title, organisation) == (old["title"], old["organisation"]):
            return int(row["version"])
        if old["rev"] != rev:
            raise Conflict(["project"])
        said["project"] = project_fields(Project(title, organisation, row["version"] + 1))
        change = Change("project", PROJECT, said, ((rev, PROJECT, write_json(old)),))
        return save_change(connection, row, change, Signed(actor, at, audit_key))


def save_trees(
    engine: Engine,
    id: str,
    *,
    opened: Iterable[str] = (),
    closed: Iterable[str] = (),
    actor: str,
    at: datetime,
    audit_key: bytes,
) -> int:
    """Open and close trees by hand. Two people who open different ones never undo each other."""
    with writing(engine) as connection:
        row, said = lock_open(connection, id, Action.ANSWER)
        old, shut = said["trees"], set(closed)
        said["trees"] = [tree for tree in dict.fromkeys((*old, *opened)) if tree not in shut]
        if said["trees"] == old:
            return int(row["version"])
        about = " ".join(sorted({*old} ^ {*said["trees"]}))
        return save_change(connection, row, Change("trees", about, said), Signed(actor, at, audit_key))


_MOVES: Final = {"close": (Action.CLOSE, "closed", State.CLOSED), "reopen": (Action.REOPEN, "reopened", State.TEAM)}


def move_dossier(engine: Engine, id: str, how: str, *, signed: Signed) -> None:
    """Close a dossier whose project stops or is over, or open it again (`how`: close, reopen)."""
    with writing(engine) as connection:
        row, said = lock_open(connection, id, _MOVES[how][0])
        save_move(connection, row, said, how, signed)


def save_move(connection: Connection, row: Saved, said: Raw, how: str, signed: Signed, about: str = PROJECT) -> None:
    """The same of a locked dossier, in a transaction of yours."""
    _action, kind, state = _MOVES[how]
    move_summary(connection, row["id"], state=state.value, waiting_since=write_time(signed.at))
    save_change(connection, row, Change(kind, about, said, columns={"state": state.value}), signed)


def _build_dossier(row: Saved, document: Document) -> Dossier:
    return Dossier(
        id=row["id"],
        number=row["number"],
        language=row["language"],
        edition_hash=row["edition_hash"],
        version=row["version"],
        created_at=datetime.fromisoformat(row["created_at"]),
        updated_at=datetime.fromisoformat(row["updated_at"]),
        document=document,
    )
