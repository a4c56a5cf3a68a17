"""Rows beside a dossier that somebody changed in the database: each kind is seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from assistant.access import Relation
from assistant.answers import Answer
from assistant.store.actions import add_action, end_action, list_actions
from assistant.store.advices import Asked, Opinion, give_advice
from assistant.store.answers import save_answers
from assistant.store.audit import verify_all
from assistant.store.conditions import end_condition, list_conditions
from assistant.store.dossiers import find_dossier
from assistant.store.endings import end_signal
from assistant.store.links import answer_by_link, send_question
from assistant.store.members import save_member
from assistant.store.remarks import add_remark, list_remarks, settle_remark
from assistant.store.reviews import Stance, StanceKind, save_stances
from assistant.store.versions import return_version, take

from .desk import OFFICER, SECOND, TEAM, add_people, freeze
from .samples import AT, KEY, run, start


@pytest.fixture
def lived(engine: Engine) -> str:
    """A dossier that went the whole way: its id."""
    add_people(engine)
    dossier = start(engine, {"phase": Answer("pilot")}, actor=TEAM.actor, owner=TEAM.actor)
    id, later = dossier.id, replace(TEAM, at=AT + timedelta(days=1))
    save_member(engine, id, SECOND.actor, Relation.VIEWER, signed=TEAM)
    remark = add_remark(engine, id, "q", "Klopt dit?", signed=TEAM)
    settle_remark(engine, id, remark, 1, signed=TEAM)
    add_action(engine, id, about="", text="Uitzoeken", owner="jurist", due="", signed=TEAM)
    end_action(engine, id, list_actions(engine, id)[0].id, 1, "Gedaan.", signed=later)
    token = send_question(engine, id, "q", "de leverancier", signed=TEAM)
    answer_by_link(engine, token, Answer("van buiten"), at=AT, audit_key=KEY)
    end_signal(engine, id, "s", "accepted", True, "Weten wij.", signed=TEAM)
    save_answers(engine, id, {"r": (0, Answer("x"))}, actor=TEAM.actor, at=AT, audit_key=KEY, settled=["s"])
    freeze(engine, dossier)
    return_version(engine, id, signed=OFFICER)
    version = freeze(engine, dossier, b'{"a":1}')
    take(engine, id, OFFICER.actor, signed=OFFICER)
    save_stances(engine, id, version, [Stance("s", OFFICER.actor, StanceKind.RAISE, "stop", "Omdat.")], signed=OFFICER)
    opinion = Opinion("po", "go_on_with_conditions", "Let op.", (Asked("Doe dit.", "jurist"),))
    give_advice(engine, id, version, opinion, signed=OFFICER)
    [condition] = list_conditions(engine, id)
    end_condition(engine, id, condition.id, "Gedaan.", "Z-1", signed=TEAM)
    return id


def test_the_whole_way_leaves_no_fault(engine: Engine, lived: str) -> None:
    assert verify_all(engine, KEY).faults == ()
    assert len(list_remarks(engine, lived)) == 2


TAMPERED = {
    "the bytes of a version": ("UPDATE version SET body = '{}'", "the bytes of version"),
    "the hash of a version": ("UPDATE version SET hash = 'x'", "the bytes of version"),
    "how a version ended": ("UPDATE version SET ended_as = 'withdrawn'", "a row in version is not"),
    "the note of a version": ("UPDATE version SET note = 'x'", "a row in version is not"),
    "what an advice says": ("UPDATE advice SET motivation = 'Ga uw gang.'", "a row in advice is not"),
    "the outcome of an advice": ("UPDATE advice SET outcome = 'go_on'", "a row in advice is not"),
    "the version an advice is about": ("UPDATE advice SET version_hash = 'x'", "a row in advice is not"),
    "who advised": (f"UPDATE advice SET person_id = '{SECOND.actor}'", "a row in advice is not"),
    "a condition": ("UPDATE condition SET text = 'Doe niets.'", "a row in condition is not"),
    "that a condition is met": ("UPDATE condition SET done_at = ''", "a row in condition is not"),
    "a condition that is gone": ("DELETE FROM condition", "a row is gone"),
    "a remark": ("UPDATE remark SET text = 'x'", "a row in remark is not"),
    "a remark that is gone": ("DELETE FROM remark", "a row is gone"),
    "that a remark is settled": ("UPDATE remark SET settled_at = ''", "a row in remark is not"),
    "an action": ("UPDATE action SET owner = 'x'", "a row in action is not"),
    "an action that is gone": ("DELETE FROM action", "a row is gone"),
    "an ending": ("UPDATE ending SET reason = 'x'", "a row in ending is not"),
    "an ending that holds again": ("UPDATE ending SET lapsed_at = ''", "a row in ending is not"),
    "what an officer thought": ("UPDATE stance SET reason = 'x'", "what officers said"),
    "what an officer thought, gone": ("DELETE FROM stance", "what officers said"),
    "what an officer never thought": (
        "INSERT INTO stance SELECT id, 's', (SELECT id FROM person LIMIT 1), dossier_id, 'agree', '', '', made_at "
        "FROM version WHERE number = 1",
        "what officers said",
    ),
    "the state": ("UPDATE dossier SET state = 'team'", "it is team"),
    "the role of a member": (
        f"UPDATE member SET relation = 'owner' WHERE person_id = '{SECOND.actor}'",
        "someone is in it",
    ),
    "a member that nobody asked in": (
        f"INSERT INTO member SELECT dossier_id, '{OFFICER.actor}', 'owner', '', '', '' FROM member "
        f"WHERE person_id = '{TEAM.actor}'",
        "someone is in it",
    ),
    "a remark of nobody": (
        "INSERT INTO remark SELECT '22222222-0000-4000-8000-000000000001', dossier_id, question, kind, answers, text, "
        "shared, assigned, made_by, made_at, settled_by, settled_at, rev FROM remark WHERE kind = 'remark'",
        "a row in remark that no event speaks of",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_tampering_is_seen(engine: Engine, lived: str, what: str) -> None:
    statement, fault = TAMPERED[what]
    run(engine, statement)
    assert fault in "\n".join(verify_all(engine, KEY).faults)


def test_what_cannot_be_seen(engine: Engine, lived: str) -> None:
    """Listed in the docstring of `store.audit`."""
    run(engine, f"DELETE FROM member WHERE person_id = '{SECOND.actor}'")
    run(engine, "UPDATE dossier SET taken_by = ''")
    run(engine, "DELETE FROM question_link")
    run(engine, "UPDATE summary SET title = 'x'")
    assert verify_all(engine, KEY).faults == ()
    assert find_dossier(engine, lived).version > 10
