"""A room in real browsers: a facilitator's laptop, a projector, phones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from playwright.sync_api import Page, expect

from assistant.demo import PEOPLE
from assistant.store.workshop import kept
from assistant.store.workshop.kept import Workshop, list_workshops

from .conftest import OpenPage, Site

PHONE: Final = {"width": 390, "height": 760}
SOON: Final = 15_000  # milliseconds: screens ask every two seconds
# What is smaller than 32 pixels on a projector, unless it is for ears alone.
SMALL: Final = """() => [...document.querySelectorAll("body *")].filter(e => e.checkVisibility() &&
  [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && !e.closest(".hidden, .live-voice, title") &&
  parseFloat(getComputedStyle(e).fontSize) < 32).map(e => e.className + ": " + e.textContent.trim().slice(0, 40))"""
FITS: Final = """() => document.documentElement.scrollHeight <= innerHeight
  && document.documentElement.scrollWidth <= innerWidth"""


@dataclass
class Room:
    """Everyone who is there. `steps`: how the projector was looked at, so that a test can say where it went wrong."""

    site: Site
    open_page: OpenPage
    lead: Page
    projector: Page
    phones: list[Page] = field(default_factory=list)

    @property
    def workshop(self) -> Workshop:
        """As it is kept now."""
        [line] = list_workshops(self.site.shell.engine, PEOPLE["facilitator"].id)
        return kept.find_workshop(self.site.shell.engine, line.id)

    def enter(self, **options: object) -> Page:
        """A phone that scans the square."""
        language = "en" if options.get("locale") == "en-GB" else "nl"
        phone = self.open_page("", **({"viewport": PHONE} | options))
        phone.goto(f"/{language}/room/join/{self.workshop.join_key}")
        phone.locator("#join button[value=save]").click()
        phone.wait_for_url("**/room")
        self.phones.append(phone)
        return phone

    def press(self, do: str) -> None:
        """The facilitator presses a button of the running screen."""
        with self.lead.expect_navigation():
            self.lead.locator(f".run button[value='{do}']").first.click()

    def go_on(self) -> None:
        """To the next round."""
        self.lead.goto(f"/nl/workshops/{self.workshop.id}/run")
        self.press("next")

    def go_to(self, key: str) -> None:
        """Round by round, until this one."""
        while self.workshop.now.key != key:
            self.go_on()

    def look(self) -> None:
        """What holds of every state of the projector: it fits, it can be read, its code is in sight."""
        expect(self.projector.locator("[data-version]")).to_have_attribute(
            "data-version", str(self.workshop.version), timeout=SOON
        )
        assert self.projector.evaluate(FITS), self.workshop.now.key
        assert self.projector.evaluate(SMALL) == [], self.workshop.now.key
        if self.workshop.code:
            expect(self.projector.locator("img.qr")).to_have_js_property("complete", True)
            assert self.projector.locator("img.qr").evaluate("e => e.naturalWidth")
            assert self.projector.locator(".code-large").is_visible()

    def vote(self, phone: Page, *chosen: str) -> None:
        """Tick and send; each phone sees the round by itself."""
        phone.locator("#vote").wait_for(timeout=SOON)
        for value in chosen:
            phone.locator(f"#vote input[value='{value}']").first.check()
        with phone.expect_navigation():
            phone.locator("#vote button[value=save]").last.click()
        expect(phone.locator(".saved")).to_be_visible()


def open_room(site: Site, open_page: OpenPage) -> Room:
    """A taster on the school case, prepared in the browser, begun, its door open."""
    lead = open_page("facilitator", viewport={"width": 1280, "height": 900})
    lead.goto("/nl/workshops/new")
    lead.fill("#title", "Middag in Oeverland")
    lead.check("input[value=taster]")
    lead.check("input[value='case:early-school-leaving']")
    with lead.expect_navigation():
        lead.locator("#new button[value=save]").last.click()
    lead.select_option("#tables", "1")
    for box in lead.locator("input[name=dilemma]:checked").all()[1:]:
        box.uncheck()
    with lead.expect_navigation():
        lead.locator("button[form=prepare][value=begin]").click()
    with lead.expect_navigation():
        lead.locator("form[action$='/door'] button[value=open]").first.click()
    room = Room(site, open_page, lead, open_page("", viewport={"width": 1280, "height": 720}))
    room.projector.goto(f"/nl/screen/{room.workshop.screen_key}")
    return room
