"""Wrong tries at a door, counted in the database so that every process counts along.

A try is counted before it is looked at, and taken back when it was right: a hundred at once are a hundred tries.
Nobody is ever locked out. Who signed in from a network before has a count of their own there, so that what others
try, from elsewhere or from the same town hall, never keeps them waiting. Names and networks are kept as digests.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from math import ceil
from typing import Final

from sqlalchemy import Connection, Engine, and_, bindparam, delete, or_, select, text, update

from assistant.errors import TooManyTries
from assistant.store.chain import write_time
from assistant.store.database import writing
from assistant.store.tables import throttles

PERSON, PAIR, NETWORK, CODE = "person", "pair", "network", "code"
JOIN, JOIN_ALL = "join", "join_all"  # codes of workshops: from one network, and from everywhere
SYSTEM: Final = "system"  # of another system, from one network
_KNOWN: Final = "known"  # a pair that signed in; its `since` is when it last did
KNOWN_FOR: Final = timedelta(days=60)
_LONGEST: Final = timedelta(hours=1)
_PREFIX: Final = {4: 24, 6: 48}


@dataclass(frozen=True, slots=True)
class Limit:
    """`waits`: seconds after each wrong try, the last for all that follow; forgotten after `quiet` seconds of none."""

    waits: tuple[int, ...]
    quiet: int

    def wait(self, tries: int, since: float) -> float:
        """Seconds until the next try counts, `since` seconds after the last of so many."""
        return self.waits[min(tries, len(self.waits)) - 1] - since if tries else 0


_FIVE: Final = Limit((0, 0, 30, 120, 900), 3_600)  # at most five in any quarter of an hour
LIMITS: Final[Mapping[str, Limit]] = {
    PERSON: _FIVE,
    PAIR: _FIVE,
    NETWORK: Limit((*(0,) * 19, 900), 900),  # at most twenty
    CODE: Limit((0, 0, 30, 60, 300), 3_600),  # of a telephone's code: at most five in five minutes
    JOIN: Limit((*(0,) * 9, 600), 600),  # at most ten in ten minutes
    JOIN_ALL: Limit((*(0,) * 59, 60), 60),  # at most sixty a minute
    SYSTEM: Limit((*(0,) * 19, 900), 900),  # at most twenty
}

_THIS: Final = and_(throttles.c.kind == bindparam("of"), throttles.c.subject == bindparam("who"))
_BEGIN: Final = text(  # the same words in both databases; two tries may be the first at once
    "INSERT INTO throttle (kind, subject, tries, since) VALUES (:kind, :subject, 0, :since) ON CONFLICT DO NOTHING"
)
_LOCK: Final = select(throttles.c.tries, throttles.c.since).where(_THIS).with_for_update()
_IS_KNOWN: Final = select(throttles.c.since).where(_THIS)
_COUNT: Final = update(throttles).where(_THIS)
_TAKE_BACK: Final = (
    update(throttles).where(_THIS, throttles.c.tries > 0).values(tries=throttles.c.tries - 1)
)  # fmt: skip
_FORGET: Final = delete(throttles).where(_THIS)
_FORGET_OLD: Final = delete(throttles).where(
    or_(
        and_(throttles.c.kind != _KNOWN, throttles.c.since < bindparam("long_ago")),
        throttles.c.since < bindparam("too_long_ago"),
    )
)


@dataclass(frozen=True, slots=True)
class Try:
    """A try that was counted, to be taken back when it was right: kind and digest each."""

    counted: tuple[tuple[str, str], ...]
    pair: str = ""


def network_of(address: str) -> str:
    """The /24 (of IPv6 the /48) that an address belongs to; an address that is none is a network by itself."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, _PREFIX[found.version]), strict=False))


def begin_sign_in(engine: Engine, key: bytes, email: str, address: str, at: datetime) -> Try:
    """Count a try to sign in. Raises TooManyTries, and then counts nothing."""
    network = network_of(address)
    person, pair = _digest(key, PERSON, email), _digest(key, PAIR, f"{email} {network}")
    with writing(engine) as connection:
        _forget_old(connection, at)
        if connection.scalar(_IS_KNOWN, {"of": _KNOWN, "who": pair}):
            return Try(_count(connection, [(PAIR, pair)], at), pair)
        return Try(_count(connection, [(PERSON, person), (NETWORK, _digest(key, NETWORK, network))], at), pair)


def begin_code(engine: Engine, key: bytes, person: str, at: datetime) -> Try:
    """Count a try of the second step, or of one's own passphrase. Raises TooManyTries."""
    with writing(engine) as connection:
        return Try(_count(connection, [(CODE, _digest(key, CODE, person))], at))


def begin_join(engine: Engine, key: bytes, address: str, at: datetime) -> Try:
    """Count a try of a workshop's code. Raises TooManyTries; links and QR codes are long enough to need no counting."""
    network = network_of(address)
    with writing(engine) as connection:
        _forget_old(connection, at)
        doors = [(JOIN, _digest(key, JOIN, network)), (JOIN_ALL, _digest(key, JOIN_ALL, ""))]
        return Try(_count(connection, doors, at))


def count_token(engine: Engine, key: bytes, address: str, at: datetime) -> None:
    """Count a wrong token of a system. Raises TooManyTries. A right one is 256 bits, and never has to wait."""
    network = network_of(address)
    with writing(engine) as connection:
        _forget_old(connection, at)
        _count(connection, [(SYSTEM, _digest(key, SYSTEM, network))], at)


def _forget_old(connection: Connection, at: datetime) -> None:
    long_ago, too_long_ago = write_time(at - _LONGEST), write_time(at - KNOWN_FOR)
    connection.execute(_FORGET_OLD, {"long_ago": long_ago, "too_long_ago": too_long_ago})


def take_back(engine: Engine, tried: Try, at: datetime) -> None:
    """It was right: wrong tries of the person before it are forgotten; those of a network or of everyone stay."""
    with writing(engine) as connection:
        for kind, subject in tried.counted:
            statement = _FORGET if kind in (PERSON, PAIR, CODE) else _TAKE_BACK
            connection.execute(statement, {"of": kind, "who": subject})
        if tried.pair:
            remember(connection, tried.pair, at)


def remember(connection: Connection, pair: str, at: datetime) -> None:
    """Somebody signed in from here, so others' tries no longer hinder them here."""
    moment = write_time(at)
    connection.execute(_BEGIN, {"kind": _KNOWN, "subject": pair, "since": moment})
    connection.execute(_COUNT.values(since=moment), {"of": _KNOWN, "who": pair})


def _count(connection: Connection, doors: Iterable[tuple[str, str]], at: datetime) -> tuple[tuple[str, str], ...]:
    """One more for each, unless one of them has to wait: then the transaction, and all counting, is undone."""
    counted = tuple(doors)
    for kind, subject in counted:
        connection.execute(_BEGIN, {"kind": kind, "subject": subject, "since": write_time(at)})
        tries, since = connection.execute(_LOCK, {"of": kind, "who": subject}).one()
        ago = (at - datetime.fromisoformat(since)).total_seconds()
        tries = 0 if ago > LIMITS[kind].quiet else tries
        wait = LIMITS[kind].wait(tries, ago)
        if wait > 0:
            raise TooManyTries(ceil(wait))
        connection.execute(_COUNT.values(tries=tries + 1, since=write_time(at)), {"of": kind, "who": subject})
    return counted


def _digest(key: bytes, kind: str, subject: str) -> str:
    return hmac.digest(key, f"throttle\0{kind}\0{subject}".encode(errors="surrogatepass"), "sha256").hex()
