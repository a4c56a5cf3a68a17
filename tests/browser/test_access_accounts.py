"""The pages of accounts and of the admin, in an installation where people sign in, in some ways of looking."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Page

from assistant import clock
from assistant.access import Role
from assistant.accounts.passwords import hash_passphrase
from assistant.store.changes import Signed
from assistant.store.database import writing
from assistant.store.editions import save_edition
from assistant.store.people import save_person

from .conftest import OpenPage, Site, serve
from .looks import SOME, find_faults
from .test_access_editions import older

LONG_WORD = "aansprakelijkheidswaardevaststellingsveranderingen"
PASSPHRASE = "vier losse dadels onder zeil"
SAVE = "button[value=save]"
States = Iterator[str]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """No demo: the address is known before the server is there."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with serve(tmp_path_factory.mktemp("town"), f"http://127.0.0.1:{port}") as site:
        yield site


def test_no_fault_on_a_page_of_an_account(site: Site, open_page: OpenPage) -> None:
    page, stranger = open_page(""), open_page("")
    add(site, "beheer", Role.ADMIN, Role.METHOD_OWNER)
    add(site, "collega")
    look(page, signing_in(page))
    look(page, account(page))
    look(page, systems(page))
    look(page, editions(site, page))
    look(page, administration(page))
    another = page.locator("main code").inner_text()
    look(stranger, joining(stranger, another, invite(page)))


def look(page: Page, states: States) -> None:
    faults = [f"{state}: {fault}" for state in states for fault in find_faults(page, SOME)]
    assert not faults, "\n".join(faults)


def signing_in(page: Page) -> States:
    page.goto("/nl/sign-in")
    yield "signing in"
    press(page, SAVE)
    yield "signing in, refused"
    page.locator("#email").fill("beheer@oeverland.example")
    page.locator("#passphrase").fill(PASSPHRASE)
    press(page, SAVE)


def account(page: Page) -> States:
    for part in ("", "/sessions", "/passphrase", "/codes"):
        page.goto(f"/nl/account{part}")
        yield f"/account{part}"
    secret = page.locator("main code").inner_text()
    page.locator("#code").fill("0")
    press(page, SAVE)
    yield "/account/codes, refused"
    page.locator("#code").fill(pyotp.TOTP(secret.replace(" ", "")).now())
    press(page, SAVE)
    yield "recovery codes"
    page.goto("/nl/account/codes")
    yield "codes, once they are on"


def administration(page: Page) -> States:
    for part in ("people", "people/invite", "settings", "archive", "editions"):
        page.goto(f"/nl/admin/{part}")
        yield f"/admin/{part}"
    page.goto("/nl/admin/people")
    page.get_by_role("link", name="collega").click()
    yield "a person"
    press(page, "a[href$='/end']")
    yield "a person leaves"
    page.go_back()
    press(page, "form[action$='/passphrase'] button")
    yield "a link for somebody"


def systems(page: Page) -> States:
    """Other systems, and a token made by keyboard alone."""
    page.goto("/nl/systems")
    yield "no systems"
    press(page, "a[href$='/systems/new']")
    yield "a token"
    press(page, SAVE)
    yield "a token for nobody"
    page.locator("#system").fill(LONG_WORD)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("main code").wait_for()
    yield "a token, shown once"
    page.goto("/nl/systems")
    assert "het register en de dossiers" in page.locator("main").inner_text()
    yield "a token that waits"


def editions(site: Site, page: Page) -> States:
    """An edition that nothing needs any more is removed."""
    was = older(site.shell.edition)
    with writing(site.shell.engine) as connection:
        save_edition(connection, was.body)
    page.goto("/nl/admin/editions")
    yield "an edition that can go"
    page.locator(f"form[action$='{was.hash}/remove'] button").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert was.hash not in page.content()
    yield "an edition that is gone"


def invite(page: Page) -> str:
    """A link for somebody new."""
    page.goto("/nl/admin/people/invite")
    page.locator("#email").fill(f"nieuw-{LONG_WORD}@oeverland.example")
    press(page, SAVE)
    return page.locator("main code").inner_text()


def joining(stranger: Page, another: str, link: str) -> States:
    stranger.goto(another)
    yield "another passphrase"
    stranger.goto(link)
    yield "an invitation"
    press(stranger, SAVE)
    yield "an invitation, refused"
    stranger.goto("/nl/join/nothing")
    yield "a link that does not work"


def press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(f"main {selector}").first.click()


def add(site: Site, name: str, *roles: Role) -> None:
    with writing(site.shell.engine) as connection:
        save_person(
            connection,
            name=name,
            email=f"{name}@oeverland.example",
            function="adviseur",
            roles=roles,
            passphrase=hash_passphrase(PASSPHRASE),
            signed=Signed("", clock.now(), site.shell.audit_key),
        )
