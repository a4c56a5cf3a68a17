"""What an example is made of: a dossier for the public, what was advised and decided, and every text typed in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from assistant.dossier.model import AnswerEntry, Dossier
from assistant.sharing.said import value_of
from assistant.trees.edition import Edition
from assistant.trees.model import Kind, Question

AFTER = "after"  # stands where a theme stands, for the advice and the decision


@dataclass(frozen=True)
class Advised:
    """An advice: its outcome, and what the officer wrote."""

    outcome: str
    motivation: str = field(default="", repr=False)
    conditions: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Original:
    """A text that somebody typed. `group`: its theme; `about`: the question, or what it is; `part`: which part."""

    key: str
    group: str
    title: str
    about: str
    part: str
    text: str = field(repr=False)


@dataclass(frozen=True)
class Origin:
    """`made`: for the public. `month`: 2026-11. `became`: go_on, change, stop, closed or empty."""

    made: Dossier = field(repr=False)
    edition: Edition = field(repr=False)
    month: str
    advised: Advised | None = None
    became: str = ""
    reason: str = field(default="", repr=False)

    @cached_property
    def texts(self) -> dict[str, Original]:
        """Every typed text by its key, in the order of the dossier."""
        return {one.key: one for one in (*self._answers(), *self._after())}

    @property
    def groups(self) -> dict[str, list[Original]]:
        """The same by theme."""
        found: dict[str, list[Original]] = {}
        for one in self.texts.values():
            found.setdefault(one.group, []).append(one)
        return found

    def _answers(self) -> Iterator[Original]:
        for theme in self.made.themes:
            for entry in theme.answers:
                for key, part, text in self._typed_in(entry):
                    yield Original(key, f"{theme.tree}.{theme.theme}", theme.title, entry.ask, part, text)

    def _typed_in(self, entry: AnswerEntry) -> Iterator[tuple[str, str, str]]:
        question = self.edition.questions[entry.question]
        yield from self._value(question)
        for name in ("motivation", "not_applicable"):
            if text := getattr(entry, name):
                yield f"{question.id}-{name}", name, text

    def _value(self, question: Question) -> Iterator[tuple[str, str, str]]:
        value = value_of(self.made.answers.get(question.id))
        if question.kind in (Kind.TEXT, Kind.LONG_TEXT) and value:
            yield f"{question.id}-value", "value", value
        elif question.kind is Kind.TABLE and value:
            for number, row in enumerate(value, start=1):
                for column in question.columns:
                    if column.kind == "text" and isinstance(row.get(column.id), str):
                        part = f"{column.label[self.made.language]} ({number})"
                        yield f"{question.id}-{number}-{column.id}", part, row[column.id]

    def _after(self) -> Iterator[Original]:
        if self.advised and self.advised.motivation:
            yield Original("advice-motivation", AFTER, "", "advice", "motivation", self.advised.motivation)
        for number, text in enumerate(self.advised.conditions if self.advised else (), start=1):
            yield Original(f"advice-condition-{number}", AFTER, "", "condition", f"{number}", text)
        if self.reason:
            yield Original("decision-reason", AFTER, "", "decision", "motivation", self.reason)
