"""The pages of working together and of a review as its team sees it, in some ways of looking."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

from .conftest import OpenPage, Site
from .looks import SOME, find_faults
from .review import Review

LONG_WORD = "Aansprakelijkheidswaardevaststellingsveranderingen"
SAVE = "button[value=save]"
States = Iterator[str]


def test_no_fault_on_a_page_of_a_team(site: Site, open_page: OpenPage) -> None:
    dossier = site.import_scenario("youth-care-in-tiny-groups")
    team = Review(open_page(), dossier)
    officer = Review(open_page("officer"), dossier)
    look(team.page, working_together(team))
    look(team.page, under_review(team, officer))


def test_no_fault_on_a_page_for_who_has_no_account(site: Site, open_page: OpenPage) -> None:
    team = Review(open_page(), site.import_scenario("drop-out-per-course"))
    stranger = open_page("")
    look(stranger, one_question(team, stranger))


def look(page: Page, states: States) -> None:
    """Each of these states of a page has no fault."""
    faults = [f"{state}: {fault}" for state in states for fault in find_faults(page, SOME)]
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
    team.page.goto("/nl/my-work")
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
    """Who has no account looks around, and is asked one thing."""
    for part in ("/", "/sign-in"):
        stranger.goto(f"/nl{part}")
        yield f"{part}, not signed in"
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
    stranger.goto(stranger.url)
    yield "a link that was used"


def press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(f"main {selector}").first.click()
