"""From hand-in to advice and what comes of it: a team and an officer, each at a browser of their own."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.store.conditions import list_conditions
from assistant.store.versions import list_versions

from .conftest import OpenPage, Site
from .review import Review
from .wizard import Wizard

ASKED = {"benefit": "Voor wie is dit beter?", "stopping": "Wanneer houden jullie ermee op?"}
SAID = "Jongeren krijgen eerder een gesprek, en zeggen zelf of dat hielp."
SMALL = {"width": 320, "height": 640}


@pytest.fixture
def dossier(site: Site) -> str:
    return site.import_scenario("early-school-leaving")


def versions(site: Site, dossier: str) -> list[str]:
    """How each version ended, the newest first; empty: it is with the officer."""
    return [version.ended_as for version in list_versions(site.shell.engine, dossier.rpartition("/")[2])]


def change_answers(team: Wizard, dossier: str) -> None:
    team.open(f"{dossier}/questions/benefit?back=check")
    team.page.locator("#benefit-value").fill(SAID)
    team.press()
    team.open(f"{dossier}/questions/stopping?back=check")
    team.choose("stop_rules")
    team.press()


def test_handed_in_returned_answered_and_advised(site: Site, open_page: OpenPage, dossier: str) -> None:
    edition, engine = site.shell.edition, site.shell.engine
    team, officer = Review(open_page(), dossier), Review(open_page("officer"), dossier)

    team.hand_in("Mogen wij dit met de leerplicht delen?", "15-01-2027", "directeur samenleving")
    assert versions(site, dossier) == [""]
    team.open("/questions/benefit")
    assert team.page.locator("#answer").count() == 0  # locked: to read, not to change

    officer.pick_up()
    assert officer.page.get_by_text("Mogen wij dit met de leerplicht delen?").count() == 1
    officer.go("form[action$='/take'] button")
    officer.send_back(list(ASKED.items()))
    assert versions(site, dossier) == ["returned"]

    for question in ASKED:
        team.page.goto("/nl/my-work")
        team.go(f"a[href$='{dossier}/questions/{question}/remarks']")
        assert ASKED[question] in team.page.locator("article.remark").inner_text()
        team.reply("Dat staat nu in het antwoord.")
        team.go("button[value=settle]")
    change_answers(Wizard(team.page, edition), dossier)
    team.hand_in("De twee antwoorden zijn anders.", "15-01-2027", "directeur samenleving")

    officer.pick_up()
    sees_only_what_changed(officer.page, {edition.questions[id].ask["nl"] for id in ASKED})
    officer.advise("Goed doordacht.", "Zet de export uit.", "functioneel beheerder", "01-03-2027")
    assert versions(site, dossier) == ["advised", "returned"]

    team.open()
    team.go("a[href$='/advice']")
    assert "Zet de export uit." in team.page.locator(".advice").inner_text()
    team.go("a[href$='/conditions']")
    team.page.locator("section.card summary").click()
    team.page.locator("textarea[name$='-note']").fill("De export is uitgezet.")
    team.page.locator("input[name$='-reference']").fill("Z-2027-118")
    team.go("#done button[value=save]")
    [condition] = list_conditions(engine, team.id)
    assert (condition.done_note, condition.done_reference) == ("De export is uitgezet.", "Z-2027-118")


def sees_only_what_changed(page: Page, asks: set[str]) -> None:
    """What changed begins on the first screen; all of it comes before anything else, and what did not is folded."""
    assert page.evaluate("scrollY") == 0
    expect(page.locator("#changed")).to_be_in_viewport()
    expect(page.locator("#changed ~ * .kind").first).to_be_in_viewport()
    assert {ask(one) for one in page.locator(".changes > div dt").all()} == asks
    unfolded = page.locator("main details[open]")
    assert unfolded.count() == 0
    print([e.inner_text() for e in page.locator("main h2, main h3").all()])
    print(page.locator("main").inner_text()[:3000])
    page.screenshot(path="/tmp/browser2/changed.png", full_page=True)


def ask(term: Locator) -> str:
    return term.locator("span").last.inner_text()
