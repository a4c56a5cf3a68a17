"""Searching 10,000 dossiers, as an officer and as a team; and what the index adds to a save. On both databases."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final
from unittest.mock import patch

from sqlalchemy import Engine
from timing import Table, ratio, take_turns, typical

from assistant.access import Role
from assistant.answers import Answer
from assistant.search_terms import read_query
from assistant.store.answers import save_answers
from assistant.store.database import open_database, upgrade
from assistant.store.members import Reader
from assistant.store.search import find_sharing, search

sys.path.append(str(Path(__file__).parents[2]))

FEW, MANY = 1_000, 10_000
QUERIES: Final = {
    "a word of most dossiers": "woord0000 ",
    "a rare word": '"zeldzaam"',
    "how a word begins": "woord29",
    "two common words": "woord0000 woord0001",
    "a phrase": '"woord0001 woord0002"',
    "a word of nothing": "nergens",
}


@contextmanager
def databases() -> Iterator[dict[str, dict[int, Engine]]]:
    """A filled database of each size, on each."""
    from tests.postgres import Postgres
    from tests.store.search_rows import fill_search

    server = Postgres()
    with tempfile.TemporaryDirectory() as folder:
        made: dict[str, dict[int, Engine]] = {"SQLite": {}, "PostgreSQL": {}}
        for size in (FEW, MANY):
            made["SQLite"][size] = open_database(f"sqlite:///{folder}/{size}/assistant.db")
            made["PostgreSQL"][size] = open_database(server.create_database(f"search_{size}"))
        for engines in made.values():
            for size, engine in engines.items():
                upgrade(engine)
                fill_search(engine, size)
        yield made
        for engines in made.values():
            for engine in engines.values():
                engine.dispose()
    server.remove()


def measure_searches() -> None:
    from tests.store.desk import OFFICER, TEAM

    readers = {
        "an officer": Reader(OFFICER.actor, frozenset({Role.PO}), "2026-11-26"),
        "a team": Reader(TEAM.actor, frozenset(), "2026-11-26"),
    }
    with databases() as made:
        for name, engines in made.items():
            table = Table(f"Searching {MANY:,} dossiers against {FEW:,}, on {name}")
            for who, reader in readers.items():
                for what, query in QUERIES.items():
                    turns: dict[str, Callable[[], object]] = {
                        str(size): partial(search, engine, reader, read_query(query))
                        for size, engine in engines.items()
                    }
                    taken = take_turns(turns, rounds=5, calls=3)
                    times = f"{typical(taken, str(FEW))}, {typical(taken, str(MANY))}"
                    table.line(f"{who}, {what}: {times}", f"{ratio(taken, str(MANY), str(FEW)):.2f}", "<= 12")
            begins = [f"woord{number:04}" for number in range(100, 2500, 100)]
            alike = {"alike": partial(find_sharing, engines[MANY], readers["an officer"], begins, most=200, without="")}
            table.line(f"what is alike: {typical(take_turns(alike, rounds=5, calls=1), 'alike')}", "-", "-")
            _measure_save(engines[MANY], name)


def _measure_save(engine: Engine, name: str) -> None:
    """The same save with the index, and without it as the floor."""
    from tests.store.samples import AT, SIGNED, start

    texts = {f"q{number}": Answer(value="Wij kijken naar buurten. " * 6) for number in range(60)}
    # in a year of which no numbers are taken
    ids, turn = [start(engine, texts, at=AT.replace(year=2031)).id for _ in range(2)], count()
    revs = [1, 1]

    def save(place: int) -> None:
        changed = Answer(value=f"Wij kijken naar buurt {next(turn)}.")
        revs[place] = save_answers(engine, ids[place], {"q1": (revs[place], changed)}, **SIGNED)

    def save_without() -> None:
        with patch("assistant.store.changes.index_work"):
            save(1)

    taken = take_turns({"with": partial(save, 0), "without": save_without}, rounds=9, calls=10)
    table = Table(f"A save with what is searched against one without, on {name}")
    times = f"{typical(taken, 'without')}, {typical(taken, 'with')}"
    table.line(f"one answer of sixty: {times}", f"{ratio(taken, 'with', 'without'):.2f}", "<= 2")
