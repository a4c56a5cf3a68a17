"""One question by link: it opens that question, is answered once, and closed ones all look the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from assistant.answers import Answer
from assistant.errors import NotFound, Refused
from assistant.store.audit import verify_all
from assistant.store.dossiers import Dossier, find_dossier
from assistant.store.endings import ACCEPTED, end_signal, list_endings
from assistant.store.links import LINKED, answer_by_link, end_link, find_link, list_links, send_question
from assistant.store.remarks import list_remarks
from assistant.store.versions import return_version

from .desk import OFFICER, TEAM, add_people, freeze
from .samples import AT, KEY, rows, save

WHO = "Data-analist é"
LATER = AT + timedelta(days=14)


def send(engine: Engine, dossier: Dossier) -> str:
    add_people(engine)
    return send_question(engine, dossier.id, "q", WHO, signed=TEAM)


def answer(engine: Engine, token: str, value: str = "van ver", at: datetime = AT) -> None:
    answer_by_link(engine, token, Answer(value=value), at=at, audit_key=KEY)


def test_a_link_opens_one_question_and_the_database_cannot_tell_it(engine: Engine, dossier: Dossier) -> None:
    token = send(engine, dossier)
    found = find_link(engine, token, AT)
    assert (found.dossier, found.question, found.sent_to, found.made_by) == (dossier.id, "q", WHO, TEAM.actor)
    assert len(token) >= 43
    assert WHO not in repr(found)
    everything = str(rows(engine, "SELECT * FROM question_link") + rows(engine, "SELECT * FROM event"))
    assert token not in everything


def test_the_answer_is_the_teams_to_check(engine: Engine, dossier: Dossier) -> None:
    save(engine, dossier.id, "q", 0, "van ons")
    token = send(engine, dossier)
    answer(engine, token)
    now = find_dossier(engine, dossier.id).document.answers["q"]
    assert (now.value, now.by) == ("van ver", "")
    [remark] = list_remarks(engine, dossier.id)
    assert (remark.kind, remark.question, remark.text, remark.made_by, remark.shared) == (LINKED, "q", WHO, "", False)
    [(actor, about)] = rows(engine, "SELECT actor, question FROM event WHERE kind = 'answered_by_link'")
    assert actor == ""
    assert about.split()[0] == "q"
    assert rows(engine, "SELECT version, question FROM answer_history") == [(2, "q")]
    [link] = list_links(engine, dossier.id)
    assert link.answered_at
    assert not link.is_open(AT)
    assert verify_all(engine, KEY).faults == ()


def test_how_a_signal_ended_goes_with_the_answer_that_takes_it_away(engine: Engine, dossier: Dossier) -> None:
    token = send(engine, dossier)
    for signal in ("s1", "s2"):
        end_signal(engine, dossier.id, signal, ACCEPTED, True, "Dat nemen wij.", signed=TEAM)
    answer_by_link(engine, token, Answer(value="x"), at=AT, audit_key=KEY, settled=["s1"])
    assert list(list_endings(engine, dossier.id)) == ["s2"]
    assert verify_all(engine, KEY).faults == ()


@pytest.mark.parametrize("how", ["unknown", "odd", "answered", "ended", "expired", "locked"])
def test_links_that_open_nothing_look_the_same(engine: Engine, dossier: Dossier, how: str) -> None:
    token, at = send(engine, dossier), AT
    match how:
        case "unknown":
            token = "x" * 43
        case "odd":
            token = "\0é"
        case "answered":
            answer(engine, token)
        case "ended":
            end_link(engine, dossier.id, list_links(engine, dossier.id)[0].id, signed=TEAM)
        case "expired":
            at = LATER
        case "locked":
            freeze(engine, dossier)
    version = find_dossier(engine, dossier.id).version
    with pytest.raises(NotFound, match=r"^link$"):
        find_link(engine, token, at)
    with pytest.raises(NotFound, match=r"^link$"):
        answer(engine, token, at=at)
    assert find_dossier(engine, dossier.id).version == version


def test_it_opens_again_when_the_dossier_comes_back(engine: Engine, dossier: Dossier) -> None:
    token = send(engine, dossier)
    freeze(engine, dossier)
    return_version(engine, dossier.id, signed=OFFICER)
    assert find_link(engine, token, LATER - timedelta(microseconds=1)).question == "q"


def test_two_at_once_answer_it_once(engine: Engine, dossier: Dossier) -> None:
    token = send(engine, dossier)

    def try_it(value: str) -> bool:
        try:
            answer(engine, token, value)
        except NotFound:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(try_it, [f"v{n}" for n in range(8)]))
    assert done.count(True) == 1
    assert find_dossier(engine, dossier.id).document.answers["q"].value == f"v{done.index(True)}"
    assert len(list_remarks(engine, dossier.id)) == 1


def test_nothing_is_sent_from_a_locked_dossier(engine: Engine, dossier: Dossier) -> None:
    freeze(engine, dossier)
    with pytest.raises(Refused):
        send(engine, dossier)


def test_a_link_that_is_not_there_cannot_be_ended(engine: Engine, dossier: Dossier) -> None:
    send(engine, dossier)
    before = find_dossier(engine, dossier.id).version
    with pytest.raises(NotFound):
        end_link(engine, dossier.id, "ab" * 32, signed=replace(TEAM, at=LATER))
    assert find_dossier(engine, dossier.id).version == before


@pytest.mark.parametrize("how", ["answered", "ended"])
def test_what_is_over_is_not_ended_again(engine: Engine, dossier: Dossier, how: str) -> None:
    token = send(engine, dossier)
    [link] = list_links(engine, dossier.id)
    if how == "answered":
        answer(engine, token)
    else:
        end_link(engine, dossier.id, link.id, signed=TEAM)
    before = list_links(engine, dossier.id), find_dossier(engine, dossier.id).version
    with pytest.raises(NotFound):
        end_link(engine, dossier.id, link.id, signed=replace(TEAM, at=LATER))
    assert (list_links(engine, dossier.id), find_dossier(engine, dossier.id).version) == before
