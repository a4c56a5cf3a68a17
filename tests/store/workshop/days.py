"""A workshop to work on, and short ways to say what its tests say often."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine

from assistant.accounts.sealed import SealKeys
from assistant.accounts.tokens import fingerprint
from assistant.store.database import writing
from assistant.store.editions import save_edition
from assistant.store.workshop.door import open_door, take_seat
from assistant.store.workshop.kept import Preparation, create_workshop
from assistant.store.workshop.rounds import cast
from assistant.store.workshop.running import go_to, start
from assistant.workshop.ballots import Ballot
from assistant.workshop.plan import Chosen

from ...workshop import samples

AT = datetime(2026, 11, 25, 13, 0, tzinfo=UTC)
KEYS: SealKeys = (bytes(range(32)),)
OWNER = "11111111-0000-4000-8000-000000000001"
STANCE = samples.place("stance:ring")
REASONS = samples.place("reasons:ring")
AGAIN = samples.place("stance_again:ring")
WALL, VALUES = samples.place("wall"), samples.place("silent")


def prepare(edition_hash: str, **changed: Any) -> Preparation:
    chosen = changed.pop("chosen", Chosen())
    story = changed.pop("story", samples.story())
    given: dict[str, Any] = {
        "title": "Middag", "language": "nl", "edition_hash": edition_hash, "sheet": "day", "case": "school",
        "story": story, "chosen": chosen, "plan": samples.plan(chosen, story), "smallest": 5, "tables": 2,
    }  # fmt: skip
    return Preparation(**given | changed)


def make(engine: Engine, **changed: Any) -> str:
    """A workshop that is prepared."""
    with writing(engine) as connection:
        edition = save_edition(connection, samples.EDITION.body)
    return create_workshop(engine, OWNER, prepare(edition, **changed), AT)


def begin(engine: Engine, at: int = STANCE, **changed: Any) -> str:
    """A workshop that is open, in the round on the first dilemma, with its door open."""
    id = make(engine, **changed)
    start(engine, id, AT)
    open_door(engine, id, AT)
    go_to(engine, id, 0, at)
    return id


def seats(engine: Engine, id: str, many: int) -> list[str]:
    """So many phones; what the database knows them by."""
    return [fingerprint(take_seat(engine, id, 1)) for _ in range(many)]


def say(stance: str) -> Ballot:
    return {"ring": [stance]}


def vote(engine: Engine, phones: list[str], *stances: str, number: int = STANCE) -> None:
    """Each phone its stance."""
    for phone, stance in zip(phones, stances, strict=True):
        cast(engine, phone, number, say(stance), KEYS)


def some(phones: list[str]) -> list[str]:
    """In another order."""
    return sorted(phones, key=lambda _: secrets.randbelow(1000))
