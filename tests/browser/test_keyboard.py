"""The whole way with the keyboard alone, in English, on a screen as wide as a small phone's."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from assistant.trees.model import Kind

from .conftest import OpenPage, Site
from .keyboard import IS_ON, Keyboard
from .wizard import Wizard

SMALL = {"width": 320, "height": 640}


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page(viewport=SMALL, locale="en-GB")


@pytest.fixture
def keyboard(page: Page) -> Keyboard:
    return Keyboard(page)


def test_quick_scan_by_keyboard(site: Site, page: Page, keyboard: Keyboard) -> None:
    team = Wizard(page, site.shell.edition, "en")
    page.goto("/")
    keyboard.walk_page()
    keyboard.enter("a.button[href$='/scan']")
    keyboard.walk_page()
    keyboard.enter("a.button[href*='/scan/questions/']")
    while question := team.question:
        keyboard.walk_page()
        choice = question.options[-1].id
        if question.kind is Kind.CHOICES:
            keyboard.tick(f"{question.id}-value", choice)
        else:
            keyboard.pick(f"{question.id}-value", choice)
        keyboard.enter("main button[value=save]")
    assert page.url.endswith("/en/scan/result")
    keyboard.walk_page()
    keyboard.write("#title", "By keyboard")
    keyboard.save_from_field()
    assert page.locator("h1").inner_text() == "By keyboard"
    keyboard.walk_page()


KINDS = {
    Kind.CHOICE: ("drop-out-per-course", "control_use"),
    Kind.CHOICES: ("drop-out-per-course", "purpose"),
    Kind.YES_NO: ("early-school-leaving", "other_purpose_data"),
    Kind.SCALE: ("drop-out-per-course", "kitchen_table"),
    Kind.NUMBER: ("drop-out-per-course", "smallest_group"),
    Kind.DATE: ("drop-out-per-course", "review_date"),
    Kind.LONG_TEXT: ("drop-out-per-course", "benefit"),
    Kind.TABLE: ("drop-out-per-course", "sources"),
}


def test_every_kind_that_is_asked_has_an_example(site: Site) -> None:
    assert {question.kind for question in site.shell.edition.questions.values()} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_answering_by_keyboard(kind: Kind, site: Site, page: Page, keyboard: Keyboard) -> None:
    scenario, id = KINDS[kind]
    address = f"/en{site.import_scenario(scenario)}/questions/{id}"
    page.goto(address)
    keyboard.walk_page()
    page.goto(f"{address}?back=check")
    expected = change_answer(kind, id, keyboard)
    assert page.url.endswith("/check"), page.locator("main").inner_text()
    page.goto(address)
    assert shown_answer(kind, id, page) == expected


def change_answer(kind: Kind, id: str, keyboard: Keyboard) -> object:
    """Give another answer and save it; what should then be shown."""
    field = f"#{id}-value"
    match kind:
        case Kind.CHOICE | Kind.YES_NO | Kind.SCALE:
            value = {Kind.CHOICE: "not_laid_down", Kind.YES_NO: "no", Kind.SCALE: "4"}[kind]
            keyboard.pick(f"{id}-value", value)
            keyboard.enter("main button[value=save]")
            return [value]
        case Kind.CHOICES:  # from policy and help
            keyboard.tick(f"{id}-value", "help")
            keyboard.enter("main button[value=save]")
            return ["policy"]
        case Kind.NUMBER | Kind.DATE:
            typed = "15" if kind is Kind.NUMBER else "21-11-2027"
            keyboard.write(field, typed)
            keyboard.save_from_field()
            return typed
        case Kind.LONG_TEXT:
            keyboard.write(field, "In our own words.")
            keyboard.enter("main button[value=save]")
            return "In our own words."
    keyboard.write(f"#{id}-r1-name", "County figures")
    keyboard.select(f"#{id}-r1-origin", "ArrowDown")
    keyboard.write(f"#{id}-r1-period", "One year")
    keyboard.save_from_field()
    return ["County figures", "One year"]


def shown_answer(kind: Kind, id: str, page: Page) -> object:
    match kind:
        case Kind.CHOICE | Kind.YES_NO | Kind.SCALE | Kind.CHOICES:
            picked = page.locator(f"input[name='{id}-value']:checked").all()
            return [choice.get_attribute("value") for choice in picked]
        case Kind.TABLE:
            return [page.locator(f"#{id}-r1-{column}").input_value() for column in ("name", "period")]
    return page.locator(f"#{id}-value").input_value()


def test_skip_link_leads_past_the_header(site: Site, page: Page, keyboard: Keyboard) -> None:
    page.goto("/en/")
    keyboard.press("Tab", "Enter")
    found = keyboard.tab()
    assert found
    assert page.evaluate(IS_ON, "main a"), found


def test_after_an_error_the_focus_leads_from_summary_to_field(site: Site, page: Page, keyboard: Keyboard) -> None:
    team = Wizard(page, site.shell.edition, "en")
    team.open(site.import_scenario("drop-out-per-course") + "/questions/review_date")
    keyboard.write("#review_date-value", "31-02-2027")
    keyboard.save_from_field()
    assert page.title().startswith("Error: ")
    assert page.evaluate(IS_ON, ".errors")
    link = keyboard.tab()
    assert link
    assert "#review_date-value" in link["what"]
    keyboard.press("Enter")
    assert page.evaluate(IS_ON, "#review_date-value")
    assert page.locator("#review_date-value").input_value() == "31-02-2027"
