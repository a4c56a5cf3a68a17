"""Handing in, taking back, closing; the versions that stay, and the trail of it all."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from flask import Flask
from sqlalchemy import text

from assistant.demo import PEOPLE
from assistant.dossier.read import read_dossier
from assistant.event_words import EVENTS
from assistant.opening import Shell
from assistant.store.audit import verify_all
from assistant.store.changes import Signed
from assistant.store.database import reading
from assistant.store.dossiers import find_dossier
from assistant.store.queue import Filters, list_queue
from assistant.store.remarks import add_remark
from assistant.store.trail import KINDS
from assistant.store.versions import find_version, list_versions, return_version
from assistant.web.who import clock

from .client import Client

OFFICER, TEAM = PEOPLE["officer"], PEOPLE["team"]


def id_of(address: str) -> str:
    return address.rsplit("/", 1)[-1]


def hand_in(client: Client, address: str, **typed: str) -> None:
    client.send(client.get(f"{address}/hand-in"), form="hand-in", **typed)


def by(shell: Shell, person: str) -> Signed:
    return Signed(PEOPLE[person].id, clock.now(), shell.audit_key)


def test_it_shows_what_is_open_first(client: Client, half: str, shell: Shell) -> None:
    add_remark(shell.engine, id_of(half), "benefit", "Klopt dit wel?", signed=by(shell, "team"))
    page = client.get(f"{half}/hand-in")
    assert shell.edition.questions["outcome_about"].ask["nl"] in page.text  # not known yet, and nobody finds out
    assert "Klopt dit wel?" in page.text
    functions = [text["nl"] for text in shell.edition.functions.values()]
    assert [option.get("value") for option in page.all("option")] == functions  # who may decide; other words fit too
    missing = next(question for question in shell.edition.questions if f"/questions/{question}" in page.source)
    assert shell.edition.questions[missing].ask["nl"] in page.text


def test_what_is_handed_in_is_frozen_and_locked(client: Client, example: str, shell: Shell) -> None:
    hand_in(client, example, note="Graag voor de kerst.", wanted_start="15-01-2027", decider="Het college")
    version = find_version(shell.engine, id_of(example))
    assert version.number == 1
    assert version.hash == sha256(version.body).hexdigest()
    frozen = read_dossier(version.body)
    assert frozen.hand_in is not None
    assert frozen.hand_in.by == TEAM.function
    assert frozen.hand_in.person == TEAM.id
    assert TEAM.name not in version.body.decode()
    assert "Graag voor de kerst." in version.body.decode()
    before = find_dossier(shell.engine, id_of(example)).version
    page = client.post(
        f"{example}/questions/benefit", {"csrf_token": token(client, example), "benefit-value": "X"}, 403
    )
    assert "X" in page.source  # what was typed is still there
    assert find_dossier(shell.engine, id_of(example)).version == before
    [line] = list_queue(shell.engine, Filters())
    assert (line.summary.wanted_start, line.dossier) == ("2027-01-15", id_of(example))
    assert not verify_all(shell.engine, shell.audit_key).faults


def token(client: Client, address: str) -> str:
    return client.get("/scan/questions/phase").fields()["csrf_token"][0]


def test_missing_answers_count_as_not_known(client: Client, half: str, shell: Shell) -> None:
    hand_in(client, half)
    frozen = read_dossier(find_version(shell.engine, id_of(half)).body)
    assert frozen.outcome.id != "not_finished"
    assert any(point.says and not point.owner for point in frozen.open_points)


def test_somebody_who_saved_in_the_meantime_comes_first(client: Client, half: str, shell: Shell) -> None:
    page = client.get(f"{half}/hand-in")
    client.answer(f"{half}/questions/description", value="Net veranderd.")
    again = client.send(page, 409, form="hand-in", note="Mijn toelichting")
    assert again.value("note") == ["Mijn toelichting"]
    assert not list_versions(shell.engine, id_of(half))
    client.send(again, form="hand-in")
    assert "Net veranderd." in find_version(shell.engine, id_of(half)).body.decode()


def test_a_date_that_is_none_is_refused_with_the_text_kept(client: Client, half: str) -> None:
    page = client.send(
        client.get(f"{half}/hand-in"), 422, form="hand-in", note="Lang verhaal", wanted_start="31-02-2027"
    )
    assert list(page.errors) == ["wanted_start"]
    assert page.value("note") == ["Lang verhaal"]


def test_taken_back_it_is_the_teams_again(client: Client, half: str, shell: Shell) -> None:
    hand_in(client, half)
    client.post(f"{half}/withdraw", {"csrf_token": token(client, half)})
    assert [version.ended_as for version in list_versions(shell.engine, id_of(half))] == ["withdrawn"]
    assert not list_queue(shell.engine, Filters())
    client.answer(f"{half}/questions/description", value="Weer te veranderen.")
    hand_in(client, half)
    assert [version.number for version in list_versions(shell.engine, id_of(half))] == [2, 1]


def test_versions_are_read_and_downloaded_as_they_were_frozen(client: Client, half: str, shell: Shell) -> None:
    hand_in(client, half)
    first = find_version(shell.engine, id_of(half))
    return_version(shell.engine, id_of(half), signed=by(shell, "officer"))
    client.answer(f"{half}/questions/description", value="Heel anders.")
    hand_in(client, half)
    assert "Heel anders." in client.get(f"{half}/versions/2").text
    assert "Heel anders." not in client.get(f"{half}/versions/1").text
    got = client.get(f"{half}/versions/1/download/json").response.data
    assert got == first.body
    assert json.loads(got)["hand_in"]["by"] == TEAM.function
    assert client.get(f"{half}/versions/1/download/pdf").response.data.startswith(b"%PDF")
    client.get(f"{half}/versions/3", 404)
    assert len(client.get(f"{half}/versions").all("li")) >= 2


def test_closed_and_opened_again(client: Client, half: str, shell: Shell) -> None:
    client.post(f"{half}/close", {"csrf_token": token(client, half)})
    client.post(f"{half}/hand-in", {"csrf_token": token(client, half)}, 403)
    client.post(f"{half}/reopen", {"csrf_token": token(client, half)})
    client.answer(f"{half}/questions/description", value="Toch verder.")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_trail_says_who_and_what_but_not_the_text(app: Flask, half: str, language: str) -> None:
    client = Client(app, language)
    client.answer(f"{half}/questions/description", value="Heel geheim")
    client.send(client.get(f"{half}/questions/benefit/views"), form="add-view", view="Iemand anders vindt dit")
    hand_in(client, half)
    page = client.get(f"{half}/trail")
    assert page.text.count(TEAM.name) >= 3
    assert "Heel geheim" not in page.text
    [seen_otherwise] = [line for line in page.texts("li") if EVENTS["other_view"][language == "en"] in line]
    assert TEAM.name not in seen_otherwise
    Client(app, language, "officer").get(f"{half}/trail", 403)


def test_every_kind_of_event_has_words(shell: Shell) -> None:
    assert set(KINDS) == set(EVENTS)
    with reading(shell.engine) as connection:
        assert {kind for (kind,) in connection.execute(text("SELECT DISTINCT kind FROM event"))} <= set(KINDS)
