"""The second step: turned on with a code, asked at every sign-in, off again, and the day the telephone is gone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from lxml import etree
from pyotp import TOTP
from sqlalchemy import text

from assistant import clock
from assistant.opening import Shell
from assistant.store.credentials import find_credentials_of
from assistant.store.database import reading, writing
from assistant.store.people import Person

from .client import Client, Page
from .town import add, enter, is_in


class Clock:
    """The time, moved on by hand: a code counts once, and the next comes half a minute later."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.at

    def wait(self, **time: float) -> None:
        self.at += timedelta(**time)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moved = Clock()
    monkeypatch.setattr(clock, "now", moved)
    return moved


@pytest.fixture
def anna(town: Shell) -> Person:
    return add(town, "anna")


@pytest.fixture
def client(town_app: Flask, anna: Person, time: Clock) -> Client:
    client = Client(town_app, person="")
    enter(client, "anna")
    return client


def turn_on(client: Client, time: Clock) -> tuple[TOTP, list[str]]:
    """The telephone, and the recovery codes."""
    page = client.get("/account/codes")
    telephone = TOTP(page.texts("code")[0].replace(" ", ""))
    done = client.send(page, 200, form="codes", code=telephone.at(time.at))
    return telephone, done.texts("code")


def begin(client: Client) -> Client:
    """Somebody with the right passphrase, before the second step."""
    other = Client(client.app, person="")
    assert enter(other, "anna").response.headers["Location"] == "/nl/sign-in/code"
    assert not is_in(other)
    return other


def give(client: Client, code: str, status: int = 302) -> Page:
    return client.send(client.get("/sign-in/code"), status, form="second-step", code=code)


def test_it_takes_a_code_to_turn_it_on(town: Shell, client: Client, anna: Person, time: Clock) -> None:
    page = client.get("/account/codes")
    assert list(client.send(page, 422, form="codes", code="123").errors) == ["code"]
    assert enter(Client(client.app, person=""), "anna").response.headers["Location"] == "/nl/my-work"
    _, codes = turn_on(client, time)
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"\w{4}-\w{4}-\w{4}", code) for code in codes)
    assert is_in(client)
    begin(client)


def test_the_picture_is_the_same_secret(client: Client) -> None:
    client.get("/account/codes/image.svg", 404)
    client.get("/account/codes")
    image = client.get("/account/codes/image.svg").response
    assert image.mimetype == "image/svg+xml"
    assert etree.fromstring(image.data).tag == "{http://www.w3.org/2000/svg}svg"


def test_neither_secret_nor_code_is_kept_in_the_open(
    town: Shell, client: Client, anna: Person, time: Clock, told: list[str]
) -> None:
    telephone, codes = turn_on(client, time)
    with reading(town.engine) as connection:
        kept = str([list(connection.execute(text(f"SELECT * FROM {table}"))) for table in ("person", "recovery_code")])
    assert telephone.secret not in kept
    assert not [code for code in codes if code in kept or code.replace("-", "") in kept]
    assert not [line for line in told if telephone.secret in line or telephone.at(time.at) in line]
    assert codes[0] not in client.get("/account/codes").source


def test_a_code_lets_in_once(client: Client, time: Clock) -> None:
    telephone, _ = turn_on(client, time)
    time.wait(seconds=30)
    first, second = begin(client), begin(client)
    code = telephone.at(time.at)
    give(first, f"{code[:3]} {code[3:]}")
    assert is_in(first)
    assert list(give(second, code, 422).errors) == ["code"]
    assert not is_in(second)


def test_the_code_that_turned_it_on_lets_nobody_in(client: Client, time: Clock) -> None:
    telephone, _ = turn_on(client, time)
    give(begin(client), telephone.at(time.at), 422)


@pytest.mark.parametrize("code", ["000000", "", "  ", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "x" * 500])
def test_what_is_no_code(client: Client, time: Clock, code: str) -> None:
    telephone, _ = turn_on(client, time)
    if code != telephone.at(time.at):
        give(begin(client), code, 422)


@pytest.mark.parametrize(("steps", "status"), [(-3, 422), (3, 422), (1, 302)])
def test_a_clock_may_be_half_a_minute_off(client: Client, time: Clock, steps: int, status: int) -> None:
    telephone, _ = turn_on(client, time)
    time.wait(minutes=5)
    give(begin(client), telephone.at(time.at + timedelta(seconds=30 * steps)), status)


def test_a_recovery_code_lets_in_once(client: Client, time: Clock) -> None:
    _, codes = turn_on(client, time)
    first = begin(client)
    give(first, codes[3].upper())
    assert is_in(first)
    assert "9" in first.get("/account/codes").text
    give(begin(client), codes[3], 422)
    give(begin(client), codes[4])


def test_three_wrong_codes_and_it_takes_a_while(client: Client, time: Clock) -> None:
    telephone, _ = turn_on(client, time)
    other = begin(client)
    for _ in range(3):
        give(other, "000000", 422)
    assert int(give(other, "000000", 429).response.headers["Retry-After"]) <= 30
    time.wait(seconds=31)
    give(other, telephone.at(time.at))
    assert is_in(other)


def test_the_second_step_waits_five_minutes(client: Client, time: Clock) -> None:
    turn_on(client, time)
    other = begin(client)
    time.wait(minutes=6)
    assert other.get("/sign-in/code", 302).response.headers["Location"] == "/nl/sign-in"
    assert not is_in(other)
    nobody = Client(client.app, person="")
    nobody.get("/sign-in/code", 302)


def test_off_takes_a_code_too(town: Shell, client: Client, anna: Person, time: Clock) -> None:
    telephone, _ = turn_on(client, time)
    page = client.get("/account/codes")
    client.send(page, 422, form="codes", do="off", code="000000")
    time.wait(seconds=30)
    client.send(page, form="codes", do="off", code=telephone.at(time.at))
    found = find_credentials_of(town.engine, anna.id)
    assert found
    assert not found.totp
    other = Client(client.app, person="")
    enter(other, "anna")
    assert is_in(other)


def test_new_recovery_codes_take_the_place_of_the_old(client: Client, time: Clock) -> None:
    _, codes = turn_on(client, time)
    fresh = client.send(client.get("/account/codes"), 200, form="codes", do="renew", code=codes[0]).texts("code")
    assert not set(fresh) & set(codes)
    give(begin(client), codes[1], 422)
    give(begin(client), fresh[1])


def test_a_secret_moved_to_another_row_opens_nothing(town: Shell, client: Client, anna: Person, time: Clock) -> None:
    telephone, _ = turn_on(client, time)
    bram = add(town, "bram")
    with writing(town.engine) as connection:
        sealed = connection.scalar(text("SELECT totp FROM person WHERE id = :id"), {"id": anna.id})
        connection.execute(text("UPDATE person SET totp = :totp WHERE id = :id"), {"totp": sealed, "id": bram.id})
    other = Client(client.app, person="")
    enter(other, "bram")
    time.wait(seconds=30)
    give(other, telephone.at(time.at), 500)
    assert not is_in(other)
