from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import Engine, event

from assistant.answers import Answer
from assistant.errors import Conflict, NotFound, UnknownEdition
from assistant.store.answers import add_other_view, save_answers
from assistant.store.audit import verify_all
from assistant.store.database import reading, writing
from assistant.store.documents import Document, read_document, write_document
from assistant.store.dossiers import Dossier, find_dossier, save_project, save_trees
from assistant.store.editions import find_edition, save_edition
from assistant.store.lists import list_dossiers

from .samples import AT, EDITION, KEY, SIGNED, rows, save, start

ODD_TEXT = "Één 🏫 \u202eomgekeerd\u202c 日本 \t\n\x7f '\"\\ %s :naam; DROP TABLE dossier; --\u2028"
NOBODYS = "4f6c1f5e-0000-4000-8000-00000000abcd"
VALUES = (
    ODD_TEXT,
    ("x" * 19_990 + "é" * 10),
    0,
    -3,
    0.1,
    1e12,
    12345678901234567890,
    False,
    ["children", "pupils"],
    [],
    [{"id": "r1", "kind": "special", "level": {"unsure": True}, "years": 2.5}, {"id": "r2", "kind": "Ω"}],
)


def answer_of(engine: Engine, id: str, question: str) -> Answer:
    return find_dossier(engine, id).document.answers[question]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: str(value)[:12].encode("ascii", "replace").decode())
def test_a_value_comes_back_as_it_was(engine: Engine, dossier: Dossier, value: object) -> None:
    save(engine, dossier.id, "q", 0, value)
    found = answer_of(engine, dossier.id, "q").value
    assert (found, type(found)) == (value, type(value))


def test_every_field_comes_back(engine: Engine) -> None:
    full = Answer(None, True, "", ODD_TEXT, "jurist", "2026-12-01", ("één", "twee"), 9, "z", "z", "3")
    made = start(engine, {"q": full, "phase": Answer("pilot")}, trees=["dpia"], title=ODD_TEXT)
    assert find_dossier(engine, made.id) == made
    assert made.document.answers["q"] == replace(full, rev=1, by="a1", at="2026-11-25T18:45:33.000120Z")
    assert (made.version, made.created_at, made.updated_at, made.language) == (1, AT, AT, "nl")
    assert rows(engine, "SELECT phase, title FROM dossier") == [("pilot", ODD_TEXT)]


def test_a_document_is_always_the_same_text() -> None:
    document = read_document(
        '{"answers":{"b":{"rev":2,"value":"é"},"a":{"unsure":true}},"format":1,"other_views":{"c":["x"]},'
        '"project":{"organisation":"O","rev":1,"title":"T"},"trees":["t"]}'
    )
    shuffled = dict(random.Random(1).sample(list(document.answers.items()), 3))
    assert write_document(document) == write_document(replace(document, answers=shuffled))
    assert read_document(write_document(document)) == document
    assert json.loads(write_document(document))["answers"] == {"a": {"unsure": True}, "b": {"rev": 2, "value": "é"}}


@pytest.mark.parametrize("id", ["", "x", "\0", "\ud800", "../etc", "1" * 36, NOBODYS, NOBODYS.upper()])
def test_missing_and_malformed_look_the_same(engine: Engine, id: str) -> None:
    with pytest.raises(NotFound):
        find_dossier(engine, id)
    with pytest.raises(NotFound):
        save(engine, id, "q", 0, "x")


def test_numbers_count_within_a_year(engine: Engine) -> None:
    numbers = [start(engine, at=AT + timedelta(days=days)).number for days in (0, 1, 40, 41)]
    assert numbers == ["2026-001", "2026-002", "2027-001", "2027-002"]


def test_the_list_is_newest_first_and_turns_pages(engine: Engine) -> None:
    made = [start(engine, at=AT + timedelta(minutes=minutes)) for minutes in range(5)]
    save(engine, made[1].id, "phase", 0, "pilot", at=AT + timedelta(hours=1))
    page = list_dossiers(engine, limit=2)
    assert [(line.number, line.phase) for line in page] == [("2026-002", "pilot"), ("2026-005", "")]
    assert page[0].updated_at == AT + timedelta(hours=1)
    after = list_dossiers(engine, limit=9, before=page[-1].id)
    assert [line.number for line in after] == ["2026-004", "2026-003", "2026-001"]


