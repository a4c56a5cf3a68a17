"""The tour in the docs: a walk along the pages that made its pictures. `--update-examples` takes them again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from assistant import clock
from assistant.answers import Answer
from assistant.answers_file import AnswersFile, read_answers
from assistant.store.dossiers import find_dossier, save_answers
from assistant.trees.edition import Edition
from assistant.trees.load import shipped_folder
from assistant.trees.model import Kind, Language, Question

from .conftest import OpenPage, Site
from .pictures import shrink
from .wizard import Wizard

DOCS: Final = Path(__file__).parent.parent.parent / "docs"
TOUR: Final = DOCS / "tour.md"
HEADED: Final = re.compile(r"^### (?P<h1>.+)\n\n!\[[^\]]+\]\(tour/(?P<picture>[a-z0-9-]+)\.png\)$", re.M)
SCREENS: Final[dict[Language, dict[str, Any]]] = {
    "nl": {"viewport": {"width": 900, "height": 700}},
    "en": {"viewport": {"width": 390, "height": 760}, "is_mobile": True, "has_touch": True},
}
SCENARIO: Final = "early-school-leaving.yaml"
TITLES: Final[dict[Language, str]] = {
    "nl": "Schooluitval eerder zien aankomen",
    "en": "Seeing early school-leaving coming",
}
SOURCE: Final[dict[Language, str]] = {"nl": "Verzuimregistratie van scholen", "en": "Absence records of schools"}
# The scenario is in Dutch; this is what its team would have typed in English.
TYPED: Final = {
    "description": "We want to see earlier who may leave school, so that someone talks with them in time.",
    "benefit": "Fewer young people at home without a diploma. In a year they say themselves that help came in time.",
    "not_doing": "We make no ranking of schools or districts.",
    "lasting_objection": "A talk with the attendance officer feels like being checked, whatever we call it.",
}
MOST: Final = 60_000  # bytes of one picture
MOST_IN_ALL: Final = 1_500_000


def scenario(edition: Edition) -> AnswersFile:
    return read_answers((shipped_folder() / "scenarios" / SCENARIO).read_bytes(), SCENARIO, edition)


def in_language(question: Question, answer: Answer, language: Language) -> Answer:
    """What a team in this language would have answered: choices say the same in both."""
    if language == "nl":
        return answer
    plain = replace(answer, motivation="", owner="", other_views=())
    if plain.not_applicable or question.kind is Kind.TABLE:
        return Answer(unsure=True)
    return replace(plain, value=TYPED.get(question.id)) if question.kind in (Kind.TEXT, Kind.LONG_TEXT) else plain


def finish(site: Site, dossier: str, language: Language) -> None:
    """The team answers what is left, out of sight."""
    shell, id = site.shell, dossier.rpartition("/")[2]
    kept = find_dossier(shell.engine, id).document.answers
    left = {
        key: (0, in_language(shell.edition.questions[key], answer, language))
        for key, answer in scenario(shell.edition).answers.items()
        if key not in kept
    }
    changes = {key: change for key, change in left.items() if not change[1].is_missing}
    save_answers(shell.engine, id, changes, actor="somebody", at=clock.now(), audit_key=shell.audit_key)


def walk_along(team: Wizard, site: Site) -> Iterator[str]:
    """Brings the browser from one page of the tour to the next; the name of each."""
    page, said = team.page, scenario(team.edition)
    team.open("/")
    yield "start"
    page.locator("a.button[href$='/scan']").click()
    page.locator("a.button[href*='/scan/questions/']").click()
    team.choose("idea")
    team.press()
    yield "scan"
    team.answer_all({id: replace(answer, other_views=()) for id, answer in said.answers.items()})
    yield "result"
    page.locator("input[name=title]").fill(TITLES[team.language])
    page.locator("input[name=organisation]").fill("Gemeente Oeverland")
    team.press()
    dossier = page.url.partition(f"/{team.language}")[2]
    yield "dossier"
    team.open(f"{dossier}/questions/leave_one_out")
    team.give(said.answers["leave_one_out"])
    yield "question"
    team.open(f"{dossier}/questions/sources")
    page.locator("#sources-r1-name").fill(SOURCE[team.language])
    page.locator("#sources-r1-name").blur()
    page.locator("h1").evaluate("h1 => h1.scrollIntoView()")
    yield "table"
    team.press()
    finish(site, dossier, team.language)
    team.open(dossier)
    page.locator("a[href$='/themes/ethical-review/question_behind']").click()
    yield "theme"
    for name in ("signals", "map", "check", "preview", "downloads"):
        team.open(dossier)
        page.locator(f"main ul a[href$='/{name}']").click()
        page.wait_for_url(f"**/{name}")
        yield name


@pytest.mark.parametrize("language", SCREENS)
def test_every_picture_is_of_the_page_beside_it(
    language: Language, site: Site, open_page: OpenPage, update_examples: bool
) -> None:
    team = Wizard(open_page(**SCREENS[language]), site.shell.edition, language)
    seen = {}
    for number, name in enumerate(walk_along(team, site), 1):
        picture = f"{language}-{number:02}-{name}"
        seen[picture] = team.page.locator("h1").inner_text()
        if update_examples:
            shot = team.page.screenshot(animations="disabled")
            TOUR.with_suffix("").joinpath(f"{picture}.png").write_bytes(shrink(shot))
    if update_examples:
        write_headings(seen)
    recorded = {found["picture"]: found["h1"] for found in HEADED.finditer(TOUR.read_text(encoding="utf-8"))}
    assert {name: h1 for name, h1 in recorded.items() if name.startswith(language)} == seen, "run: make docs, and look"


def write_headings(seen: dict[str, str]) -> None:
    """Put the h1 of each page above its picture."""

    def head(found: re.Match[str]) -> str:
        return found[0].replace(found["h1"], seen.get(found["picture"], found["h1"]), 1)

    TOUR.write_text(HEADED.sub(head, TOUR.read_text(encoding="utf-8")), encoding="utf-8")


def test_the_tour_names_every_picture_and_every_picture_is_small() -> None:
    named = {found["picture"] for found in HEADED.finditer(TOUR.read_text(encoding="utf-8"))}
    pictures = list(TOUR.with_suffix("").iterdir())
    assert {picture.name for picture in pictures} == {f"{name}.png" for name in named}
    sizes = [picture.stat().st_size for picture in pictures]
    assert max(sizes) <= MOST
    assert sum(sizes) <= MOST_IN_ALL
