"""How a signal ends holds as long as the answers raise it no more strongly than they did then."""

from __future__ import annotations

import html
from typing import Any

import pytest
from flask import Flask

from assistant.access import Relation
from assistant.demo import PEOPLE
from assistant.opening import Shell
from assistant.store.endings import list_endings
from assistant.store.members import save_member

from .client import Client
from .desk import signed_by
from .work import TEAM, make_dossier

STOP, QUESTION = "no_legal_task", "legal_task"
HOSTILE = "<b>Wij</b> zien het anders {{ 7 * 7 }} &"
HOW = {"nl": "Het team ziet dit anders", "en": "The team sees this differently"}


def id_of(dossier: str) -> str:
    return dossier.rsplit("/", 1)[-1]


def make(shell: Shell, task: Any) -> str:
    return make_dossier(shell, {"phase": "exploration", "personal_data": "coded", QUESTION: task})


def contest(client: Client, dossier: str) -> None:
    page = client.get(f"{dossier}/signals/{STOP}/end")
    client.send(page, form="end", do="contested", reason=HOSTILE)


def is_contested(client: Client, dossier: str) -> bool:
    return HOSTILE in client.get(f"{dossier}/signals").text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_contested_it_no_longer_stops_and_stays_in_sight(app: Flask, shell: Shell, language: str) -> None:
    client, dossier = Client(app, language), make(shell, ["none"])
    contest(client, dossier)
    after = client.get(f"{dossier}/signals")
    assert shell.edition.signals[STOP].says[language] in after.text
    assert f"{HOW[language]}: {HOSTILE}" in after.text
    assert PEOPLE["team"].function in after.text  # by which function
    assert PEOPLE["team"].name not in after.text
    assert HOSTILE in html.unescape(client.get(f"{dossier}/download/markdown").source).replace("\\", "")
    frozen = client.get(f"{dossier}/download/json").response.json
    [signal] = [one for one in frozen["signals"] if one["id"] == STOP]
    assert (signal["ending"]["how"], signal["counts"]) == ("contested", False)


def test_gone_and_come_back_it_is_open_again(client: Client, shell: Shell) -> None:
    dossier = make(shell, ["none"])
    contest(client, dossier)
    task = next(choice.id for choice in shell.edition.questions[QUESTION].choices if choice.id != "none")
    client.answer(f"{dossier}/questions/{QUESTION}", value=[task], motivation="Dat zei de jurist.")
    assert list_endings(shell.engine, id_of(dossier)) == {}
    client.answer(f"{dossier}/questions/{QUESTION}", value=["none"], motivation="Dat zei de jurist.")
    assert not is_contested(client, dossier)
    assert client.get(f"{dossier}/signals/{STOP}/end").form("end") is not None


def test_what_was_only_possible_is_open_again_when_it_is_certain(client: Client, shell: Shell) -> None:
    dossier = make(shell, {"unsure": True})
    contest(client, dossier)
    assert is_contested(client, dossier)
    client.answer(f"{dossier}/questions/{QUESTION}", value=["none"], motivation="Dat zei de jurist.")
    assert not is_contested(client, dossier)
    contest(client, dossier)
    client.answer(f"{dossier}/questions/{QUESTION}", do=f"unsure:{QUESTION}")
    assert is_contested(client, dossier)  # what was certain then is at most as strong now


def test_another_answer_leaves_it(client: Client, shell: Shell) -> None:
    dossier = make(shell, ["none"])
    contest(client, dossier)
    client.answer(f"{dossier}/questions/description", value="Iets heel anders.")
    assert is_contested(client, dossier)


def test_the_owner_opens_it_again(client: Client, shell: Shell) -> None:
    dossier = make(shell, ["none"])
    contest(client, dossier)
    page = client.get(f"{dossier}/signals")
    [form] = [form for form in page.all("form") if form.get("action", "").endswith(f"/{STOP}/end")]
    client.post(form.get("action"), {"csrf_token": page.value("csrf_token")[0], "do": "reopen"})
    assert not is_contested(client, dossier)


def test_only_an_owner_ends_a_signal(app: Flask, shell: Shell) -> None:
    dossier = make(shell, ["none"])
    save_member(shell.engine, id_of(dossier), PEOPLE["facilitator"].id, Relation.EDITOR, signed=signed_by(shell, TEAM))
    editor = Client(app, person="facilitator")
    assert f"{STOP}/end" not in editor.get(f"{dossier}/signals").source
    editor.get(f"{dossier}/signals/{STOP}/end", 403)


@pytest.mark.parametrize("signal", ["nothing", "children_profiled"])
def test_a_signal_that_is_not_raised_cannot_end(client: Client, shell: Shell, signal: str) -> None:
    client.get(f"{make(shell, ['none'])}/signals/{signal}/end", 404)
