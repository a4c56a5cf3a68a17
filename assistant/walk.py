"""The walk: what is asked and why, what is raised, what is open, how it stands. Derived each time, never stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from assistant.answers import NO_ANSWER, UNSURE_CELL, Answer, Answers
from assistant.steps import (
    Mark,
    Progress,
    Standing,
    Step,
    build_progress,
    build_standing,
    find_next,
    is_to_confirm,
)
from assistant.trees.because import because
from assistant.trees.edition import Edition
from assistant.trees.logic import MISSING, NO, UNSURE, YES, Truth
from assistant.trees.model import PHASE_QUESTION, Gate, Kind, Level, Phase, Question, Signal, TreeOutcome
from assistant.trees.program import Program, State

__all__ = ["Mark", "OutcomeKind", "Progress", "Raised", "Standing", "Step", "Walk", "phase_of", "walk"]


class OutcomeKind(StrEnum):
    """How it stands, in words elsewhere; never a score."""

    NOT_FINISHED = "not_finished"
    DO_NOT_START = "do_not_start"
    SOLVE_FIRST = "solve_first"
    GO_ON_WITH_AGREEMENTS = "go_on_with_agreements"
    GO_ON = "go_on"


@dataclass(frozen=True, slots=True)
class Raised:
    """A signal that the answers raise. `counts`: it weighs in the outcome now. `ended`: nobody waits for it."""

    signal: Signal
    certain: bool
    gate: Gate
    counts: bool
    superseded_by: str
    ended: bool
    program: Program = field(repr=False, compare=False)
    state: State = field(repr=False, compare=False)

    @property
    def because(self) -> tuple[str, ...]:
        """The ids of the questions that raise it, in document order; looked up when somebody asks."""
        return because(self.program, self.state, self.signal.when)


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something the team does not know yet; `cells` counts the blank or unsure cells of a table."""

    question: str
    mark: Mark
    cells: int
    owner: str
    due: str


