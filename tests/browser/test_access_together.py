"""The pages of working together, of accounts and of the admin: each in two ways to look a language."""

from __future__ import annotations

from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Page

from assistant import clock
from assistant.access import Role
from assistant.accounts.passwords import hash_passphrase
from assistant.store.changes import Signed
from assistant.store.database import writing
from assistant.store.people import save_person
from assistant.trees.model import Language

from .conftest import OpenPage, Site
from .looks import Mode, find_faults
from .review import Review

MODES = {
    "nl": (Mode(320, "light"), Mode(1100, "dark")),
    "en": (Mode(1100, "light", forced=True), Mode(320, "dark")),
}
LONG_WORD = "Aansprakelijkheidswaardevaststellingsveranderingen"
PASSPHRASE = "vier losse dadels onder zeil"
SAVE = "button[value=save]"
States = Iterator[str]


@pytest.mark.parametrize("language", MODES)
def test_no_fault_on_a_page_of_a_team(language: Language, site: Site, open_page: OpenPage) -> None:
    dossier = site.import_scenario("drop-out-per-course")
    team = Review(open_page(), dossier, language)
    officer = Review(open_page("officer"), dossier)
    look(team.page, language, working_together(team))
    look(team.page, language, under_review(team, officer))


@pytest.mark.parametrize("language", MODES)
def test_no_fault_on_a_page_behind_a_link(language: Language, site: Site, open_page: OpenPage) -> None:
    team = Review(open_page(), site.import_scenario("drop-out-per-course"), language)
    stranger = open_page("")
    look(stranger, language, one_question(team, stranger))


@pytest.mark.parametrize("language", MODES)
def test_no_fault_on_a_page_of_an_account(language: Language, site: Site, open_page: OpenPage) -> None:
    email = add_admin(site, language)
    page = open_page("")
    look(page, language, signing_in(page, language, email))
    look(page, language, account(page, language))
    look(page, language, administration(page, language))
    link = invite(page, language)
    stranger = open_page("")
    look(stranger, language, joining(stranger, language, link))


def look(page: Page, language: Language, states: States) -> None:
    """Each of these states of a page has no fault."""
    faults = [f"{state}: {fault}" for state in states for fault in find_faults(page, MODES[language])]
    assert not faults, "\n".join(faults)


def working_together(team: Review) -> States:
    """From asking colleagues in to the eve of handing in."""
    question = "/questions/benefit"
    for part in ("/people", f"{question}/send", f"{question}/ask-officer", f"{question}/remarks", "/actions/new"):
        team.open(part)
        yield part
        team.go(f"form[id] {SAVE}")
        yield f"{part}, refused"
    team.open("/people")
    team.fill(email=f"{LONG_WORD}@oeverland.example".lower())
    team.go(SAVE)
    yield "somebody asked in"
    team.open(f"{question}/ask-officer")
    team.fill(text=f"Mag dit? {LONG_WORD}")
    team.go(SAVE)
    yield "remarks at an answer"
    team.page.locator("article.remark summary").click()
    team.go("button[value=reply]")
    yield "a reply that says nothing"
    for part in ("/remarks", f"{question}/history", "/trail", "/versions", "/advice", "/conditions"):
        team.open(part)
        yield part
    team.open("/signals")
    team.go("a[href$='/end']")
    yield "ending a signal"
    team.go("button[value=contested]")
    yield "ending a signal, refused"
    team.fill(reason=LONG_WORD)
    team.go("button[value=contested]")
    yield "signals, one of them ended"
    team.open("/actions/new")
    team.fill(text=LONG_WORD, owner="jurist", due="21-11-2020")
    team.go(SAVE)
    yield "what is to be done"
    team.go("a[href$='/done']")
    yield "an action is done"
    team.open("/hand-in")
    yield "/hand-in"
    team.fill(wanted_start="ooit")
    team.go(f"#hand-in {SAVE}")
    yield "/hand-in, refused"


