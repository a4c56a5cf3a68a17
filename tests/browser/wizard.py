"""What a team does at the screen, found by what it reads there: questions, choices, labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page

from assistant.answers import UNSURE_CELL, Answer
from assistant.trees.edition import Edition
from assistant.trees.model import Column, Kind, Language, Question


@dataclass(frozen=True)
class Wizard:
    """A browser on a page of the wizard."""

    page: Page
    edition: Edition
    language: Language = "nl"

    def open(self, path: str) -> None:
        self.page.goto(f"/{self.language}{path}")

    @property
    def question(self) -> Question | None:
        """The question that this page asks."""
        heading = self.page.locator("h1").inner_text()
        return next((q for q in self.edition.questions.values() if q.ask[self.language] == heading), None)

    @property
    def strip(self) -> str:
        """What the strip says that the last answer did."""
        return self.page.locator(".strip[role=status]").inner_text()

    def press(self, do: str = "save") -> None:
        """Press the button that does this; the next page is there."""
        with self.page.expect_navigation():
            self.page.locator(f"button[name=do][value^='{do}']:visible:not([tabindex='-1'])").first.click()

    def choose(self, *choices: str) -> None:
        """Choose from what the question offers."""
        question = self.question
        assert question
        labels = {choice.id: choice.label[self.language] for choice in question.options}
        labels |= {str(n): str(n) for n in range(1, 6)}
        role = "checkbox" if question.kind is Kind.CHOICES else "radio"
        for choice in choices:
            self.page.get_by_role(role, name=labels[choice], exact=True).check()

    def give(self, answer: Answer) -> None:
        """Fill in an answer and save it, its other views included."""
        question = self.question
        assert question
        for view in answer.other_views:
            self.page.locator("a[href$='/views']").click()
            self.page.get_by_role("textbox").fill(view)
            self.press()
        if answer.value is not None:
            self._fill(question, answer.value)
        motivation = self.page.locator(f"#{question.id}-motivation")
        if answer.motivation and motivation.count():  # the quick scan has none
            motivation.fill(answer.motivation)
        self.press("unsure" if answer.unsure else "save")

    def answer_all(self, answers: Mapping[str, Answer]) -> list[str]:
        """Answer whatever is asked, until nothing is; the questions in the order in which they came."""
        asked = []
        while (question := self.question) or self.page.url.endswith("/open-points"):
            if question:
                assert question.id not in asked, f"asked twice: {question.id}"
                asked.append(question.id)
                self.give(answers[question.id])
            else:
                self.name_owners(answers)
        return asked

    def name_owners(self, answers: Mapping[str, Answer]) -> None:
        """Fill in who finds out what, and when."""
        for field in self.page.locator("input[name$='-owner']").all():
            id = str(field.get_attribute("name")).removesuffix("-owner")
            field.fill(answers[id].owner)
            self.page.locator(f"#{id}-due").fill("-".join(reversed(answers[id].due.split("-"))))
        self.press()

    def _fill(self, question: Question, value: Any) -> None:
        match question.kind:
            case Kind.CHOICE | Kind.YES_NO | Kind.SCALE:
                self.choose(str(value))
            case Kind.CHOICES:
                self.choose(*value)
            case Kind.TABLE:
                self._fill_rows(question, value)
            case kind:
                typed = "-".join(reversed(value.split("-"))) if kind is Kind.DATE else str(value)
                self.page.get_by_label(question.ask[self.language], exact=True).fill(typed)

    def _fill_rows(self, question: Question, rows: list[dict[str, Any]]) -> None:
        shown = self.page.locator("fieldset.card")
        for number, row in enumerate(rows):
            if number == shown.count():
                self.press("add_row")
            for column in question.columns:
                if column.id in row:
                    self._fill_cell(shown.nth(number), column, row[column.id])

    def _fill_cell(self, row: Locator, column: Column, value: Any) -> None:
        if column.kind == "choices":
            labels = {choice.id: choice.label[self.language] for choice in column.options}
            for choice in value:
                row.get_by_role("checkbox", name=labels[choice], exact=True).check()
            return
        optional = r"( \([^)]*\))?$"
        cell = row.get_by_label(re.compile("^" + re.escape(column.label[self.language]) + optional))
        if column.kind in ("choice", "yes_no", "scale"):
            cell.select_option("?" if value == UNSURE_CELL else str(value))
        else:
            cell.fill(str(value))
