"""The officer at the desk: how many clicks, by keyboard alone, without JavaScript, on a phone, and axe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from assistant.store.advices import list_advices
from assistant.store.remarks import list_remarks
from assistant.store.versions import find_version

from .conftest import OpenPage, Site
from .keyboard import Keyboard
from .looks import Mode, find_faults

LIGHT, HEAVY = "library-visits-by-district", "early-school-leaving"
MODES = (Mode(1100, "light"), Mode(1100, "dark", forced=True), Mode(320, "dark"), Mode(320, "light"))


def handed_in(site: Site, page: Page, name: str) -> str:
    """A team hands in a scenario; the dossier's id."""
    address = site.import_scenario(name)
    page.goto(f"/nl{address}/hand-in")
    with page.expect_navigation():
        page.locator("#hand-in button[value=save]").last.click()
    return address.rpartition("/")[2]


@dataclass
class Hand:
    """Clicks, and counts them: on links, buttons, summaries, and into a field that Tab does not lead to."""

    page: Page
    clicks: int = 0

    def click(self, selector: str) -> None:
        self.clicks += 1
        self.page.locator(selector).first.click()

    def go(self, selector: str) -> None:
        with self.page.expect_navigation():
            self.click(selector)

    def tab_and_type(self, selector: str, text: str) -> None:
        """The field that the next Tabs lead to: the hands are on the keyboard by then."""
        Keyboard(self.page).write(selector, text)


def test_a_light_dossier_is_closed_in_four_clicks(site: Site, open_page: OpenPage) -> None:
    id = handed_in(site, open_page(), LIGHT)
    hand = Hand(open_page("officer"))
    hand.page.goto("/nl/desk")
    row = f"tr:has(a[href$='{id}'])"
    hand.click(f"{row} summary")
    hand.go(f"{row} form button")
    assert hand.clicks <= 4
    [advice] = list_advices(site.shell.engine, id)
    assert advice.outcome == "go_on"
    assert advice.again_on


@pytest.mark.parametrize("way", ["page", "answers"])
def test_returned_with_two_questions_in_six_clicks(site: Site, open_page: OpenPage, way: str) -> None:
    id = handed_in(site, open_page(), LIGHT)
    hand = Hand(open_page("officer"))
    hand.page.goto("/nl/desk")
    hand.go(f"a[href$='{id}']")
    if way == "page":
        hand.go("main a[href$='/return']")
        hand.click("#row0-text")
        hand.page.keyboard.insert_text("Wie ziet de uitkomst?")
        hand.click("#row1-text")
        hand.page.keyboard.insert_text("Hoe lang bewaren jullie dit?")
        hand.go("#return button[value=save]")
    else:
        hand.go("main a[href$='/whole']")
        for question in ("purpose", "personal_data"):
            hand.click(f"#at-{question} summary")
            hand.tab_and_type(f"#{question}-text", f"Waarom {question}?")
        hand.go("button[formaction$='/return']")
    assert hand.clicks <= 6
    assert find_version(site.shell.engine, id).ended_as == "returned"
    assert len(list_remarks(site.shell.engine, id, shared_only=True)) == 2


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize("width", [1100, 320])
def test_reviewed_by_keyboard_alone(site: Site, open_page: OpenPage, javascript: bool, width: int) -> None:
    id = handed_in(site, open_page(), HEAVY)
    page = open_page("officer", java_script_enabled=javascript, viewport={"width": width, "height": 800})
    keys = Keyboard(page)
    page.goto(f"/nl/desk/dossiers/{id}")
    keys.enter("form[action$='/take'] button")
    keys.enter("form[action$='/judge'] button")
    keys.enter("main a[href$='/advise']")
    keys.pick("outcome", "go_on_with_conditions")
    keys.write("#motivation", "Goed doordacht.")
    keys.write("#conditions-0-text", "Zet de export uit.")
    keys.enter("button[value=add_row]")
    keys.write("#conditions-1-text", "Vertel het de ouders.")
    keys.enter("main #advise button[value=save]")
    [advice] = list_advices(site.shell.engine, id)
    assert (advice.outcome, advice.motivation) == ("go_on_with_conditions", "Goed doordacht.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_place_can_be_reached(site: Site, open_page: OpenPage) -> None:
    id = handed_in(site, open_page(), LIGHT)
    page = open_page("officer")
    for path in ("/desk", f"/desk/dossiers/{id}", f"/desk/dossiers/{id}/return", f"/desk/dossiers/{id}/advise"):
        page.goto(f"/nl{path}")
        Keyboard(page).walk_page()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_fault_on_any_page(site: Site, open_page: OpenPage, language: str) -> None:
    team, page = open_page(), open_page("officer")
    handed_in(site, team, LIGHT)
    id = handed_in(site, team, HEAVY)
    faults = [f"{state}: {fault}" for state in states(page, id, language) for fault in find_faults(page, MODES)]
    assert not faults, "\n".join(faults)


def states(page: Page, id: str, language: str) -> Iterator[str]:
    """Brings the browser to one page after another; the name of each."""
    address = f"/desk/dossiers/{id}"
    signal = None
    for path in ("/desk", "/desk/conditions", "/desk/phrases", "/desk/standing", address, f"{address}/whole"):
        page.goto(f"/{language}{path}")
        yield path
    signal = page.locator("a[href*='/judge/']").first.get_attribute("href")
    page.goto(str(signal))
    yield "a signal"
    for part in ("return", "advise", "colleagues"):
        page.goto(f"/{language}{address}/{part}")
        yield part
        with page.expect_navigation():
            page.locator("main button[value=save]").last.click()
        yield f"{part}, refused"
