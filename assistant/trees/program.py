"""The conditions of all trees, compiled once and run in one pass in the order of what depends on what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import Any, Protocol

from assistant.trees import rules
from assistant.trees.compile import Run, compiled
from assistant.trees.logic import MISSING, NO, UNSURE, YES, Truth, disjunction
from assistant.trees.model import Depth, Phase, Question, Signal, Tree


class Given(Protocol):
    """What the program needs to know of an answer."""

    @property
    def value(self) -> Any: ...
    @property
    def unsure(self) -> bool: ...
    @property
    def not_applicable(self) -> str: ...
    @property
    def is_missing(self) -> bool: ...


@dataclass(slots=True)
class State:
    """The values of one run. `paths`, `facts` and `signals` fill up as the pass goes on."""

    today: date
    thresholds: Mapping[str, int]
    paths: dict[str, Truth] = field(default_factory=dict)  # is this question asked?
    values: dict[str, Any] = field(default_factory=dict)  # what counts: the value of an asked question
    blanks: dict[str, Truth] = field(default_factory=dict)  # what an atom is where there is no value
    unsure: set[str] = field(default_factory=set)  # asked, and "we don't know yet"
    facts: dict[str, Truth] = field(default_factory=dict)
    signals: dict[str, Truth] = field(default_factory=dict)
    outcomes: dict[tuple[str, str], Truth] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with every condition on its way: tree, theme and its own."""

    question: Question
    tree: str
    theme: str
    openings: tuple[tuple[Run, ...], ...]  # of each group one must hold; no group: a tree that is always open
    conditions: tuple[Run, ...]
    opening_texts: tuple[str, ...]
    condition_texts: tuple[str, ...]
    works_out: bool  # beside the core of a tree that opens with its core alone

    def path(self, state: State, open_by_hand: frozenset[str]) -> Truth:
        """Whether this question is on the path, before its phase is looked at."""
        truth = YES
        if self.tree not in open_by_hand:
            for group in self.openings:
                truth = min(truth, disjunction(run(state) for run in group))
        for run in self.conditions:
            if truth is NO:
                return NO
            truth = min(truth, run(state))
        return truth


@dataclass(frozen=True)
class Program:
    """Everything compiled. `order` runs what is needed before what needs it."""

    parsed: dict[str, rules.Expression]  # every condition by its text, proposals included
    runs: dict[str, Run]
    atoms: dict[rules.Atom, Run]
    asked: dict[str, Asked]  # in document order
    places: dict[str, int]  # the number of each in that order
    facts: dict[str, tuple[Run, str]]
    signals: dict[str, tuple[Run, Signal]]
    outcomes: dict[tuple[str, str], tuple[Run, str]]
    order: tuple[tuple[str, str], ...]
    thresholds: Mapping[str, int]
    can_stop: frozenset[str]  # questions an answer to which may raise or lift a stop

    def run(
        self,
        answers: Mapping[str, Given],
        phase: Phase,
        today: date,
        *,
        open_by_hand: Iterable[str] = (),
        handed_in: bool = False,
    ) -> State:
        """One pass. With `handed_in`, what is missing counts as "we don't know yet"."""
        state = State(today, self.thresholds)
        by_hand = frozenset(open_by_hand)
        no_answer = UNSURE if handed_in else MISSING
        for kind, id in self.order:
            if kind == "question":
                asked = self.asked[id]
                path = asked.path(state, by_hand)
                settle(state, id, path, answers.get(id), no_answer, asked.question.phases, phase)
            elif kind == "fact":
                state.facts[id] = self.facts[id][0](state)
            else:
                run, signal = self.signals[id]
                path = state.paths[signal.about]
                state.signals[id] = NO if path is NO else min(path, run(state))
        for key, (run, _) in self.outcomes.items():
            state.outcomes[key] = run(state)
        return state


def settle(
    state: State,
    id: str,
    path: Truth,
    answer: Given | None,
    no_answer: Truth,
    phases: tuple[Phase, ...],
    phase: Phase,
) -> None:
    """Lay down what atoms on this question will see."""
    missing = answer is None or answer.is_missing
    if (missing or path is MISSING) and all(phase.rank > other.rank for other in phases):
        path = NO  # its time is past, and nobody answered it while it mattered
    state.paths[id] = path
    state.values[id] = None
    if path in (NO, MISSING):
        state.blanks[id] = path
    elif missing or answer is None:
        asked_now = no_answer is UNSURE and phase in phases  # what comes later is not unknown, only not asked yet
        state.blanks[id] = UNSURE if asked_now else MISSING
        if asked_now:
            state.unsure.add(id)
    elif answer.not_applicable:
        state.blanks[id] = NO
    else:
        state.blanks[id] = UNSURE
        state.values[id] = answer.value
        if answer.unsure:
            state.unsure.add(id)


