"""From an example to an example, with the keyboard alone, on a screen as wide as a small phone's."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from playwright.sync_api import Page

from assistant.answers import CARRIED
from assistant.store.dossiers import find_dossier
from assistant.store.shared import APPROVED, find_shared

from .conftest import OpenPage, Site
from .keyboard import Keyboard
from .review import Review

SMALL: Final = {"width": 320, "height": 640}
EXAMPLE: Final = "/library/example-early-school-leaving"
TITLE: Final = "Jeugdhulp in kleine buurten"
LEARNED: Final = "Begin bij de vraag van een buurt, niet bij de kaart."


def test_from_a_search_to_an_example_for_others_by_keyboard(site: Site, open_page: OpenPage) -> None:
    page = open_page(viewport=SMALL)
    keys = Keyboard(page)
    search_in_vain(page, keys)
    begun = begin_like_an_example(page, keys)
    kept = find_dossier(site.shell.engine, begun)
    assert kept.document.project.title == "Verzuim in beeld"
    assert {one.confirmed_in for one in kept.document.answers.values()} == {CARRIED}
    dossier = advised(site, page, open_page("officer"))
    share(page, keys, dossier)
    officer = open_page("officer", viewport=SMALL)
    approve(officer, Keyboard(officer), dossier)
    assert find_shared(site.shell.engine, dossier.rpartition("/")[2]).state == APPROVED
    take_it_along(page, keys, dossier)


def search_in_vain(page: Page, keys: Keyboard) -> None:
    """Nothing is found; from there it goes on."""
    page.goto("/nl/my-work")
    keys.enter("header a[href$='/search']")
    keys.write("#q", "schoolverzuim")
    keys.save_from_field()
    assert fits(page)
    keys.walk_page()


def begin_like_an_example(page: Page, keys: Keyboard) -> str:
    """By way of my work to the library; what is forgotten is said there, and the dossier begins. Its id."""
    page.goto("/nl/my-work")
    keys.enter("main a[href$='/library']")
    keys.walk_page()
    assert fits(page)
    page.goto(page.url)
    keys.enter(f"main a[href$='{EXAMPLE}']")
    keys.press("Tab")
    keys.go_to("main a[href='#like-this']")
    keys.press("Enter", "Tab")
    assert page.evaluate("document.activeElement.id") == "title"
    keys.save_from_field()
    keys.press("Tab", "Enter")  # what is wrong leads to the field
    assert page.evaluate("document.activeElement.id") == "title"
    page.keyboard.insert_text("Verzuim in beeld")
    keys.save_from_field()
    return page.url.partition("/dossiers/")[2][:36]


def advised(site: Site, page: Page, officer: Page) -> str:
    """A dossier with an advice: how it comes there is another journey."""
    dossier = site.import_scenario("youth-care-in-tiny-groups")
    team, desk = Review(page, dossier), Review(officer, dossier)
    team.hand_in("", "15-01-2027", "directeur")
    desk.pick_up()
    desk.advise("Goed doordacht.", "Zet de export uit.", "beheerder", "01-03-2027")
    return dossier


def share(page: Page, keys: Keyboard, dossier: str) -> None:
    """In their own words, with one of their texts; read as others will, and sent."""
    page.goto(f"/nl{dossier}")
    keys.enter("main a[href$='/example']")
    keys.walk_page()
    page.goto(page.url)
    keys.write("#title", TITLE)
    keys.write("#learned", LEARNED)
    keys.enter("#example button[value=save]:not(.hidden)")
    keys.enter("main a[href$='/example/texts/after']")
    keys.go_to("input[id^=goes-]")
    keys.press("Space")
    keys.enter("#texts button[value=save]:not(.hidden)")
    keys.enter("main a[href$='/example']")
    keys.enter("main a[href$='/example/page']")
    assert LEARNED in page.locator("main").inner_text()
    assert fits(page)
    keys.enter("main a[href$='/example']")
    keys.enter("#send button")
    assert page.locator("#back").count() == 1


def approve(page: Page, keys: Keyboard, dossier: str) -> None:
    """Found among the examples at the desk, read, and let through."""
    page.goto("/nl/desk")
    keys.enter("main a[href$='/desk/examples']")
    keys.enter(f"main a[href$='{dossier}/example']")
    keys.walk_page()
    assert fits(page)
    page.goto(page.url)
    keys.go_to("main a[href='#decide']")
    keys.press("Enter")
    keys.enter("#approve button")


def take_it_along(page: Page, keys: Keyboard, dossier: str) -> None:
    """The file is saved, and colleagues find the example in the library."""
    page.goto(f"/nl{dossier}/example")
    keys.go_to("main a[href$='/example/file']")
    with page.expect_download() as taken:
        keys.press("Enter")
    assert LEARNED in Path(taken.value.path()).read_text(encoding="utf-8")
    page.goto("/nl/library")
    assert page.get_by_role("link", name=TITLE).count() == 1


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"])
