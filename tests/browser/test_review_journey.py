"""From hand-in to advice and what comes of it: a team and an officer, each at a browser of their own."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from assistant.store.conditions import list_conditions
from assistant.store.dossiers import find_dossier
from assistant.store.remarks import list_remarks
from assistant.store.versions import list_versions
from assistant.trees.edition import Edition

from .conftest import OpenPage, Site
from .keyboard import Keyboard
from .looks import Mode, find_faults
from .review import Review
from .wizard import Wizard

ASKED = {"benefit": "Voor wie is dit beter?", "stopping": "Wanneer houden jullie ermee op?"}
SAID = "Jongeren krijgen eerder een gesprek, en zeggen zelf of dat hielp."
MODES = (Mode(1100, "light"), Mode(320, "dark", forced=True))
SMALL = {"width": 320, "height": 640}


@pytest.fixture
def dossier(site: Site) -> str:
    return site.import_scenario("early-school-leaving")


def versions(site: Site, dossier: str) -> list[str]:
    """How each version ended, the newest first; empty: it is with the officer."""
    return [version.ended_as for version in list_versions(site.shell.engine, dossier.rpartition("/")[2])]


def change_answers(team: Wizard, dossier: str) -> None:
    team.open(f"{dossier}/questions/benefit?back=check")
    team.page.locator("#benefit-value").fill(SAID)
    team.press()
    team.open(f"{dossier}/questions/stopping?back=check")
    team.choose("stop_rules")
    team.press()


def test_handed_in_returned_answered_and_advised(site: Site, open_page: OpenPage, dossier: str) -> None:
    edition, engine = site.shell.edition, site.shell.engine
    team, officer = Review(open_page(), dossier), Review(open_page("officer"), dossier)

    team.hand_in("Mogen wij dit met de leerplicht delen?", "15-01-2027", "directeur samenleving")
    assert versions(site, dossier) == [""]
    team.open("/questions/benefit")
    assert team.page.locator("#answer").count() == 0  # locked: to read, not to change

    officer.pick_up()
    assert officer.page.get_by_text("Mogen wij dit met de leerplicht delen?").count() == 1
    officer.go("form[action$='/take'] button")
    officer.send_back(list(ASKED.items()))
    assert versions(site, dossier) == ["returned"]

    for question in ASKED:
        team.page.goto("/nl/my-work")
        team.go(f"a[href$='{dossier}/questions/{question}/remarks']")
        assert ASKED[question] in team.page.locator("article.remark").inner_text()
        team.reply("Dat staat nu in het antwoord.")
        team.go("button[value=settle]")
    change_answers(Wizard(team.page, edition), dossier)
    team.hand_in("De twee antwoorden zijn anders.", "15-01-2027", "directeur samenleving")

    officer.pick_up()
    sees_only_what_changed(officer.page, edition)
    faults = find_faults(officer.page, MODES)
    assert not faults, "\n".join(faults)
    officer.advise("Goed doordacht.", "Zet de export uit.", "functioneel beheerder", "01-03-2027")
    assert versions(site, dossier) == ["advised", "returned"]

    team.open()
    team.go("a[href$='/advice']")
    assert "Zet de export uit." in team.page.locator(".advice").inner_text()
    team.go("a[href$='/conditions']")
    team.page.locator("section.card summary").click()
    team.page.locator("textarea[name$='-note']").fill("De export is uitgezet.")
    team.page.locator("input[name$='-reference']").fill("Z-2027-118")
    team.go("#done button[value=save]")
    [condition] = list_conditions(engine, team.id)
    assert (condition.done_note, condition.done_reference) == ("De export is uitgezet.", "Z-2027-118")


def sees_only_what_changed(page: Page, edition: Edition) -> None:
    """What changed begins on the first screen, before anything else; what did not change is folded away."""
    expect(page.locator("#changed")).to_be_in_viewport()
    expect(page.locator("#changed ~ * .kind").first).to_be_in_viewport()
    first, then = page.locator("main h2").all_inner_texts()[:2]
    assert first == page.locator("#changed").inner_text()
    shown = page.locator("main").inner_text().partition(first)[2].partition(then)[0]
    assert {id for id, question in edition.questions.items() if question.ask["nl"] in shown} == ASKED.keys()
    assert SAID in shown


def test_handing_in_returning_and_answering_by_keyboard(site: Site, open_page: OpenPage) -> None:
    """Without JavaScript, in English, on a small phone; judging and advising so is in test_desk.py."""
    dossier, options = site.import_scenario("drop-out-per-course"), {"viewport": SMALL, "locale": "en-GB"}
    page, officer = (open_page(who, java_script_enabled=False, **options) for who in ("team", "officer"))
    keys, asked = Keyboard(page), ("benefit", "kitchen_table")
    hand_in_by_keyboard(keys, dossier)
    assert versions(site, dossier) == [""]
    return_by_keyboard(Keyboard(officer), dossier, [site.shell.edition.questions[id].ask["nl"] for id in asked])
    assert versions(site, dossier) == ["returned"]

    for question in asked:
        page.goto("/en/my-work")
        keys.enter(f"main a[href$='{dossier}/questions/{question}/remarks']")
        keys.walk_page()
        keys.go_to("article.remark summary")
        keys.press("Enter")
        keys.write("article.remark textarea", "It says so now.")
        keys.enter("button[value=reply]")
        keys.enter("button[value=settle]")
        keys.enter(f"main a[href$='/questions/{question}']")
    keys.pick("kitchen_table-value", "4")
    keys.enter("main button[value=save]")
    hand_in_by_keyboard(keys, dossier)
    assert versions(site, dossier) == ["", "returned"]
    id = dossier.rpartition("/")[2]
    assert [one.question for one in list_remarks(site.shell.engine, id) if one.settled_at] == [*asked]
    assert find_dossier(site.shell.engine, id).document.answers["kitchen_table"].value == 4


def hand_in_by_keyboard(keys: Keyboard, dossier: str) -> None:
    keys.page.goto(f"/en{dossier}")
    keys.enter("main a[href$='/hand-in']")
    keys.walk_page()
    keys.write("#note", "May we share this?")
    keys.write("#wanted_start", "15-01-2027")
    keys.write("#decider", "head of the department")
    keys.enter("#hand-in button[value=save]")


def return_by_keyboard(keys: Keyboard, dossier: str, asks: list[str]) -> None:
    keys.page.goto("/en/desk")
    keys.enter(f"main a[href$='{dossier}']")
    keys.enter("main a[href$='/return']")
    for number, ask in enumerate(asks):
        keys.go_to(f"#row{number}-about")
        keys.page.keyboard.type(ask)  # a list goes to the line that begins so
        keys.write(f"#row{number}-text", "Can you explain this?")
    keys.enter("#return button[value=save]")
