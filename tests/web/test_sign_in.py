"""The door: nobody learns from it who has an account, nobody is kept out by others' tries."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from time import process_time

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import text

from assistant.accounts.passwords import STRONG, check_passphrase, hash_passphrase
from assistant.opening import Shell, open_shell
from assistant.settings import Settings
from assistant.store.credentials import find_credentials_of
from assistant.store.database import reading, writing
from assistant.store.leaving import end_person
from assistant.web import create_app

from .client import Client
from .town import OTHER, PASSPHRASE, add, enter, is_in, signed

ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def client(town_app: Flask) -> Client:
    return Client(town_app, person="")


def test_the_right_passphrase_leads_to_where_they_were_going(town: Shell, client: Client) -> None:
    add(town, "anna")
    door = client.follow(client.get("/account/sessions", 302))
    fields = door.fields("sign-in") | {"email": " Anna@Oeverland.example ", "passphrase": PASSPHRASE, "do": "save"}
    page = client.follow(client.post("/sign-in", fields))
    assert page.path == "/nl/account/sessions"


@pytest.mark.parametrize("way_on", ["//evil.nl", "https://evil.nl/", "/nl\\evil", "/de/x", "/nl/\n/x"])
def test_it_leads_nowhere_else(town: Shell, client: Client, way_on: str) -> None:
    add(town, "anna")
    fields = client.get("/sign-in").fields("sign-in")
    fields |= {"email": "anna@oeverland.example", "passphrase": PASSPHRASE, "next": way_on, "do": "save"}
    assert client.post("/sign-in", fields).response.headers["Location"] == "/nl/my-work"


def test_wrong_unknown_left_and_without_a_passphrase_look_the_same(town: Shell, client: Client) -> None:
    add(town, "anna")
    add(town, "only-sign-on", passphrase="")
    end_person(town.engine, add(town, "left"), None, signed=signed(town))
    answers = set()
    for name, passphrase in (("anna", OTHER), ("nobody", PASSPHRASE), ("only-sign-on", ""), ("left", PASSPHRASE)):
        page = enter(client, name, 422, passphrase or OTHER)
        assert page.value("email") == [f"{name}@oeverland.example"]
        assert PASSPHRASE not in page.source
        assert OTHER not in page.source
        answers.add((page.text.replace(name, ""), page.status))
    assert len(answers) == 1
    assert not is_in(client)


def test_another_language_keeps_the_address_and_tries_nothing(town: Shell, client: Client) -> None:
    page = client.get("/sign-in")
    fields = page.fields("sign-in") | {"email": "anna@oeverland.example", "passphrase": OTHER, "do": "show"}
    english = client.post("/en/sign-in", fields, 200)
    assert english.value("email") == ["anna@oeverland.example"]
    with reading(town.engine) as connection:
        assert connection.scalar(text("SELECT count(*) FROM throttle")) == 0


def test_the_id_of_the_session_is_new_and_the_old_one_is_of_no_use(town: Shell, client: Client) -> None:
    add(town, "anna")
    client.get("/sign-in")
    planted = client.browser.get_cookie("session")
    assert planted
    enter(client, "anna")
    thief = Client(client.app, person="")
    thief.browser.set_cookie("session", planted.value)
    assert is_in(client)
    assert not is_in(thief)


def test_signing_out_ends_it_for_a_copy_of_the_cookie_too(town: Shell, client: Client) -> None:
    add(town, "anna")
    enter(client, "anna")
    copy = client.browser.get_cookie("session")
    assert copy
    page = client.get("/account")
    out = next(form for form in page.tree.iter("form") if form.get("action") == "/nl/sign-out")
    client.post("/sign-out", {"csrf_token": out.find(".//input[@name='csrf_token']").get("value")})
    client.browser.set_cookie("session", copy.value)
    assert not is_in(client)


def test_a_hash_at_older_costs_is_made_anew_at_the_next_right_try(town: Shell, client: Client) -> None:
    anna = add(town, "anna")
    old = hash_passphrase(PASSPHRASE, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    with writing(town.engine) as connection:
        connection.execute(text("UPDATE person SET passphrase = :old"), {"old": old})
    enter(client, "anna", 422, OTHER)
    enter(client, "anna")
    kept = find_credentials_of(town.engine, anna.id)
    assert kept
    assert not STRONG.check_needs_rehash(kept.passphrase)
    assert check_passphrase(kept.passphrase, PASSPHRASE)


def test_a_thousand_tries_are_five_and_the_rest_of_the_town_hall_gets_in(
    town: Shell, town_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """G20. The attacker sits in the town hall's own network; who does and does not sign in there more often gets in."""
    for name in ("anna", "bram"):
        add(town, name)
    enter(Client(town_app, person=""), "anna")
    looked_at = []

    def count(hash: str | None, passphrase: str) -> bool:
        looked_at.append(passphrase)
        return check_passphrase(hash, passphrase)

    monkeypatch.setattr("assistant.web.account.proof.check_passphrase", count)
    attacker = Client(town_app, person="")
    fields = attacker.get("/sign-in").fields("sign-in") | {"email": "bram@oeverland.example", "do": "save"}
    answers = [attacker.post("/sign-in", fields | {"passphrase": f"{OTHER} {n}"}, 422) for n in range(3)]
    for n in range(997):
        refused = attacker.browser.post("/nl/sign-in", data=fields | {"passphrase": f"{OTHER} {n}"})
        assert refused.status_code == 429
        assert 0 < int(refused.headers["Retry-After"]) <= 900
    assert len(looked_at) == len(answers) == 3  # the fourth only after half a minute, the fifth after two more
    enter(Client(town_app, person=""), "anna")