def test_saving_makes_a_version_and_keeps_what_it_replaced(engine: Engine, dossier: Dossier) -> None:
    assert save(engine, dossier.id, "q", 0, "eerst") == 2
    assert save(engine, dossier.id, "q", 2, "later", actor="a2", at=AT + timedelta(hours=1)) == 3
    found = answer_of(engine, dossier.id, "q")
    assert (found.value, found.rev, found.by, found.at) == ("later", 3, "a2", "2026-11-25T19:45:33.000120Z")
    assert [row[:3] for row in rows(engine, "SELECT dossier_id, version, question FROM answer_history")] == [
        (dossier.id, 2, "q")
    ]
    [(body,)] = rows(engine, "SELECT body FROM answer_history")
    assert json.loads(body) == {"value": "eerst", "rev": 2, "by": "a1", "at": "2026-11-25T18:45:33.000120Z"}


def test_one_event_a_save_names_every_question(engine: Engine, dossier: Dossier) -> None:
    changes = {"q1": (0, Answer("x")), "q2": (0, Answer(unsure=True)), "q3": (0, Answer())}
    assert save_answers(engine, dossier.id, changes, **SIGNED) == 2
    assert rows(engine, "SELECT seq, kind, question, actor FROM event ORDER BY seq") == [
        (1, "created", "", "a1"),
        (2, "answered", "q1 q2", "a1"),
    ]


def test_a_conflict_writes_nothing(engine: Engine, dossier: Dossier) -> None:
    save(engine, dossier.id, "q1", 0, "van hen")
    before = find_dossier(engine, dossier.id)
    changes = {"q1": (0, Answer("van mij")), "q2": (0, Answer("ook van mij"))}
    with pytest.raises(Conflict) as caught:
        save_answers(engine, dossier.id, changes, **SIGNED)
    assert caught.value.questions == ("q1",)
    assert find_dossier(engine, dossier.id) == before
    assert rows(engine, "SELECT count(*) FROM event") == [(2,)]


def test_two_people_on_different_questions_never_conflict(engine: Engine, dossier: Dossier) -> None:
    revs = {"q1": 0, "q2": 0}
    for number in range(20):
        question = f"q{1 + number % 2}"
        revs[question] = save(engine, dossier.id, question, revs[question], str(number))
    assert find_dossier(engine, dossier.id).version == 21


def test_what_says_the_same_makes_no_version(engine: Engine, dossier: Dossier) -> None:
    version = save(engine, dossier.id, "q", 0, "x")
    before = find_dossier(engine, dossier.id)
    assert save(engine, dossier.id, "q", version, "x", actor="a2") == version
    assert save(engine, dossier.id, "q", 0, "x") == version  # the same form, sent twice
    assert save_answers(engine, dossier.id, {}, **SIGNED) == version
    assert find_dossier(engine, dossier.id) == before


def test_an_answer_taken_back_stays_guarded(engine: Engine, dossier: Dossier) -> None:
    save(engine, dossier.id, "q", 0, "x")
    save(engine, dossier.id, "q", 2, None)
    assert answer_of(engine, dossier.id, "q").is_missing
    with pytest.raises(Conflict):
        save(engine, dossier.id, "q", 0, "y")


def test_another_view_stands_beside_the_answer_and_has_no_author(engine: Engine, dossier: Dossier) -> None:
    save(engine, dossier.id, "q", 0, "x")
    before = answer_of(engine, dossier.id, "q")
    assert add_other_view(engine, dossier.id, "q", "Ik zie dat anders.", at=AT, audit_key=KEY) == 3
    assert add_other_view(engine, dossier.id, "later", "Hier ook.", at=AT, audit_key=KEY) == 4
    assert answer_of(engine, dossier.id, "q") == replace(before, other_views=("Ik zie dat anders.",))
    assert answer_of(engine, dossier.id, "later") == Answer(other_views=("Hier ook.",))
    assert rows(engine, "SELECT kind, question, actor FROM event WHERE seq > 2 ORDER BY seq") == [
        ("other_view", "q", ""),
        ("other_view", "later", ""),
    ]


