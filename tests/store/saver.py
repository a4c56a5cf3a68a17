"""Forks a process that saves as fast as it can, kills it, and tells what it had been told was saved.

Arguments: database URL, dossier id, question. Each line on stdin, a number of seconds, is one such life: that
long after its first save comes SIGKILL. The answer on stdout is its last acknowledged "rev value" and how many
saves it had acknowledged. Forking spares each life the second that the imports take.
"""

from __future__ import annotations

import os
import signal
import sys
import time

from assistant.answers import NO_ANSWER, Answer
from assistant.clock import now
from assistant.errors import Conflict
from assistant.store.answers import save_answers
from assistant.store.database import open_database
from assistant.store.dossiers import find_dossier

KEY = bytes(range(32))


def save_for_ever(url: str, id: str, question: str, ears: int) -> None:
    engine = open_database(url)
    while True:
        rev = find_dossier(engine, id).document.answers.get(question, NO_ANSWER).rev
        value = f"{question} na {rev} " + "x" * (rev % 7 * 300)
        try:
            rev = save_answers(engine, id, {question: (rev, Answer(value))}, actor="a1", at=now(), audit_key=KEY)
        except Conflict:  # PostgreSQL finished a save of the life before this one
            continue
        os.write(ears, f"{rev} {value}\n".encode())


def live(url: str, id: str, question: str, seconds: float) -> list[str]:
    """What one process had been told was saved, before it was killed."""
    hearing, telling = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hearing)
        save_for_ever(url, id, question, telling)
    os.close(telling)
    with os.fdopen(hearing, "rb") as lines:
        first = lines.readline()
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        said = first + lines.read()
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
        raise RuntimeError("it died of something else")
    return said.decode().splitlines()


if __name__ == "__main__":
    for line in sys.stdin:
        said = live(*sys.argv[1:4], float(line))
        sys.stdout.write(f"{len(said)} {said[-1]}\n")
        sys.stdout.flush()
