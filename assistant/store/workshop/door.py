"""The door of a workshop: a code and a link while it is open, seats for phones. No name, no address, no moment."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, select

from assistant.accounts.sealed import SealKeys
from assistant.accounts.tokens import fingerprint, new_token
from assistant.errors import NotFound
from assistant.store.chain import write_time
from assistant.store.database import reading, writing
from assistant.store.tables import workshop_seats, workshops
from assistant.store.workshop.kept import OPEN, Workshop, build_workshop, lock_workshop, save_workshop
from assistant.store.workshop.rounds import forget_ballots_of

LETTERS: Final = "23456789BCDFGHJKLMNPQRSTVWXZ"  # 28: no vowels, so no words; nothing that looks like another
LENGTH: Final = 8
LONGEST: Final = timedelta(hours=8)
_BY_CODE: Final = select(*workshops.c).where(
    workshops.c.code == bindparam("code"), workshops.c.code_until > bindparam("now"), workshops.c.state == OPEN
)
_BY_KEY: Final = select(*workshops.c).where(
    workshops.c.join_key == bindparam("key"), workshops.c.code_until > bindparam("now"), workshops.c.state == OPEN
)
_BY_SCREEN: Final = select(*workshops.c).where(workshops.c.screen_key == bindparam("key"))
_SEAT: Final = (
    select(
        *workshops.c,
        workshop_seats.c.number.label("seat"),
        workshop_seats.c.place,
        workshop_seats.c.discipline,
        workshop_seats.c.card,
    )
    .join_from(workshop_seats, workshops)
    .where(workshop_seats.c.id == bindparam("seat_id"))
)
_VERSION: Final = (
    select(workshops.c.version).join_from(workshop_seats, workshops).where(workshop_seats.c.id == bindparam("seat_id"))
)
_SEATS: Final = (
    select(workshop_seats.c.number, workshop_seats.c.place)
    .where(workshop_seats.c.workshop_id == bindparam("workshop"))
    .order_by(workshop_seats.c.number)
)
_LAST: Final = select(func.coalesce(func.max(workshop_seats.c.number), 0)).where(
    workshop_seats.c.workshop_id == bindparam("workshop")
)
_THIS_SEAT: Final = select(workshop_seats.c.id).where(
    workshop_seats.c.workshop_id == bindparam("workshop"), workshop_seats.c.number == bindparam("seat")
)


@dataclass(frozen=True, slots=True)
class Seat:
    """A phone that is in: the workshop as it is now, and where it sits. `id`: the digest of what the phone holds."""

    id: str
    number: int
    place: int
    discipline: str
    card: str
    workshop: Workshop


def new_code() -> str:
    """Eight of 28 letters and digits: 38.5 bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """A code as people type it: small letters, dashes and spaces do not matter. Empty when it cannot be one."""
    plain = "".join(typed.split()).replace("-", "").upper()
    return plain if len(plain) == LENGTH and set(plain) <= set(LETTERS) else ""


def written_code(code: str) -> str:
    """As it is shown: XXXX-XXXX."""
    return f"{code[:4]}-{code[4:]}" if code else ""


def open_door(engine: Engine, id: str, at: datetime) -> None:
    """A new code and a new link, for eight hours at most; the ones before no longer work. Who is in stays in."""
    with writing(engine) as connection:
        row = lock_workshop(connection, id)
        save_workshop(
            connection,
            row,
            code=new_code(),
            code_until=write_time(at + LONGEST),
            join_key=secrets.token_urlsafe(16),
        )


def close_door(engine: Engine, id: str) -> None:
    """Nobody else comes in."""
    with writing(engine) as connection:
        save_workshop(connection, lock_workshop(connection, id), code="", code_until="", join_key="")


def find_by_code(engine: Engine, code: str, at: datetime) -> Workshop:
    """The workshop whose door this code opens. Raises NotFound."""
    return _find(engine, _BY_CODE, {"code": code, "now": write_time(at)}) if code else _nothing()


