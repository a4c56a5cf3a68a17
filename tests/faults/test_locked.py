"""Somebody else holds the SQLite file for a while: a save waits its turn, or says so and keeps what was typed."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from assistant.store.audit import verify_all
from assistant.store.database import BUSY_TIMEOUT

from ..long import LONG
from ..postgres import free_port
from .served import Served
from .town import a_town
from .writers import check_nothing_lost_or_doubled, gather, writing

WRITERS = 3
LOCKS = (1.0, 5.0, 30.0) if LONG else (1.0, 6.0)
SLACK = 3.0  # seconds on a busy machine, beside what the database waits


@contextmanager
def locked(file: str, seconds: float) -> Iterator[None]:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield time.sleep(seconds)
        other.execute("ROLLBACK")


@pytest.mark.slow
def test_a_lock_of_another_makes_people_wait_and_loses_nothing(tmp_path: Path) -> None:
    with a_town(tmp_path, WRITERS) as town, Served(free_port(), tmp_path / "log", town.settings) as served:
        writers = gather(town, served, range(WRITERS))
        for seconds in LOCKS:
            waits = [one.waits for one in writers]
            with writing(writers):
                time.sleep(1)
                with locked(str(town.shell.engine.url.database), seconds):
                    pass
                free = time.monotonic()
                time.sleep(BUSY_TIMEOUT / 2)
            assert max(one.first_after(free) for one in writers) < BUSY_TIMEOUT / 2
            more = [one.waits - before for one, before in zip(writers, waits, strict=True)]
            assert not any(more) if seconds < BUSY_TIMEOUT / 2 else seconds <= BUSY_TIMEOUT or all(more)
        saves, slowest = check_nothing_lost_or_doubled(town, writers), max(one.slowest for one in writers)
        print(f"{saves} saves, {sum(one.waits for one in writers)} x 503, slowest answer {slowest:.1f} s")  # noqa: T201
        assert slowest < BUSY_TIMEOUT + SLACK
        assert verify_all(town.shell.engine, town.shell.audit_key).faults == ()
