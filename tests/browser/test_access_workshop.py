"""The pages of a workshop: the facilitator's, the phones', the projector's, in some ways of looking."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from playwright.sync_api import Page

from .conftest import OpenPage, Site
from .hall import Room, open_room
from .looks import SOME, Mode, find_faults

LARGE: Final = (Mode(1280, "light"), Mode(1280, "dark"), Mode(1280, "light", forced=True))
WIDE: Final = {"width": 1280, "height": 900}
LONG_WORD: Final = "Aansprakelijkheidswaardevaststellingsveranderingen"


def test_no_fault_on_the_three_kinds_of_screens(site: Site, open_page: OpenPage) -> None:
    room = open_room(site, open_page)
    faults: list[str] = []
    for state in day(room):
        faults += [f"{state}: {fault}" for fault in all_faults(room)]
    for state in afterwards(room):
        faults += [f"{state}: {fault}" for fault in find_faults(room.lead, SOME)]
    assert not faults, "\n".join(faults)


def test_no_fault_while_preparing_and_joining(site: Site, open_page: OpenPage) -> None:
    lead, guest = open_page("facilitator"), open_page("")
    faults = [f"{state}: {fault}" for state in preparing(lead) for fault in find_faults(lead, SOME)]
    faults += [f"{state}: {fault}" for state in joining(guest) for fault in find_faults(guest, SOME)]
    assert not faults, "\n".join(faults)


def all_faults(room: Room) -> list[str]:
    """Of the three screens that see one round; each as wide afterwards as it was."""
    room.look()
    [phone] = room.phones
    phone.goto("/nl/room")
    faults = [*find_faults(room.lead, SOME), *find_faults(phone, SOME), *find_faults(room.projector, LARGE)]
    room.lead.set_viewport_size(WIDE)
    room.projector.set_viewport_size({"width": 1280, "height": 720})
    return faults


def day(room: Room) -> Iterator[str]:
    """A round that waits, takes answers and was too small to show; then what is pressed in between."""
    hold_still(room.enter())
    room.lead.goto(f"/nl/workshops/{room.workshop.id}/run")
    yield "the first round"
    room.go_to("stance:ring_the_bell")
    room.press("open")
    yield "a round that takes answers"
    room.vote(room.phones[0], "never")
    room.press("close")
    yield "a round that too few answered"
    room.go_to("harvest")
    yield "the harvest"


def afterwards(room: Room) -> Iterator[str]:
    """What only the facilitator opens, during the day and when it is over."""
    home = f"/nl/workshops/{room.workshop.id}"
    for part in ("/phones", "/tables", "/tables/1/harvest", "/tables/1/values", "/rounds/4/paper", "/end"):
        room.lead.goto(home + part)
        yield part
    with room.lead.expect_navigation():
        room.lead.locator("main button[value=end]").click()
    for part in ("/afterwards", "/report", "/forget"):
        room.lead.goto(home + part)
        yield part


def preparing(lead: Page) -> Iterator[str]:
    """From the list to a story with faults."""
    for path in ("/nl/workshops", "/nl/workshops/new"):
        lead.goto(path)
        yield path
    press(lead, "#new button[value=save]")
    yield "a workshop without a name"
    lead.fill("#title", LONG_WORD)
    lead.check("input[name=sheet] >> nth=1")
    lead.check("input[value='case:early-school-leaving']")
    press(lead, "#new button[value=save]")
    yield "a prepared day"
    home = lead.url
    lead.locator("input[name^=minutes-]").first.fill("lang")
    press(lead, "#prepare button[value=save]")
    yield "minutes that are no number"
    lead.goto(home.replace("/prepare", "/story"))
    yield "the story"
    lead.locator("main textarea").first.fill("")
    press(lead, "main button[value=save]")
    yield "a story without a text"


def joining(guest: Page) -> Iterator[str]:
    """Who types a code, and who is in nothing."""
    guest.goto("/nl/room/join")
    yield "joining"
    guest.fill("#code", "2222-2222")
    press(guest, "#join button[value=save]")
    yield "a code that nobody gave"
    guest.goto("/nl/room")
    yield "in no room"


def hold_still(phone: Page) -> None:
    """It hears of no news: it would show itself again while it is measured, or on its way to a page."""
    phone.route("**/room/now", lambda route: route.fulfill(status=304))
    phone.goto("about:blank")


def press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).last.click()
