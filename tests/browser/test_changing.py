"""Changing one's mind: what falls away and comes back, what somebody else saved, what one has typed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from assistant.store.dossiers import find_dossier

from .conftest import OpenPage, Site
from .wizard import Wizard


@pytest.fixture
def dossier(site: Site) -> str:
    return site.import_scenario("early-school-leaving")


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()


@pytest.fixture
def team(site: Site, page: Page) -> Wizard:
    return Wizard(page, site.shell.edition)


def version(site: Site, dossier: str) -> int:
    return find_dossier(site.shell.engine, dossier.rpartition("/")[2]).version


def ask(team: Wizard, question: str) -> str:
    return team.edition.questions[question].ask[team.language]


def test_answers_fall_away_and_come_back(team: Wizard, page: Page, dossier: str) -> None:
    team.open(f"{dossier}/questions/personal_data?back=check")
    team.choose("none")
    team.press()
    assert ask(team, "sensitive_data") in team.strip
    team.open(f"{dossier}/check")
    assert ask(team, "sensitive_data") not in page.locator("main").inner_text()

    team.open(f"{dossier}/questions/sensitive_data")
    assert page.get_by_role("link", name=ask(team, "personal_data")).count() == 1  # says why it is not asked
    page.get_by_role("link", name=ask(team, "personal_data")).click()
    team.choose("traceable")
    team.press()
    assert ask(team, "sensitive_data") in team.strip
    team.open(f"{dossier}/questions/sensitive_data")
    assert page.locator("input[name=sensitive_data-value]:checked").count() == 4


def test_strip_tells_what_the_answer_raised_and_only_once(team: Wizard, page: Page, dossier: str) -> None:
    team.open(f"{dossier}/questions/stopping")
    team.choose("stop_rules")
    team.press()
    assert team.edition.signals["stop_rules_set"].says["nl"] in team.strip
    page.reload()
    assert page.locator(".strip").count() == 0


def test_from_check_to_a_question_and_back_to_check(team: Wizard, page: Page, dossier: str) -> None:
    team.open(f"{dossier}/check")
    page.locator("a[href*='/questions/data_quality']").click()
    team.choose("4")
    team.press()
    assert page.url.endswith("/check")


def test_browser_back_shows_what_was_saved(team: Wizard, page: Page, dossier: str) -> None:
    team.open(f"{dossier}/questions/analysis_level")
    team.choose("describe")
    team.press()
    assert not page.url.endswith("/questions/analysis_level")
    page.go_back()
    assert page.url.endswith("/questions/analysis_level")
    assert page.locator("input:checked").first.get_attribute("value") == "describe"
    team.choose("predict")  # and can be changed once more
    team.press()
    assert page.locator(".errors").count() == 0


def test_double_click_saves_once(site: Site, team: Wizard, page: Page, dossier: str) -> None:
    team.open(f"{dossier}/questions/data_quality?back=check")
    team.choose("5")
    before = version(site, dossier)
    page.locator("main button[value=save]").dblclick()
    expect(page).to_have_url(re.compile("/check$"))  # asks again: the first of the two posts is cut off by the second
    assert version(site, dossier) == before + 1


def test_another_language_keeps_what_was_typed(site: Site, team: Wizard, page: Page, dossier: str) -> None:
    before = version(site, dossier)
    team.open(f"{dossier}/questions/analysis_level")
    team.choose("explain")
    page.locator("#analysis_level-motivation").fill("Nog niet opgeslagen")
    page.locator("nav button[lang=en]").click()
    assert "/en/" in page.url
    assert page.locator("h1").inner_text() == team.edition.questions["analysis_level"].ask["en"]
    assert page.locator("input:checked").first.get_attribute("value") == "explain"
    assert page.locator("#analysis_level-motivation").input_value() == "Nog niet opgeslagen"
    assert version(site, dossier) == before


def colleague(site: Site, open_page: OpenPage, dossier: str) -> Wizard:
    """Somebody else at a browser of their own, who works on this dossier too."""
    site.let_in("facilitator", dossier)
    return Wizard(open_page("facilitator"), site.shell.edition)


def test_two_people_on_one_question(site: Site, open_page: OpenPage, team: Wizard, page: Page, dossier: str) -> None:
    other = colleague(site, open_page, dossier)
    for person in (team, other):
        person.open(f"{dossier}/questions/benefit")
    team.page.locator("#benefit-value").fill("Zoals de een het ziet.")
    team.press()
    other.page.locator("#benefit-value").fill("Zoals de ander het ziet.")
    other.press()
    alert = other.page.get_by_role("alert")
    expect(alert).to_contain_text("Zoals de een het ziet.")
    assert other.page.locator("#benefit-value").input_value() == "Zoals de ander het ziet."
    other.press()
    assert other.page.get_by_role("alert").count() == 0
    team.open(f"{dossier}/questions/benefit")
    assert page.locator("#benefit-value").input_value() == "Zoals de ander het ziet."


def test_two_people_on_different_questions(site: Site, open_page: OpenPage, team: Wizard, dossier: str) -> None:
    other = colleague(site, open_page, dossier)
    team.open(f"{dossier}/questions/data_quality?back=check")
    other.open(f"{dossier}/questions/kitchen_table?back=check")
    for person in (team, other):
        person.choose("1")
        person.press()
        assert person.page.url.endswith("/check")
