"""What is to be done on screen: actions, and signals that nobody needs to wait for."""

from __future__ import annotations

import pytest
from flask import Flask

from assistant.demo import PEOPLE
from assistant.opening import Shell
from assistant.store.actions import ToDo, list_actions
from assistant.store.endings import list_endings

from .client import Client
from .work import make_dossier

OWN = PEOPLE["team"].function
HOSTILE = "<b>Bel</b> de school & vraag {{ 7 * 7 }}"


def actions_of(shell: Shell, address: str) -> list[ToDo]:
    return list_actions(shell.engine, address.rsplit("/", 1)[-1])


def add(client: Client, address: str, **typed: str) -> None:
    given = {"text": HOSTILE, "owner": OWN, "due": "1-2-2020"} | typed
    client.send(client.get(f"{address}/actions/new"), form="action", **given)


def signal(client: Client, address: str, ends: bool = True) -> str:
    """The address of the first signal that can be ended, or made an action."""
    wanted = "/end" if ends else "/actions/new"
    links = [a.get("href") for a in client.get(f"{address}/signals").all("a")]
    return next(link for link in links if link.split("?")[0].endswith(wanted))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_action_that_is_late_says_so_in_words(app: Flask, shell: Shell, half: str, language: str) -> None:
    client = Client(app, language)
    add(client, half, due="1-2-2099")
    add(client, half)
    page = client.get(f"{half}/actions")
    assert HOSTILE in page.text
    assert len(page.texts("strong")) == 1
    assert [(one.owner, one.due) for one in actions_of(shell, half)] == [(OWN, "2099-02-01"), (OWN, "2020-02-01")]
    assert HOSTILE in client.get("/my-work").text


def test_a_day_that_does_not_exist(client: Client, shell: Shell, half: str) -> None:
    page = client.send(client.get(f"{half}/actions/new"), 422, form="action", text=HOSTILE, due="31-2-2027")
    assert list(page.errors) == ["due"]
    assert (page.value("text"), page.value("due")) == ([HOSTILE], ["31-2-2027"])
    assert actions_of(shell, half) == []


def test_done_with_a_sentence_and_not_done_after_all(client: Client, shell: Shell, half: str) -> None:
    add(client, half)
    [one] = actions_of(shell, half)
    path = f"{half}/actions/{one.id}/done"
    page = client.get(path)
    assert list(client.send(page, 422, form=page.form().get("id"), note=" ").errors) == ["note"]
    client.send(page, form=page.form().get("id"), note="Gebeld.")
    assert [done.done_note for done in actions_of(shell, half)] == ["Gebeld."]
    assert HOSTILE not in client.get("/my-work").text
    assert "Gebeld." in client.get(f"{half}/actions").text


def test_who_comes_second_sees_both(client: Client, shell: Shell, half: str) -> None:
    add(client, half)
    [one] = actions_of(shell, half)
    path = f"{half}/actions/{one.id}"
    page = client.get(path)
    client.send(page, form="action", text="Schrijf de school.")
    refused = client.send(page, 409, form="action", text="Bezoek de school.")
    assert "Schrijf de school." in refused.text
    assert refused.value("text") == ["Bezoek de school."]
    client.send(refused, form="action")
    assert [now.text for now in actions_of(shell, half)] == ["Bezoek de school."]


def test_what_a_signal_advises_becomes_an_action(client: Client, shell: Shell, half: str) -> None:
    page = client.get(signal(client, half, ends=False))
    proposed = page.value("text")[0]
    assert proposed
    client.send(page, form="action")
    [one] = actions_of(shell, half)
    assert (one.text, one.about) == (proposed.replace("\r\n", "\n"), page.value("about")[0])


@pytest.mark.parametrize("how", ["accepted", "contested"])
def test_a_signal_ends_with_a_reason_and_stays_visible(client: Client, shell: Shell, half: str, how: str) -> None:
    path = signal(client, half)
    page = client.get(path)
    assert list(client.send(page, 422, form="end", do=how, reason=" ").errors) == ["reason"]
    assert list_endings(shell.engine, half.rsplit("/", 1)[-1]) == {}
    client.send(page, form="end", do=how, reason=HOSTILE)
    [ending] = list_endings(shell.engine, half.rsplit("/", 1)[-1]).values()
    assert (ending.how, ending.reason) == (how, HOSTILE)
    assert HOSTILE in client.get(f"{half}/signals").text


def test_nobody_in_the_team_accepts_a_stop(client: Client, shell: Shell) -> None:
    dossier = make_dossier(shell, {"phase": "exploration", "personal_data": "coded", "legal_task": ["none"]})
    page = client.get(f"{dossier}/signals/no_legal_task/end")
    assert [button.get("value") for button in page.all("button", name="do")].count("accepted") == 0
    refused = client.send(page, 422, form="end", do="accepted", reason=HOSTILE)
    assert refused.value("reason") == [HOSTILE]
    assert list_endings(shell.engine, dossier.rsplit("/", 1)[-1]) == {}
    client.send(refused, form="end", do="contested")
    assert [one.how for one in list_endings(shell.engine, dossier.rsplit("/", 1)[-1]).values()] == ["contested"]


def test_who_is_done_second_keeps_the_sentence(client: Client, shell: Shell, half: str) -> None:
    add(client, half)
    [one] = actions_of(shell, half)
    page = client.get(f"{half}/actions/{one.id}/done")
    client.send(client.get(f"{half}/actions/{one.id}"), form="action", text="Schrijf de school.", due="1-2-2027")
    refused = client.send(page, 409, form="done", note="Gebeld.")
    assert refused.value("note") == ["Gebeld."]
    assert "Schrijf de school." in refused.text
    client.send(refused, form="done")
    assert [done.done_note for done in actions_of(shell, half)] == ["Gebeld."]
