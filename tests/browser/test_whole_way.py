"""A team in Dutch, with a mouse and without JavaScript, from the first page to the files it takes away."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from assistant.answers import Answer
from assistant.answers_file import AnswersFile, read_answers
from assistant.trees.edition import Edition
from assistant.trees.load import shipped_folder

from .conftest import OpenPage, Site
from .wizard import Wizard


def read_scenario(name: str, edition: Edition) -> AnswersFile:
    file = f"{name}.yaml"
    return read_answers((shipped_folder() / "scenarios" / file).read_bytes(), file, edition)


def command_line(name: str) -> Any:
    """What `assistant dossier` makes of the same scenario."""
    path = str(shipped_folder() / "scenarios" / f"{name}.yaml")
    command = [str(Path(sys.executable).with_name("assistant")), "dossier", path, "--to", "json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def download(page: Page, format: str) -> bytes:
    with page.expect_download() as started:
        page.locator(f"a[href$='/download/{format}?for=team']").click()
    return started.value.path().read_bytes()


def take_away(page: Page) -> Any:
    """Read the dossier once more and take it along; the JSON."""
    page.locator("a.button[href$='/preview']").click()
    page.locator("a[href$='/downloads']").click()
    html = download(page, "html")
    assert html.startswith(b"<!doctype html>")
    assert b"<script" not in html
    return json.loads(download(page, "json"))


def answer_what_may_wait(team: Wizard, answers: Mapping[str, Answer]) -> list[str]:
    """From the page with checked answers: whatever comes later and is known already."""
    page, asked = team.page, list[str]()
    dossier = page.url.removesuffix("/check")
    while True:
        page.goto(dossier)
        links = [str(link.get_attribute("href")) for link in page.locator("main ul a[href*='/questions/']").all()]
        waiting = [link for link in links if link.rpartition("/")[2] in answers.keys() - asked]
        if not waiting:
            break
        for link in waiting:
            page.goto(link)
            if (question := team.question) and question.id not in asked:  # else it went with an answer just given
                asked.append(question.id)
                team.give(answers[question.id])
    homes = [team.edition.homes[id] for id in asked if answers[id].owner]
    for tree, theme in dict.fromkeys((tree.id, theme.id) for tree, theme in homes):
        page.goto(f"{dossier}/themes/{tree}/{theme}/open-points")
        team.name_owners(answers)
    page.goto(f"{dossier}/check")
    return asked


def same_but_for_the_store(made: Any) -> Any:
    """A dossier without what only a kept one has: its number, its version, who saved what when."""
    return {**made, "project": {"title": made["project"]["title"], "organisation": made["project"]["organisation"]}}


def test_from_quick_scan_to_dossier_on_totals_alone(site: Site, open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    team = Wizard(page, site.shell.edition)
    scenario = read_scenario("drop-out-per-course", site.shell.edition)

    team.open("/")
    page.locator("a.button[href$='/scan']").click()
    page.locator("a.button[href*='/scan/questions/']").click()
    scanned = team.answer_all(scenario.answers)
    assert len(scanned) == 12
    assert page.url.endswith("/nl/scan/result")

    page.locator("input[name=title]").fill(scenario.title)
    page.locator("input[name=organisation]").fill(scenario.organisation)
    team.press()
    page.locator("a.button[href$='/continue']").click()
    asked = team.answer_all(scenario.answers)
    assert page.url.endswith("/check")

    made, expected = take_away(page), command_line("drop-out-per-course")
    assert [*scanned, *asked] == made["path"] == expected["path"]
    assert made["signals"] == expected["signals"]
    assert made["outcome"] == expected["outcome"]
    assert made["project"]["title"] == scenario.title


def test_whole_scenario_through_the_pages_is_the_dossier_of_its_file(site: Site, open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    team = Wizard(page, site.shell.edition)
    scenario = read_scenario("early-school-leaving", site.shell.edition)

    team.open("/dossiers/new")
    page.locator("input[name=title]").fill(scenario.title)
    page.locator("input[name=organisation]").fill(scenario.organisation)
    team.press()
    asked = team.answer_all(scenario.answers)
    assert page.url.endswith("/check")
    asked += answer_what_may_wait(team, scenario.answers)

    made, expected = take_away(page), command_line("early-school-leaving")
    assert sorted(asked) == sorted(expected["path"])
    assert same_but_for_the_store(made) == same_but_for_the_store(expected)
