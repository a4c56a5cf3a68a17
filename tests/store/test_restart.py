"""PostgreSQL restarted under people who save: they are told to wait, and nothing that was saved is lost."""

from __future__ import annotations

import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from assistant.answers import NO_ANSWER
from assistant.errors import Unavailable
from assistant.store.audit import verify_all
from assistant.store.database import open_database, upgrade
from assistant.store.dossiers import find_dossier

from ..postgres import Postgres
from .samples import KEY, save, start

WRITERS, RESTARTS = 10, 4


def write_until(over: threading.Event, engine: Engine, id: str, question: str) -> tuple[dict[int, str], int]:
    """What was acknowledged, by version, and how often the writer was told to wait. No other error passes."""
    saved: dict[int, str] = {}
    waits = 0
    while not over.is_set():
        try:
            rev = find_dossier(engine, id).document.answers.get(question, NO_ANSWER).rev
            value = f"{question} na {rev}, poging {waits}"
            saved[save(engine, id, question, rev, value)] = value
        except Unavailable:
            waits += 1
            time.sleep(0.05)
    return saved, waits


@pytest.mark.slow
@pytest.mark.postgres
def test_restarts_lose_nothing(postgres: Postgres, postgres_url: str) -> None:
    engine = open_database(postgres_url)
    upgrade(engine)
    id, over = start(engine).id, threading.Event()
    with ThreadPoolExecutor(WRITERS) as pool:
        work = [pool.submit(write_until, over, engine, id, f"q{number}") for number in range(WRITERS)]
        for turn in range(RESTARTS):
            time.sleep(0.5)
            postgres.stop(signal.SIGQUIT if turn % 2 else signal.SIGINT)
            postgres.start()
        time.sleep(0.5)
        over.set()
    answers = find_dossier(engine, id).document.answers
    for number, (saved, waits) in enumerate(writer.result() for writer in work):
        last, found = max(saved), answers[f"q{number}"]
        assert (found.rev, found.value) == (last, saved[last]) or found.value.startswith(f"q{number} na {last},")
        assert waits > 0
    assert verify_all(engine, KEY).faults == ()
    engine.dispose()