def test_a_network_that_tries_many_names_hinders_nobody_who_works_there(town: Shell, town_app: Flask) -> None:
    add(town, "anna")
    add(town, "bram")
    enter(Client(town_app, person=""), "anna")
    with writing(town.engine) as connection:  # seventeen others were tried a moment ago
        connection.execute(text("UPDATE throttle SET tries = 17 WHERE kind = 'network'"))
    for n in range(3):
        enter(Client(town_app, person=""), f"nobody{n}", 422)
    enter(Client(town_app, person=""), "nobody4", 429)
    enter(Client(town_app, person=""), "anna")
    enter(Client(town_app, person=""), "bram", environ_base=ELSEWHERE)


def test_a_hundred_tries_at_once_are_no_more_than_a_hundred_after_each_other(town: Shell, town_app: Flask) -> None:
    add(town, "anna")
    client = Client(town_app, person="")
    fields = client.get("/sign-in").fields("sign-in") | {"email": "anna@oeverland.example", "passphrase": OTHER}
    cookie = client.browser.get_cookie("session")
    assert cookie

    def attempt(_: int) -> int:
        browser = town_app.test_client()
        browser.set_cookie("session", cookie.value)
        return browser.post("/nl/sign-in", data=fields).status_code

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(attempt, range(40)))
    assert sorted(set(answers)) == [422, 429]
    assert answers.count(422) == 3


@pytest.mark.slow
def test_an_unknown_name_takes_as_long_as_a_known_one(town: Shell, town_app: Flask) -> None:
    """G21, with the real costs: whole requests, taken in turns, and the time that other programs take left out."""
    add(town, "anna")
    client = Client(town_app, person="")
    fields = client.get("/sign-in").fields("sign-in") | {"passphrase": OTHER, "do": "save"}
    took: dict[str, list[float]] = {"anna": [], "nobody": []}
    for _ in range(40):
        for name, times in took.items():
            with writing(town.engine) as connection:
                connection.execute(text("DELETE FROM throttle"))
            began = process_time()
            answer = client.browser.post("/nl/sign-in", data=fields | {"email": f"{name}@oeverland.example"})
            times.append(process_time() - began)
            assert answer.status_code == 422
    known, unknown = median(took["anna"]), median(took["nobody"])
    assert abs(known - unknown) < 0.005


def test_behind_a_proxy_the_network_is_that_of_who_asks(tmp_path: Path) -> None:
    address = "https://toets.example.nl"
    shell = open_shell(Settings(data_dir=tmp_path / "data", base_url=address))
    browser = create_app(shell).test_client()
    [token] = re.findall(r'csrf_token" value="([^"]+)"', browser.get("/nl/sign-in", base_url=address).text)[:1]
    fields = {"email": "anna@oeverland.example", "passphrase": OTHER, "csrf_token": token}
    for last in ("7", "8"):
        headers = {"Referer": f"{address}/nl/sign-in", "X-Forwarded-For": f"198.51.100.66, 203.0.113.{last}"}
        assert browser.post("/nl/sign-in", data=fields, base_url=address, headers=headers).status_code == 422
    with reading(shell.engine) as connection:
        counted = sorted(connection.execute(text("SELECT kind, tries FROM throttle")).all())
    assert counted == [("network", 2), ("person", 2)]
    shell.engine.dispose()
