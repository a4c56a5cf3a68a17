"""Every page in every state: light, dark and forced colours, wide and narrow, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.store.answers import save_answers
from assistant.store.dossiers import find_dossier
from assistant.trees.model import Language

from .conftest import OpenPage, Site
from .looks import Mode, find_faults
from .wizard import Wizard

MODES = {  # both languages together: every state in every colour at every width; the last one is narrow
    "nl": (Mode(1100, "light"), Mode(1100, "light", forced=True), Mode(320, "dark")),
    "en": (Mode(1100, "dark"), Mode(320, "light"), Mode(320, "light", forced=True)),
}
THEME = "/themes/ethical-review/data"
LONG_WORD = "Aansprakelijkheidswaardevaststellingsveranderingen"
TOO_LONG = "e => e.value = 'x'.repeat(20001)"


@pytest.mark.parametrize("language", MODES)
def test_no_fault_on_any_page(language: Language, site: Site, open_page: OpenPage) -> None:
    team = Wizard(open_page(), site.shell.edition, language)
    faults = [
        f"{state}: {fault}" for state in all_states(team, site) for fault in find_faults(team.page, MODES[language])
    ]
    assert not faults, "\n".join(faults)


def all_states(team: Wizard, site: Site) -> Iterator[str]:
    """Brings the browser to one page after another; the name of each."""
    light, heavy = site.import_scenario("drop-out-per-course"), site.import_scenario("early-school-leaving")
    yield from pages(team, light, heavy)
    yield from scan(team)
    yield from refused_forms(team, light)
    yield from changes(team, site, light, heavy)


def pages(team: Wizard, light: str, heavy: str) -> Iterator[str]:
    """What a link leads to: a question of every kind, and of a heavy dossier what differs."""
    kinds = {question.kind: question.id for question in reversed(team.edition.questions.values())}
    asked = [f"/questions/{id}" for id in kinds.values()]
    of_light = [*asked, THEME, "/questions/benefit/views", "/questions/special_exception", "/project", "/downloads"]
    of_heavy = ["", "/check", "/signals", "/preview", f"{THEME}/open-points", "/questions/value_conflicts"]
    for path in (
        *("/", "/about", "/scan", "/scan/questions/purpose", "/dossiers/new", "/no-such-page"),
        *(light + part for part in of_light),
        *(heavy + part for part in of_heavy),
    ):
        team.open(path)
        yield path


def scan(team: Wizard) -> Iterator[str]:
    team.open("/scan/questions/phase")
    team.press()
    yield "a question of the scan, nothing chosen"
    team.press("unsure")
    yield "the next question of the scan"
    for path in ("/", "/scan", "/scan/result"):
        team.open(path)
        yield f"{path}, in the middle of a scan"
    team.press()
    yield "the end of the scan, no name given"


def refused_forms(team: Wizard, dossier: str) -> Iterator[str]:
    page = team.page
    team.open("/dossiers/new")
    team.press()
    yield "a dossier without a name"
    team.open(f"{dossier}/questions/review_date")
    page.locator("#review_date-value").fill("ooit")
    team.press()
    yield "a date that is none"
    team.open(f"{dossier}/questions/sources")
    page.locator("#sources-r1-name").fill(LONG_WORD)
    team.press("add_row")
    yield "a table with more rows"
    page.locator("#sources-r1-name").evaluate(TOO_LONG)
    team.press()
    yield "a cell that is too long"
    team.open(f"{dossier}/questions/benefit/views")
    team.press()
    yield "another view that says nothing"
    team.open(dossier + THEME)
    page.locator("textarea").first.evaluate(TOO_LONG)
    team.press()
    yield "a theme with a text that is too long"


def changes(team: Wizard, site: Site, light: str, heavy: str) -> Iterator[str]:
    page = team.page
    team.open(f"{heavy}/questions/benefit")
    save_meanwhile(site, heavy, "benefit", LONG_WORD)
    page.locator("#benefit-value").fill("Anders.")
    team.press()
    yield "a conflict"
    for choice in ("none", "traceable"):
        team.open(f"{heavy}/questions/personal_data?back=check")
        team.choose(choice)
        team.press()
        yield f"the strip after {choice}"
    team.open(f"{light}/questions/kitchen_table")
    team.press("unsure")
    yield "an answer that is not known yet"
    team.open(f"{heavy}{THEME}/open-points")
    page.locator("#sources-due").fill("ooit")
    team.press()
    yield "an open point with a date that is none"
    team.open(f"{light}/project")
    page.locator("input[name=title]").fill(LONG_WORD)
    team.press()
    yield "a dossier with a long name"


def save_meanwhile(site: Site, dossier: str, question: str, value: str) -> None:
    """Somebody else saves this answer."""
    id = dossier.rpartition("/")[2]
    now = find_dossier(site.shell.engine, id)
    answer = now.document.answers[question]
    save_answers(
        site.shell.engine,
        id,
        {question: (answer.rev, replace(answer, value=value))},
        actor="somebody",
        at=now.updated_at,
        audit_key=site.shell.audit_key,
    )
