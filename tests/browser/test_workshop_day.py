"""A whole workshop in real browsers: a facilitator, a projector, eight phones, a note taker; and the same on paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from assistant.demo import PEOPLE
from assistant.store.actions import list_actions
from assistant.store.dossiers import find_dossier
from assistant.store.workshop.kept import forget_workshop, list_workshops
from assistant.store.workshop.rounds import list_rounds

from .conftest import OpenPage, Site
from .hall import SOON, Room, open_room
from .keyboard import Keyboard
from .pictures import shrink

DOCS: Final = Path(__file__).parent.parent.parent / "docs"
PICTURED: Final = re.compile(r"^!\[[^\]]{20,}\]\(workshop/([a-z-]+)\.png\)$", re.M)
MOST: Final = 60_000  # bytes of one picture
STANCES = ("never", "rather_not", "only_if", "rather_yes", "certainly", "certainly", "never", "only_if")


@pytest.fixture
def room(site: Site, open_page: OpenPage) -> Room:
    """Each test its own workshop; those before are gone."""
    for line in list_workshops(site.shell.engine, PEOPLE["facilitator"].id):
        forget_workshop(site.shell.engine, line.id)
    return open_room(site, open_page)


def shown(room: Room, key: str) -> dict[str, int]:
    """What the room saw of a one-item round."""
    number = [one.key for one in room.workshop.rounds].index(key)
    kept = list_rounds(room.site.shell.engine, room.workshop.id)[number]
    assert kept.tally
    [counts] = kept.tally.counts.values()
    return counts


def by_keyboard(phone: Page) -> None:
    """Choose and send without a mouse."""
    phone.locator("#vote").wait_for(timeout=SOON)
    hand = Keyboard(phone)
    hand.pick("ring_the_bell", "never")
    hand.enter("#vote button[value=save]:not(.hidden)")


def picture(name: str, page: Page, update_examples: bool) -> None:
    """For docs/workshop.md; taken again with --update-examples."""
    file = DOCS / "workshop" / f"{name}.png"
    if update_examples:
        file.write_bytes(shrink(page.screenshot(animations="disabled")))
    assert file.stat().st_size <= MOST


def test_a_day_with_phones_from_preparing_to_the_dossier(room: Room, update_examples: bool) -> None:
    join_by_code = room.open_page("", viewport={"width": 390, "height": 760})
    join_by_code.goto("/nl/room/join")
    join_by_code.fill("#code", room.workshop.code.lower())
    with join_by_code.expect_navigation():
        join_by_code.locator("#join button[value=save]").last.click()
    join_by_code.locator("#join button[value=save]").last.click()
    join_by_code.wait_for_url("**/room")
    room.phones.append(join_by_code)
    plain = room.enter(java_script_enabled=False)
    narrow = room.enter(viewport={"width": 320, "height": 640}, locale="en-GB")
    for _ in range(5):
        room.enter()
    keyed, lossy, removed = room.phones[3], room.phones[4], room.phones[7]
    room.look()
    expect(room.projector.locator("[data-show=in]")).to_have_text("8", timeout=SOON)

    room.go_to("stance:ring_the_bell")
    room.press("open")
    room.look()
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 320
    room.phones[5].locator("#vote").wait_for(timeout=SOON)
    picture("phone", room.phones[5], update_examples)
    lossy.locator("#vote").wait_for(timeout=SOON)
    lossy.context.set_offline(True)
    lossy.locator("#vote input[value=certainly]").check()
    for number, phone in enumerate(room.phones):
        if phone is plain:
            phone.reload()
        if phone is keyed:
            by_keyboard(phone)
        elif phone is not lossy:
            room.vote(phone, STANCES[number])
    for screen in (room.projector, *room.phones):
        assert not screen.locator("dl.bars").count()
    lossy.context.set_offline(False)
    room.vote(lossy, "certainly")
    lossy.reload()
    room.vote(lossy, "certainly")
    expect(room.projector.locator("[data-show=ready]")).to_have_text("8", timeout=SOON)
    room.lead.locator(".run").wait_for()
    picture("facilitator", room.lead, update_examples)
    room.press("close")
    room.look()
    assert sum(shown(room, "stance:ring_the_bell").values()) == 8
    expect(room.projector.locator("dl.bars")).to_be_visible()
    picture("projector", room.projector, update_examples)
    expect(room.phones[5].locator("table.tally")).to_be_visible(timeout=SOON)

    room.go_on()
    assert room.workshop.now.key == "arguments:ring_the_bell"
    room.press("open")
    for phone in room.phones:
        if phone is plain:
            phone.reload()
        phone.locator("#vote").wait_for(timeout=SOON)
        phone.fill("#for", "Een kind krijgt hulp.")
        with phone.expect_navigation():
            phone.locator("#vote button[value=save]").last.click()
    room.lead.goto(f"/nl/workshops/{room.workshop.id}/run")
    room.press("close")
    room.look()
    expect(room.projector.locator(".sides").get_by_text("Een kind krijgt hulp.").first).to_be_visible()

    room.lead.goto(f"/nl/workshops/{room.workshop.id}/phones")
    with room.lead.expect_navigation():
        room.lead.locator("main form button").last.click()
    expect(removed.locator("h1")).to_contain_text("uit de workshop", timeout=SOON)
    room.phones.remove(removed)

    room.go_on()
    room.press("open")
    for phone in room.phones:
        if phone is plain:
            phone.reload()
        room.vote(phone, "only_if" if phone is not room.phones[0] else "never")
    room.lead.goto(f"/nl/workshops/{room.workshop.id}/run")
    room.press("close")
    assert "eens" in room.lead.locator("[role=alert]").inner_text()
    room.look()
    assert not room.projector.locator("dl.bars").count()
    room.press("show")
    room.look()
    expect(room.projector.locator(".bar.before").first).to_be_attached()

    room.go_to("harvest")
    room.lead.goto(f"/nl/workshops/{room.workshop.id}/tables")
    with room.lead.expect_navigation():
        room.lead.locator("main form button").first.click()
    pen = re.search(r"/nl/pen/[\w-]+", room.lead.content())
    assert pen
    writer = room.open_page("", viewport={"width": 390, "height": 760})
    writer.goto(pen[0] + "/harvest")
    writer.fill("#choice", "Wij beginnen per school.")
    writer.fill("#tomorrow", "De mentor bellen.")
    with writer.expect_navigation():
        writer.locator("main form button[value=save]:not(.hidden)").last.click()
    room.look()

    room.lead.goto(f"/nl/workshops/{room.workshop.id}/end")
    with room.lead.expect_navigation():
        room.lead.locator("main button[value=end]").click()
    expect(plain.locator("h1")).to_be_visible()
    with room.lead.expect_navigation():
        room.lead.locator("form[action$='/dossier'] button").click()
    id = re.search(r"/dossiers/([\w-]+)", room.lead.url)
    assert id
    kept = find_dossier(room.site.shell.engine, id[1])
    assert kept.document.project.title.startswith("Voorspellen wie van school gaat")
    assert [one.text for one in list_actions(room.site.shell.engine, kept.id)] == ["De mentor bellen."]
    expect(room.phones[5].locator("h1")).to_contain_text("Bedankt", timeout=SOON)


def test_the_same_day_on_paper_and_one_laptop(room: Room) -> None:
    workshop = room.workshop
    lead = room.lead
    for number, planned in enumerate(workshop.rounds):
        lead.goto(f"/nl/workshops/{workshop.id}/run")
        if planned.by_phone and not planned.typed:
            lead.goto(f"/nl/workshops/{workshop.id}/rounds/{number}/paper")
            for box in lead.locator("main form input[type=text]").all():
                counts = " ".join(["1" if planned.most > 1 else "2"] * len(planned.options))
                box.fill("6" if "forms" in (box.get_attribute("name") or "") else counts)
            with lead.expect_navigation():
                lead.locator("main form button[value=save]:not(.hidden)").last.click()
            lead.goto(f"/nl/workshops/{workshop.id}/run")
            room.press("close")
        if number + 1 < len(workshop.rounds):
            lead.goto(f"/nl/workshops/{workshop.id}/run")
            with lead.expect_navigation():
                lead.locator("form[action$='/run/move'] button[value=next]").first.click()
    seen = list_rounds(room.site.shell.engine, workshop.id)
    assert {workshop.rounds[number].kind for number, one in seen.items() if one.state == "shown"} == {
        "values",
        "stance",
    }


def test_the_guide_shows_the_three_screens() -> None:
    named = PICTURED.findall((DOCS / "workshop.md").read_text(encoding="utf-8"))
    assert sorted(named) == sorted(file.stem for file in (DOCS / "workshop").iterdir())
