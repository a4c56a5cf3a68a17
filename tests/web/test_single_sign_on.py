"""Single sign-on, from the door to the provider and back: who comes in, who does not, and what it says then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import text

from assistant.access import Role
from assistant.errors import NotReady
from assistant.opening import Shell
from assistant.settings import Settings
from assistant.store.credentials import list_identities
from assistant.store.database import reading, writing
from assistant.store.invitations import invite
from assistant.store.leaving import end_person
from assistant.store.mail_choices import list_choices
from assistant.store.people import list_people
from assistant.web import create_app
from assistant.web.account.single_sign_on import check_settings

from ..accounts.provider import CLIENT_ID, CLIENT_SECRET, FakeProvider, Reply
from .client import Client, Page
from .town import BASE, add, enter, is_in, open_town, signed

Site = Callable[..., tuple[Shell, Client]]


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    with FakeProvider().running() as provider:
        yield provider


@pytest.fixture
def site(provider: FakeProvider, prepared_town: Path, tmp_path: Path) -> Iterator[Site]:
    """An installation that trusts the provider, and somebody at a browser."""
    opened: list[Shell] = []
    secret = tmp_path / "secret"
    secret.write_text(CLIENT_SECRET + "\n", encoding="utf-8")

    def open_site(**given: Any) -> tuple[Shell, Client]:
        settings = {"oidc_issuer": provider.issuer, "oidc_client_id": CLIENT_ID, "oidc_client_secret_file": secret}
        opened.append(open_town(tmp_path / "town", **(settings | given)))
        return opened[-1], Client(create_app(opened[-1]), person="")

    yield open_site
    for shell in opened:
        shell.engine.dispose()


def visit(url: str) -> str:
    """Where the provider sends a browser that comes to this address."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=5)
    connection.request("GET", f"{parts.path}?{parts.query}")
    with connection.getresponse() as response:
        location = response.headers["Location"]
    connection.close()
    return location


def go(client: Client, address: str = "/sign-on", status: int = 302) -> Page:
    """To the provider, which signs everybody in at once, and back."""
    away = client.get(address, 302).response.headers["Location"]
    return back(client, visit(away), status)


def back(client: Client, location: str, status: int = 302) -> Page:
    parts = urlsplit(location)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{BASE}/sign-on/back"
    return client.get(f"/./{parts.path[1:]}?{parts.query}", status)


def told(client: Client, page: Page) -> str:
    """What stands in the box at the top of the page that follows."""
    [box] = client.follow(page).all("div", kind="errors")
    return " ".join(box.itertext())


def events(shell: Shell) -> list[str]:
    with reading(shell.engine) as connection:
        return list(connection.scalars(text("SELECT kind FROM organisation_event ORDER BY seq")))


def connect(client: Client, name: str = "anna") -> None:
    enter(client, name)
    assert go(client, "/account/connect").response.headers["Location"] == "/nl/account"


def test_who_connected_their_account_comes_in_with_it(site: Site) -> None:
    shell, client = site()
    anna = add(shell, "anna")
    connect(client)
    assert list_identities(shell.engine, anna.id) == [shell.settings.oidc_issuer]
    assert events(shell)[-1] == "connected"
    other = Client(client.app, person="")
    page = other.get("/sign-in?next=/nl/account/sessions")
    [link] = [one.get("href") for one in page.all("a", kind="button")]
    assert go(other, link).response.headers["Location"] == "/nl/account/sessions"
    assert is_in(other)


def test_who_is_not_known_is_told_so_and_an_address_proves_nothing(site: Site) -> None:
    shell, client = site()
    mayor = add(shell, "burgemeester")
    with writing(shell.engine) as connection:
        connection.execute(text("UPDATE person SET email = 'burgemeester@oeverland.nl'"))  # as the provider says
    client.language = "en"
    assert "Ask for an invitation" in told(client, go(client, "/en/sign-on"))
    assert not is_in(client)
    assert list_identities(shell.engine, mayor.id) == []


def test_an_invitation_is_accepted_with_it_and_no_passphrase_is_asked(site: Site) -> None:
    shell, client = site()
    token = invite(shell.engine, name="", email="anna@x.example", roles=[Role.PO], signed=signed(shell))
    page = client.follow(go(client, f"/join/{token}/sign-on"))
    assert page.path == f"/nl/join/{token}"
    assert not page.all("input", name="passphrase")
    client.send(page, form="join", name="Anna", function="jurist")
    assert is_in(client)
    [anna] = list_people(shell.engine)
    assert (anna.email, anna.roles) == ("anna@x.example", {Role.PO})
    client.get("/account/passphrase", 404)
    other = Client(client.app, person="")
    go(other)
    assert is_in(other)


def test_where_everyone_is_let_in_they_say_once_who_they_are(site: Site) -> None:
    shell, client = site(oidc_admit=True)
    add(shell, "bram")
    page = client.follow(go(client))
    assert page.path == "/nl/sign-on/new"
    assert set(client.send(page, 422, form="arrive", email="x").errors) == {"name", "function", "email"}
    typed = {"name": "Anna", "function": "jurist"}
    taken = client.send(page, 409, form="arrive", email="bram@oeverland.example", **typed)
    assert list(taken.errors) == ["email"]
    client.send(page, form="arrive", email="anna@oeverland.example", **typed)
    assert is_in(client)
    assert {one.roles for one in list_people(shell.engine)} == {frozenset()}
    wants = {person.name: choice.wants for person, choice in list_choices(shell.engine, "nl")}
    assert wants == {"Anna": False, "Bram": True}  # nobody ever wrote to the address that Anna typed
    client.get("/sign-on/new", 404)


