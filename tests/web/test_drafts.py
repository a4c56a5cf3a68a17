"""What is typed and not saved: kept for its writer, shown to nobody else, and let go when it is saved."""

from __future__ import annotations

import pytest
from flask import Flask

from assistant.access import Relation
from assistant.demo import PEOPLE
from assistant.opening import Shell
from assistant.store.drafts import find_draft
from assistant.store.members import save_member

from .client import Client
from .desk import signed_by
from .work import TEAM, saved, version

HOSTILE = "<b>Half</b> {{ 7 * 7 }} &"
QUESTION, FIELD = "description", "description-value"


def keep(client: Client, dossier: str, text: str = HOSTILE, status: int = 200, question: str = QUESTION) -> str:
    """What app.js does while somebody types; what it then shows."""
    fields = client.get(f"{dossier}/questions/{QUESTION}").fields() | {FIELD: [text]}
    page = client.post(f"{dossier}/drafts/{question}", fields, status, headers={"Accept": "application/json"})
    return str((page.response.json or {}).get("says", ""))


def id_of(dossier: str) -> str:
    return dossier.rsplit("/", 1)[-1]


@pytest.fixture
def colleague(app: Flask, shell: Shell, half: str) -> Client:
    save_member(shell.engine, id_of(half), PEOPLE["facilitator"].id, Relation.EDITOR, signed=signed_by(shell, TEAM))
    return Client(app, person="facilitator")


@pytest.mark.parametrize(("language", "says"), [("nl", "Bewaard als concept om"), ("en", "Kept as a draft at")])
def test_kept_and_there_again_for_its_writer_alone(
    app: Flask, shell: Shell, half: str, colleague: Client, language: str, says: str
) -> None:
    client, before = Client(app, language), version(shell, half)
    assert keep(client, half).startswith(says)
    page = client.get(f"{half}/questions/{QUESTION}")
    assert page.value(FIELD) == [HOSTILE]
    assert HOSTILE not in colleague.get(f"{half}/questions/{QUESTION}").value(FIELD)
    assert "Half" not in colleague.get("/my-work").source
    assert [f"{half}/questions/{QUESTION}" in one.get("/my-work").source for one in (client, colleague)] == [
        True,
        False,
    ]
    assert version(shell, half) == before
    assert "Half" not in client.get(f"{half}/download/json").source


def test_saved_it_is_let_go(client: Client, shell: Shell, half: str) -> None:
    keep(client, half)
    client.send(client.get(f"{half}/questions/{QUESTION}"))
    assert saved(shell, half, QUESTION).value == HOSTILE
    assert find_draft(shell.engine, TEAM, id_of(half), QUESTION) is None


def test_thrown_away_the_answer_is_as_it_was(client: Client, shell: Shell, half: str) -> None:
    before = saved(shell, half, QUESTION).value
    keep(client, half)
    page = client.get(f"{half}/questions/{QUESTION}")
    [away] = [form.get("action") for form in page.all("form") if form.get("action", "").endswith("/forget")]
    client.post(away, {"csrf_token": page.fields()["csrf_token"][0]})
    page = client.get(f"{half}/questions/{QUESTION}")
    assert page.value(FIELD) == [before]
    assert saved(shell, half, QUESTION).value == before


def test_a_draft_under_which_a_colleague_saved_overwrites_nothing(
    client: Client, shell: Shell, half: str, colleague: Client
) -> None:
    keep(client, half)
    colleague.answer(f"{half}/questions/{QUESTION}", value="Van een collega.")
    page = client.get(f"{half}/questions/{QUESTION}")
    assert page.value(FIELD) == [HOSTILE]
    refused = client.send(page, 409)
    assert refused.value(FIELD) == [HOSTILE]
    assert "Van een collega." in refused.text
    assert saved(shell, half, QUESTION).value == "Van een collega."


def test_what_cannot_be_kept_is_refused(client: Client, half: str) -> None:
    keep(client, half, question="nothing", status=404)
    keep(client, half, text="a\0b", status=422)
    keep(client, half, text="x" * 80_001, status=422)


def test_other_fields_are_not_kept(client: Client, shell: Shell, half: str) -> None:
    fields = client.get(f"{half}/questions/{QUESTION}").fields() | {FIELD: ["Half"], "benefit-value": ["Weg"]}
    client.post(f"{half}/drafts/{QUESTION}", fields, 200, headers={"Accept": "application/json"})
    draft = find_draft(shell.engine, TEAM, id_of(half), QUESTION)
    assert draft
    assert {name for name in draft.fields if not name.startswith(f"{QUESTION}-")} == set()


def test_nothing_is_kept_where_nothing_can_be_answered(app: Flask, client: Client, shell: Shell, half: str) -> None:
    fields = client.get(f"{half}/questions/{QUESTION}").fields() | {FIELD: ["Half"]}
    keep(client, half)
    client.send(client.get(f"{half}/hand-in"), form="hand-in")
    for who in (client, Client(app, person="officer")):
        assert who.open(f"{half}/drafts/{QUESTION}", "POST", data=fields).status in (400, 403, 404)
    client.post(f"{half}/drafts/{QUESTION}", fields, 403)
    page = client.get(f"{half}/questions/{QUESTION}")
    assert HOSTILE not in page.text
    client.post(f"{half}/withdraw", {"csrf_token": client.get("/scan/questions/phase").fields()["csrf_token"]})
    assert client.get(f"{half}/questions/{QUESTION}").value(FIELD) == [HOSTILE]
