"""How long the trees are: questions by phase and depth, and the shortest and longest walks that a search finds.

A search finds, it does not prove: a walk can be shorter or longer than the ones found here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any, Final, TypeAlias

from assistant.trees.candidates import DO_NOT_KNOW, NOT_APPLICABLE, UNANSWERED, Reply
from assistant.trees.edition import Edition
from assistant.trees.logic import UNSURE
from assistant.trees.model import PHASE_QUESTION, Choice, Column, Kind, Phase, Question
from assistant.trees.prove import FIXED_DAY, Proof

Replies: TypeAlias = dict[str, Reply]
TreeSet: TypeAlias = tuple[str, ...]  # the trees in which something is asked, in document order

NUMBERS: Final = (0, 1, 2, 5, 10, 25, 50, 100, 1_000, 100_000)
DAYS: Final = (-400, -1, 7, 30, 90, 365, 1_200)
STARTS: Final = 400  # dossiers made up at random
CHANGES: Final = 600  # single answers changed, each way
SHOWN_TREES: Final = 3  # of a set that gets a line of its own


@dataclass(frozen=True)
class Count:
    """The questions of one tree that belong to a phase, whatever their conditions say."""

    tree: str
    phase: Phase
    core: int
    all: int


@dataclass(frozen=True)
class Lengths:
    """The fewest and most questions found in a walk that opens exactly these trees."""

    trees: TreeSet
    shortest: int
    longest: int


@dataclass(frozen=True)
class Statistics:
    """`never`: what no answers reach. `not_settled`: where the proof gave up."""

    counts: tuple[Count, ...]
    lengths: tuple[Lengths, ...]
    walks: int  # that were tried
    never: tuple[str, ...]
    not_settled: tuple[str, ...]


def build_statistics(edition: Edition, proofs: Sequence[Proof], seed: int = 1) -> Statistics:
    """The same edition, proofs and seed give the same numbers; takes a few thousand runs."""
    search = _Search(edition, Random(seed))  # noqa: S311  chooses examples, keeps no secret
    for proof in proofs:
        search.follow_witness(proof.witness or {})
    search.look_around()
    unreached = [proof for proof in proofs if proof.witness is None]
    return Statistics(
        counts=tuple(_counts(edition)),
        lengths=tuple(Lengths(trees, low, high) for trees, (low, high) in sorted(search.found.items())),
        walks=search.walks,
        never=tuple(" ".join(proof.node) for proof in unreached if proof.settled),
        not_settled=tuple(" ".join(proof.node) for proof in unreached if not proof.settled),
    )


def _counts(edition: Edition) -> Iterator[Count]:
    for tree in edition.trees:
        for phase in Phase:
            asked = [question for question in tree.questions if phase in question.phases]
            yield Count(tree.id, phase, sum(question.core for question in asked), len(asked))


class _Search:
    def __init__(self, edition: Edition, random: Random) -> None:
        self.edition, self.random = edition, random
        self.found: dict[TreeSet, tuple[int, int]] = {}
        self.walks = 0

    def length(self, answers: Mapping[str, Reply]) -> int:
        """The questions asked with these answers; the extremes per set of trees are kept."""
        self.walks += 1
        given = answers.get(PHASE_QUESTION, UNANSWERED).value
        phase = Phase(given) if given else Phase.IDEA
        state = self.edition.program.run(answers, phase, FIXED_DAY)
        asked = [id for id, path in state.paths.items() if path >= UNSURE and self.is_due(id, phase)]
        open_trees = {self.edition.homes[id][0].id for id in asked}
        trees = tuple(tree.id for tree in self.edition.trees if tree.id in open_trees)
        low, high = self.found.get(trees, (len(asked), len(asked)))
        self.found[trees] = min(low, len(asked)), max(high, len(asked))
        return len(asked)

    def is_due(self, question: str, phase: Phase) -> bool:
        return phase in self.edition.questions[question].phases

    def follow_witness(self, witness: Mapping[str, Reply]) -> None:
        """A witness says only what matters: fill it up with "not applicable", and with answers made up."""
        for filling in (dict.fromkeys(self.edition.questions, NOT_APPLICABLE), self.made_up()):
            self.length({**filling, **witness})

    def look_around(self) -> None:
        """Random dossiers, then from the shortest and the longest one answer changed at a time."""
        starts = [self.made_up() for _ in range(STARTS)]
        for sign in (-1, 1):
            best = max(starts, key=lambda answers: sign * self.length(answers))
            most = sign * self.length(best)
            for _ in range(CHANGES):
                id = self.random.choice(list(self.edition.questions))
                tried = {**best, id: self.reply(self.edition.questions[id])}
                length = sign * self.length(tried)
                if length >= most:  # as good is taken too: it may lead on
                    best, most = tried, length

    def made_up(self) -> Replies:
        return {id: self.reply(question) for id, question in self.edition.questions.items()}

    def reply(self, question: Question) -> Reply:
        chance = self.random.random()
        if chance < 0.1 and question.id != PHASE_QUESTION:
            return DO_NOT_KNOW if chance < 0.05 else NOT_APPLICABLE
        if question.kind is Kind.TABLE:
            return Reply([self.row(question, number) for number in range(self.random.randint(1, 3))])
        return Reply(self.value(question.kind, question.options, question.max_choices or 3))

    def row(self, question: Question, number: int) -> dict[str, Any]:
        return {"id": f"r{number}", **{column.id: self.cell(column) for column in question.columns}}

    def cell(self, column: Column) -> Any:
        return self.value(Kind(column.kind), column.options, 2)

    def value(self, kind: Kind, options: Sequence[Choice], most: int) -> Any:
        match kind:
            case Kind.CHOICE | Kind.YES_NO:
                return self.random.choice(options).id
            case Kind.CHOICES:
                return self.picked(options, most)
            case Kind.SCALE:
                return self.random.randint(1, 5)
            case Kind.NUMBER:
                return self.random.choice(NUMBERS)
            case Kind.DATE:
                return (FIXED_DAY + timedelta(days=self.random.choice(DAYS))).isoformat()
            case _:
                return "-"

    def picked(self, options: Sequence[Choice], most: int) -> list[str]:
        alone = [choice.id for choice in options if choice.exclusive]
        if alone and self.random.random() < 0.3:
            return [self.random.choice(alone)]
        ids = [choice.id for choice in options if not choice.exclusive]
        return self.random.sample(ids, self.random.randint(1, min(most, len(ids))))


def statistics_lines(statistics: Statistics) -> Iterator[str]:
    """The numbers as lines to read, in English."""
    yield "Questions by phase: all (of which core), before any condition"
    for tree in dict.fromkeys(count.tree for count in statistics.counts):
        own = [count for count in statistics.counts if count.tree == tree]
        yield f"  {tree}: " + ", ".join(f"{count.phase} {count.all} ({count.core})" for count in own)
    yield f"Shortest and longest walk found among {statistics.walks} tried (found, not proven)"
    shown = [lengths for lengths in statistics.lengths if len(lengths.trees) <= SHOWN_TREES]
    for lengths in sorted(shown, key=lambda lengths: len(lengths.trees)):
        yield f"  {' + '.join(lengths.trees)}: {lengths.shortest} to {lengths.longest} questions"
    if more := [lengths for lengths in statistics.lengths if lengths not in shown]:
        low, high = min(one.shortest for one in more), max(one.longest for one in more)
        yield f"  {len(more)} sets of more than {SHOWN_TREES} trees: {low} to {high} questions"
    yield from _named("Can never happen", statistics.never)
    yield from _named("Not settled", statistics.not_settled)


def _named(heading: str, names: Iterable[str]) -> Iterator[str]:
    yield f"{heading}: {', '.join(names) or 'nothing'}"
