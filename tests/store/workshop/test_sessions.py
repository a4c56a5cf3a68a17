"""Two thousand random sessions: nothing of too few people is shown, nothing twice, and nothing links phone and answer.

Each session is played on a real database file; only its waiting for the disk is left out, which is another test's.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from assistant.accounts.tokens import fingerprint
from assistant.errors import Conflict
from assistant.store.database import open_database, upgrade
from assistant.store.workshop.door import forget_seat, leave, list_seats, take_seat
from assistant.store.workshop.rounds import (
    HELD,
    SHOWN,
    TAKING,
    Paper,
    cast,
    close_round,
    decide,
    list_rounds,
    open_round,
    save_paper,
)
from assistant.store.workshop.running import end, go_to
from assistant.workshop.ballots import Ballot
from assistant.workshop.plan import Planned

from ...workshop import samples
from ..samples import rows
from .days import AT, KEYS, begin

SESSIONS, PARTS = 2_000, 8
KEYS_OF_ROUNDS = ("wall", "silent", "stance:ring", "reasons:ring", "stance_again:ring")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database that does not wait for the disk."""
    made = open_database(f"sqlite:///{tmp_path_factory.mktemp('sessions') / 'data' / 'assistant.db'}")
    event.listen(made, "connect", lambda driver, _: driver.execute("PRAGMA synchronous = OFF"))
    upgrade(made)
    yield made
    made.dispose()


@dataclass
class Session:
    """A room that does as chance has it, and what was seen of it."""

    engine: Engine
    chance: random.Random
    smallest: int
    id: str = ""
    phones: list[str] = field(default_factory=list)  # tokens
    seen: dict[int, object] = field(default_factory=dict)  # what was shown, the first time
    voters: set[str] = field(default_factory=set)  # digests that lay in the database while a round was open

    def play(self) -> None:
        self.id = begin(self.engine, smallest=self.smallest)
        for _ in range(self.chance.randrange(13)):
            self.phones.append(take_seat(self.engine, self.id, 1))
        for key in self.chance.sample(KEYS_OF_ROUNDS, 3):
            self.play_round(samples.place(key), samples.planned(key))
        end(self.engine, self.id, AT)
        self.look()

    def play_round(self, number: int, planned: Planned) -> None:
        at = next(iter(rows(self.engine, f"SELECT at FROM workshop WHERE id = '{self.id}'")))[0]
        go_to(self.engine, self.id, at, number)
        if not planned.typed and self.chance.random() < 0.3:
            self.on_paper(number, planned)
        open_round(self.engine, self.id, number, KEYS)
        for phone in (
            self.chance.choices(self.phones, k=self.chance.randrange(2 * len(self.phones) + 1) or 1)
            if self.phones
            else []
        ):
            self.act(phone, number, planned)
        self.look()
        if self.chance.random() < 0.9:
            self.close(number, planned)
        self.look()

    def on_paper(self, number: int, planned: Planned) -> None:
        counts = {item.id: [self.chance.randrange(3) for _ in planned.options] for item in planned.items}
        save_paper(
            self.engine, self.id, number, Paper(counts, forms=self.chance.randrange(4) if planned.most > 1 else 0)
        )

    def act(self, phone: str, number: int, planned: Planned) -> None:
        chance = self.chance.random()
        if chance < 0.05:
            leave(self.engine, phone, KEYS)
        elif chance < 0.1 and (there := list_seats(self.engine, self.id)):
            forget_seat(self.engine, self.id, self.chance.choice(there)[0], KEYS)
        else:
            self.vote(phone, number, planned)

    def vote(self, phone: str, number: int, planned: Planned) -> None:
        try:
            cast(self.engine, fingerprint(phone), number, self.ballot(planned), KEYS)
        except Conflict:  # it went out before
            assert fingerprint(phone) not in {id for (id,) in rows(self.engine, "SELECT id FROM workshop_seat")}

    def ballot(self, planned: Planned) -> Ballot:
        said: Ballot = {}
        for item in planned.items:
            if self.chance.random() < 0.8:
                ids = [option.id for option in planned.options]
                said[item.id] = (
                    ["een reden"] if planned.typed else self.chance.sample(ids, self.chance.randint(1, planned.most))
                )
        return said

    def close(self, number: int, planned: Planned) -> None:
        state = close_round(self.engine, self.id, number, planned, self.smallest, KEYS)
        if state == HELD:
            self.look()
            decide(self.engine, self.id, number, show=self.chance.random() < 0.5)
        if list_rounds(self.engine, self.id)[number].state == SHOWN:
            with pytest.raises(Conflict):
                open_round(self.engine, self.id, number, KEYS)
            with pytest.raises(Conflict):
                close_round(self.engine, self.id, number, planned, self.smallest, KEYS)

    def look(self) -> None:
        """What holds at any moment."""
        ballots = rows(self.engine, "SELECT workshop_id, number, voter FROM workshop_ballot")
        for number, kept in list_rounds(self.engine, self.id).items():
            if kept.state != TAKING:
                assert not [voter for id, n, voter in ballots if (id, n) == (self.id, number)]
            if kept.tally:
                assert kept.state in (SHOWN, HELD)
                assert kept.tally.people >= self.smallest
                assert all(
                    kept.tally.answered[item] >= self.smallest for item in kept.tally.counts if kept.tally.counts[item]
                )
            if kept.state == SHOWN:
                assert self.seen.setdefault(number, kept) == kept
        self.voters |= {voter for id, _, voter in ballots if id == self.id}


@pytest.mark.parametrize("part", range(PARTS))
def test_random_sessions(engine: Engine, part: int) -> None:
    voters: set[str] = set()
    for seed in range(part * SESSIONS // PARTS, (part + 1) * SESSIONS // PARTS):
        session = Session(engine, random.Random(seed), smallest=random.Random(-seed).randint(3, 10))
        session.play()
        voters |= session.voters
    assert rows(engine, "SELECT count(*) FROM workshop_ballot") == [(0,)]
    assert rows(engine, "SELECT count(*) FROM workshop_seat") == [(0,)]
    assert rows(engine, "SELECT count(*) FROM workshop_round WHERE round_key <> ''") == [(0,)]
    folder = Path(str(engine.url.database)).parent
    left = b"".join(path.read_bytes() for path in folder.iterdir())
    assert voters
    assert not [voter for voter in voters if voter.encode() in left]