def test_nobody_arrives_without_the_provider_or_where_it_is_by_invitation(site: Site) -> None:
    _, client = site(oidc_admit=True)
    client.get("/sign-on/new", 404)
    _, other = site()
    go(other)
    other.get("/sign-on/new", 404)


def test_an_identity_that_is_somebody_elses_stays_theirs(site: Site) -> None:
    shell, client = site()
    add(shell, "anna")
    bram = add(shell, "bram")
    connect(client)
    other = Client(client.app, person="")
    enter(other, "bram")
    page = go(other, "/account/connect")
    assert page.response.headers["Location"] == "/nl/account"
    assert told(other, page)
    assert list_identities(shell.engine, bram.id) == []


def test_who_left_does_not_come_back_this_way(site: Site) -> None:
    shell, client = site()
    anna = add(shell, "anna")
    connect(client)
    end_person(shell.engine, anna, None, signed=signed(shell))
    other = Client(client.app, person="")
    assert told(other, go(other))
    assert not is_in(other)
    assert not is_in(client)


def test_an_answer_is_good_for_one_browser_and_once(site: Site) -> None:
    shell, client = site()
    add(shell, "anna")
    connect(client)
    location = visit(client.browser.get("/nl/sign-on").headers["Location"])
    thief = Client(client.app, person="")
    assert told(thief, back(thief, location))
    assert not is_in(thief)
    own = Client(client.app, person="")
    location = visit(own.get("/sign-on", 302).response.headers["Location"])
    back(own, location)
    assert is_in(own)
    own.browser.delete_cookie("session")
    assert told(own, back(own, location))
    assert not is_in(own)


def test_connecting_is_for_who_began_it(site: Site) -> None:
    """Signed out halfway, and somebody else signed in: nothing is connected."""
    shell, client = site()
    anna, bram = add(shell, "anna"), add(shell, "bram")
    enter(client, "anna")
    location = visit(client.get("/account/connect", 302).response.headers["Location"])
    with client.browser.session_transaction() as session:
        kept = dict(session)
    other = Client(client.app, person="")
    enter(other, "bram")
    with other.browser.session_transaction() as session:
        session["sign_on"] = kept["sign_on"]
    back(other, location)
    assert list_identities(shell.engine, bram.id) == list_identities(shell.engine, anna.id) == []


WRONG: dict[str, dict[str, Any]] = {
    "denied": {"browser_answer": {"error": "access_denied", "code": None}},
    "another state": {"browser_answer": {"state": "x"}},
    "for somebody else": {"claims": {"aud": "another"}},
    "signed by nobody": {"header": {"alg": "none"}, "sign": lambda header, claims: "e30.e30."},
    "too old": {"claims": {"exp": 1}},
    "another nonce": {"claims": {"nonce": "x"}},
    "away": {"replies": {"/token": Reply(503)}},
    "no JSON": {"replies": {"/keys": Reply(200, b"<html>")}},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=list(WRONG))
def test_a_refusal_is_told_in_words_and_lets_nobody_in(
    site: Site, provider: FakeProvider, wrong: dict[str, Any]
) -> None:
    shell, client = site()
    add(shell, "anna")
    connect(client)
    for name, value in wrong.items():
        setattr(provider, name, value)
    for language in ("nl", "en"):
        other = Client(client.app, language, person="")
        page = other.follow(go(other))
        assert page.path == f"/{language}/sign-in"
        assert page.all("div", kind="errors")
        assert not other.get("/sign-in").all("div", kind="errors")  # told once
        assert not is_in(other)


def test_a_provider_that_is_away(site: Site, provider: FakeProvider) -> None:
    _, client = site()
    provider.replies["/.well-known/openid-configuration"] = Reply(503)
    assert told(client, client.get("/sign-on", 302))


@pytest.mark.parametrize(("said", "comes_in"), [({"amr": ["pwd", "mfa"]}, True), ({"acr": "mfa"}, True), ({}, False)])
def test_a_second_step_can_be_asked_of_the_provider(
    site: Site, provider: FakeProvider, said: dict[str, Any], comes_in: bool
) -> None:
    shell, client = site(oidc_require_mfa=("mfa",))
    add(shell, "anna")
    provider.claims = {"amr": ["mfa"]}
    connect(client)
    provider.claims = said
    other = Client(client.app, person="")
    go(other)
    assert is_in(other) == comes_in


def test_without_a_provider_there_is_no_such_door(town: Shell, town_app: Flask) -> None:
    client = Client(town_app, person="")
    client.get("/sign-on", 404)
    assert not [link for link in client.get("/sign-in").all("a") if "sign-on" in link.get("href")]
    assert told(client, client.get("/./sign-on/back?code=x&state=y", 302, language="nl"))


@pytest.mark.parametrize(
    "given",
    [
        {"oidc_client_id": ""},
        {"oidc_client_secret_file": None},
        {"oidc_client_secret_file": Path("/nowhere")},
        {"oidc_issuer": "https://login.microsoftonline.com/common/v2.0"},
        {"oidc_issuer": "http://idp.example.nl"},
        {"base_url": ""},
    ],
)
def test_what_cannot_work_stops_the_application(tmp_path: Path, given: dict[str, Any]) -> None:
    secret = tmp_path / "secret"
    secret.write_text("x", encoding="utf-8")
    good: dict[str, Any] = {
        "oidc_issuer": "https://idp.example.nl",
        "oidc_client_id": "x",
        "oidc_client_secret_file": secret,
    }
    check_settings(Settings(base_url=BASE, **good))
    with pytest.raises(NotReady):
        check_settings(Settings(**({"base_url": BASE} | good | given)))
