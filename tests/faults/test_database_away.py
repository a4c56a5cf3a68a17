"""PostgreSQL restarted under ten people at the served application: they are told to wait, and lose nothing."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from assistant.store.audit import verify_all

from ..long import LONG
from ..postgres import Postgres, free_port
from .served import Served
from .town import a_town
from .writers import check_nothing_lost_or_doubled, gather, writing

WRITERS, RESTARTS = 10, 20 if LONG else 2
BACK = 5.0  # seconds after the database is back


@pytest.mark.slow
@pytest.mark.postgres
def test_restarts_of_the_database_lose_nothing_that_was_acknowledged(
    postgres: Postgres, postgres_url: str, tmp_path: Path
) -> None:
    backs = []
    with (
        a_town(tmp_path, WRITERS, postgres_url) as town,
        Served(free_port(), tmp_path / "log", town.settings) as served,
    ):
        writers = gather(town, served, range(WRITERS))
        with writing(writers):
            for turn in range(RESTARTS):
                time.sleep(1)
                postgres.stop(signal.SIGQUIT if turn % 2 else signal.SIGINT)
                time.sleep(0.3)
                postgres.start()
                back = time.monotonic()
                time.sleep(BACK if LONG else 2)
                backs.append(max(one.first_after(back) for one in writers))
            time.sleep(1)
        saves = check_nothing_lost_or_doubled(town, writers)
        assert sum(one.waits for one in writers) > RESTARTS  # else they noticed nothing, and this showed nothing
        assert max(backs) < BACK
        assert verify_all(town.shell.engine, town.shell.audit_key).faults == ()
        waits, slowest = sum(one.waits for one in writers), max(one.slowest for one in writers)
        print(f"{saves} saves, {waits} x 503, back in {max(backs):.1f} s, slowest answer {slowest:.1f} s")  # noqa: T201
