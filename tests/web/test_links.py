"""One question for who knows: the link opens that question and nothing else, for anyone, once, for a while."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from assistant import clock
from assistant.demo import PEOPLE
from assistant.opening import Shell
from assistant.store.remarks import list_remarks

from .client import Client, Page
from .work import TITLE, saved, version

HOSTILE = "<b>De tocht</b> {{ 7 * 7 }} & meer"
OUTSIDE = "De leverancier <i>"


def make_link(client: Client, dossier: str, question: str, sent_to: str = OUTSIDE) -> str:
    page = client.send(client.get(f"{dossier}/questions/{question}/send"), 200, form="send", sent_to=sent_to)
    [token] = re.findall(r"/sent/([\w-]{43,})", page.source)
    return f"/sent/{token}"


@pytest.fixture
def guest(anna: Client) -> Client:
    """A browser in which nobody signed in."""
    return Client(anna.app, person="")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_shows_the_question_and_nothing_else(kinds: Shell, anna: Client, dossier: str, language: str) -> None:
    anna.answer(f"{dossier}/questions/name", value="Wat er al stond", motivation="Waarom dat zo is")
    anna.answer(f"{dossier}/questions/story", value="Een geheim verhaal")
    address = make_link(anna, dossier, "name")
    page = Client(anna.app, language, person="").get(address)
    assert page.h1 == kinds.edition.questions["name"].ask[language]
    assert PEOPLE["team"].function in page.text
    told = ("Wat er al stond", "Waarom dat zo is", "geheim", TITLE, PEOPLE["team"].name, dossier.rsplit("/", 1)[-1])
    assert [one for one in told if one in page.source] == []
    others = [question.ask[language] for id, question in kinds.edition.questions.items() if id != "name"]
    assert [ask for ask in others if ask in page.text] == []


def test_the_answer_goes_to_the_team_with_a_remark_to_check_it(
    kinds: Shell, anna: Client, guest: Client, dossier: str
) -> None:
    guest.send(guest.get(make_link(anna, dossier, "story")), 200, **{"story-value": HOSTILE})
    assert saved(kinds, dossier, "story").value == HOSTILE
    [remark] = list_remarks(kinds.engine, dossier.rsplit("/", 1)[-1])
    assert (remark.text, remark.made_by, remark.is_open) == (OUTSIDE, "", True)
    assert HOSTILE in anna.get(f"{dossier}/questions/story").text
    assert OUTSIDE in anna.get(f"{dossier}/remarks").text
    assert PEOPLE["team"].name not in anna.get(f"{dossier}/questions/story/history").text


def test_not_knowing_is_an_answer(kinds: Shell, anna: Client, guest: Client, dossier: str) -> None:
    guest.send(guest.get(make_link(anna, dossier, "way")), 200, do="unsure:way", **{"way-motivation": HOSTILE})
    assert (saved(kinds, dossier, "way").unsure, saved(kinds, dossier, "way").motivation) == (True, HOSTILE)


@pytest.mark.parametrize("do", ["save", "show:en", "add_row:sources"])
def test_nothing_typed_is_lost_while_nothing_is_sent(
    kinds: Shell, anna: Client, guest: Client, dossier: str, do: str
) -> None:
    address, before = make_link(anna, dossier, "sources"), version(kinds, dossier)
    typed = {"sources-r1-title": HOSTILE, "sources-r1-size": "tien", "sources-motivation": "Van ver"}
    status = 422 if do == "save" else 200
    page = guest.send(guest.get(address), status, do=do, **typed)
    assert {name: page.value(name) for name in typed} == {name: [text] for name, text in typed.items()}
    assert version(kinds, dossier) == before
    assert guest.get(address).h1


def test_a_page_that_was_open_for_a_long_time_keeps_what_was_typed(anna: Client, guest: Client, dossier: str) -> None:
    address = make_link(anna, dossier, "story")
    page = guest.get(address)
    refused = Client(anna.app, person="").send(page, 400, **{"story-value": HOSTILE})
    assert refused.value("story-value") == [HOSTILE]


def test_after_its_last_moment_it_is_over(
    monkeypatch: pytest.MonkeyPatch, anna: Client, guest: Client, dossier: str
) -> None:
    address = make_link(anna, dossier, "name")
    page = guest.get(address)
    later = clock.now() + timedelta(days=14)
    monkeypatch.setattr(clock, "now", lambda: later)
    refused = guest.send(page, 404, **{"name-value": "Te laat gekomen"})
    assert "Te laat gekomen" in refused.text
    assert guest.get(address, 404).text == guest.get("/sent/nooit-bestaan", 404).text


def test_locked_it_opens_nothing_and_opens_again_when_the_dossier_comes_back(
    anna: Client, guest: Client, dossier: str
) -> None:
    address = make_link(anna, dossier, "name")
    anna.send(anna.get(f"{dossier}/hand-in"), form="hand-in")
    guest.get(address, 404)
    token = anna.get("/scan/questions/phase").fields()["csrf_token"][0]
    anna.post(f"{dossier}/withdraw", {"csrf_token": token})
    assert guest.get(address).h1


@pytest.mark.parametrize("sent_to", ["", "  ", "x" * 201])
def test_it_is_said_who_will_answer(anna: Client, dossier: str, sent_to: str) -> None:
    page = anna.send(anna.get(f"{dossier}/questions/name/send"), 422, form="send", sent_to=sent_to)
    assert list(page.errors) == ["sent_to"]
    assert page.value("sent_to") == [sent_to.strip()]


def ending(page: Page) -> list[str]:
    return [form.get("action") for form in page.all("form") if form.get("action", "").endswith("/end")]


def test_the_team_ends_it(anna: Client, guest: Client, dossier: str) -> None:
    address = make_link(anna, dossier, "name")
    page = anna.get(f"{dossier}/questions/name/send")
    assert address not in page.source  # shown once
    assert OUTSIDE in page.text
    [end] = ending(page)
    anna.post(end, {"csrf_token": page.fields("send")["csrf_token"][0]})
    guest.get(address, 404)
    assert ending(anna.get(f"{dossier}/questions/name/send")) == []


def test_a_question_that_is_not_asked_is_not_sent(anna: Client, dossier: str) -> None:
    anna.get(f"{dossier}/questions/detail/send", 404)
    anna.get(f"{dossier}/questions/nothing/send", 404)


def test_only_who_works_on_it_sends(app: Flask, client: Client, half: str) -> None:
    page = client.get(f"{half}/people")
    client.send(page, form="ask-in", email=PEOPLE["facilitator"].email, relation="viewer")
    Client(app, person="facilitator").get(f"{half}/questions/benefit/send", 403)
