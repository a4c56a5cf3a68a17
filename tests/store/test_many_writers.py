"""Many people at once: nothing is overwritten in silence, and no chain forks."""

from __future__ import annotations

import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from assistant.answers import NO_ANSWER
from assistant.errors import Conflict
from assistant.store.audit import verify_all
from assistant.store.dossiers import Dossier, find_dossier

from .samples import KEY, rows, save, start

WRITERS, SAVES, QUESTIONS = 40, 50, 25


def write(engine: Engine, id: str, number: int) -> tuple[list[tuple[int, str, str]], int]:
    """What one writer saved, as (version, question, value), and how often it was refused."""
    chance, saved, refused = random.Random(number), [], 0
    for turn in range(SAVES):
        question = f"q{chance.randrange(QUESTIONS)}"
        shown = find_dossier(engine, id).document.answers.get(question, NO_ANSWER)
        value = f"{number}-{turn}"
        try:
            saved.append((save(engine, id, question, shown.rev, value, actor=f"a{number}"), question, value))
        except Conflict:
            refused += 1
    return saved, refused


def test_forty_writers_overwrite_nothing(engine: Engine, dossier: Dossier) -> None:
    with ThreadPoolExecutor(WRITERS) as pool:
        done = list(pool.map(lambda number: write(engine, dossier.id, number), range(WRITERS)))
    saved = sorted(save for saves, _ in done for save in saves)
    refused = sum(count for _, count in done)
    assert len(saved) + refused == WRITERS * SAVES
    assert [version for version, _, _ in saved] == list(range(2, len(saved) + 2))
    final = find_dossier(engine, dossier.id)
    assert final.version == len(saved) + 1
    last = {question: value for _, question, value in saved}
    assert {question: answer.value for question, answer in final.document.answers.items()} == last
    [(kept,)] = rows(engine, "SELECT count(*) FROM answer_history")
    assert kept == len(saved) - len(last)  # each text that was replaced is still there
    report = verify_all(engine, KEY)
    assert (report.events, report.faults) == (final.version, ())
    assert refused > 0  # else they never met, and this showed nothing


def test_forty_writers_of_their_own_question_are_never_refused(engine: Engine, dossier: Dossier) -> None:
    def write_own(number: int) -> None:
        rev = 0
        for turn in range(5):
            rev = save(engine, dossier.id, f"q{number}", rev, str(turn))

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write_own, range(WRITERS)))
    assert find_dossier(engine, dossier.id).version == WRITERS * 5 + 1


STARTER = """
import sys
from assistant.store.database import open_database
from assistant.store.dossiers import create_dossier
from assistant.clock import now
engine = open_database(sys.argv[1])
for _ in range(30):
    made = create_dossier(
        engine, title="t", organisation="o", language="nl", edition_hash=sys.argv[2], answers={}, trees=[],
        actor="a1", at=now(), audit_key=bytes(range(32)),
    )
    print(made.number)
"""


def test_processes_that_start_dossiers_at_once_get_different_numbers(engine: Engine) -> None:
    edition = start(engine).edition_hash
    url = engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", STARTER, url, edition]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    numbers = [number for process in running for number in process.communicate()[0].split()]
    assert [process.returncode for process in running] == [0, 0, 0]
    assert len(numbers) == len(set(numbers)) == 90


@pytest.mark.parametrize("writers", [10])
def test_writers_on_different_dossiers_keep_their_chains_apart(engine: Engine, writers: int) -> None:
    made = [start(engine) for _ in range(writers)]
    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(lambda dossier: [save(engine, dossier.id, f"q{n}", 0, n) for n in range(20)], made))
    report = verify_all(engine, KEY)
    assert (report.dossiers, report.events, report.faults) == (writers, writers * 21, ())
