"""What was said to a question before: by whom, and nothing of other views."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Engine

from assistant.answers import Answer
from assistant.store.answers import add_other_view, save_answers
from assistant.store.dossiers import Dossier
from assistant.store.forgetting import forget_dossier
from assistant.store.history import list_earlier
from assistant.store.links import answer_by_link, send_question

from .desk import SECOND, TEAM, add_people
from .samples import AT, KEY, SIGNED, rows, run, save, start

LATER = AT + timedelta(hours=1)


def say(engine: Engine, dossier: Dossier, rev: int, answer: Answer, **by: object) -> int:
    return save_answers(engine, dossier.id, {"q": (rev, answer)}, **(SIGNED | by))


def test_the_last_one_leads_each_with_its_author_and_moment(engine: Engine, dossier: Dossier) -> None:
    first = say(engine, dossier, 0, Answer(value="eerst", motivation="Omdat."), actor=TEAM.actor)
    second = say(engine, dossier, first, Answer(unsure=True), actor=SECOND.actor, at=LATER)
    save(engine, dossier.id, "r", 0, "iets anders")
    assert len(list_earlier(engine, dossier.id, "q")) == 1
    say(engine, dossier, second, Answer(value="nu"))
    found = list_earlier(engine, dossier.id, "q")
    assert [(one.answer.value, one.answer.unsure, one.by, one.at) for one in found] == [
        (None, True, SECOND.actor, LATER),
        ("eerst", False, TEAM.actor, AT),
    ]
    assert found[1].answer.motivation == "Omdat."
    assert "eerst" not in repr(found)
    assert list_earlier(engine, dossier.id, "r") == []


def test_another_view_is_in_no_history(engine: Engine, dossier: Dossier) -> None:
    rev = save(engine, dossier.id, "q", 0, "eerst")
    add_other_view(engine, dossier.id, "q", "Daar denk ik anders over.", at=LATER, audit_key=KEY)
    assert list_earlier(engine, dossier.id, "q") == []
    save(engine, dossier.id, "q", rev, "nu")
    [earlier] = list_earlier(engine, dossier.id, "q")
    assert (earlier.answer.value, earlier.answer.other_views) == ("eerst", ())
    assert "anders over" not in str(rows(engine, "SELECT * FROM answer_history"))


def test_what_a_link_replaced_is_kept(engine: Engine, dossier: Dossier) -> None:
    add_people(engine)
    save(engine, dossier.id, "q", 0, "van ons", actor=TEAM.actor)
    token = send_question(engine, dossier.id, "q", "Leverancier", signed=TEAM)
    answer_by_link(engine, token, Answer(value="van ver"), at=LATER, audit_key=KEY)
    [ours] = list_earlier(engine, dossier.id, "q")
    assert (ours.answer.value, ours.by) == ("van ons", TEAM.actor)
    save(engine, dossier.id, "q", ours.answer.rev + 2, "van ver, aangevuld")
    assert [one.by for one in list_earlier(engine, dossier.id, "q")] == ["", TEAM.actor]


def test_each_dossier_has_its_own_and_takes_it_along(engine: Engine, dossier: Dossier) -> None:
    other = start(engine)
    for one in (dossier, other):
        rev = save(engine, one.id, "q", 0, "eerst")
        save(engine, one.id, "q", rev, "nu")
    forget_dossier(engine, other.id, **SIGNED)
    assert len(list_earlier(engine, dossier.id, "q")) == 1
    assert rows(engine, "SELECT count(*) FROM answer_history") == [(1,)]


def test_an_answer_of_before_there_were_moments(engine: Engine, dossier: Dossier) -> None:
    rev = say(engine, dossier, 0, Answer(value="eerst"))
    save(engine, dossier.id, "q", rev, "nu")
    run(engine, "UPDATE answer_history SET body = :body", body='{"value":"eerst"}')
    [earlier] = list_earlier(engine, dossier.id, "q")
    assert (earlier.by, earlier.at) == ("", None)
