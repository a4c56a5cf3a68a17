"""The pages on privacy and accessibility say what the program does, and whom the organisation named."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from assistant import clock
from assistant.access import Role
from assistant.opening import Shell
from assistant.store import drafts, throttle
from assistant.store.changes import Signed
from assistant.store.org_settings import (
    CONTACTS,
    RETENTION,
    WORKSHOP_WEEKS,
    Contacts,
    find_contacts,
    save_setting,
)
from assistant.store.sessions import IDLE, LONGEST
from assistant.web.statements import ASSESSED, METHODS

from .client import Client
from .town import add, enter

ROOT = Path(__file__).parents[2]
# What a way of testing rests on has to stand in the first of its files, or it is no longer true.
SHOWS = {
    "axe": "find_faults",
    "keyboard": "keyboard",
    "narrow": "Mode(320",
    "colours": "forced=True",
    "scripts": "test_every_page_of_a_dossier",
    "documents": "test_it_passes_both_standards",
    "plain": "LONGEST = 12, 20",
}


def set_to(shell: Shell, name: str, value: object) -> None:
    save_setting(shell.engine, name, value, signed=Signed("", clock.now(), shell.audit_key))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_leads_to_both(app: Flask, language: str) -> None:
    client = Client(app, language, person="")
    links = {link.get("href") for link in client.get("/").all("a")}
    assert {f"/{language}/privacy", f"/{language}/accessibility"} <= links


def test_what_it_says_of_time_is_what_the_program_does(shell: Shell, app: Flask) -> None:
    set_to(shell, WORKSHOP_WEEKS, 11)
    text = Client(app, "en", person="").get("/privacy").text
    assert "destroyed 11 weeks after the day" in text
    assert f"kept for {drafts.LONGEST.days} days" in text
    assert f"known for {throttle.KNOWN_FOR.days} days" in text
    assert f"After {IDLE.seconds // 60} minutes without a click, or {LONGEST.seconds // 3600} hours" in text


def test_the_term_of_a_dossier_is_the_organisations(shell: Shell, app: Flask) -> None:
    client = Client(app, "en", person="")
    assert "has not set yet for how long" in client.get("/privacy").text
    set_to(shell, RETENTION, {"years": 7, "ground": "list 2020, 12.1"})
    text = client.get("/privacy").text
    assert "kept for 7 years after it was closed" in text
    assert "list 2020, 12.1" in text


def test_it_says_to_whom_data_go_outside_the_pages(shell: Shell, app: Flask) -> None:
    text = Client(app, "en", person="").get("/privacy").text
    assert "Another system of the organisation" in text
    assert "mail server" not in text
    settings = shell.settings.model_copy(update={"mail_server": "mail.oeverland.example"})
    app.extensions["shell"] = replace(shell, settings=settings)
    assert "mail server of the organisation" in Client(app, "en", person="").get("/privacy").text


def test_each_of_three_readers_has_a_part_of_their_own(app: Flask) -> None:
    page = Client(app, "en", person="").get("/privacy")
    ids = {heading.get("id") for heading in page.all("h2")}
    assert {"everyone", "visitor", "participant", "account", "link", "rights"} <= ids


def test_an_admin_says_whom_to_ask(town: Shell, town_app: Flask) -> None:
    add(town, "admin", Role.ADMIN)
    client = Client(town_app, "en", person="")
    for path in ("/privacy", "/accessibility"):
        assert "has not filled in yet" in client.get(path).text
    enter(client, "admin")
    named = Contacts("Gemeente Oeverland", "fg@oeverland.example", "<b>030 123</b>")
    page = client.get("/admin/settings")
    client.send(
        page,
        form="settings",
        organisation=named.organisation,
        privacy=named.privacy,
        accessibility=named.accessibility,
    )
    assert find_contacts(town.engine) == named
    shown = client.get("/privacy").text
    assert named.organisation in shown
    assert named.privacy in shown
    assert named.accessibility in client.get("/accessibility").text
    set_to(town, CONTACTS, None)
    assert find_contacts(town.engine) == Contacts()


def test_the_statement_is_not_older_than_a_year() -> None:
    today = clock.today()
    assert ASSESSED <= today, "the statement is of a day to come"
    assert today - ASSESSED <= timedelta(days=365), "go through docs and page again, then change ASSESSED"


def test_what_it_says_was_tested_is() -> None:
    assert set(SHOWS) == {method.name for method in METHODS}
    for method in METHODS:
        for test in method.tests:
            assert (ROOT / test).is_file(), test
        assert SHOWS[method.name] in (ROOT / method.tests[0]).read_text(encoding="utf-8"), method.name
