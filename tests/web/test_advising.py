"""Advice: on the version that lies there, with reasons; a second reader; conditions until they are done."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from assistant.access import Relation, Role
from assistant.opening import Shell
from assistant.store.advices import Advice, list_advices
from assistant.store.conditions import list_conditions
from assistant.store.members import save_member
from assistant.store.org_settings import SECOND_READER, save_setting
from assistant.store.remarks import EARLY, add_remark, list_early
from assistant.store.versions import find_version

from .client import Client, Page
from .desk import (
    HEAVY,
    LIGHT,
    OFFICER,
    TEAM,
    add_person,
    draft,
    hand_in,
    handed_in,
    id_of,
    press,
    sign_in_as,
    signed_by,
)

WITH = {
    "outcome": "go_on_with_conditions",
    "motivation": "Goed doordacht.",
    "conditions-0-text": "Zet de export uit.",
    "conditions-0-owner": "beheerder",
    "conditions-0-due": "15-01-2027",
}


@pytest.fixture
def officer(app: Flask) -> Client:
    return Client(app, person="officer")


@pytest.fixture
def fg(app: Flask, shell: Shell) -> Client:
    return sign_in_as(app, shell, add_person(shell, Role.FG))


def advise(client: Client, address: str, status: int = 302, **typed: Any) -> Page:
    return client.send(client.get(f"{address}/advise"), status, form="advise", **typed)


def given(shell: Shell, address: str) -> list[Advice]:
    return list_advices(shell.engine, id_of(address))


def test_an_advice_with_a_condition(app: Flask, shell: Shell, officer: Client) -> None:
    address = handed_in(app, shell, HEAVY)
    version = find_version(shell.engine, id_of(address))
    advise(officer, address, **WITH, again_on="2027-11-25")
    [advice] = given(shell, address)
    assert (advice.kind, advice.outcome, advice.motivation) == ("po", WITH["outcome"], WITH["motivation"])
    assert (advice.version_hash, advice.again_on, advice.person) == (version.hash, "2027-11-25", OFFICER)
    assert (advice.function, advice.thought_along) == ("privacy officer", False)
    [condition] = list_conditions(shell.engine, id_of(address))
    assert (condition.text, condition.owner, condition.due) == ("Zet de export uit.", "beheerder", "2027-01-15")
    page = Client(app).get(f"{address.removeprefix('/desk')}/advice")
    for words in ("Goed doordacht.", "Zet de export uit.", "beheerder", version.hash, "privacy officer"):
        assert words in page.text
    assert "Joost" not in page.text


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, ["outcome"]),
        ({"outcome": "maybe"}, ["outcome"]),
        ({"outcome": "do_not"}, ["motivation"]),
        ({"outcome": "dpia_first", "motivation": "  "}, ["motivation"]),
        ({"outcome": "go_on_with_conditions", "motivation": "Goed."}, ["conditions-0-text"]),
        ({"outcome": "go_on", "conditions-0-owner": "beheerder"}, ["conditions-0-text"]),
        ({"outcome": "go_on", "conditions-0-text": "X", "conditions-0-due": "ooit"}, ["conditions-0-due"]),
        ({"outcome": "go_on", "again_on": "31-02-2027"}, ["again_on"]),
        ({"outcome": "go_on", "kind": "fg"}, ["kind"]),
        ({"outcome": "go_on", "motivation": "x" * 20_001}, ["motivation"]),
    ],
)
def test_what_is_missing(app: Flask, shell: Shell, officer: Client, typed: dict[str, str], wrong: list[str]) -> None:
    address = handed_in(app, shell, LIGHT)
    page = advise(officer, address, 422, **typed)
    assert list(page.errors) == wrong
    assert not given(shell, address)


def test_just_going_on_takes_no_reason(app: Flask, shell: Shell, officer: Client) -> None:
    address = handed_in(app, shell, LIGHT)
    advise(officer, address, outcome="go_on")
    assert [one.motivation for one in given(shell, address)] == [""]


def test_another_row_keeps_what_was_typed(app: Flask, shell: Shell, officer: Client) -> None:
    address = handed_in(app, shell, LIGHT)
    page = advise(officer, address, 200, do="add_row", **WITH)
    assert page.value("conditions-0-text") == [WITH["conditions-0-text"]]
    assert not page.errors
    officer.send(page, form="advise", **{"conditions-1-text": "Vertel het de ouders."})
    assert {one.text for one in list_conditions(shell.engine, id_of(address))} == {
        "Zet de export uit.",
        "Vertel het de ouders.",
    }


def test_refused_when_a_newer_version_lies_there_and_the_text_is_kept(
    app: Flask, shell: Shell, officer: Client
) -> None:
    address, team = handed_in(app, shell, HEAVY), Client(app)
    seen, dossier = officer.get(f"{address}/advise"), address.removeprefix("/desk")
    press(team, dossier, f"{dossier}/withdraw")
    gone = officer.send(seen, 403, form="advise", **WITH)
    assert gone.value("motivation") == [WITH["motivation"]]
    hand_in(team, dossier)
    page = officer.send(seen, 409, form="advise", **WITH)
    assert page.value("motivation") == [WITH["motivation"]]
    assert page.value("conditions-0-text") == [WITH["conditions-0-text"]]
    assert not given(shell, address)
    officer.send(page, form="advise")
    assert [one.number for one in given(shell, address)] == [2]


def test_po_and_fg_advise_apart(app: Flask, shell: Shell, officer: Client, fg: Client) -> None:
    address = handed_in(app, shell, HEAVY)
    advise(officer, address, outcome="go_on")
    advise(fg, address, outcome="do_not", motivation="Niet op kinderen.")
    assert {(one.kind, one.outcome) for one in given(shell, address)} == {("po", "go_on"), ("fg", "do_not")}


def test_whoever_is_both_says_as_what(app: Flask, shell: Shell) -> None:
    both = sign_in_as(app, shell, add_person(shell, Role.PO, Role.FG))
    address = handed_in(app, shell, LIGHT)
    advise(both, address, outcome="go_on", kind="fg")
    assert [one.kind for one in given(shell, address)] == ["fg"]


@pytest.mark.parametrize("how", ["member", "early"])
def test_who_thought_along_may_advise_and_it_shows(app: Flask, shell: Shell, officer: Client, how: str) -> None:
    dossier = draft(shell, LIGHT)
    if how == "member":
        save_member(shell.engine, id_of(dossier), OFFICER, Relation.VIEWER, signed=signed_by(shell, TEAM))
    else:
        add_remark(shell.engine, id_of(dossier), "purpose", "Mag dit?", kind=EARLY, signed=signed_by(shell, TEAM))
        [asked] = list_early(shell.engine)
        officer.send(officer.get(f"/desk/early/{asked.id}"), form="reply", text="Ja.")
    address = hand_in(Client(app), dossier)
    advise(officer, address, outcome="go_on")
    assert [one.thought_along for one in given(shell, address)] == [True]


@pytest.mark.parametrize(
    ("level", "name", "waits"),
    [("none", HEAVY, False), ("high", HEAVY, True), ("high", LIGHT, False), ("stop", LIGHT, False)],
)
def test_a_second_reader_by_level(
    app: Flask, shell: Shell, officer: Client, fg: Client, level: str, name: str, waits: bool
) -> None:
    save_setting(shell.engine, SECOND_READER, level, signed=signed_by(shell, ""))
    address = handed_in(app, shell, name)
    advise(officer, address, **WITH)
    [advice] = given(shell, address)
    assert advice.is_given is not waits
    if not waits:
        return
    agree = f"{address}/advices/{advice.id}/agree"
    assert ("een tweede officer" in officer.get("/desk").text) or ("a second officer" in officer.get("/desk").text)
    assert not officer.get(address).tree.xpath(f"//form[@action='/nl{agree}']")
    press(officer, f"{address}/whole", agree, 403)
    team_page = f"{address.removeprefix('/desk')}/advice"
    assert "Goed doordacht." not in Client(app).get(team_page).text
    press(fg, address, agree)
    assert given(shell, address)[0].is_given
    assert "Goed doordacht." in Client(app).get(team_page).text


def test_conditions_are_done_with_a_sentence_and_a_number(app: Flask, shell: Shell, officer: Client) -> None:
    address, team = handed_in(app, shell, HEAVY), Client(app)
    advise(officer, address, **WITH)
    path = f"{address.removeprefix('/desk')}/conditions"
    [condition] = list_conditions(shell.engine, id_of(address))
    page, note, number = team.get(path), f"{condition.id}-note", f"{condition.id}-reference"
    wrong = team.send(page, 422, form="done", **{note: "De export is uit."})
    assert list(wrong.errors) == [number]
    assert wrong.value(note) == ["De export is uit."]
    team.send(page, form="done", **{note: "De export is uit.", number: "Z-2026-114"})
    assert not list_conditions(shell.engine, id_of(address))[0].is_open
    for client in (team, officer):
        assert "Z-2026-114" in client.get(path).text
    team.post(path, {**page.fields("done"), note: "Nog eens.", number: "Z-1", "do": "save"}, 409)
    assert list_conditions(shell.engine, id_of(address))[0].done_note == "De export is uit."


def test_conditions_come_back_in_the_next_version(app: Flask, shell: Shell, officer: Client) -> None:
    address, team = handed_in(app, shell, HEAVY), Client(app)
    advise(officer, address, **WITH)
    hand_in(team, address.removeprefix("/desk"))
    page = officer.get(address)
    assert "Zet de export uit." in page.text
    assert "Goed doordacht." in page.text


def test_a_dossier_without_advice_says_so(app: Flask, shell: Shell) -> None:
    team, dossier = Client(app), draft(shell, LIGHT)
    assert not team.get(f"{dossier}/advice").all("section", kind="advice")
    team.get(f"{dossier}/conditions", 403)
