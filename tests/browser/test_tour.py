"""The tour in the docs: a walk along the pages that made its pictures. `--update-examples` takes them again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Page

from assistant import clock
from assistant.answers import Answer
from assistant.answers_file import AnswersFile, read_answers
from assistant.store.answers import save_answers
from assistant.store.dossiers import find_dossier
from assistant.trees.edition import Edition
from assistant.trees.load import shipped_folder
from assistant.trees.model import Kind, Language, Question

from .conftest import OpenPage, Site
from .pictures import shrink
from .review import Review
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
SAID: Final[dict[Language, dict[str, str]]] = {
    "nl": {
        "note": "Mogen wij de verzuimcijfers van scholen hiervoor gebruiken?",
        "decider": "directeur samenleving",
        "benefit": "Merkt een jongere hier zelf iets van?",
        "stopping": "Wanneer houden jullie ermee op, en wie beslist dat?",
        "reply": "Ja. Dat staat nu in het antwoord.",
        "better": "Een jongere krijgt eerder een gesprek, en zegt over een jaar zelf of dat op tijd kwam.",
        "why": "Goed doordacht. Het mag met totalen per opleiding; per leerling nog niet.",
        "condition": "Zet de export van namen uit.",
        "owner": "functioneel beheerder",
        "body": "college",
        "spite": "Het college wil alleen totalen zien, tot dit is opgelost.",
        "variant": "Alleen op totalen per opleiding",
    },
    "en": {
        "note": "May we use the absence records of schools for this?",
        "decider": "director of social affairs",
        "benefit": "Does a young person notice any of this?",
        "stopping": "When do you stop, and who decides that?",
        "reply": "Yes. The answer says so now.",
        "better": "A young person is spoken with earlier, and says in a year whether that came in time.",
        "why": "Well thought through. Totals for each course are fine; not yet for each pupil.",
        "condition": "Switch off the export of names.",
        "owner": "functional manager",
        "body": "executive",
        "spite": "The executive wants to see totals alone, until this is solved.",
        "variant": "On totals for each course alone",
    },
}
ASKED: Final = ("benefit", "stopping")
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
    """Brings the browser from one page of the tour to the next, until there is a dossier; the name of each."""
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
    dossier = address_of(page)
    yield "dossier"
    team.open(f"{dossier}/questions/leave_one_out")
    team.give(said.answers["leave_one_out"])
    yield "question"
    team.open(f"{dossier}/questions/sources")
    page.locator("#sources-r1-name").fill(SOURCE[team.language])
    page.locator("#sources-r1-name").blur()
    show(page, "h1")
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


def hand_over(wizard: Wizard, desk: Page) -> Iterator[tuple[str, Page]]:
    """From the downloads of a dossier to the advice on it; each page with its name."""
    language, said = wizard.language, SAID[wizard.language]
    dossier = address_of(wizard.page).removesuffix("/downloads")
    team, officer = Review(wizard.page, dossier, language), Review(desk, dossier, language)
    team.open("/hand-in")
    team.fill(note=said["note"], wanted_start="15-01-2027", decider=said["decider"])
    show(team.page, "h1")
    yield "hand-in", team.page
    team.go("#hand-in button[value=save]")
    desk.goto(f"/{language}/desk")
    yield "queue", desk
    officer.pick_up()
    officer.go("a[href$='/return']")
    officer.ask([(id, said[id]) for id in ASKED])
    show(desk, "h1")
    yield "return", desk
    officer.go("#return button[value=save]")
    team.open("/questions/benefit/remarks")
    team.page.locator("article.remark summary").click()
    team.page.locator("article.remark textarea").fill(said["reply"])
    show(team.page, "h1")
    yield "asked", team.page
    team.go("button[value=reply]")
    answer_again(wizard, dossier)
    team.hand_in("", "15-01-2027", said["decider"])
    officer.pick_up()
    show(desk, "#changed")
    yield "changed", desk
    officer.go("a[href$='/advise']")
    officer.fill_advice(said["why"], said["condition"], said["owner"], "01-03-2027")
    show(desk, "label[for=motivation]")
    yield "advise", desk
    officer.go("#advise .buttons button[value=save]")
    team.open("/advice")
    yield "advice", team.page


def going_on(wizard: Wizard) -> Iterator[tuple[str, Page]]:
    """From the advice on, of the dossier that the browser is at by then."""
    dossier = address_of(wizard.page).removesuffix("/advice")
    yield from after_the_advice(Review(wizard.page, dossier, wizard.language))


def after_the_advice(team: Review) -> Iterator[tuple[str, Page]]:
    """What was decided, the texts to go on with, and a lighter variant beside it; each page with its name."""
    page, said = team.page, SAID[team.language]
    team.open("/decision")
    page.locator("#outcome-go_on").check()
    team.fill(decided_by=said["body"], decided_on="02-11-2026", reference="2026-118")
    page.locator("#departs-no").check()
    for stop in page.locator("#decide textarea[name^=stop-]").all():
        stop.fill(said["spite"])
    show(page, "h1")
    yield "decision", page
    team.go("#decide button[value=save]:not(.hidden)")
    assert not page.locator(".errors").count()
    team.open("/onward")
    yield "onward", page
    team.open("/variants")
    team.fill(title=said["variant"])
    team.go("#copy button[value=save]:not(.hidden)")
    copy = address_of(page)
    page.goto(f"/{team.language}{copy}/questions/personal_data?back=check")
    page.locator("input[value=none]").check()
    team.go("button[value=save]")
    team.open(f"/variants/{copy.rpartition('/')[2]}")
    yield "beside", page


def answer_again(team: Wizard, dossier: str) -> None:
    """What the officer asked about is answered otherwise, out of sight."""
    team.open(f"{dossier}/questions/benefit?back=check")
    team.page.locator("#benefit-value").fill(SAID[team.language]["better"])
    team.press()
    team.open(f"{dossier}/questions/stopping?back=check")
    team.choose("stop_rules")
    team.press()


def address_of(page: Page) -> str:
    """Where the browser is, without the language."""
    return "/" + page.url.split("/", 4)[4]


def show(page: Page, selector: str) -> None:
    """Scroll until this is at the top."""
    page.locator(selector).evaluate("e => scrollBy({top: e.getBoundingClientRect().top - 16, behavior: 'instant'})")


@pytest.mark.parametrize("language", SCREENS)
def test_every_picture_is_of_the_page_beside_it(
    language: Language, site: Site, open_page: OpenPage, update_examples: bool
) -> None:
    team = Wizard(open_page(**SCREENS[language]), site.shell.edition, language)
    desk = open_page("officer", **SCREENS[language])
    seen = {}
    stops = chain(((name, team.page) for name in walk_along(team, site)), hand_over(team, desk), going_on(team))
    for number, (name, page) in enumerate(stops, 1):
        picture = f"{language}-{number:02}-{name}"
        seen[picture] = page.locator("h1").inner_text()
        if update_examples:
            shot = page.screenshot(animations="disabled")
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
