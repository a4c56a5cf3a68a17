"""Who is signed in at which browser. The cookie holds a token; here is only its SHA-256."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Engine, bindparam, delete, insert, or_, select, update

from assistant.access import Role
from assistant.store.chain import write_time
from assistant.store.database import reading, writing
from assistant.store.people import COLUMNS, Person, build_person
from assistant.store.tables import people, sessions

IDLE: Final = timedelta(minutes=60)
LONGEST: Final = timedelta(hours=12)
LONGEST_ADMIN: Final = timedelta(minutes=30)  # idle
_SEEN_AGAIN: Final = timedelta(minutes=5)  # a page in between writes nothing

_FIND: Final = (
    select(*COLUMNS, sessions.c.began_at, sessions.c.seen_at, sessions.c.how)
    .join_from(sessions, people)
    .where(sessions.c.id == bindparam("session"), people.c.ended_at == "")
)
_INSERT: Final = insert(sessions)
_SEEN: Final = update(sessions).where(sessions.c.id == bindparam("session"))
_FORGET: Final = delete(sessions).where(sessions.c.id == bindparam("session"))
_FORGET_ALL: Final = delete(sessions).where(
    sessions.c.person_id == bindparam("person"), sessions.c.id != bindparam("but")
)
_FORGET_OLD: Final = delete(sessions).where(
    or_(sessions.c.seen_at < bindparam("idle"), sessions.c.began_at < bindparam("longest"))
)
_OF: Final = (
    select(sessions.c.id, sessions.c.how, sessions.c.began_at, sessions.c.seen_at)
    .where(sessions.c.person_id == bindparam("person"))
    .order_by(sessions.c.began_at.desc())
)


@dataclass(frozen=True, slots=True)
class Session:
    """A browser where someone is signed in."""

    id: str
    how: str
    began_at: datetime
    seen_at: datetime


def save_session(connection: Connection, id: str, person: str, how: str, at: datetime) -> None:
    """Someone signed in, `how`: passphrase, sign_on or demo. Sessions that are over are swept away along."""
    moment = write_time(at)
    connection.execute(_FORGET_OLD, {"idle": write_time(at - IDLE), "longest": write_time(at - LONGEST)})
    connection.execute(_INSERT, {"id": id, "person_id": person, "how": how, "began_at": moment, "seen_at": moment})


def find_signed_in(engine: Engine, id: str, at: datetime) -> Person | None:
    """Who is signed in under this session, if it is not over; one statement, and now and then a write."""
    with reading(engine) as connection:
        row = connection.execute(_FIND, {"session": id}).one_or_none()
    if row is None:
        return None
    *columns, began_at, seen_at, _how = row
    person, began, seen = build_person(*columns), datetime.fromisoformat(began_at), datetime.fromisoformat(seen_at)
    idle = LONGEST_ADMIN if Role.ADMIN in person.roles else IDLE
    if at - seen > idle or at - began > LONGEST:
        forget_session(engine, id)
        return None
    if at - seen > _SEEN_AGAIN:
        with writing(engine) as connection:
            connection.execute(_SEEN, {"session": id, "seen_at": write_time(at)})
    return person


def list_sessions(engine: Engine, person: str) -> list[Session]:
    """Where someone is signed in, the newest first."""
    with reading(engine) as connection:
        rows = connection.execute(_OF, {"person": person})
        return [Session(id, how, _moment(began), _moment(seen)) for id, how, began, seen in rows]


def forget_session(engine: Engine, id: str) -> None:
    """Signed out."""
    with writing(engine) as connection:
        connection.execute(_FORGET, {"session": id})


def forget_sessions(connection: Connection, person: str, but: str = "") -> None:
    """End every session of someone, `but` this one."""
    connection.execute(_FORGET_ALL, {"person": person, "but": but})


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
