"""A process killed while it saves: what it said was saved is there, and the chain is whole."""

from __future__ import annotations

import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assistant.store.audit import verify_all
from assistant.store.dossiers import Dossier, find_dossier

from .samples import KEY, rows

SAVER = Path(__file__).with_name("saver.py")
LANES = 4  # people who save at once, each another question


def kill_often(engine: Engine, id: str, question: str, kills: int) -> int:
    """Kill one saver after another and hold each to its last word; how many saves they acknowledged."""
    chance, acknowledged = random.Random(question), 0
    command = [sys.executable, str(SAVER), engine.url.render_as_string(hide_password=False), id, question]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as saver:
        assert saver.stdin is not None
        assert saver.stdout is not None
        for _ in range(kills):
            saver.stdin.write(f"{chance.uniform(0, 0.1)}\n")
            count, rev, value = saver.stdout.readline().rstrip("\n").split(" ", 2)
            check_last_word(engine, id, question, int(rev), value)
            acknowledged += int(count)
        saver.stdin.close()
    return acknowledged


def check_last_word(engine: Engine, id: str, question: str, rev: int, value: str) -> None:
    """What was acknowledged is there, or the one save that was under way when the kill came."""
    found = find_dossier(engine, id).document.answers[question]
    if found.rev == rev:
        assert found.value == value
    else:
        assert found.rev > rev
        assert found.value.startswith(f"{question} na {rev} ")


@pytest.mark.slow
def test_kills_lose_no_acknowledged_save(engine: Engine, dossier: Dossier) -> None:
    on_sqlite = engine.dialect.name == "sqlite"
    kills = 50 if on_sqlite else 5
    with ThreadPoolExecutor(LANES) as pool:
        work = [pool.submit(kill_often, engine, dossier.id, f"q{lane}", kills) for lane in range(LANES)]
    acknowledged = sum(lane.result() for lane in work)
    version = find_dossier(engine, dossier.id).version
    assert acknowledged <= version - 1 <= acknowledged + kills * LANES
    if on_sqlite:
        assert rows(engine, "PRAGMA integrity_check") == [("ok",)]
    report = verify_all(engine, KEY)
    assert (report.events, report.faults) == (version, ())
