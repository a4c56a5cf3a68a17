"""Personal data in typed text: named by kind and place; saving stays possible, and nothing of it is kept."""

from __future__ import annotations

import logging

import pytest

from assistant.opening import Shell

from .client import Client
from .work import saved

MADE_UP = "Mail naar j.voorbeeld@example.org, BSN 999990019 staat in de lijst."


def test_saving_goes_on_and_the_next_page_says_what_kind_and_where(
    kinds: Shell, anna: Client, dossier: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    page = anna.follow(anna.answer(f"{dossier}/questions/story", value=MADE_UP))
    assert saved(kinds, dossier, "story").value == MADE_UP
    [strip] = page.texts("div", kind="strip")
    assert "een e-mailadres" in strip
    assert "een BSN" in strip
    assert "j.voorbeeld" not in strip
    assert "999990019" not in caplog.text
    assert any(link.get("href").endswith("/questions/story") for link in page.all("a"))


def test_it_is_told_once_and_not_where_there_is_none(anna: Client, dossier: str) -> None:
    page = anna.follow(anna.answer(f"{dossier}/questions/story", value=MADE_UP))
    assert "een BSN" not in " ".join(anna.get(page.path).texts("div", kind="strip"))
    page = anna.follow(anna.answer(f"{dossier}/questions/story", value="Verzuim per opleiding, zaak 2026-0012345."))
    assert "misschien" not in " ".join(page.texts("div", kind="strip"))


def test_another_view_is_looked_at_too(anna: Client, dossier: str) -> None:
    page = anna.get(f"{dossier}/questions/story/views")
    after = anna.follow(anna.send(page, form="add-view", view="Bel 06-12345678 maar."))
    assert "een telefoonnummer" in " ".join(after.texts("div", kind="strip"))


def test_while_typing_only_the_kind_comes_back(anna: Client, dossier: str) -> None:
    token = anna.get(f"{dossier}/questions/story").fields()["csrf_token"]
    answer = anna.open("/personal-data", "POST", data={"text": MADE_UP, "csrf_token": token})
    assert answer.status == 200
    warning = answer.response.get_json()["warning"]
    assert "een BSN" in warning
    assert "999990019" not in warning
    empty = anna.open("/personal-data", "POST", data={"text": "Niets aan de hand.", "csrf_token": token})
    assert empty.response.get_json() == {"warning": ""}
