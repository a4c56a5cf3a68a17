"""Dossiers: starting, finding, saving and destroying one. Each save is one transaction with its event."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Engine, and_, bindparam, delete, or_, select, text, tuple_

from assistant.access import Action, State
from assistant.answers import Answer, without_meta
from assistant.errors import Conflict, NotFound
from assistant.store.chain import write_time
from assistant.store.changes import (
    Change,
    Saved,
    Signed,
    check_id,
    lock_dossier,
    lock_open,
    save_change,
    save_first,
)
from assistant.store.database import driver_connection, reading, writing
from assistant.store.documents import (
    Document,
    Project,
    Raw,
    answer_fields,
    build_raw,
    find_answer,
    find_phase,
    project_fields,
    read_document,
    write_json,
)
from assistant.store.endings import lapse
from assistant.store.members import Reach, Reader, build_reach, check_reach, save_owner
from assistant.store.organisation import save_organisation_event
from assistant.store.sealed_rows import write_about
from assistant.store.summaries import move_summary
from assistant.store.tables import METADATA, ORGANISATION, dossiers, endings, members

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


@dataclass(frozen=True, slots=True)
class DossierLine:
    """A dossier in a list."""

    id: str
    number: str
    title: str = field(repr=False)
    phase: str
    updated_at: datetime
    state: str = "new"
    relation: str = ""


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
    )
    .select_from(
        dossiers.outerjoin(
            members, and_(members.c.dossier_id == dossiers.c.id, members.c.person_id == bindparam("person"))
        )
    )
    .where(dossiers.c.id == bindparam("id"))
)
_MINE: Final = (
    select(*_columns("id", "number", "title", "phase", "updated_at", "state"), members.c.relation)
    .join_from(members, dossiers)
    .where(
        members.c.person_id == bindparam("person"), or_(members.c.until == "", members.c.until >= bindparam("today"))
    )
    .order_by(dossiers.c.updated_at.desc(), dossiers.c.id.desc())
    .limit(bindparam("limit"))
)
_LIST: Final = (
    select(*_columns("id", "number", "title", "phase", "updated_at"))
    .where(dossiers.c.organisation_id == ORGANISATION)
    .order_by(dossiers.c.updated_at.desc(), dossiers.c.id.desc())
    .limit(bindparam("limit"))
)
_PLACE: Final = tuple_(dossiers.c.updated_at, dossiers.c.id)
_LIST_ON: Final = _LIST.where(
    _PLACE < select(dossiers.c.updated_at, dossiers.c.id).where(dossiers.c.id == bindparam("before")).scalar_subquery()
)
_MINE_ON: Final = _MINE.where(
    _PLACE < select(dossiers.c.updated_at, dossiers.c.id).where(dossiers.c.id == bindparam("before")).scalar_subquery()
)
_NUMBER: Final = text(  # one statement, so that two who start a dossier at once get two numbers
    "INSERT INTO numbering (organisation_id, year, last) VALUES (:organisation_id, :year, 1) "
    "ON CONFLICT (organisation_id, year) DO UPDATE SET last = numbering.last + 1 RETURNING last"
)
_DELETE: Final = (  # every table that speaks of dossiers, the ones that lean on others first
    *(
        delete(table).where(table.c.dossier_id == bindparam("dossier"))
        for table in reversed(METADATA.sorted_tables)
        if "dossier_id" in table.c
    ),
    delete(dossiers).where(dossiers.c.id == bindparam("dossier")),
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
    change = Change("created", PROJECT, build_raw(document))
    row = {
        "id": str(uuid4()),
        "organisation_id": ORGANISATION,
        "language": language,
        "edition_hash": edition_hash,
        "salt": secrets.token_hex(16),
        "created_at": write_time(at),
    }
    with writing(engine) as connection:
        row["number"] = _next_number(connection, at.year)
        row = save_first(connection, row, change, signed)
        if owner:
            save_owner(connection, str(row["id"]), owner, signed)
    return _build_dossier(row, document)


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
    return replace(kept, reach=reach, has_endings=bool(row["has_endings"]))


def list_mine(engine: Engine, reader: Reader, limit: int = 50, before: str | None = None) -> list[DossierLine]:
    """The dossiers that someone is in, those saved last first; the next page begins `before` the last line's id."""
    given = {"person": reader.person, "today": reader.today, "limit": limit}
    with reading(engine) as connection:
        if before is None:
            rows = connection.execute(_MINE, given)
        else:
            rows = connection.execute(_MINE_ON, {**given, "before": check_id(before)})
        return [_build_line(*row) for row in rows]


