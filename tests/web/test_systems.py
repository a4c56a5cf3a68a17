"""The page of other systems: who may make, agree and end, and what is shown once."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import text

from assistant.access import Role
from assistant.opening import Shell
from assistant.store.access_tokens import list_tokens
from assistant.store.database import reading

from .client import Client
from .desk import OFFICER, add_person, sign_in_as
from .systems import CaseSystem

TOKEN = re.compile(r"era_api_[A-Za-z0-9_-]{43}")


@pytest.fixture
def admin(app: Flask, shell: Shell) -> Client:
    return sign_in_as(app, shell, add_person(shell, Role.ADMIN))


@pytest.fixture
def officer(app: Flask, shell: Shell) -> Client:
    return sign_in_as(app, shell, OFFICER)


def test_an_admin_makes_an_officer_agrees_and_either_ends(
    app: Flask, shell: Shell, admin: Client, officer: Client, told: list[str]
) -> None:
    page = admin.send(admin.get("/systems/new"), 200, form="access-token", system="Zaaksysteem", scope="dossiers")
    [token] = set(TOKEN.findall(page.source))
    assert not TOKEN.search(admin.get("/systems").source)
    assert "Akkoord" not in admin.get("/systems").texts("button")
    system = CaseSystem(app, token)
    system.fetch("/register", 401)
    waiting = officer.get("/systems")
    assert "wacht op een privacy officer" in waiting.text
    [agree, _end] = waiting.tree.findall(".//main//form")
    officer.post(agree.get("action"), {"csrf_token": waiting.value("csrf_token")[0], "do": "save"})
    system.fetch("/register")
    works = admin.get("/systems")
    assert "laatst gebruikt op" in works.text
    [end] = works.tree.findall(".//main//form")
    admin.post(end.get("action"), {"csrf_token": works.value("csrf_token")[0], "do": "save"})
    system.fetch("/register", 401)
    assert officer.get("/systems").tree.findall(".//main//form") == []
    assert not [line for line in told if token in line]
    with reading(shell.engine) as connection:
        kinds = list(connection.scalars(text("SELECT kind FROM organisation_event ORDER BY seq")))
    assert kinds[-3:] == ["access_token_made", "access_token_agreed", "access_token_ended"]


def test_nobody_agrees_to_a_token_of_their_own(app: Flask, shell: Shell) -> None:
    both = sign_in_as(app, shell, add_person(shell, Role.ADMIN, Role.PO))
    both.send(both.get("/systems/new"), 200, form="access-token", system="Zaaksysteem")
    page = both.get("/systems")
    assert "Akkoord" not in page.source
    [token] = list_tokens(shell.engine)
    both.post(f"/systems/{token.id}/agree", {"csrf_token": page.value("csrf_token")[0]}, 404)
    both.post(f"/systems/{'0' * 64}/end", {"csrf_token": page.value("csrf_token")[0]}, 404)


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"system": ""}, "system"), ({"scope": "all"}, "scope"), ({"until": ""}, "until"),
     ({"until": "31-02-2027"}, "until"), ({"until": "01-01-2020"}, "until"), ({"until": "01-01-2036"}, "until")],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_made(
    shell: Shell, admin: Client, typed: dict[str, str], field: str
) -> None:
    page = admin.send(admin.get("/systems/new"), 422, form="access-token", **{"system": "Zaaksysteem"} | typed)
    assert list(page.errors) == [field]
    assert list_tokens(shell.engine) == []
    if field != "system":
        assert page.value("system") == ["Zaaksysteem"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pages_are_there_in_both_languages(admin: Client, language: str) -> None:
    for path in ("/systems", "/systems/new"):
        assert admin.get(f"/./{language}{path}", language=language).h1