def test_saving_an_answer_leaves_other_views_alone(engine: Engine, dossier: Dossier) -> None:
    add_other_view(engine, dossier.id, "q", "anders", at=AT, audit_key=KEY)
    save_answers(engine, dossier.id, {"q": (0, Answer("x", other_views=("verzonnen",)))}, **SIGNED)
    assert answer_of(engine, dossier.id, "q").other_views == ("anders",)


def test_the_project_has_a_rev_of_its_own(engine: Engine, dossier: Dossier) -> None:
    save(engine, dossier.id, "q", 0, "x")
    assert save_project(engine, dossier.id, 1, "Verzuim", "Oeverland", **SIGNED) == 3
    assert save_project(engine, dossier.id, 1, "Verzuim", "Oeverland", **SIGNED) == 3
    with pytest.raises(Conflict):
        save_project(engine, dossier.id, 1, "Iets anders", "Oeverland", **SIGNED)
    assert (list_dossiers(engine)[0].title, find_dossier(engine, dossier.id).document.project.rev) == ("Verzuim", 3)
    [(body,)] = rows(engine, "SELECT body FROM answer_history WHERE question = ''")
    assert json.loads(body)["title"] == "Schoolverlaters"


def test_trees_opened_by_two_people_are_both_open(engine: Engine, dossier: Dossier) -> None:
    save_trees(engine, dossier.id, opened=["dpia"], **SIGNED)
    assert save_trees(engine, dossier.id, opened=["ai-act"], **SIGNED) == 3
    assert save_trees(engine, dossier.id, opened=["ai-act"], **SIGNED) == 3
    assert find_dossier(engine, dossier.id).document.trees == ("dpia", "ai-act")
    save_trees(engine, dossier.id, closed=["dpia"], **SIGNED)
    assert find_dossier(engine, dossier.id).document.trees == ("ai-act",)
    assert rows(engine, "SELECT question FROM event WHERE kind = 'trees' ORDER BY seq") == [
        ("dpia",),
        ("ai-act",),
        ("dpia",),
    ]


def test_an_edition_is_kept_once_byte_for_byte(engine: Engine) -> None:
    for _ in range(2):
        with writing(engine) as connection:
            assert save_edition(connection, EDITION) == sha256(EDITION).hexdigest()
    with reading(engine) as connection:
        assert find_edition(connection, sha256(EDITION).hexdigest()) == EDITION
        with pytest.raises(UnknownEdition):
            find_edition(connection, "0" * 64)
    assert rows(engine, "SELECT count(*) FROM edition") == [(1,)]


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement.split()[0])

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_finding_takes_one_statement_and_saving_five(engine: Engine, dossier: Dossier) -> None:
    with statements(engine) as finding:
        find_dossier(engine, dossier.id)
    assert finding == ["SELECT"]
    with statements(engine) as first:
        save(engine, dossier.id, "q1", 0, "x")
    assert first == ["SELECT", "UPDATE", "INSERT", "INSERT"]
    save(engine, dossier.id, "q2", 0, "x")
    with statements(engine) as again:
        save_answers(engine, dossier.id, {"q1": (2, Answer("y")), "q2": (3, Answer("y"))}, **SIGNED)
    assert again == ["SELECT", "UPDATE", "INSERT", "INSERT", "INSERT"]


def test_everything_above_leaves_a_whole_chain(engine: Engine) -> None:
    made = start(engine, {"q": Answer("x")}, trees=["dpia"])
    save(engine, made.id, "q", 1, ODD_TEXT)
    add_other_view(engine, made.id, "q", ODD_TEXT, at=AT, audit_key=KEY)
    save_project(engine, made.id, 1, ODD_TEXT, "", **SIGNED)
    save_trees(engine, made.id, opened=["ai-act"], **SIGNED)
    report = verify_all(engine, KEY)
    assert (report.dossiers, report.events, report.editions, report.faults) == (1, 5, 1, ())


def test_reading_eighty_answers_gives_them_all() -> None:
    answers = {f"q{n}": Answer(value=f"antwoord {n}", motivation="omdat " * 8, rev=n) for n in range(80)}
    document = Document(read_document(write_document(_empty())).project, (), answers)
    assert read_document(write_document(document)).answers == answers


def _empty() -> Document:
    return read_document(
        '{"answers":{},"format":1,"other_views":{},"project":{"organisation":"","rev":1,"title":""},"trees":[]}'
    )
