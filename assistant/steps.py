"""A question on the path: what was said to it, what comes next, and how far a theme and the whole are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.answers import CARRIED, REWORDED, Answer
from assistant.trees.model import Phase, Question


class Mark(StrEnum):
    """What was said to a question."""

    MISSING = "missing"
    ANSWERED = "answered"
    UNSURE = "unsure"
    PARTLY = "partly"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Step:
    """A question on the path. `certain` is False when it may turn out not to matter; `later`: it may wait.

    `works_out`: the core can do without it. `to_confirm`: the answer is of before and may no longer hold.
    """

    question: Question
    tree: str
    theme: str
    certain: bool
    later: bool
    works_out: bool
    to_confirm: bool
    answer: Answer

    @property
    def mark(self) -> Mark:
        """What was said to it."""
        answer = self.answer
        if answer.not_applicable:
            return Mark.NOT_APPLICABLE
        if answer.unsure:
            return Mark.PARTLY if answer.has_value else Mark.UNSURE
        return Mark.ANSWERED if answer.has_value else Mark.MISSING


@dataclass(frozen=True, slots=True)
class Progress:
    """Themes done of the themes there are; between `least` and `most` questions left, and answers to confirm."""

    themes_done: int
    themes: int
    least: int
    most: int
    to_confirm: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a theme is: questions left in its core and in what works it out, and the functions that know those."""

    core: int
    core_left: int
    rest_left: int
    functions: tuple[str, ...]


def is_to_confirm(question: Question, answer: Answer, phase: Phase) -> bool:
    """Whether it is of an earlier dossier or edition, or of before this phase; what is not known is open already."""
    of_before = answer.confirmed_in not in ("", phase) and phase in question.confirm
    is_of_before = of_before or answer.confirmed_in in (CARRIED, REWORDED)
    return is_of_before and (answer.has_value or bool(answer.not_applicable))


def find_next(steps: Iterable[Step]) -> str | None:
    """The core before what works it out, certain before possible; when nothing is missing, what is to be confirmed."""
    every = tuple(steps)
    missing = [step for step in every if step.mark is Mark.MISSING]
    first = min(missing, key=lambda step: (step.works_out, not step.certain), default=None)
    first = first or next((step for step in every if step.to_confirm), None)
    return first.question.id if first else None


def build_standing(steps: Iterable[Step]) -> Standing:
    """How far the steps of one theme are; the functions named most often first."""
    every = tuple(steps)
    core = [step for step in every if not step.works_out]
    rest = [step for step in every if step.works_out and step.mark is Mark.MISSING]
    named = Counter(function for step in rest for function in step.question.ask_also)
    return Standing(
        core=len(core),
        core_left=sum(step.mark is Mark.MISSING for step in core),
        rest_left=len(rest),
        functions=tuple(function for function, _ in named.most_common()),
    )


def build_progress(steps: Sequence[Step], undecided: int) -> Progress:
    """How far the whole is. `undecided`: questions that an open one may still bring."""
    themes = dict.fromkeys((step.tree, step.theme) for step in steps)
    open_steps = [step for step in steps if step.mark is Mark.MISSING]
    unfinished = {(step.tree, step.theme) for step in steps if step.mark is Mark.MISSING or step.to_confirm}
    return Progress(
        themes_done=len(themes) - len(unfinished),
        themes=len(themes),
        least=sum(step.certain for step in open_steps),
        most=len(open_steps) + (undecided if open_steps else 0),
        to_confirm=sum(step.to_confirm for step in steps),
    )
