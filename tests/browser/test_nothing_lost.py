"""Stopping, going back, loading again: nothing is lost and nothing is saved twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from assistant.store.database import writing
from assistant.store.dossiers import find_dossier
from assistant.store.lists import list_dossiers

from .conftest import OpenPage, Site
from .wizard import Wizard


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()


@pytest.fixture
def team(site: Site, page: Page) -> Wizard:
    return Wizard(page, site.shell.edition)


@pytest.fixture
def dossier(site: Site) -> str:
    return site.import_scenario("drop-out-per-course")


def version(site: Site, dossier: str) -> int:
    return find_dossier(site.shell.engine, dossier.rpartition("/")[2]).version


def test_stop_for_now_and_go_on_later(site: Site, team: Wizard, page: Page, open_page: OpenPage) -> None:
    team.open("/dossiers/new")
    page.locator("input[name=title]").fill("Later verder")
    team.press()
    team.choose("idea")
    team.press()
    here = page.locator("h1").inner_text()
    page.locator("main a[href*='/dossiers/']").last.click()
    assert page.locator("h1").inner_text() == "Later verder"

    colleague = Wizard(open_page(), site.shell.edition)
    colleague.open("/")
    colleague.page.get_by_role("link", name="Later verder").click()
    colleague.page.locator("a.button[href$='/continue']").click()
    assert colleague.page.locator("h1").inner_text() == here


def test_loading_a_refused_page_again(site: Site, team: Wizard, page: Page, dossier: str) -> None:
    before = version(site, dossier)
    team.open(f"{dossier}/questions/review_date")
    page.locator("#review_date-value").fill("ooit")
    team.press()
    page.reload()  # posts it once more
    assert page.locator("#review_date-value").input_value() == "ooit"
    assert page.locator(".errors").count() == 1
    assert version(site, dossier) == before


def test_loading_the_page_after_a_save_again(site: Site, team: Wizard, page: Page, dossier: str) -> None:
    before = version(site, dossier)
    team.open(f"{dossier}/questions/kitchen_table?back=check")
    team.choose("1")
    team.press()
    page.reload()
    page.reload()
    assert page.url.endswith("/check")
    assert version(site, dossier) == before + 1


def test_starting_twice_with_the_back_button(site: Site, team: Wizard, page: Page) -> None:
    team.open("/dossiers/new")
    page.locator("input[name=title]").fill("Eén keer")
    team.press()
    page.reload()
    page.go_back()
    page.go_forward()
    assert team.question
    assert [line.title for line in list_dossiers(site.shell.engine)].count("Eén keer") == 1


def test_another_view_is_kept_once(team: Wizard, page: Page, dossier: str) -> None:
    team.open(f"{dossier}/questions/kitchen_table")
    page.locator("a[href$='/views']").click()
    page.get_by_role("textbox").fill("Dat ligt anders bij ouders.")
    team.press()
    page.reload()
    assert page.get_by_text("Dat ligt anders bij ouders.").count() == 1


def test_typed_text_survives_a_visit_elsewhere(team: Wizard, page: Page, dossier: str) -> None:
    team.open(f"{dossier}/questions/benefit")
    page.locator("#benefit-value").fill("Half getypt")
    page.locator("header .brand a").click()
    page.go_back()
    assert page.locator("#benefit-value").input_value() == "Half getypt"


def test_a_save_that_fails_keeps_what_was_typed(site: Site, team: Wizard, page: Page, dossier: str) -> None:
    team.open(f"{dossier}/questions/benefit?back=check")
    page.locator("#benefit-value").fill("Nog niet bewaard")
    page.set_default_timeout(30_000)
    with writing(site.shell.engine):  # another program holds the database for longer than a save waits
        team.press()
        assert page.get_by_role("alert").count() == 1
        assert page.locator("#benefit-value").input_value() == "Nog niet bewaard"
    team.press()
    assert page.url.endswith("/check")
    assert page.get_by_text("Nog niet bewaard").count() == 1


def test_quick_scan_lives_in_one_browser_alone(site: Site, team: Wizard, page: Page, open_page: OpenPage) -> None:
    team.open("/scan/questions/phase")
    team.choose("pilot")
    team.press()
    page.go_back()
    assert page.locator("input:checked").get_attribute("value") == "pilot"
    stranger = open_page()
    stranger.goto("/nl/scan/questions/phase")
    assert stranger.locator("input:checked").count() == 0
