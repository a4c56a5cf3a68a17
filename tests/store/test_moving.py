"""Moving to another edition: one transaction, one event with both hashes, and a way back while nothing was said."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from assistant.answers import REWORDED, Answer
from assistant.errors import Conflict, Refused
from assistant.store.answers import EDITION as QUESTIONS
from assistant.store.answers import add_other_view, save_answers
from assistant.store.audit import verify_chain
from assistant.store.database import reading, writing
from assistant.store.dossiers import Dossier, find_dossier, move_dossier
from assistant.store.editions import save_edition
from assistant.store.endings import ACCEPTED, end_signal, list_endings
from assistant.store.forgetting import forget_dossier
from assistant.store.history import list_earlier
from assistant.store.links import answer_by_link, send_question
from assistant.store.moving import edition_then, list_moves, move_back, move_edition

from .desk import SECOND, TEAM, add_people
from .samples import AT, KEY, SIGNED, rows, save, start

OLD_ANSWERS = {"q": Answer(["a", "b"], motivation="Daarom."), "gone": Answer("x"), "same": Answer("y")}
FITTED = Answer(["b"], motivation="Daarom.", confirmed_in=REWORDED, by=TEAM.actor)


@pytest.fixture
def newer(engine: Engine) -> str:
    with writing(engine) as connection:
        return save_edition(connection, b'{"format":1,"title":"newer"}')


def begin(engine: Engine) -> Dossier:
    add_people(engine)
    return start(engine, OLD_ANSWERS, actor=TEAM.actor, owner=TEAM.actor)


def move(engine: Engine, dossier: Dossier, newer: str, based_on: int = 1, reopened: tuple[str, ...] = ()) -> int:
    answers = {"q": FITTED}
    return move_edition(
        engine, dossier.id, based_on=based_on, edition=newer, answers=answers, reopened=reopened, signed=SECOND
    )


def said(engine: Engine, dossier: Dossier) -> dict[str, Answer]:
    return dict(find_dossier(engine, dossier.id).document.answers)


def faults(engine: Engine, dossier: Dossier) -> list[str]:
    with reading(engine) as connection:
        return verify_chain(connection, dossier.id, KEY)


def test_it_moves_and_loses_nothing(engine: Engine, newer: str) -> None:
    dossier = begin(engine)
    assert move(engine, dossier, newer) == 2
    now = find_dossier(engine, dossier.id)
    assert now.edition_hash == newer
    q = now.document.answers["q"]
    assert (q.value, q.motivation, q.confirmed_in, q.rev, q.by) == (["b"], "Daarom.", REWORDED, 2, TEAM.actor)
    assert now.document.answers["gone"] == said(engine, dossier)["gone"]
    assert now.document.answers["gone"].value == "x"
    [earlier] = list_earlier(engine, dossier.id, "q")
    assert (earlier.answer.value, earlier.answer.rev) == (["a", "b"], 1)
    [moved] = list_moves(engine, dossier.id)
    assert (moved.version, moved.before, moved.after, moved.is_back) == (2, dossier.edition_hash, newer, False)
    assert [edition_then([moved], rev, newer) for rev in (1, 2, 3)] == [dossier.edition_hash, newer, newer]
    [event] = rows(engine, "SELECT actor, question FROM event WHERE kind = 'edition_moved'")
    assert event == (SECOND.actor, f"{dossier.edition_hash} {newer} q")
    assert faults(engine, dossier) == []


def test_an_edition_that_somebody_changed_in_the_database_is_seen(engine: Engine, newer: str) -> None:
    dossier = begin(engine)
    with writing(engine) as connection:
        connection.exec_driver_sql(f"UPDATE dossier SET edition_hash = '{newer}'")
    assert faults(engine, dossier)


def test_somebody_who_saved_meanwhile_is_a_conflict_and_nothing_is_written(engine: Engine, newer: str) -> None:
    dossier = begin(engine)
    save(engine, dossier.id, "same", 1, "z")
    with pytest.raises(Conflict):
        move(engine, dossier, newer)
    assert find_dossier(engine, dossier.id).edition_hash == dossier.edition_hash
    assert move(engine, dossier, newer, based_on=2) == 3


def test_what_was_read_with_the_edition_before_is_a_conflict(engine: Engine, newer: str) -> None:
    dossier = begin(engine)
    token = send_question(engine, dossier.id, "q", "Leverancier", signed=TEAM)
    version = move(engine, dossier, newer, based_on=find_dossier(engine, dossier.id).version)
    unanswered = {"r": (0, Answer("een keuze die er niet meer is"))}
    with pytest.raises(Conflict) as conflict:
        save_answers(engine, dossier.id, unanswered, edition=dossier.edition_hash, **SIGNED)
    assert tuple(conflict.value.questions) == (QUESTIONS,)
    with pytest.raises(Conflict):
        answer_by_link(engine, token, Answer("a"), at=AT, audit_key=KEY, edition=dossier.edition_hash)
    with pytest.raises(Conflict):  # a form that was open, of a question that changed
        save(engine, dossier.id, "q", 1, ["a"])
    assert find_dossier(engine, dossier.id).version == version
    assert save_answers(engine, dossier.id, unanswered, edition=newer, **SIGNED) == version + 1


def test_what_is_closed_stays_where_it_is(engine: Engine, newer: str) -> None:
    dossier = begin(engine)
    move_dossier(engine, dossier.id, "close", signed=TEAM)
    with pytest.raises(Refused):
        move(engine, dossier, newer, based_on=2)
    with pytest.raises(Refused):
        move_back(engine, dossier.id, based_on=2, signed=TEAM)


def test_a_signal_that_weighs_more_is_open_again(engine: Engine, newer: str) -> None:
    dossier = begin(engine)
    end_signal(engine, dossier.id, "s", ACCEPTED, True, "Dat kan zo.", signed=TEAM)
    move(engine, dossier, newer, based_on=2, reopened=("s",))
    assert list_endings(engine, dossier.id) == {}
    assert faults(engine, dossier) == []


def test_back_again_while_nothing_was_answered(engine: Engine, newer: str) -> None:
    dossier = begin(engine)
    move(engine, dossier, newer)
    add_other_view(engine, dossier.id, "q", "Ik zie dat anders.", at=AT, audit_key=KEY)
    with pytest.raises(Conflict):  # somebody saved since the page was opened
        move_back(engine, dossier.id, based_on=2, signed=TEAM)
    assert move_back(engine, dossier.id, based_on=3, signed=TEAM) == 4
    now = find_dossier(engine, dossier.id)
    assert now.edition_hash == dossier.edition_hash
    q = now.document.answers["q"]
    assert (q.value, q.confirmed_in, q.rev, q.other_views) == (["a", "b"], "", 4, ("Ik zie dat anders.",))
    assert [one.is_back for one in list_moves(engine, dossier.id)] == [False, True]
    with pytest.raises(Conflict):
        move_back(engine, dossier.id, based_on=4, signed=TEAM)
    assert move(engine, dossier, newer, based_on=4) == 5  # and once more: no row of the history stands in the way
    assert [one.answer.rev for one in list_earlier(engine, dossier.id, "q")] == [4, 2, 1]
    assert faults(engine, dossier) == []


def test_no_way_back_once_something_was_answered(engine: Engine, newer: str) -> None:
    dossier = begin(engine)
    move(engine, dossier, newer)
    save(engine, dossier.id, "new", 0, "n")
    with pytest.raises(Conflict):
        move_back(engine, dossier.id, based_on=3, signed=TEAM)
    assert find_dossier(engine, dossier.id).edition_hash == newer


def test_a_destroyed_dossier_leaves_nothing_of_it(engine: Engine, newer: str) -> None:
    dossier = begin(engine)
    move(engine, dossier, newer)
    forget_dossier(engine, dossier.id, **SIGNED)
    assert list_moves(engine, dossier.id) == []
    with reading(engine) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM answer_history").scalar() == 0
