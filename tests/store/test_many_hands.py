"""Saves, remarks, hand-ins and taking back at once: one chain, no fork, and a check in between sees no fault."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine

from assistant.answers import NO_ANSWER
from assistant.errors import Conflict, Refused
from assistant.store.audit import verify_all
from assistant.store.dossiers import Dossier, find_dossier
from assistant.store.remarks import add_remark, list_remarks
from assistant.store.versions import list_versions, withdraw

from .desk import TEAM, add_people, freeze
from .samples import AT, KEY, rows, save

THREADS, TURNS = 20, 12


def work(engine: Engine, dossier: Dossier, number: int) -> int:
    """What one does in turn; how often it was not the time for it."""
    refused = 0
    for turn in range(TURNS):
        signed = replace(TEAM, at=AT + timedelta(minutes=turn))
        try:
            match (number + turn) % 4:
                case 0:
                    freeze(engine, dossier, signed=signed)
                case 1:
                    withdraw(engine, dossier.id, signed=signed)
                case 2:
                    add_remark(engine, dossier.id, "q", f"{number}-{turn}", signed=signed)
                case _:
                    question = f"q{number}"
                    shown = find_dossier(engine, dossier.id).document.answers.get(question, NO_ANSWER)
                    save(engine, dossier.id, question, shown.rev, str(turn))
        except (Conflict, Refused):
            refused += 1
    return refused


def test_many_hands_make_one_chain(engine: Engine, dossier: Dossier) -> None:
    add_people(engine)
    with ThreadPoolExecutor(THREADS + 1) as pool:
        working = [pool.submit(work, engine, dossier, number) for number in range(THREADS)]
        checked = 0
        while not all(one.done() for one in working):
            assert verify_all(engine, KEY).faults == ()
            checked += 1
        refused = sum(one.result() for one in working)
    assert checked > 0
    assert 0 < refused < THREADS * TURNS
    assert verify_all(engine, KEY).faults == ()
    final = find_dossier(engine, dossier.id)
    assert rows(engine, "SELECT count(*), max(seq) FROM event") == [(final.version, final.version)]
    assert final.version == 1 + THREADS * TURNS - refused
    made = list_versions(engine, dossier.id)
    assert [version.number for version in made] == list(range(len(made), 0, -1))
    assert all(version.ended_as == "withdrawn" for version in made[1:])
    assert len(list_remarks(engine, dossier.id)) == THREADS * TURNS // 4
