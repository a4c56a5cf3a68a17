"""One link of a chain of events, how it is sealed and how a chain is checked. Pure."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from assistant.store.documents import write_json


@dataclass(frozen=True, slots=True)
class Event:
    """`chain` is a dossier's id, or "organisation"; `about` what changed: ids with a space between, or ""."""

    chain: str
    seq: int
    at: str
    actor: str
    kind: str
    about: str
    digest: str


@dataclass(frozen=True, slots=True)
class Link:
    """An event, the hash before it and its own hash."""

    event: Event
    previous: str
    hash: str


def write_time(at: datetime) -> str:
    """A moment as text that sorts: 2026-11-25T18:45:33.000000Z."""
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def seal(event: Event, previous: str, key: bytes) -> str:
    """The hash of an event that follows on `previous`: HMAC-SHA256 in hexadecimal."""
    return hmac.digest(key, (write_json(asdict(event)) + previous).encode(), "sha256").hex()


def digest_dossier(salt: str, facts: Iterable[str], document: str) -> str:
    """The salted digest of all that a dossier now says. Without the salt, destroyed with it, it tells nothing."""
    return hmac.digest(bytes.fromhex(salt), (write_json(list(facts)) + document).encode(), "sha256").hex()


def check_chain(links: Iterable[Link], length: int, head: str, key: bytes) -> list[str]:
    """What is wrong in a chain that should have this many events and end in this hash."""
    faults, seq, last = [], 0, ""
    for link in links:
        number = link.event.seq
        if number != seq + 1:
            faults.append(f"between event {seq} and event {number} something is missing")
        elif link.previous != last:
            faults.append(f"event {number} does not follow on the event before it")
        if not hmac.compare_digest(seal(link.event, link.previous, key), link.hash):
            faults.append(f"event {number} was changed, or sealed with another key")
        seq, last = number, link.hash
    if (seq, last) != (length, head):
        faults.append(f"its last event is {seq}; it should be {length}, with the hash that is noted beside it")
    return faults