def list_dossiers(engine: Engine, limit: int = 50, before: str | None = None) -> list[DossierLine]:
    """The dossiers saved last, newest first; the page after it begins `before` the id of its last line."""
    with reading(engine) as connection:
        if before is None:
            rows = connection.execute(_LIST, {"limit": limit})
        else:
            rows = connection.execute(_LIST_ON, {"limit": limit, "before": check_id(before)})
        return [_build_line(*row) for row in rows]


def _build_line(id: str, number: str, title: str, phase: str, updated_at: str, *where: str) -> DossierLine:
    return DossierLine(id, number, title, phase, datetime.fromisoformat(updated_at), *where)


def save_answers(
    engine: Engine,
    id: str,
    changes: Mapping[str, tuple[int, Answer]],
    *,
    actor: str,
    at: datetime,
    audit_key: bytes,
    settled: Iterable[str] = (),
) -> int:
    """Save answers, each with the `rev` that its form showed; the version that the dossier then has.

    Other views stay as they are. What says the same as what is saved is left alone, whatever its `rev`:
    a form sent twice is no conflict. If all of it does, no version is made. `settled`: signals that the answers no
    longer raise, so that how they ended holds no longer either.
    """
    signed = Signed(actor, at, audit_key)
    with writing(engine) as connection:
        row, said = lock_open(connection, id, Action.ANSWER)
        changed = _find_changed(said, changes)
        if not changed:
            return int(row["version"])
        also = write_about(row["salt"], (endings, lapse(connection, id, settled, at)))
        return write_answers(connection, row, said, changed, signed, also=also)


def write_answers(
    connection: Connection,
    row: Saved,
    said: Raw,
    changed: Mapping[str, Answer],
    signed: Signed,
    kind: str = "answered",
    also: str = "",
) -> int:
    """Put answers in place of what a locked dossier says; the version that it then has.

    `also`: what the event says beside the questions' ids.
    """
    replaced, phase = _keep(said, changed), find_phase(said)
    for question, answer in changed.items():
        said["answers"][question] = answer_fields(signed.sign(answer, row["version"] + 1))
    if phase and phase != find_phase(said):
        _keep_phase(said, phase, set(said["answers"]) - set(changed))
    return save_change(connection, row, Change(kind, " ".join([*changed, *also.split()]), said, replaced), signed)


def _find_changed(said: Raw, changes: Mapping[str, tuple[int, Answer]]) -> dict[str, Answer]:
    """Those that say something else than what is saved; refused if a form did not show what is saved."""
    saved = {question: find_answer(said, question) for question in changes}
    changed = {
        question: answer for question, (_, answer) in changes.items() if _content(answer) != _content(saved[question])
    }
    stale = [question for question in changed if changes[question][0] != saved[question].rev]
    if stale:
        raise Conflict(stale)
    return changed


def _content(answer: Answer) -> Answer:
    return replace(without_meta(answer), other_views=(), confirmed_in=answer.confirmed_in)


def _keep_phase(said: Raw, phase: str, questions: Iterable[str]) -> None:
    """The phase moves on: as `answers_after`, without building every answer."""
    for question in questions:
        said["answers"][question].setdefault("confirmed_in", phase)


def _keep(said: Raw, questions: Iterable[str]) -> tuple[tuple[int, str, str], ...]:
    old = {question: said["answers"][question] for question in questions if question in said["answers"]}
    return tuple((answer["rev"], question, write_json(answer)) for question, answer in old.items())


def add_other_view(engine: Engine, id: str, question: str, text: str, *, at: datetime, audit_key: bytes) -> int:
    """Keep how someone else sees a question, beside its answer. Who that is, is asked and kept nowhere."""
    with writing(engine) as connection:
        row, said = lock_open(connection, id, Action.OTHER_VIEW)
        said["other_views"].setdefault(question, []).append(text)
        return save_change(connection, row, Change("other_view", question, said), Signed("", at, audit_key))


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
    action, kind, state = _MOVES[how]
    with writing(engine) as connection:
        row, said = lock_open(connection, id, action)
        move_summary(connection, id, state=state.value, waiting_since=write_time(signed.at))
        save_change(connection, row, Change(kind, PROJECT, said, columns={"state": state.value}), signed)


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