def find_by_key(engine: Engine, key: str, at: datetime) -> Workshop:
    """The same, of a link or a QR code."""
    return _find(engine, _BY_KEY, {"key": key, "now": write_time(at)}) if key else _nothing()


def find_by_screen(engine: Engine, key: str) -> Workshop:
    """The workshop of a projector's link. Raises NotFound."""
    return _find(engine, _BY_SCREEN, {"key": key})


def _find(engine: Engine, statement: Any, given: dict[str, str]) -> Workshop:
    with reading(engine) as connection:
        row = connection.execute(statement, given).mappings().one_or_none()
    return build_workshop(row) if row else _nothing()


def _nothing() -> Workshop:
    raise NotFound("workshop")


def take_seat(engine: Engine, id: str, place: int, *, discipline: str = "", card: str = "") -> str:
    """Somebody sits down; the token that their phone keeps. The database knows its digest alone."""
    token = new_token()
    with writing(engine) as connection:
        row = lock_workshop(connection, id)
        number = int(connection.scalar(_LAST, {"workshop": row["id"]}) or 0) + 1
        connection.execute(
            insert(workshop_seats),
            {
                "id": fingerprint(token),
                "workshop_id": row["id"],
                "number": number,
                "place": min(max(place, 1), row["tables"]),
                "discipline": discipline,
                "card": card,
            },
        )
    return token


def find_seat(engine: Engine, token: str) -> Seat:
    """Where a phone sits, and the workshop as it is now; one statement. Raises NotFound."""
    id = fingerprint(token)
    with reading(engine) as connection:
        row = connection.execute(_SEAT, {"seat_id": id}).mappings().one_or_none()
    if row is None:
        raise NotFound("seat")
    return Seat(id, row["seat"], row["place"], row["discipline"], row["card"], build_workshop(row))


def find_version(engine: Engine, token: str) -> int | None:
    """The version of the workshop that a phone is in; None: it is in none. What every phone asks every two seconds."""
    with reading(engine) as connection:
        found = connection.scalar(_VERSION, {"seat_id": fingerprint(token)})
    return None if found is None else int(found)


def list_seats(engine: Engine, id: str) -> list[tuple[int, int]]:
    """The phones that are in: number and table."""
    with reading(engine) as connection:
        return [(number, place) for number, place in connection.execute(_SEATS, {"workshop": id})]


def list_cards(engine: Engine, id: str) -> list[str]:
    """The role cards that were drawn."""
    with reading(engine) as connection:
        drawn = select(workshop_seats.c.card).where(workshop_seats.c.workshop_id == id, workshop_seats.c.card != "")
        return list(connection.scalars(drawn))


def forget_seat(engine: Engine, id: str, number: int, keys: SealKeys) -> None:
    """A phone goes out, with what it answered in a round that is still open."""
    with writing(engine) as connection:
        row = lock_workshop(connection, id)
        seat = connection.scalar(_THIS_SEAT, {"workshop": row["id"], "seat": number})
        if seat is None:
            raise NotFound("seat")
        forget_ballots_of(connection, row["id"], seat, keys)
        connection.execute(delete(workshop_seats).where(workshop_seats.c.id == seat))


def leave(engine: Engine, token: str, keys: SealKeys) -> None:
    """Somebody goes out by themselves; nothing happens if they were not in."""
    seat = fingerprint(token)
    with writing(engine) as connection:
        found = connection.scalar(select(workshop_seats.c.workshop_id).where(workshop_seats.c.id == seat))
        if found:
            forget_ballots_of(connection, found, seat, keys)
            connection.execute(delete(workshop_seats).where(workshop_seats.c.id == seat))


def forget_seats(connection: Connection, id: str) -> None:
    """Everybody goes out."""
    connection.execute(delete(workshop_seats).where(workshop_seats.c.workshop_id == id))
