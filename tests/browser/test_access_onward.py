"""The pages after an advice: the decision, texts to go on with, variants, the register, the end of dossiers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assistant import clock
from assistant.demo import PEOPLE
from assistant.store.access_tokens import Scope, make_token
from assistant.store.changes import Signed

from .conftest import OpenPage, Site
from .looks import SOME, find_faults
from .review import Review

LONG_WORD: Final = "Aansprakelijkheidswaardevaststellingsveranderingen"
SAVE: Final = "button[value=save]"


def test_no_fault_on_a_page_after_the_advice(site: Site, open_page: OpenPage) -> None:
    dossier = site.import_scenario("youth-care-in-tiny-groups")
    team, officer = Review(open_page(), dossier), Review(open_page("officer"), dossier)
    faults = [f"{state}: {fault}" for state in trying(team) for fault in find_faults(team.page, SOME)]
    team.hand_in("", "15-01-2027", "directeur")
    officer.pick_up()
    officer.advise("Goed.", LONG_WORD, "beheerder", "01-03-2027")
    faults += [f"{state}: {fault}" for state in deciding(team) for fault in find_faults(team.page, SOME)]
    last_day = clock.today(site.shell.settings.time_zone)
    signed = Signed(PEOPLE["team"].id, clock.now(), site.shell.audit_key)
    make_token(site.shell.engine, LONG_WORD, Scope.DOSSIERS, last_day, signed=signed)
    faults += [f"{state}: {fault}" for state in keeping(officer) for fault in find_faults(officer.page, SOME)]
    assert not faults, "\n".join(faults)


def test_no_fault_on_a_page_about_what_was_weighed(site: Site, open_page: OpenPage) -> None:
    dossier = site.import_scenario("early-school-leaving")
    team, officer = Review(open_page(), dossier), Review(open_page("officer"), dossier)
    faults = [f"{state}: {fault}" for state in weighing(team) for fault in find_faults(team.page, SOME)]
    team.hand_in("", "15-01-2027", "directeur")
    officer.open(at="/desk")
    officer.page.locator("#alternatives").wait_for()
    faults += [f"on the desk: {fault}" for fault in find_faults(officer.page, SOME)]
    assert not faults, "\n".join(faults)


def weighing(team: Review) -> Iterator[str]:
    """One of two is chosen, first without a reason."""
    team.open("/variants")
    team.fill(title=LONG_WORD)
    team.go("#copy button[value=save]:not(.hidden)")
    copy = Review(team.page, f"/dossiers/{team.page.url.rpartition('/')[2]}")
    copy.open("/questions/personal_data")
    copy.page.locator("input[value=totals]").check()
    copy.go("button[value=save]:not(.hidden)")
    team.open("/variants")
    yield "two variants"
    team.go("a[href$='/choose']")
    yield "why this one"
    team.go(SAVE)
    yield "no reason"
    team.fill(reason=f"{LONG_WORD} " * 20)
    team.go(SAVE)
    yield "chosen"
    team.go("a[href$='/reason']")
    yield "another reason"
    team.open("/preview")
    yield "the dossier"


def trying(team: Review) -> Iterator[str]:
    """Whether it can be done with less, before anything is handed in."""
    team.open("/onward")
    yield "texts to go on with"
    team.open("/signals")
    team.go("a[href$='/lighter']")
    yield "what would lift a signal"
    team.open("/variants")
    yield "no variants yet"


def deciding(team: Review) -> Iterator[str]:
    """What was decided, filled in wrongly and well."""
    team.open("/decision")
    yield "a decision"
    team.go(SAVE)
    yield "a decision without anything"
    team.open()
    yield "an advised dossier"
    team.open("/again")
    yield "looking again"
    team.go(SAVE)
    yield "what happened, without a word"


def keeping(officer: Review) -> Iterator[str]:
    """The register, and what is kept how long."""
    for path in ("/systems", "/register", "/register/figures", "/register/lines/new"):
        officer.page.goto(f"/nl{path}")
        yield path
    officer.go(SAVE)
    yield "a line without a title"
    officer.open("/hold", at="/desk")
    yield "a hold"
    officer.go(SAVE)
    yield "a hold without a reason"
