"""The way after the advice with the keyboard alone, on a screen as wide as a small phone's."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

from assistant.store.decisions import STOP, list_decisions
from assistant.store.dossiers import find_dossier

from .conftest import OpenPage, Site
from .keyboard import Keyboard
from .review import Review

SMALL: Final = {"width": 320, "height": 640}
DRAFTS: Final = (
    "dpia.docx", "dpia.html", "dpia.md", "register.txt", "register.json", "record.txt", "record.csv",
    "docx?for=public", "html?for=public",
)  # fmt: skip


def test_from_decision_to_texts_and_a_variant_by_keyboard(site: Site, open_page: OpenPage) -> None:
    dossier = site.import_scenario("early-school-leaving")
    page = open_page(viewport=SMALL)
    team, officer, keys = Review(page, dossier), Review(open_page("officer"), dossier), Keyboard(page)
    team.hand_in("", "15-01-2027", "directeur samenleving")
    officer.pick_up()
    officer.advise("Goed doordacht.", "Zet de export uit.", "beheerder", "01-03-2027")
    decide(team, keys)
    [made] = list_decisions(site.shell.engine, team.id)
    assert (made.outcome, made.decided_by, made.departs) == (STOP, "college", True)
    take_home(team, keys)
    other = try_lighter(team, keys)
    kept = find_dossier(site.shell.engine, other)
    assert kept.document.project.title == "Op totalen per opleiding"


def decide(team: Review, keys: Keyboard) -> None:
    """Forget something first: what is wrong is said, what was typed stays, and the way back is one key."""
    team.open()
    keys.enter("main a[href$='/decision']")
    keys.walk_page()
    team.open("/decision")
    keys.pick("outcome", "stop")
    keys.write("#decided_by", "college")
    keys.write("#decided_on", f"{date(2026, 11, 2):%d-%m-%Y}")
    keys.pick("departs", "yes")
    keys.enter("#decide button[value=save]:not(.hidden)")
    assert team.page.locator("#decided_by").input_value() == "college"
    keys.press("Tab", "Enter")  # the first fault: why it departs
    team.page.keyboard.insert_text("Er zijn minder gegevens nodig.")
    keys.enter("#decide button[value=save]:not(.hidden)")
    assert "Er zijn minder gegevens nodig." in team.page.locator("main").inner_text()


def take_home(team: Review, keys: Keyboard) -> None:
    """Each text as each file."""
    team.open("/onward")
    keys.walk_page()
    team.open("/onward")
    for name in DRAFTS:
        keys.go_to(f"main a[href$='{name}']")
        with team.page.expect_download() as taken:
            keys.press("Enter")
        assert Path(taken.value.path()).stat().st_size > 200, name


def try_lighter(team: Review, keys: Keyboard) -> str:
    """Copy it and lay the two side by side; the id of the copy."""
    team.open("/variants")
    keys.walk_page()
    team.open("/variants")
    keys.write("#title", "Op totalen per opleiding")
    keys.enter("#copy button[value=save]:not(.hidden)")
    copy = address(team.page)
    team.open("/variants")
    keys.enter(f"main a[href$='/variants/{copy}']")
    keys.walk_page()
    assert team.page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    return copy


def address(page: Page) -> str:
    return page.url.rstrip("/").rpartition("/")[2]
