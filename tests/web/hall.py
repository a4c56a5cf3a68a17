"""A workshop in the demo: a facilitator at a browser, phones of people who gave no name, and the projector."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from assistant import clock
from assistant.demo import PEOPLE
from assistant.opening import Shell
from assistant.store.workshop import door, kept, running
from assistant.workshop.plan import Chosen, build_plan
from assistant.workshop.story import story_of

from .client import Client, Page

CASE, SHEET = "early-school-leaving", "awareness-day"
FACILITATOR = PEOPLE["facilitator"].id


def prepare(shell: Shell, *, sheet: str = SHEET, case: str = CASE, owner: str = FACILITATOR, **changed: Any) -> str:
    """A workshop that is prepared; its id."""
    book, edition = shell.playbook, shell.edition
    story, chosen = story_of(book.case_ids[case]), changed.pop("chosen", Chosen())
    plan = build_plan(book, edition, book.sheets[sheet], story, chosen)
    given: dict[str, Any] = {
        "title": "Data Awareness-dag", "language": "nl", "edition_hash": edition.hash, "sheet": sheet, "case": case,
        "story": story, "chosen": chosen, "plan": plan, "tables": 2,
    }  # fmt: skip
    return kept.create_workshop(shell.engine, owner, kept.Preparation(**given | changed), clock.now())


@dataclass
class Hall:
    """A workshop that is going on."""

    app: Flask
    shell: Shell
    id: str
    lead: Client
    phones: list[Client] = field(default_factory=list)

    @property
    def workshop(self) -> kept.Workshop:
        """As it is kept now."""
        return kept.find_workshop(self.shell.engine, self.id)

    @property
    def url(self) -> str:
        """Where the facilitator's pages of it begin."""
        return f"/workshops/{self.id}"

    @property
    def screen(self) -> str:
        """The projector's page."""
        return f"/screen/{self.workshop.screen_key}"

    def place(self, key: str) -> int:
        """Where a round stands."""
        return [one.key for one in self.workshop.rounds].index(key)

    def go_to(self, key: str) -> None:
        """To this round, without the pages."""
        running.go_to(self.shell.engine, self.id, self.workshop.at, self.place(key))

    def enter(self, language: str = "nl", table: int = 1) -> Client:
        """A phone that joins by link."""
        phone = Client(self.app, language, person="")
        page = phone.get(f"/room/join/{self.workshop.join_key}")
        phone.send(page, form="join", table=str(table))
        self.phones.append(phone)
        return phone

    def fill(self, many: int) -> list[Client]:
        """So many phones."""
        return [self.enter() for _ in range(many)]

    def vote(self, phone: Client, *, status: int = 302, **chosen: Any) -> Page:
        """Fill in the form of the round that is open."""
        return phone.send(phone.get("/room"), status, form="vote", **chosen)


def open_hall(app: Flask, shell: Shell, language: str = "nl", *, door_open: bool = True, **changed: Any) -> Hall:
    """A workshop in its first round, its door open; the facilitator reads this language."""
    id = prepare(shell, **changed)
    running.start(shell.engine, id, clock.now())
    if door_open:
        door.open_door(shell.engine, id, clock.now())
    return Hall(app, shell, id, Client(app, language, "facilitator"))
