"""The officers' queue and its search over 1,000 and 100,000 dossiers, on SQLite and on PostgreSQL.

Where a thousand dossiers have less than a page of what is asked, a full page is more work: see the lines found.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import Engine
from timing import Table, ratio, take_turns, typical

from assistant.store.database import open_database, upgrade
from assistant.store.queue import Filters, list_queue

sys.path.append(str(Path(__file__).parent.parent))

FEW, MANY = 1_000, 100_000
DEEP: Final = ("2027-06-01", "")
PAGES: Final[dict[str, tuple[Filters, tuple[str, str] | None]]] = {
    "what waits, first page": (Filters(), None),
    "what waits, a page further on": (Filters(), DEEP),
    "every state": (Filters(state=""), None),
    "of one domain": (Filters(domain="domain3"), None),
    "with one outcome, in every state": (Filters(state="", outcome="solve_first"), None),
    "taken by nobody": (Filters(taken_by="nobody"), None),
    "a domain that nobody has": (Filters(domain="nothing"), None),
    "search: a word of most titles": (Filters(search="woord0000"), None),
    "search: a rare word": (Filters(state="", search="zeldzaam"), None),
    "search: how a word begins": (Filters(search="woord29"), None),
    "search: a number, in every state": (Filters(state="", search="2026-123"), None),
    "search: two common words": (Filters(search="woord0000 woord0001"), None),
    "search: a common and a rare word": (Filters(state="", search="woord0000 zeldzaam"), None),
    "search: a word of nothing": (Filters(search="nergens"), None),
}


@contextmanager
def databases() -> Iterator[dict[str, dict[int, Engine]]]:
    """A filled database of each size, on each."""
    from postgres import Postgres
    from store.queue_lines import fill

    server = Postgres()
    with tempfile.TemporaryDirectory() as folder:
        urls = {
            "SQLite": lambda count: f"sqlite:///{folder}/{count}/assistant.db",
            "PostgreSQL": lambda count: server.create_database(f"queue_{count}"),
        }
        made: dict[str, dict[int, Engine]] = {}
        for name, url in urls.items():
            made[name] = {count: open_database(url(count)) for count in (FEW, MANY)}
            for count, engine in made[name].items():
                upgrade(engine)
                fill(engine, count)
        yield made
        for engines in made.values():
            for engine in engines.values():
                engine.dispose()
    server.remove()


def measure_queues() -> None:
    with databases() as made:
        for name, engines in made.items():
            table = Table(f"The queue over {MANY:,} dossiers against {FEW:,}, on {name}")
            for what, (filters, after) in PAGES.items():
                turns: dict[str, Callable[[], object]] = {
                    str(count): partial(list_queue, engine, filters, 50, after) for count, engine in engines.items()
                }
                taken = take_turns(turns, rounds=9, calls=10)
                lines = "/".join(str(len(list_queue(engine, filters, 50, after))) for engine in engines.values())
                times = f"{typical(taken, str(FEW))}, {typical(taken, str(MANY))}"
                table.line(f"{what} ({lines} lines): {times}", f"{ratio(taken, str(MANY), str(FEW)):.2f}", "<= 2")