def build_program(trees: Sequence[Tree], thresholds: Mapping[str, int]) -> Program:
    """Compile checked trees. Raises BadCondition or CycleError on trees that `check` refuses."""
    texts = [text for tree in trees for text in (*conditions_of(tree), *proposals_of(tree))]
    parsed = {text: rules.parse(text) for text in texts}
    runs = {text: compiled(expression) for text, expression in parsed.items()}
    graph = dependencies(trees, parsed)
    groups = opening_groups(trees)
    asked = {}
    with_core = {opens.tree for tree in trees for opens in tree.opens if opens.depth is Depth.CORE}
    for tree in trees:
        for theme in tree.themes:
            for question in theme.questions:
                group = groups[tree.id, Depth.CORE if question.core else Depth.ALL]
                own = tuple(text for text in (theme.when, question.when) if text)
                asked[question.id] = Asked(
                    question=question,
                    tree=tree.id,
                    theme=theme.id,
                    openings=tuple(tuple(runs[text] for text in texts) for texts in group),
                    conditions=tuple(runs[text] for text in own),
                    opening_texts=tuple(text for texts in group for text in texts),
                    condition_texts=own,
                    works_out=tree.id in with_core and not question.core,
                )
    return Program(
        parsed=parsed,
        runs=runs,
        atoms={atom: compiled(atom) for expression in parsed.values() for atom in rules.atoms(expression)},
        asked=asked,
        places={id: place for place, id in enumerate(asked)},
        facts={id: (runs[fact.when], fact.when) for tree in trees for id, fact in tree.facts.items()},
        signals={signal.id: (runs[signal.when], signal) for tree in trees for signal in tree.signals},
        outcomes={(t.id, o.id): (runs[o.when], o.when) for t in trees for o in t.outcomes},
        order=tuple(TopologicalSorter(graph).static_order()),
        thresholds=dict(thresholds),
        can_stop=_can_stop(trees, graph),
    )


def conditions_of(tree: Tree) -> Iterator[str]:
    """Every condition written in a tree that decides something (suggestions and prefills aside)."""
    yield from (fact.when for fact in tree.facts.values())
    yield from (signal.when for signal in tree.signals)
    yield from (outcome.when for outcome in tree.outcomes)
    yield from (opens.when for opens in tree.opens)
    yield from (deepens.when for deepens in tree.deepens)
    yield from (theme.when for theme in tree.themes if theme.when)
    yield from (question.when for question in tree.questions if question.when)


def proposals_of(tree: Tree) -> Iterator[str]:
    """The conditions that only propose an answer: of choices, and of a prefill that is not a question's id."""
    for question in tree.questions:
        yield from (choice.suggest for choice in question.choices if choice.suggest)
        if question.prefill:
            yield question.prefill


Groups = tuple[tuple[str, ...], ...]


def opening_groups(trees: Sequence[Tree]) -> dict[tuple[str, Depth], Groups]:
    """For each tree and depth, the groups of conditions; of each group one must hold.

    A tree that no other opens is always open: it has no group. What is not core waits for an opening at
    full depth or for a condition that deepens.
    """
    groups: dict[tuple[str, Depth], Groups] = {}
    all_opens = [opens for tree in trees for opens in tree.opens]
    all_deepens = [deepens for tree in trees for deepens in tree.deepens]
    for tree in trees:
        opens = [o for o in all_opens if o.tree == tree.id]
        core = tuple(o.when for o in opens)
        full = [o.when for o in opens if o.depth is Depth.ALL]
        full += [d.when for d in all_deepens if d.tree == tree.id]
        groups[tree.id, Depth.CORE] = (core,) if core else ()
        groups[tree.id, Depth.ALL] = (core, tuple(full)) if core else ()
    return groups


Node = tuple[str, str]  # ("question" | "fact" | "signal", id)


def dependencies(trees: Sequence[Tree], parsed: Mapping[str, rules.Expression]) -> dict[Node, set[Node]]:
    """What each question, fact and signal must wait for, opening a tree included."""
    groups = opening_groups(trees)
    graph: dict[Node, set[Node]] = {}
    for tree in trees:
        for theme in tree.themes:
            for question in theme.questions:
                depth = Depth.CORE if question.core else Depth.ALL
                opening = {text for group in groups[tree.id, depth] for text in group}
                texts = [*opening, *(t for t in (theme.when, question.when) if t)]
                graph["question", question.id] = {n for t in texts for n in _nodes(parsed[t])}
        for id, fact in tree.facts.items():
            graph["fact", id] = set(_nodes(parsed[fact.when]))
        for signal in tree.signals:
            graph["signal", signal.id] = {*_nodes(parsed[signal.when]), ("question", signal.about)}
    return graph


def _nodes(expression: rules.Expression) -> Iterator[Node]:
    for atom in rules.atoms(expression):
        if isinstance(atom, rules.FactIs):
            yield "fact", atom.fact
        elif isinstance(atom, rules.Raised):
            yield "signal", atom.signal
        else:
            yield from (("question", question) for question in rules.questions_of(atom))


def cycles(graph: Mapping[Node, Iterable[Node]]) -> list[list[Node]]:
    """Every knot of things that wait for each other, one round trip of each; empty when there is none."""
    left = {node: set(needs) for node, needs in graph.items()}
    found = []
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            cycle: list[Node] = error.args[1]
            found.append(cycle)
            left[cycle[1]].discard(cycle[0])
        else:
            return found


def _can_stop(trees: Sequence[Tree], graph: Mapping[Node, Iterable[Node]]) -> frozenset[str]:
    todo: list[Node] = [("signal", s.id) for t in trees for s in t.signals if s.level == "stop"]
    seen: set[Node] = set()
    while todo:
        node = todo.pop()
        if node in seen:
            continue
        seen.add(node)
        if node[0] != "question":  # a question's own path is not what raises the stop
            todo += graph.get(node, ())
    return frozenset(id for kind, id in seen if kind == "question")
