"""The pages about mail, in an installation that mails: one's own choice, an invitation, and what could not be sent."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Page

from assistant import clock
from assistant.access import Role
from assistant.store.outbox import add_digests, claim, list_ready, put_off
from assistant.store.people import find_account

from ..mailbox import Mailbox, mail_settings, open_mailbox
from ..store.samples import start
from .conftest import OpenPage, Site, serve
from .looks import SOME, find_faults
from .test_access_accounts import PASSPHRASE, SAVE, add, press

MAIL_IT: Final = "button[value=mail]"


@pytest.fixture(scope="module")
def box() -> Iterator[Mailbox]:
    with open_mailbox() as made:
        yield made


@pytest.fixture(scope="module")
def site(box: Mailbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    mail = {name: str(value) for name, value in mail_settings(box).items()}
    with serve(tmp_path_factory.mktemp("town"), f"http://127.0.0.1:{port}", **mail) as site:
        yield site


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_fault_on_a_page_about_mail(site: Site, open_page: OpenPage, language: str) -> None:
    page, name = open_page(""), f"beheer-{language}"
    add(site, name, Role.ADMIN)
    sign_in(page, name, language)
    give_up_one(site, name)
    faults = [f"{state}: {fault}" for state in looking(page, own_dossier(site, name), language)
              for fault in find_faults(page, SOME)]  # fmt: skip
    assert not faults, "\n".join(faults)


def sign_in(page: Page, name: str, language: str) -> None:
    page.goto(f"/{language}/sign-in")
    page.locator("#email").fill(f"{name}@oeverland.example")
    page.locator("#passphrase").fill(PASSPHRASE)
    press(page, SAVE)


def give_up_one(site: Site, name: str) -> None:
    """A mail that the server did not take."""
    person, now = find_account(site.shell.engine, f"{name}@oeverland.example"), clock.now()
    assert person
    add_digests(site.shell.engine, "2020-W01", [(person.id, "nl")], now)
    for id in list_ready(site.shell.engine, now):
        mail = claim(site.shell.engine, id, now)
        if mail:
            put_off(site.shell.engine, mail, "recipient", now, for_good=True)


def own_dossier(site: Site, name: str) -> str:
    person = find_account(site.shell.engine, f"{name}@oeverland.example")
    assert person
    made = start(site.shell.engine, owner=person.id, actor=person.id, edition_hash=site.shell.edition.hash,
                 audit_key=site.shell.audit_key)  # fmt: skip
    return f"/dossiers/{made.id}"


def looking(page: Page, dossier: str, language: str) -> Iterator[str]:
    page.goto(f"/{language}/account")
    yield "my account"
    page.goto(f"/{language}/account/mail")
    yield "my weekly mail"
    page.goto(f"/{language}/admin/mail")
    yield "mail that could not be sent"
    press(page, "button[value=let_go]")
    yield "nothing that could not be sent"
    page.goto(f"/{language}/admin/people/invite")
    yield "an invitation"
    page.locator("#email").fill(f"iemand-{language}@oeverland.example")
    press(page, MAIL_IT)
    yield "an invitation that is mailed"
    page.goto(f"/{language}{dossier}/people")
    yield "who works on it"
    page.locator("#email").fill(f"nog-iemand-{language}@oeverland.example")
    press(page, MAIL_IT)
    yield "a link into a dossier that is mailed"


def test_a_day_is_chosen_by_keyboard(site: Site, open_page: OpenPage) -> None:
    page = open_page("")
    add(site, "toets")
    sign_in(page, "toets", "nl")
    page.goto("/nl/account/mail")
    page.locator("#day").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto("/nl/account/mail")
    assert page.locator("input[name=day]:checked").get_attribute("value") == "1"
