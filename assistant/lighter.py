"""What would lift a signal: the smallest changes of answers after which it is not raised, found by trying. Pure.

Possibilities and no advice: the program cannot know whether a change would be true. It changes only what is picked
from a list or a scale, says nothing is unknown or does not apply, and leaves the phase alone: waiting lifts nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from math import isqrt
from typing import Any, Final, NamedTuple

from assistant.answers import NO_ANSWER, Answer, Answers
from assistant.trees.because import because
from assistant.trees.edition import Edition
from assistant.trees.logic import NO, UNSURE, YES
from assistant.trees.model import PHASE_QUESTION, Kind, Level, Phase, Question
from assistant.trees.program import State

MOST_RUNS: Final = 1_000  # of the whole program, for one signal; about a second
MOST_PICKED: Final = 8  # of a list with more, no two are taken away at once


class Change(NamedTuple):
    """Another answer to one question; `size`: how much of the old one it leaves."""

    question: str
    answer: Answer
    size: int


@dataclass(frozen=True, slots=True)
class Lift:
    """Changes that together lift a signal; the other signals that go and come with them, the most serious first."""

    changes: tuple[Change, ...]
    goes: tuple[str, ...]
    comes: tuple[str, ...]
    is_heavier: int  # how many of those that come are no strengths

    @property
    def key(self) -> str:
        """Tells it from any other."""
        return json.dumps({one.question: one.answer.value for one in self.changes}, sort_keys=True)

    @property
    def answers(self) -> dict[str, Answer]:
        """The changed answers."""
        return {one.question: one.answer for one in self.changes}

    @property
    def weight(self) -> tuple[int, int, int, int]:
        """Few changes before few new signals; then small changes, and those after which most else stays as it is."""
        return len(self.changes), self.is_heavier, sum(one.size for one in self.changes), len(self.goes)


def find_lifts(
    edition: Edition,
    answers: Answers,
    phase: Phase,
    today: date,
    signal: str,
    most: int = 5,
    *,
    open_by_hand: Iterable[str] = (),
) -> tuple[Lift, ...]:
    """The lightest ways first: one change, and if there are few of those two; none when nothing was found.

    The program runs at most `MOST_RUNS` times, so of pairs not all are tried; those that leave most as it is, are.
    """
    search = _Search(edition, answers, phase, today, tuple(open_by_hand), signal)
    if signal not in search.raised:
        return ()
    found = list(search.singles())
    if len(found) < most:
        found += search.pairs()
    return _varied(sorted(found, key=lambda lift: lift.weight), most)


def _varied(lifts: Sequence[Lift], most: int) -> tuple[Lift, ...]:
    """The best of each set of questions go before a second of the same."""
    best: dict[frozenset[str], Lift] = {}
    for lift in lifts:
        best.setdefault(frozenset(lift.answers), lift)
    leading = list(best.values())
    rest = [lift for lift in lifts if lift not in leading]
    return tuple(sorted([*leading, *rest][:most], key=lambda lift: lift.weight))


@dataclass
class _Search:
    """Tries changes one after the other, and remembers those that did not lift the signal by themselves."""

    edition: Edition
    answers: Answers
    phase: Phase
    today: date
    by_hand: tuple[str, ...]
    signal: str
    runs: int = 0
    failed: list[tuple[Change, State]] = field(default_factory=list)
    lifting: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.start = self._run(())
        self.raised = self._raised(self.start)

    def singles(self) -> Iterator[Lift]:
        for change in self._changes(self.start):
            if self.runs >= MOST_RUNS:
                return
            state = self._run((change,))
            if state.signals[self.signal] is NO:
                self.lifting.add(_told(change))
                yield self._lift((change,), state)
            else:
                self.failed.append((change, state))

    def pairs(self) -> Iterator[Lift]:
        """Two changes of which neither is enough; the second is one of those that still raise the signal."""
        tried: set[frozenset[tuple[str, str]]] = set()
        for one, other in self._in_order():
            pair = frozenset((_told(one), _told(other)))
            if pair in tried or _told(other) in self.lifting or one.question == other.question:
                continue
            if self.runs >= MOST_RUNS:
                return
            tried.add(pair)
            state = self._run((one, other))
            if state.signals[self.signal] is NO:
                yield self._lift((one, other), state)

    def _in_order(self) -> list[tuple[Change, Change]]:
        """What is tried first of all firsts and seconds, then what is tried second of one of them, and so on."""
        reached = isqrt(2 * MOST_RUNS)  # so many firsts, each with one second more than the next, are all that is tried
        ranked = [
            (place + next_place, one, other)
            for place, (one, state) in enumerate(self.failed[:reached])
            for next_place, other in enumerate(self._changes(state))
        ]
        return [(one, other) for _, one, other in sorted(ranked, key=lambda ranked: ranked[0])]

    def _changes(self, state: State) -> Iterator[Change]:
        for id in self._deciding(state):
            yield from changes_of(self.edition.questions[id], self.answers.get(id, NO_ANSWER))

    def _deciding(self, state: State) -> tuple[str, ...]:
        """The questions that raise the signal, and then those that put these, and the one it is about, on the path."""
        program, signal = self.edition.program, self.edition.signals[self.signal]
        found = dict.fromkeys(because(program, state, signal.when))
        todo = [*found, signal.about]
        seen = set(todo)
        while todo:
            asked = program.asked[todo.pop(0)]
            gates = because(program, state, *asked.opening_texts, *asked.condition_texts)
            found.update(dict.fromkeys(gates))
            todo += [id for id in gates if id not in seen]
            seen.update(gates)
        return tuple(id for id in found if id != PHASE_QUESTION)

    def _run(self, changes: tuple[Change, ...]) -> State:
        self.runs += 1
        changed = {**self.answers, **{one.question: one.answer for one in changes}}
        return self.edition.program.run(changed, self.phase, self.today, open_by_hand=self.by_hand)

    def _raised(self, state: State) -> tuple[str, ...]:
        """As the walk says it: a strength that may not be there is none."""
        signals = self.edition.signals
        found = (
            id
            for id, truth in state.signals.items()
            if truth is YES or (truth is UNSURE and signals[id].level is not Level.STRENGTH)
        )
        return tuple(sorted(found, key=lambda id: (signals[id].level.rank, id)))

    def _lift(self, changes: tuple[Change, ...], state: State) -> Lift:
        now, signals = self._raised(state), self.edition.signals
        comes = tuple(id for id in now if id not in self.raised)
        goes = tuple(id for id in self.raised if id not in now and id != self.signal)
        return Lift(changes, goes, comes, sum(signals[id].level is not Level.STRENGTH for id in comes))


def _told(change: Change) -> tuple[str, str]:
    return change.question, json.dumps(change.answer.value)


def changes_of(question: Question, answer: Answer) -> list[Change]:
    """Other answers to a question that was answered, the smallest changes first."""
    values: list[tuple[Any, int]] = []
    match question.kind:
        case Kind.CHOICE | Kind.YES_NO:
            values = [(choice.id, 1) for choice in question.options]
        case Kind.SCALE:
            values = [(n, abs(n - answer.value) if answer.has_value else 1) for n in range(1, 6)]
        case Kind.CHOICES:
            values = [(value, _difference(value, answer)) for value in _lists(question, answer)]
    same = None if answer.unsure else answer.value
    made = [Change(question.id, Answer(value), size) for value, size in values if value != same]
    return sorted(made, key=lambda change: change.size)


def _difference(value: list[str], answer: Answer) -> int:
    """How many choices come and go; at least one, as where nothing more is unknown."""
    return max(1, len({*value} ^ {*(answer.value or ())}))


def _lists(question: Question, answer: Answer) -> list[Any]:
    """One or two choices away, one added, one alone, or one that rules out all others."""
    alone = [[choice.id] for choice in question.options]
    plain = [choice.id for choice in question.options if not choice.exclusive]
    picked = [id for id in plain if id in (answer.value or ())]
    fewer = [list(left) for n in (1, 2) if n < len(picked) <= MOST_PICKED for left in _without(picked, n)]
    more = [[id for id in plain if id in picked or id == new] for new in plain if picked and new not in picked]
    fits = [value for value in more if len(value) <= (question.max_choices or len(plain))]
    lists = [*([picked] if picked and answer.unsure else []), *fewer, *fits, *alone]
    return [value for place, value in enumerate(lists) if value not in lists[:place]]


def _without(picked: Sequence[str], number: int) -> Iterator[tuple[str, ...]]:
    return combinations(picked, len(picked) - number)
