"""What passes between a team and an officer at the screen, found by what the pages are, in either language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import Page

from assistant.trees.model import Language


@dataclass(frozen=True)
class Review:
    """A dossier (its address, without the language) under review, and the browser of somebody who has to do with it."""

    page: Page
    dossier: str
    language: Language = "nl"

    @property
    def id(self) -> str:
        return self.dossier.rpartition("/")[2]

    def open(self, part: str = "", at: str = "") -> None:
        """A part of the dossier; `at` the desk, of the officer's pages on it."""
        self.page.goto(f"/{self.language}{at}{self.dossier}{part}")

    def go(self, selector: str) -> None:
        """Press a link or a button of this page; the next one is there."""
        with self.page.expect_navigation():
            self.page.locator(f"main {selector}").first.click()

    def fill(self, **texts: str) -> None:
        """Fill in fields, by their ids."""
        for id, text in texts.items():
            self.page.locator(f"#{id}").fill(text)

    def hand_in(self, note: str, wanted_start: str, decider: str) -> None:
        self.open()
        self.go("a[href$='/hand-in']")
        self.fill(note=note, wanted_start=wanted_start, decider=decider)
        self.go("#hand-in button[value=save]")

    def pick_up(self) -> None:
        """The officer opens it from the queue."""
        self.page.goto(f"/{self.language}/desk")
        self.go(f"a[href$='{self.id}']")

    def send_back(self, questions: Sequence[tuple[str, str]]) -> None:
        """The officer returns it with questions, each at an answer."""
        self.go("a[href$='/return']")
        self.ask(questions)
        self.go("#return button[value=save]")

    def ask(self, questions: Sequence[tuple[str, str]]) -> None:
        """Fill in questions on the page that returns a dossier."""
        for number, (about, text) in enumerate(questions):
            self.page.locator(f"#row{number}-about").select_option(about)
            self.fill(**{f"row{number}-text": text})

    def reply(self, text: str) -> None:
        """Reply to the first remark that is shown."""
        remark = self.page.locator("article.remark").first
        remark.locator("summary").click()
        remark.locator("textarea").fill(text)
        self.go("button[value=reply]")

    def advise(self, why: str, condition: str, owner: str, due: str) -> None:
        """The officer lets it go on, with one condition."""
        self.go("a[href$='/advise']")
        self.fill_advice(why, condition, owner, due)
        self.go("#advise .buttons button[value=save]")

    def fill_advice(self, why: str, condition: str, owner: str, due: str) -> None:
        self.page.locator("#outcome-go_on_with_conditions").check()
        row = {"text": condition, "owner": owner, "due": due}
        self.fill(motivation=why, **{f"conditions-0-{name}": text for name, text in row.items()})
