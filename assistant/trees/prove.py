"""Can it happen? For every question, fact, signal and outcome: answers under which it holds, or that there are none.

A complete search backwards (a tableau): what must hold for this, and for that, down to wishes about single
questions. "Not applicable" makes every atom *no* and nothing missing, so the search needs three values only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Final, TypeAlias

from assistant.trees import rules
from assistant.trees.candidates import (
    DOUBTFULLY,
    NEVER,
    NOT_APPLICABLE,
    POSSIBLY,
    SURELY,
    UNANSWERED,
    Maker,
    Reply,
    TooMany,
    Want,
    Wish,
    Wishes,
)
from assistant.trees.compile import Run, compiled
from assistant.trees.edition import Edition
from assistant.trees.logic import MISSING, NO, UNSURE, YES, negation
from assistant.trees.model import PHASE_QUESTION, Depth, Phase
from assistant.trees.program import Node, Program, State, opening_groups, settle

FIXED_DAY: Final = date(2026, 1, 1)
MOST_STEPS: Final = 20_000  # for one node


@dataclass(frozen=True)
class Proof:
    """What is known of a node; an outcome's id is `<tree>/<outcome>`.

    `witness`: answers under which it holds (a question: is surely asked), tried with a real run. Without one,
    `settled` says that there are none; not settled, that the search gave up.
    """

    node: Node
    witness: Mapping[str, Reply] | None
    settled: bool


@dataclass(frozen=True, slots=True)
class Path:
    """The conditions on the way to a question."""

    question: str


@dataclass(frozen=True, slots=True)
class InTime:
    """A question that is answered, or whose phases are not all past."""

    question: str


@dataclass(frozen=True, slots=True)
class Reads:
    """What an atom makes of the answer to a question that is asked; without an atom: that there is one."""

    question: str
    atom: rules.Expression | None


Thing: TypeAlias = "rules.Expression | Path | InTime | Reads"
Goal: TypeAlias = tuple[Thing, Want]
Way: TypeAlias = tuple[Goal, ...]  # all of these
ANY: Final[Want] = POSSIBLY | DOUBTFULLY


def prove(edition: Edition, today: date = FIXED_DAY, most_steps: int = MOST_STEPS) -> list[Proof]:
    """A proof for every question, fact, signal and outcome, in document order. Needs checked trees without cycles."""
    search = _Search(edition, today, most_steps)
    return [search.proof(node) for node in _nodes(edition)]


def _nodes(edition: Edition) -> Iterator[Node]:
    yield from (("question", id) for id in edition.questions)
    yield from (("fact", id) for id in edition.facts)
    yield from (("signal", id) for id in edition.signals)
    yield from (("outcome", f"{tree.id}/{outcome.id}") for tree in edition.trees for outcome in tree.outcomes)


@dataclass(slots=True)
class _Branch:
    """One way to go on: what must still be met, what is met, and the wishes about each question so far."""

    todo: list[Goal]
    forks: list[list[Way]] = field(default_factory=list)
    met: dict[Thing, Want] = field(default_factory=dict)
    wishes: dict[str, Wishes] = field(default_factory=dict)

    def with_(self, way: Way) -> _Branch:
        return _Branch(list(way), list(self.forks), dict(self.met), dict(self.wishes))


class _Search:
    def __init__(self, edition: Edition, today: date, most_steps: int) -> None:
        self.edition, self.today, self.most_steps = edition, today, most_steps
        self.program: Program = edition.program
        self.maker = Maker(today, self.program.thresholds)
        self.paths = {id: tuple(_way_to(edition, self.program, id)) for id in edition.questions}
        self.runs: dict[rules.Expression, Run] = {}
        self.replies: dict[tuple[str, Wishes], Reply | None] = {}
        self.too_many: set[tuple[str, Wishes]] = set()
        self.steps = 0
        self.gaps = False  # something was left untried, so "never" cannot be said

    def proof(self, node: Node) -> Proof:
        self.steps, self.gaps = 0, False
        for wishes in self.solutions(self.goals(node)):
            witness = self.verified(node, wishes)
            if witness is not None:
                return Proof(node, witness, settled=True)
            self.gaps = True
        return Proof(node, None, settled=not self.gaps)

    def goals(self, node: Node) -> Way:
        kind, id = node
        match kind:
            case "question":
                return (Path(id), SURELY), (InTime(id), SURELY)
            case "fact":
                return ((rules.FactIs(id), SURELY),)
            case "signal":
                return ((rules.Raised(id), SURELY),)
        tree, _, outcome = id.partition("/")
        return ((self.program.parsed[self.program.outcomes[tree, outcome][1]], SURELY),)

    def solutions(self, goals: Way) -> Iterator[dict[str, Wishes]]:
        """Wishes per question that together meet the goals, depth first."""
        open_branches = [_Branch(list(goals))]
        while open_branches:
            branch = open_branches.pop()
            if not self.advance(branch):
                continue
            if self.steps > self.most_steps:
                self.gaps = True
                return
            if not branch.forks:
                yield branch.wishes
                continue
            fork = min(branch.forks, key=len)
            branch.forks.remove(fork)
            open_branches += [branch.with_(way) for way in reversed(fork)]

    def advance(self, branch: _Branch) -> bool:
        """Do all that needs no choice; False when the branch is dead."""
        while branch.todo:
            while branch.todo:
                if not self.take(branch, *branch.todo.pop()):
                    return False
            forks, branch.forks = branch.forks, []
            for fork in forks:
                if any(_is_met(branch, way) for way in fork):
                    continue
                live = [way for way in fork if not self.clashes(branch, way)]
                if not live:
                    return False
                if len(live) == 1:
                    branch.todo += live[0]
                else:
                    branch.forks.append(live)
        return True

    def take(self, branch: _Branch, thing: Thing, want: Want) -> bool:
        self.steps += 1
        before = branch.met.get(thing, ANY)
        after = before & want
        if after == before or not after:
            return bool(after)
        branch.met[thing] = after
        if isinstance(thing, Reads):
            wishes = branch.wishes.get(thing.question, frozenset()) | {(thing.atom, want)}
            branch.wishes[thing.question] = wishes
            return self.reply(thing.question, wishes) is not None
        ways = self.ways(thing, want)
        if len(ways) == 1:
            branch.todo += ways[0]
        elif ways:
            branch.forks.append(ways)
        return bool(ways)

    def clashes(self, branch: _Branch, way: Way) -> bool:
        """Whether something in this way can be seen to contradict what is met already."""
        for thing, want in way:
            if not branch.met.get(thing, ANY) & want:
                return True
            if isinstance(thing, Reads):
                wishes = branch.wishes.get(thing.question, frozenset())
                if wishes and self.reply(thing.question, wishes | {(thing.atom, want)}) is None:
                    return True
        return False

    def ways(self, thing: Thing, want: Want) -> list[Way]:
        """What would make this so: one of these ways, each with goals that must all be met."""
        match thing:
            case rules.And(parts):
                return _together(parts, want)
            case rules.Or(parts):
                return _either(parts, want)
            case rules.Not(part):
                return [((part, frozenset(map(negation, want))),)]
            case rules.FactIs(fact):
                return [((self.program.parsed[self.program.facts[fact][1]], want),)]
            case rules.Raised(id):
                signal = self.program.signals[id][1]
                when = self.program.parsed[signal.when]
                return _together((Path(signal.about), InTime(signal.about), when), want)
            case Path(question):
                return _together(self.paths[question], want)
            case InTime(question):
                return self.ways_in_time(question, want)
            case rules.Compare(subject=rules.CountYes(questions)):
                return self.ways_to_count(thing, questions, want)
            case Reads():
                raise TypeError(thing)
            case _:
                return _ways_of_atom(thing, rules.questions_of(thing)[0], want)

    def ways_in_time(self, question: str, want: Want) -> list[Way]:
        last = max((phase.rank for phase in self.edition.questions[question].phases), default=-1)
        early = [phase for phase in Phase if phase.rank <= last]
        late = [phase for phase in Phase if phase.rank > last]
        answered = Reads(question, None)
        if not late or PHASE_QUESTION not in self.edition.questions:
            return [()] if YES in want else []
        if YES in want:
            return [((answered, SURELY),), (_phase_is(early),)]
        return [((answered, NEVER), _phase_is(late))]

    def ways_to_count(self, compare: rules.Compare, questions: Sequence[str], want: Want) -> list[Way]:
        """So many certainly yes and so many certainly not that every number in between decides the same."""
        atoms = [rules.Compare(rules.Value(question), "==", ("yes",)) for question in questions]
        positive = NO not in want
        fits = [self.meets_number(compare, n) is positive for n in range(len(atoms) + 1)]
        yes, no = (SURELY, NEVER) if UNSURE not in want else (POSSIBLY, DOUBTFULLY)
        spans = list(_spans(fits)) if UNSURE not in want else [(n, n) for n, fit in enumerate(fits) if fit]
        ways: list[Way] = [
            (*((atom, yes) for atom in some), *((atom, no) for atom in others))
            for low, high in spans
            for some in combinations(atoms, low)
            for others in combinations([atom for atom in atoms if atom not in some], len(atoms) - high)
        ]
        if not positive:
            return [*ways, tuple((Path(question), want) for question in questions)]
        if all(low for low, _ in spans):
            return ways
        self.gaps = True  # one of them must be asked; that it may also be missing is left untried
        return [(*way, (Path(question), POSSIBLY)) for way in ways for question in questions]

    def meets_number(self, compare: rules.Compare, number: int) -> bool:
        """Whether a count of this many meets the comparison."""
        reads_count = rules.Compare(rules.Value("count"), compare.operator, compare.literals)
        return self.meets("count", Reply(number), [(reads_count, SURELY)])

    def reply(self, question: str, wishes: Wishes) -> Reply | None:
        """An answer that meets all wishes about a question; None when there is none."""
        key = (question, wishes)
        if key not in self.replies:
            self.replies[key] = self.find_reply(question, wishes)
        self.gaps |= key in self.too_many
        return self.replies[key]

    def find_reply(self, question: str, wishes: Wishes) -> Reply | None:
        if (None, NEVER) in wishes:
            return UNANSWERED if all(NO in want for _, want in wishes) else None
        made = self.maker.candidates(
            self.edition.questions[question], wishes, lambda reply, some: self.meets(question, reply, some)
        )
        try:
            return next((reply for reply in made if self.meets(question, reply, wishes)), None)
        except TooMany:
            self.too_many.add((question, wishes))
            return None

    def meets(self, question: str, reply: Reply, wishes: Iterable[Wish]) -> bool:
        """Whether an answer, to a question that is asked, meets the wishes by the compiled conditions."""
        state = State(self.today, self.program.thresholds)
        settle(state, question, YES, reply, MISSING, tuple(Phase), Phase.IDEA)
        return all(
            self.run(atom)(state) in want if atom else reply.is_missing is (want == NEVER) for atom, want in wishes
        )

    def run(self, atom: rules.Expression) -> Run:
        if atom not in self.runs:
            self.runs[atom] = compiled(atom)
        return self.runs[atom]

    def verified(self, node: Node, wishes: Mapping[str, Wishes]) -> dict[str, Reply] | None:
        """The shortest of three sets of answers that a real run confirms: yes-answers, all wishes, everything."""
        every = {question: self.reply(question, own) or UNANSWERED for question, own in wishes.items()}
        said = {question: reply for question, reply in every.items() if not reply.is_missing}
        short = {question: reply for question, reply in said.items() if not reply.not_applicable}
        rest = {question: NOT_APPLICABLE for question in self.edition.questions if question not in every}
        return next((one for one in (short, said, {**said, **rest}) if self.holds(node, one)), None)

    def holds(self, node: Node, answers: Mapping[str, Reply]) -> bool:
        """Whether a real run with these answers says yes."""
        given = answers.get(PHASE_QUESTION, UNANSWERED).value
        state = self.program.run(answers, Phase(given) if given else Phase.IDEA, self.today)
        kind, id = node
        tree, _, outcome = id.partition("/")
        found = {"question": state.paths, "fact": state.facts, "signal": state.signals}.get(kind)
        return (found[id] if found is not None else state.outcomes[tree, outcome]) is YES


def _is_met(branch: _Branch, way: Way) -> bool:
    return all(branch.met.get(thing, ANY) <= want for thing, want in way)


def _together(parts: Iterable[Thing], want: Want) -> list[Way]:
    """All parts of an `and` for yes, one of them for no."""
    return [tuple((part, want) for part in parts)] if NO not in want else [((part, want),) for part in parts]


def _either(parts: Iterable[Thing], want: Want) -> list[Way]:
    """One part of an `or` for yes, all of them for no."""
    return [((part, want),) for part in parts] if NO not in want else [tuple((part, want) for part in parts)]


def _ways_of_atom(atom: rules.Atom, question: str, want: Want) -> list[Way]:
    """Yes needs the question asked; for no, an answer that says so (at worst "not applicable") is enough."""
    about_knowing = isinstance(atom, rules.Answered | rules.Unsure)
    if NO not in want:
        return [((Path(question), POSSIBLY if about_knowing else want), (Reads(question, atom), want))]
    says_so: Way = ((Reads(question, atom), want),)
    if UNSURE in want and not about_knowing:
        return [says_so, ((Path(question), want),)]
    return [says_so]


def _phase_is(phases: Iterable[Phase]) -> Goal:
    return Reads(PHASE_QUESTION, rules.Compare(rules.Value(PHASE_QUESTION), "in", tuple(phases))), SURELY


def _spans(fits: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The longest runs of numbers that all fit, as (lowest, highest)."""
    low = 0
    for number in range(len(fits) + 1):
        if number == len(fits) or not fits[number]:
            if low < number:
                yield low, number - 1
            low = number + 1


def _way_to(edition: Edition, program: Program, id: str) -> Iterator[rules.Expression]:
    """What must all be yes before a question is asked: one opening of each group, its theme, itself."""
    asked = program.asked[id]
    depth = Depth.CORE if asked.question.core else Depth.ALL
    for texts in opening_groups(edition.trees)[asked.tree, depth]:
        yield rules.Or(tuple(program.parsed[text] for text in texts))
    yield from (program.parsed[text] for text in asked.condition_texts)
