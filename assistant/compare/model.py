"""What changed between two dossiers, as values. Nothing here compares; nothing here is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, Literal, TypeAlias, TypeVar

from assistant.dossier.model import (
    AlternativeEntry,
    AnswerEntry,
    Conclusion,
    EditionEntry,
    Named,
    OpenEntry,
    OutcomeEntry,
    SignalEntry,
)
from assistant.trees.model import Language

T = TypeVar("T")
SpanKind: TypeAlias = Literal["same", "added", "removed"]
AnswerKind: TypeAlias = Literal["new", "changed", "gone", "back", "wording"]
PartName: TypeAlias = Literal["answer", "motivation", "not_applicable", "owner", "due", "other_views"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that stayed, came or went."""

    kind: SpanKind
    text: str


Line: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One part of an answer, line by line; a table has a line a row."""

    part: PartName
    lines: tuple[Line, ...]

    @property
    def changed_lines(self) -> tuple[Line, ...]:
        """Those in which something came or went."""
        return tuple(line for line in self.lines if any(span.kind != "same" for span in line))

    @property
    def is_changed(self) -> bool:
        """Whether anything in it came or went."""
        return bool(self.changed_lines)

    @property
    def is_spacing(self) -> bool:
        """Only spaces or line ends came or went, which nobody sees or hears."""
        marks = [span for line in self.lines for span in line if span.kind != "same"]
        return bool(marks) and not any(mark.text.strip() for mark in marks)


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A question that was answered differently, is asked now, is asked no longer, or reads differently.

    `back`: asked now and in an earlier version, but not in the one compared with.
    `wording`: the question or its choices were reworded, and the team said what it said.
    """

    question: str
    code: str
    ask: str
    kind: AnswerKind
    wording: Line  # of the question; empty where that stayed the same
    passages: tuple[Passage, ...]  # those that hold text before or after


@dataclass(frozen=True, slots=True)
class ThemeChanges:
    """A theme of either dossier: what changed in it, and the answers that did not."""

    tree: str
    theme: str
    title: str
    answers: tuple[AnswerChange, ...]
    unchanged: tuple[AnswerEntry, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing about an entry that reads differently, by the name of its field."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Move(Generic[T]):
    """An entry that came (no `before`), went (no `after`) or changed; at least one of the two is there."""

    before: T | None
    after: T | None
    differences: tuple[Difference, ...] = ()

    @property
    def kind(self) -> Literal["new", "changed", "gone"]:
        """What happened to it."""
        return "new" if self.before is None else "gone" if self.after is None else "changed"

    @property
    def entry(self) -> T:
        """The entry as it stands, or as it last stood."""
        entry = self.before if self.after is None else self.after
        if entry is None:
            raise ValueError("a move of nothing")
        return entry


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changed. `edition` is there when the questions, sources or thresholds were replaced."""

    language: Language  # in which most of it is worded
    project: tuple[Difference, ...]
    outcome: Move[OutcomeEntry] | None
    conclusions: tuple[Move[Conclusion], ...]
    signals: tuple[Move[SignalEntry], ...]
    open_points: tuple[Move[OpenEntry], ...]
    themes: tuple[ThemeChanges, ...]
    edition: Move[EditionEntry] | None
    trees: tuple[Move[Named], ...]
    thresholds: tuple[Move[Named], ...]
    alternatives: tuple[Move[AlternativeEntry], ...] = ()  # laid aside, or told of in another way
    chosen_because: tuple[Difference, ...] = ()

    @property
    def answers(self) -> Iterator[AnswerChange]:
        """Every answer that changed, theme by theme."""
        return (answer for theme in self.themes for answer in theme.answers)

    @property
    def is_empty(self) -> bool:
        """Nothing came, went or changed."""
        found = (self.project, self.outcome, self.conclusions, self.signals, self.open_points, self.edition)
        weighed = (self.alternatives, self.chosen_because)
        return not any((*found, *weighed, self.trees, self.thresholds, *self.answers))
