"""Where I am signed in, and how that ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from assistant import clock
from assistant.access import Role
from assistant.opening import Shell
from assistant.store.chain import write_time
from assistant.store.database import reading, writing
from assistant.store.people import find_person

from .client import Client
from .town import OTHER, PASSPHRASE, add, enter, is_in


@pytest.fixture
def client(town: Shell, town_app: Flask) -> Client:
    add(town, "anna")
    return come_in(town_app, "anna")


def come_in(app: Flask, name: str) -> Client:
    client = Client(app, person="")
    enter(client, name)
    return client


def end_of(client: Client, nth: int) -> str:
    """Where the button of the nth other session leads."""
    return [form.get("action") for form in client.get("/account/sessions").tree.findall(".//main//li/form")][nth]


def token(client: Client) -> dict[str, str]:
    return {"csrf_token": client.get("/account").value("csrf_token")[0]}


def test_one_is_ended_elsewhere(client: Client) -> None:
    other, third = come_in(client.app, "anna"), come_in(client.app, "anna")
    assert len(client.get("/account/sessions").all("li")) >= 3
    client.post(end_of(client, 0), token(client))
    assert sorted([is_in(other), is_in(third)]) == [False, True]
    assert is_in(client)


def test_all_others_at_once(client: Client) -> None:
    others = [come_in(client.app, "anna") for _ in range(2)]
    client.post("/account/sessions/end-others", token(client))
    assert not any(map(is_in, others))
    assert is_in(client)


def test_nobody_ends_somebody_elses(town: Shell, client: Client) -> None:
    add(town, "bram")
    bram, second = come_in(client.app, "bram"), come_in(client.app, "bram")
    foreign = end_of(bram, 0)
    client.post(foreign, token(client), 404)
    client.post(f"/account/sessions/{'0' * 64}/end", token(client), 404)
    assert is_in(second)


def test_another_passphrase_ends_all_but_this_one(client: Client) -> None:
    other, old = come_in(client.app, "anna"), client.browser.get_cookie("session")
    page = client.get("/account/passphrase")
    wrong = client.send(page, 422, form="passphrase-form", now=OTHER, passphrase=OTHER)
    assert list(wrong.errors) == ["now"]
    short = client.send(page, 422, form="passphrase-form", now=PASSPHRASE, passphrase="anna@oeverland.example")
    assert list(short.errors) == ["passphrase"]
    client.send(page, form="passphrase-form", now=PASSPHRASE, passphrase=OTHER)
    assert is_in(client)
    assert not is_in(other)
    assert old
    client.browser.set_cookie("session", old.value)
    assert not is_in(client)
    enter(Client(client.app, person=""), "anna", passphrase=OTHER)


def test_guessing_the_old_one_takes_time(client: Client) -> None:
    page = client.get("/account/passphrase")
    for _ in range(3):
        client.send(page, 422, form="passphrase-form", now=OTHER, passphrase=OTHER)
    client.send(page, 429, form="passphrase-form", now=OTHER, passphrase=OTHER)


@pytest.mark.parametrize(
    ("roles", "column", "ago", "stays"),
    [
        ((), "seen_at", timedelta(minutes=59), True),
        ((), "seen_at", timedelta(minutes=61), False),
        ((), "began_at", timedelta(hours=11, minutes=59), True),
        ((), "began_at", timedelta(hours=12, minutes=1), False),
        ((Role.ADMIN,), "seen_at", timedelta(minutes=29), True),
        ((Role.ADMIN,), "seen_at", timedelta(minutes=31), False),
    ],
)
def test_it_ends_by_itself(
    town: Shell, town_app: Flask, roles: tuple[Role, ...], column: str, ago: timedelta, stays: bool
) -> None:
    add(town, "cato", *roles)
    client = come_in(town_app, "cato")
    with writing(town.engine) as connection:
        connection.execute(text(f"UPDATE session SET {column} = :at"), {"at": write_time(clock.now() - ago)})
    assert is_in(client) == stays


def test_the_cookie_alone_is_not_in_the_database(town: Shell, client: Client) -> None:
    with client.browser.session_transaction() as session:
        held = session["sid"]
    with reading(town.engine) as connection:
        kept = str(list(connection.execute(text("SELECT * FROM session"))))
    assert held not in kept


def test_a_name_and_function_of_ones_own(town: Shell, client: Client) -> None:
    page = client.get("/account")
    assert list(client.send(page, 422, form="account", name="", function="").errors) == ["name", "function"]
    client.send(page, form="account", name="Anna Bos", function="jurist")
    anna = find_person(town.engine, next(iter(_ids(town))))
    assert (anna.name, anna.function) == ("Anna Bos", "jurist")
    assert "Anna Bos" in client.get("/account").source


def _ids(town: Shell) -> list[str]:
    with reading(town.engine) as connection:
        return list(connection.scalars(text("SELECT id FROM person")))


def test_in_the_demo_there_is_no_passphrase_to_change(app: Flask) -> None:
    samira = Client(app)
    samira.get("/account")
    samira.get("/account/sessions")
    samira.get("/account/passphrase", 404)
    samira.get("/account/codes", 404)