def under_review(team: Review, officer: Review) -> States:
    """With the officer, back with questions, advised, and over."""
    team.hand_in(LONG_WORD, "15-01-2027", "directeur")
    for part in ("", "/questions/benefit", "/hand-in", "/versions", "/versions/1"):
        team.open(part)
        yield f"{part}, with the officer"
    officer.pick_up()
    officer.send_back([("benefit", LONG_WORD)])
    team.open("/remarks")
    yield "a question of the officer"
    team.page.goto(f"/{team.language}/my-work")
    yield "my work"
    team.hand_in("", "", "")
    officer.pick_up()
    officer.advise("Goed.", LONG_WORD, "beheerder", "01-03-2027")
    for part in ("", "/advice", "/conditions"):
        team.open(part)
        yield f"{part}, advised"
    team.page.locator("section.card summary").click()
    team.page.locator("textarea[name$='-note']").fill("Gedaan.")
    team.go(f"#done {SAVE}")
    yield "a condition without a reference"
    team.open()
    team.page.locator("details:has(form[action$='/close']) summary").click()
    team.go("form[action$='/close'] button")
    yield "closed"


def one_question(team: Review, stranger: Page) -> States:
    """Who knows is asked one thing, and answers."""
    team.open("/questions/review_date/send")
    team.fill(sent_to=LONG_WORD)
    team.go(SAVE)
    stranger.goto(team.page.locator("main code").inner_text())
    yield "a question that was sent"
    stranger.locator("#review_date-value").fill("ooit")
    press(stranger, SAVE)
    yield "a question that was sent, refused"
    stranger.locator("#review_date-value").fill("21-11-2027")
    press(stranger, SAVE)
    yield "thanks"
    stranger.go_back()
    stranger.reload()
    yield "a link that was used"


def signing_in(page: Page, language: Language, email: str) -> States:
    page.goto(f"/{language}/sign-in")
    yield "signing in"
    press(page, SAVE)
    yield "signing in, refused"
    page.locator("#email").fill(email)
    page.locator("#passphrase").fill(PASSPHRASE)
    press(page, SAVE)


def account(page: Page, language: Language) -> States:
    for part in ("", "/sessions", "/passphrase", "/codes"):
        page.goto(f"/{language}/account{part}")
        yield f"/account{part}"
    secret = page.locator("main code").inner_text()
    page.locator("#code").fill("0")
    press(page, SAVE)
    yield "/account/codes, refused"
    page.locator("#code").fill(pyotp.TOTP(secret.replace(" ", "")).now())
    press(page, SAVE)
    yield "recovery codes"
    page.goto(f"/{language}/account/codes")
    yield "codes, once they are on"


def administration(page: Page, language: Language) -> States:
    for part in ("people", "people/invite", "settings", "editions"):
        page.goto(f"/{language}/admin/{part}")
        yield f"/admin/{part}"
    page.goto(f"/{language}/admin/people")
    page.locator("main li a").first.click()
    yield "a person"
    press(page, "a[href$='/end']")
    yield "a person leaves"


def invite(page: Page, language: Language) -> str:
    """A link for somebody new."""
    page.goto(f"/{language}/admin/people/invite")
    page.locator("#email").fill(f"{language}-{LONG_WORD}@oeverland.example".lower())
    press(page, SAVE)
    return page.locator("main code").inner_text()


def joining(stranger: Page, language: Language, link: str) -> States:
    stranger.goto(link)
    yield "an invitation"
    press(stranger, SAVE)
    yield "an invitation, refused"
    stranger.goto(f"/{language}/join/nothing")
    yield "a link that does not work"


def press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(f"main {selector}").first.click()


def add_admin(site: Site, language: Language) -> str:
    """Somebody who looks after people and editions; the address to sign in with."""
    email = f"admin-{language}@oeverland.example"
    with writing(site.shell.engine) as connection:
        save_person(
            connection,
            name="Anouk Bakker",
            email=email,
            function="functioneel beheerder",
            roles=(Role.ADMIN, Role.METHOD_OWNER),
            passphrase=hash_passphrase(PASSPHRASE),
            signed=Signed("", clock.now(), site.shell.audit_key),
        )
    return email
