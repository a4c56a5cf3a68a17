"""What our own script adds: a draft and a count while one types, a look for personal data, asking before leaving."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Dialog, Page, expect

import assistant.web
from assistant.answers import SOFT_TEXT

from .conftest import OpenPage, Site
from .wizard import Wizard

STATIC: Final = Path(assistant.web.__file__).parent / "static"
MOST: Final = 10_000  # bytes of our own scripts in all
BSN: Final = "bsn 111222333"
BOX: Final = "#benefit-value"
VOICE: Final = "form > .hidden[role=status]"
STATE: Final = ".draft-state"
KEPT: Final = re.compile(r"\d\d:\d\d")


@pytest.fixture
def dossier(site: Site) -> str:
    return site.import_scenario("drop-out-per-course")


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()


@pytest.fixture
def team(site: Site, page: Page, dossier: str) -> Wizard:
    team = Wizard(page, site.shell.edition)
    team.open(f"{dossier}/questions/benefit")
    return team


def asks_before_leaving(page: Page) -> bool:
    """Close the tab as its cross does, and stay if the page asks for that."""
    heard: list[str] = []

    def stay(dialog: Dialog) -> None:
        heard.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.on("close", lambda: heard.append("closed"))
    page.close(run_before_unload=True)
    other = page.context.new_page()
    while not heard:
        other.wait_for_timeout(20)
    other.close()
    return heard == ["beforeunload"]


def test_own_scripts_are_small() -> None:
    scripts = list(STATIC.rglob("*.js"))
    assert scripts
    assert sum(script.stat().st_size for script in scripts) < MOST


def test_what_is_typed_is_kept_as_a_draft_and_leaving_does_not_ask(page: Page, team: Wizard) -> None:
    page.locator(BOX).press_sequentially("Nog niet klaar. ")
    expect(page.locator(STATE)).to_contain_text(KEPT)
    assert not asks_before_leaving(page)


def test_without_a_draft_leaving_asks_first(page: Page, team: Wizard) -> None:
    page.context.set_offline(True)
    page.locator(BOX).press_sequentially("Nog niet bewaard. ")
    expect(page.locator(STATE)).to_have_text(str(page.locator("#answer").get_attribute("data-failed")))
    assert asks_before_leaving(page)
    assert page.locator(BOX).input_value().startswith("Nog niet bewaard. ")
    page.context.set_offline(False)
    page.locator(BOX).press_sequentially("Nu wel. ")
    expect(page.locator(STATE)).to_contain_text(KEPT)
    assert not asks_before_leaving(page)


def test_leaving_with_nothing_typed_does_not_ask(page: Page, team: Wizard) -> None:
    page.locator(BOX).click()
    assert not asks_before_leaving(page)


def test_leaving_after_saving_does_not_ask(page: Page, team: Wizard) -> None:
    page.locator(BOX).press_sequentially("Bewaard. ")
    team.press()
    page.locator("h1").click()
    assert not asks_before_leaving(page)


@pytest.mark.parametrize("how", ["refused", "in the other language"])
def test_what_came_back_unsaved_is_still_asked_after(how: str, page: Page, team: Wizard) -> None:
    if how == "refused":
        page.locator(BOX).evaluate("e => { e.value = 'x'.repeat(20001) }")
        team.press()
        assert page.locator(".errors").count() == 1
    else:
        page.locator(BOX).press_sequentially("Half ")
        page.locator("nav button[lang=en]").click()
        page.wait_for_url("**/en/**")
    page.locator("h1").click()
    assert asks_before_leaving(page)


def test_characters_are_counted_once_a_text_gets_long(page: Page, team: Wizard) -> None:
    page.locator(BOX).fill("x" * SOFT_TEXT)
    expect(page.locator(".note.count")).to_have_count(0)
    page.locator(BOX).press("End")
    page.locator(BOX).press_sequentially("yz")
    note = page.locator(".note.count")
    expect(note).to_contain_text(str(SOFT_TEXT + 2))
    assert str(note.get_attribute("id")) in str(page.locator(BOX).get_attribute("aria-describedby")).split()
    expect(page.locator(VOICE)).to_have_text(note.inner_text())
    page.locator(BOX).fill("kort")
    expect(note).to_have_text("")
    expect(page.locator(VOICE)).to_have_text("")


def test_every_key_counts_but_only_a_pause_is_read_aloud(page: Page, team: Wizard) -> None:
    page.evaluate(
        """selector => { window.said = [];
        new MutationObserver(() => window.said.push(document.querySelector(selector).textContent))
          .observe(document.querySelector(selector), {childList: true}) }""",
        VOICE,
    )
    page.locator(BOX).fill("x" * SOFT_TEXT)
    page.locator(BOX).press("End")
    page.locator(BOX).press_sequentially("abcdef")
    expect(page.locator(VOICE)).to_contain_text(str(SOFT_TEXT + 6))
    assert len(page.evaluate("window.said")) == 1


@pytest.mark.parametrize(("language", "kind"), [("nl", "een BSN"), ("en", "citizen service number")])
def test_personal_data_is_named_while_typing(language: str, kind: str, page: Page, team: Wizard) -> None:
    page.goto(page.url.replace("/nl/", f"/{language}/"))
    page.locator(BOX).fill(f"Het gaat om {BSN}.")
    note = page.locator(".note.personal")
    expect(note).to_contain_text(kind)
    assert "111222333" not in note.inner_text()
    expect(page.locator(VOICE)).to_have_text(note.inner_text())
    page.locator(BOX).fill("Het gaat om een groep.")
    expect(note).to_have_text("")


def test_one_look_for_many_keys(page: Page, team: Wizard) -> None:
    looks: list[str] = []
    page.on("request", lambda request: looks.append(request.url) if "personal-data" in request.url else None)
    page.locator(BOX).fill("")
    page.locator(BOX).press_sequentially(f"Het gaat om {BSN}", delay=20)
    expect(page.locator(".note.personal")).to_have_count(1)
    assert len(looks) == 1


def test_a_date_where_one_is_asked_is_no_personal_data(page: Page, team: Wizard, dossier: str) -> None:
    team.open(f"{dossier}/questions/review_date")
    with page.expect_response("**/personal-data") as looked:
        page.locator("#review_date-value").fill("21-11-2027")
    assert looked.value.json() == {"warning": ""}
    expect(page.locator(".note.personal")).to_have_count(0)


def test_off_line_typing_goes_on(page: Page, team: Wizard) -> None:
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        page.locator(BOX).fill(BSN)
    page.context.set_offline(False)
    page.locator(BOX).press_sequentially(" ")
    expect(page.locator(".note.personal")).to_have_count(1)


def test_a_form_of_every_kind_has_the_comfort(page: Page, team: Wizard, dossier: str) -> None:
    heavy = dossier
    for path in ("/dossiers/new", f"{heavy}/project", f"{heavy}/questions/benefit/views", f"{heavy}/questions/sources"):
        team.open(path)
        page.locator("main input[type=text], main textarea").first.fill(BSN)
        expect(page.locator(".note.personal")).to_have_count(1)
