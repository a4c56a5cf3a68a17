"""What someone typed and has not saved: private to them, kept until they save it or throw it away."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Engine, and_, bindparam, delete, or_, select, text

from assistant.store.chain import write_time
from assistant.store.database import reading, writing
from assistant.store.members import Reader
from assistant.store.tables import dossiers, drafts, members

LONGEST: Final = timedelta(days=30)
_THIS: Final = (
    drafts.c.person_id == bindparam("person"),
    drafts.c.dossier_id == bindparam("dossier"),
    drafts.c.question == bindparam("asked"),
)
_FIND: Final = select(drafts.c.rev, drafts.c.body, drafts.c.at).where(*_THIS)
_KEEP: Final = text(  # one statement, so that two tabs of one person never meet
    "INSERT INTO draft (person_id, dossier_id, question, rev, body, at) "
    "VALUES (:person, :dossier, :asked, 1, :body, :at) ON CONFLICT (person_id, dossier_id, question) "
    "DO UPDATE SET rev = draft.rev + 1, body = excluded.body, at = excluded.at RETURNING rev"
)
_FORGET: Final = delete(drafts).where(*_THIS)
_FORGET_OLD: Final = delete(drafts).where(drafts.c.at < bindparam("oldest"))
_MINE: Final = (
    select(drafts.c.dossier_id, drafts.c.question, dossiers.c.title, drafts.c.at)
    .join_from(drafts, dossiers)
    .join(members, and_(members.c.dossier_id == drafts.c.dossier_id, members.c.person_id == drafts.c.person_id))
    .where(drafts.c.person_id == bindparam("person"), or_(members.c.until == "", members.c.until >= bindparam("today")))
    .order_by(drafts.c.at.desc())
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of a form as they were sent: name -> values. `rev`: how often it was kept."""

    rev: int
    fields: Mapping[str, list[str]] = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in a list."""

    dossier: str
    question: str
    title: str = field(repr=False)
    at: datetime


def keep_draft(
    engine: Engine, person: str, dossier: str, question: str, fields: Mapping[str, list[str]], at: datetime
) -> int:
    """Keep what was typed in place of what was kept before; its rev. It is no save: no event, no version."""
    body = json.dumps(fields, ensure_ascii=False)
    row = {"person": person, "dossier": dossier, "asked": question, "body": body, "at": write_time(at)}
    with writing(engine) as connection:
        connection.execute(_FORGET_OLD, {"oldest": write_time(at - LONGEST)})
        return int(connection.execute(_KEEP, row).scalar_one())


def find_draft(engine: Engine, person: str, dossier: str, question: str) -> Draft | None:
    """What this person typed here and did not save."""
    with reading(engine) as connection:
        row = connection.execute(_FIND, {"person": person, "dossier": dossier, "asked": question}).one_or_none()
    return Draft(row.rev, json.loads(row.body), datetime.fromisoformat(row.at)) if row else None


def forget_draft(engine: Engine, person: str, dossier: str, question: str) -> None:
    """It was saved, or thrown away."""
    with writing(engine) as connection:
        connection.execute(_FORGET, {"person": person, "dossier": dossier, "asked": question})


def list_my_drafts(engine: Engine, reader: Reader) -> list[DraftLine]:
    """Where someone typed without saving, in the dossiers that they are in; the last one first."""
    with reading(engine) as connection:
        rows = connection.execute(_MINE, {"person": reader.person, "today": reader.today})
        return [
            DraftLine(dossier, question, title, datetime.fromisoformat(at)) for dossier, question, title, at in rows
        ]