@dataclass(frozen=True, slots=True)
class Concluded:
    """A tree's own outcome; None while its questions leave it open."""

    tree: str
    outcome: TreeOutcome | None
    certain: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of the whole; `open_questions` are on the path and without an answer."""

    kind: OutcomeKind
    open_questions: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """An answer to confirm or change, and the questions it comes from. Counts for nothing until it is saved."""

    value: Any
    because: tuple[str, ...]


@dataclass(frozen=True)
class Walk:
    """Everything that follows from an edition, answers, a phase and a date."""

    edition: Edition
    phase: Phase
    state: State
    steps: tuple[Step, ...]  # asked now, in document order
    later: tuple[Step, ...]  # "komt later": visible, not needed yet
    undecided: tuple[Question, ...]  # everything asked is answered, and these hang on what comes later
    signals: tuple[Raised, ...]  # the most serious first
    open_points: tuple[OpenPoint, ...]
    facts: dict[str, bool]  # id -> certain
    conclusions: tuple[Concluded, ...]
    outcome: Outcome
    progress: Progress
    trees: tuple[str, ...]  # those that ask something now; one whose every question comes later is not there yet
    next: str | None

    @cached_property
    def path(self) -> tuple[str, ...]:
        """The ids of the questions asked."""
        return tuple(step.question.id for step in self.steps)

    @cached_property
    def to_confirm(self) -> tuple[str, ...]:
        """The ids of the questions whose answer is of an earlier phase and has to be confirmed."""
        return tuple(step.question.id for step in self.steps if step.to_confirm)

    def standing(self, tree: str, theme: str) -> Standing:
        """How far a theme is; the functions named most often first."""
        return build_standing([step for step in self.steps if (step.tree, step.theme) == (tree, theme)])

    def step(self, question: str) -> Step | None:
        """The step of a question on the path, or that comes later."""
        return next((s for s in (*self.steps, *self.later) if s.question.id == question), None)

    def after(self, question: str) -> str | None:
        """The next question to answer or confirm, looking on from this one first."""
        ids = self.path
        start = ids.index(question) + 1 if question in ids else 0
        return find_next((*self.steps[start:], *self.steps[:start]))

    def proposal(self, question: str) -> Proposal | None:
        """What earlier answers propose for this question."""
        return _proposal(self.edition, self.state, self.edition.questions[question])

    def why_asked(self, question: str) -> tuple[str, ...]:
        """The questions whose answers put this one on the path, or keep it off."""
        asked = self.edition.program.asked[question]
        return because(self.edition.program, self.state, *asked.opening_texts, *asked.condition_texts)


def walk(
    edition: Edition,
    answers: Answers,
    phase: Phase,
    today: date,
    *,
    open_by_hand: Iterable[str] = (),
    handed_in: bool = False,
    only: Collection[str] = (),
    ended: Mapping[str, bool] | None = None,
) -> Walk:
    """Follow the answers. Those off the path are ignored; the order of answering does not matter.

    Time grows linearly with the number of questions. `open_by_hand`: trees the team opened itself.
    `handed_in`: a missing answer counts as "we don't know yet". `only`: look at these trees alone.
    `ended`: signals that were solved, accepted or contested, and whether they were certain then; one that was only
    possible and has become certain is open again.
    """
    by_hand = tuple(open_by_hand)
    state = edition.program.run(answers, phase, today, open_by_hand=by_hand, handed_in=handed_in)
    every_step = tuple(_steps(edition, state, answers, phase))
    all_steps = tuple(step for step in every_step if not only or step.tree in only)
    steps = tuple(step for step in all_steps if not step.later)
    signals = tuple(
        raised
        for raised in _raised(edition, state, phase, ended or {})
        if not only or edition.homes[raised.signal.about][0].id in only
    )
    open_points = tuple(_open_points(steps, handed_in))
    missing = 0 if handed_in else sum(step.mark is Mark.MISSING for step in steps)
    return Walk(
        edition=edition,
        phase=phase,
        state=state,
        steps=steps,
        later=tuple(step for step in all_steps if step.later),
        undecided=() if missing else tuple(_undecided(edition, state, only)),
        signals=signals,
        open_points=open_points,
        facts={id: truth is YES for id, truth in state.facts.items() if truth in (YES, UNSURE)},
        conclusions=tuple(_conclusions(edition, state, {step.tree for step in steps})),
        outcome=Outcome(_outcome_kind(missing, signals, open_points), missing),
        progress=build_progress(steps, sum(1 for _ in _undecided(edition, state, only))),
        trees=tuple(
            tree.id for tree in edition.trees if any(step.tree == tree.id and not step.later for step in every_step)
        ),
        next=find_next(steps),
    )


def phase_of(answers: Answers) -> Phase:
    """The phase as the team gave it in the quick scan; an idea until they did."""
    value = answers.get(PHASE_QUESTION, NO_ANSWER).value
    return Phase(value) if value in list(Phase) else Phase.IDEA


def _steps(edition: Edition, state: State, answers: Answers, phase: Phase) -> Iterator[Step]:
    can_stop = edition.program.can_stop
    for id, asked in edition.program.asked.items():
        truth = state.paths[id]
        if truth is NO or truth is MISSING:
            continue
        answer = answers.get(id, NO_ANSWER)
        waits = truth is UNSURE and phase.is_early and id not in can_stop
        later = answer.is_missing and (waits or phase not in asked.question.phases)
        to_confirm = is_to_confirm(asked.question, answer, phase)
        yield Step(asked.question, asked.tree, asked.theme, truth is YES, later, asked.works_out, to_confirm, answer)


def _proposal(edition: Edition, state: State, question: Question) -> Proposal | None:
    program, text = edition.program, question.prefill
    if text in edition.questions:
        value = state.values.get(text)
        return Proposal(value, (text,)) if value is not None else None
    if text:
        return Proposal("yes", because(program, state, text)) if program.runs[text](state) is YES else None
    fits = [choice for choice in question.choices if choice.suggest and program.runs[choice.suggest](state) is YES]
    if not fits:
        return None
    return Proposal([choice.id for choice in fits], because(program, state, *(c.suggest for c in fits if c.suggest)))


def _raised(edition: Edition, state: State, phase: Phase, ended: Mapping[str, bool]) -> Iterator[Raised]:
    truths = {id: truth for id, truth in state.signals.items() if truth in (YES, UNSURE)}
    for id, truth in list(truths.items()):
        if truth is UNSURE and edition.signals[id].level is Level.STRENGTH:
            del truths[id]  # a strength that may not be there is none
    superseded = {
        other: id
        for id, truth in truths.items()
        for other in edition.signals[id].supersedes
        if truths.get(other, Truth.NO) <= truth
    }
    ids = sorted(
        (id for id in edition.signals if id in truths),
        key=lambda id: (edition.signals[id].level.rank, truths[id] is UNSURE),
    )
    for id in ids:
        signal = edition.signals[id]
        gate = signal.gate or edition.homes[signal.about][1].gate
        certain = truths[id] is YES
        is_ended = id in ended and (ended[id] or not certain)
        in_time = signal.level is Level.STOP or gate is Gate.REAL_DATA or not phase.is_early
        yield Raised(
            signal=signal,
            certain=certain,
            gate=gate,
            counts=in_time and id not in superseded and not is_ended,
            superseded_by=superseded.get(id, ""),
            ended=is_ended,
            program=edition.program,
            state=state,
        )


def _open_points(steps: Iterable[Step], handed_in: bool) -> Iterator[OpenPoint]:
    for step in steps:
        answer, mark = step.answer, step.mark
        cells = _unsure_cells(step.question, answer)
        if mark in (Mark.UNSURE, Mark.PARTLY) or cells or (handed_in and mark is Mark.MISSING):
            yield OpenPoint(step.question.id, mark, cells, answer.owner, answer.due)


def _unsure_cells(question: Question, answer: Answer) -> int:
    if question.kind is not Kind.TABLE or not answer.has_value:
        return 0
    needed = [column.id for column in question.columns if not column.optional]
    return sum(row.get(id, UNSURE_CELL) == UNSURE_CELL for row in answer.value for id in needed)


def _conclusions(edition: Edition, state: State, trees: set[str]) -> Iterator[Concluded]:
    """The first outcome that holds, certainly or possibly; a missing answer before it leaves the tree open."""
    for tree in edition.trees:
        if tree.id not in trees or not tree.outcomes:
            continue
        for outcome in tree.outcomes:
            truth = state.outcomes[tree.id, outcome.id]
            if truth is not NO:
                yield Concluded(tree.id, None if truth is MISSING else outcome, truth is YES)
                break
        else:
            yield Concluded(tree.id, None, certain=False)


def _outcome_kind(missing: int, signals: Iterable[Raised], open_points: tuple[OpenPoint, ...]) -> OutcomeKind:
    counting = [raised for raised in signals if raised.counts]
    levels = {raised.signal.level for raised in counting}
    if missing:
        return OutcomeKind.NOT_FINISHED
    if any(raised.signal.level is Level.STOP and raised.certain for raised in counting):
        return OutcomeKind.DO_NOT_START
    if levels & {Level.STOP, Level.HIGH}:
        return OutcomeKind.SOLVE_FIRST
    if Level.ATTENTION in levels or open_points:
        return OutcomeKind.GO_ON_WITH_AGREEMENTS
    return OutcomeKind.GO_ON


def _undecided(edition: Edition, state: State, only: Collection[str]) -> Iterator[Question]:
    for id, asked in edition.program.asked.items():
        if state.paths[id] is MISSING and (not only or asked.tree in only):
            yield asked.question
