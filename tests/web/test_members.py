"""Colleagues and guests: who is in a dossier, and on which terms."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from assistant import clock
from assistant.access import Relation
from assistant.demo import PEOPLE
from assistant.opening import Shell
from assistant.store.members import list_members

from .client import Client

TEAM, FACILITATOR = PEOPLE["team"], PEOPLE["facilitator"]


def relations(shell: Shell, address: str) -> dict[str, Relation]:
    return {member.person: member.relation for member in list_members(shell.engine, address.rsplit("/", 1)[-1])}


def ask_in(client: Client, address: str, email: str, relation: str = "editor", **other: str) -> None:
    client.send(client.get(f"{address}/people"), form="ask-in", email=email, relation=relation, **other)


def token(client: Client) -> str:
    return client.get("/scan/questions/phase").fields()["csrf_token"][0]


def test_a_colleague_with_an_account_comes_in_at_once(app: Flask, client: Client, shell: Shell, half: str) -> None:
    colleague = Client(app, person="facilitator")
    colleague.get(half, 404)
    ask_in(client, half, FACILITATOR.email.upper(), "viewer")
    assert relations(shell, half) == {TEAM.id: Relation.OWNER, FACILITATOR.id: Relation.VIEWER}
    assert colleague.get(half).h1


def test_somebody_new_gets_a_link_that_is_shown_once(client: Client, shell: Shell, half: str) -> None:
    page = client.get(f"{half}/people")
    made = client.send(page, 200, form="ask-in", email="nieuw@oeverland.example", relation="editor")
    [link] = re.findall(r"https?://[^<\s]+/join/([\w-]{43})", made.source)
    again = client.get(f"{half}/people")
    assert link not in again.source
    assert "nieuw@oeverland.example" in again.text
    assert list(relations(shell, half)) == [TEAM.id]


def test_a_guest_needs_a_last_day_and_is_out_after_it(app: Flask, client: Client, shell: Shell, half: str) -> None:
    page = client.get(f"{half}/people")
    refused = client.send(page, 422, form="ask-in", email=FACILITATOR.email, relation="guest")
    assert list(refused.errors) == ["until"]
    yesterday = (clock.today() - timedelta(days=1)).strftime("%d-%m-%Y")
    ask_in(client, half, FACILITATOR.email, "guest", until=yesterday)
    guest = Client(app, person="facilitator")
    guest.get(half, 404)
    ask_in(client, half, FACILITATOR.email, "guest", until=clock.today().strftime("%d-%m-%Y"))
    assert guest.get(half).h1
    guest.get(f"{half}/downloads", 403)


@pytest.mark.parametrize("email", ["", "geen adres", "a@b", "x" * 300 + "@example.nl"])
def test_what_is_no_address_is_refused_with_the_text_kept(client: Client, half: str, email: str) -> None:
    page = client.send(client.get(f"{half}/people"), 422, form="ask-in", email=email, relation="editor")
    assert list(page.errors) == ["email"]
    assert page.value("email") == [email]


def test_a_dossier_keeps_an_owner(app: Flask, client: Client, shell: Shell, half: str) -> None:
    for relation in ("viewer", "leave"):
        page = client.post(f"{half}/people/{TEAM.id}", {"csrf_token": token(client), "relation": relation}, 409)
        assert page.all("div", role="alert")
    ask_in(client, half, FACILITATOR.email, "owner")
    client.post(f"{half}/people/{TEAM.id}", {"csrf_token": token(client), "relation": "viewer"})
    assert relations(shell, half) == {TEAM.id: Relation.VIEWER, FACILITATOR.id: Relation.OWNER}
    client.get(f"{half}/hand-in")
    client.post(f"{half}/people/{TEAM.id}", {"csrf_token": token(client), "relation": "owner"}, 403)
    Client(app, person="facilitator").post(f"{half}/people/{TEAM.id}", {"csrf_token": "none", "relation": "leave"}, 400)


def test_who_left_is_told_that_there_is_no_such_dossier(app: Flask, client: Client, half: str) -> None:
    ask_in(client, half, FACILITATOR.email)
    colleague = Client(app, person="facilitator")
    colleague.answer(f"{half}/questions/description", value="Van een collega.")
    client.post(f"{half}/people/{FACILITATOR.id}", {"csrf_token": token(client), "relation": "leave"})
    colleague.get(half, 404)


def test_a_viewer_reads_and_does_not_change(app: Flask, client: Client, half: str) -> None:
    ask_in(client, half, FACILITATOR.email, "viewer")
    viewer = Client(app, person="facilitator")
    page = viewer.get(f"{half}/questions/description")
    assert "Wij willen weten wie er stopt met school." in page.text
    assert not page.all("form", id="answer")
    viewer.post(f"{half}/questions/description", {"csrf_token": token(viewer), "description-value": "Weg"}, 403)
    assert not viewer.get(f"{half}/people").all("form", id="ask-in")


def test_nobody_becomes_a_guest_without_a_last_day(client: Client, shell: Shell, half: str) -> None:
    ask_in(client, half, FACILITATOR.email)
    client.post(f"{half}/people/{FACILITATOR.id}", {"csrf_token": token(client), "relation": "guest"}, 404)
    assert relations(shell, half)[FACILITATOR.id] is Relation.EDITOR
