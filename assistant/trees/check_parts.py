"""What can be wrong in one tree, looked at with all names in view. Yields places and reasons, never stops early."""

from __future__ import annotations

import keyword
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from assistant.trees import rules
from assistant.trees.model import (
    PHASE_QUESTION,
    Choice,
    Column,
    Deepens,
    Kind,
    Level,
    Opens,
    Phase,
    Question,
    Signal,
    Tree,
)
from assistant.trees.scope import Scope, closest, question_negated
from assistant.trees.yaml import Path

Finding: TypeAlias = tuple[Path, str, str]  # where, what is wrong, how to mend it

_NEED_CHOICES: Final = (Kind.CHOICE, Kind.CHOICES)


@dataclass(frozen=True)
class Names:
    """Every name that a tree may use."""

    scope: Scope
    sources: Collection[str]
    functions: Collection[str]
    trees: Collection[str]


def tree_findings(tree: Tree, names: Names) -> Iterator[Finding]:
    """Everything wrong in a tree, by place."""
    for t, theme in enumerate(tree.themes):
        yield from _condition(theme.when, ("themes", t, "when"), names.scope)
        for q, question in enumerate(theme.questions):
            yield from _question(question, ("themes", t, "questions", q), names)
    for id, fact in tree.facts.items():
        yield from _id(id, ("facts", id))
        yield from _condition(fact.when, ("facts", id, "when"), names.scope)
    for s, signal in enumerate(tree.signals):
        yield from _signal(signal, ("signals", s), names)
    for o, outcome in enumerate(tree.outcomes):
        yield from _condition(outcome.when, ("outcomes", o, "when"), names.scope)
        yield from _sources(outcome.refs, ("outcomes", o, "refs"), names)
    entries: tuple[tuple[str, Sequence[Opens | Deepens]], ...] = (("opens", tree.opens), ("deepens", tree.deepens))
    for key, listed in entries:
        for n, entry in enumerate(listed):
            yield from _condition(entry.when, (key, n, "when"), names.scope)
            if entry.tree == tree.id:
                yield (key, n, "tree"), "a tree cannot open itself", "name another tree"
            elif entry.tree not in names.trees:
                yield (key, n, "tree"), f"no tree is called '{entry.tree}'", closest(entry.tree, names.trees)


def _id(id: str, place: Path) -> Iterator[Finding]:
    if keyword.iskeyword(id):
        yield place, f"'{id}' is a word of the condition language", "choose another id"


def _condition(text: str | None, place: Path, scope: Scope) -> Iterator[Finding]:
    if text is None:
        return
    try:
        expression = rules.parse(text)
    except rules.BadCondition as error:
        yield place, error.reason, error.mend
        return
    for reason, mend in scope.reasons(expression):
        yield place, reason, mend


def _question(question: Question, place: Path, names: Names) -> Iterator[Finding]:
    yield from _id(question.id, place)
    yield from _condition(question.when, (*place, "when"), names.scope)
    yield from _shape(question, place)
    yield from _choices(question.options, question.kind, (*place, "choices"), names.scope)
    yield from _prefill(question, (*place, "prefill"), names.scope)
    yield from _sources(question.refs, (*place, "refs"), names)
    for function in question.ask_also:
        if function not in names.functions:
            mend = closest(function, names.functions, otherwise="add it to settings.yaml")
            yield (*place, "ask_also"), f"no function is called '{function}'", mend
    for language in ("nl", "en"):
        if question.more:
            for reason in broken_markdown(question.more[language]):
                yield (*place, "more", language), reason, "mend the Markdown"
    for c, column in enumerate(question.columns):
        yield from _column(column, (*place, "columns", c), names.scope)
    if question.id == PHASE_QUESTION and [c.id for c in question.options] != list(Phase):
        yield (*place, "choices"), "the phase question has fixed choices", f"use {', '.join(Phase)}"


def _shape(question: Question, place: Path) -> Iterator[Finding]:
    kind = question.kind
    if kind in _NEED_CHOICES and not question.choices_from and len(question.choices) < 2:
        yield place, f"a {kind} question needs at least two choices", "add choices"
    if kind not in _NEED_CHOICES and (question.choices or question.choices_from):
        yield (*place, "choices"), f"a {kind} question has no choices", "take them away or change the kind"
    if (kind is Kind.TABLE) is not bool(question.columns):
        yield place, "a table needs columns, and only a table has them", "add columns or change the kind"
    if (kind is Kind.SCALE) is not bool(question.scale):
        yield place, "a scale needs words for 1 and 5, and only a scale has them", "add scale: {low, high}"
    if question.unit and kind is not Kind.NUMBER:
        yield (*place, "unit"), "only a number has a unit", "take it away"
    if question.max_choices and kind is not Kind.CHOICES:
        yield (*place, "max_choices"), "only a choices question has a most", "take it away"
    if len({column.id for column in question.columns}) < len(question.columns):
        yield (*place, "columns"), "two columns have the same id", "rename one"


def _column(column: Column, place: Path, scope: Scope) -> Iterator[Finding]:
    if column.id in ("id", "unsure"):
        yield place, f"'{column.id}' is kept for the rows themselves", "choose another id"
    yield from _id(column.id, place)
    needs = column.kind in ("choice", "choices")
    if needs and not column.choices_from and len(column.choices) < 2:
        yield place, f"a {column.kind} column needs at least two choices", "add choices"
    if column.choices and not needs:
        yield (*place, "choices"), f"a {column.kind} column has no choices", "take them away"
    yield from _choices(column.options, Kind(column.kind), (*place, "choices"), scope)


def _choices(options: tuple[Choice, ...], kind: Kind, place: Path, scope: Scope) -> Iterator[Finding]:
    seen: set[str] = set()
    for c, choice in enumerate(options):
        if choice.id in seen:
            yield (*place, c), f"choice '{choice.id}' stands here twice", "rename one"
        seen.add(choice.id)
        if choice.exclusive and kind is not Kind.CHOICES:
            yield (*place, c), "only where several can be picked does exclusive mean something", "take it away"
        if choice.suggest:
            if kind is not Kind.CHOICES:
                yield (*place, c), "only choices of a choices question can be suggested", "use prefill"
            yield from _condition(choice.suggest, (*place, c, "suggest"), scope)


def _prefill(question: Question, place: Path, scope: Scope) -> Iterator[Finding]:
    text = question.prefill
    if not text:
        return
    source = scope.questions.get(text.strip())
    if source is None:
        if question.kind is not Kind.YES_NO:
            yield place, "a condition can only propose yes", "name a question to take the answer from"
        yield from _condition(text, place, scope)
        return
    ids = {choice.id for choice in source.options}
    if source.kind is not question.kind or not ids <= {choice.id for choice in question.options}:
        yield place, f"the answer to '{source.id}' does not fit here", "same kind, and every choice of the other"


def _signal(signal: Signal, place: Path, names: Names) -> Iterator[Finding]:
    yield from _id(signal.id, place)
    yield from _condition(signal.when, (*place, "when"), names.scope)
    yield from _sources(signal.refs, (*place, "refs"), names)
    if signal.about not in names.scope.questions:
        mend = closest(signal.about, names.scope.questions)
        yield (*place, "about"), f"no question is called '{signal.about}'", mend
    if signal.action is None and signal.level in (Level.STOP, Level.HIGH, Level.ATTENTION):
        yield place, f"a {signal.level} signal says what one can do", "add action: {nl, en}"
    for other in signal.supersedes:
        if other == signal.id or other not in names.scope.signals:
            mend = closest(other, names.scope.signals)
            yield (*place, "supersedes"), f"no other signal is called '{other}'", mend


def _sources(refs: tuple[str, ...], place: Path, names: Names) -> Iterator[Finding]:
    for n, ref in enumerate(refs):
        if ref not in names.sources:
            mend = closest(ref, names.sources, otherwise="add it to references.yaml")
            yield (*place, n), f"no source is called '{ref}'", mend


def negation_warnings(tree: Tree) -> Iterator[Finding]:
    """`not (x == 'a')` is yes off the path, where `x != 'a'` is no: rarely what was meant."""
    places: list[tuple[Path, str | None]] = [(("facts", id, "when"), f.when) for id, f in tree.facts.items()]
    places += [(("signals", n, "when"), signal.when) for n, signal in enumerate(tree.signals)]
    for t, theme in enumerate(tree.themes):
        places.append((("themes", t, "when"), theme.when))
        places += [(("themes", t, "questions", q, "when"), x.when) for q, x in enumerate(theme.questions)]
    for place, text in places:
        try:
            negated = list(question_negated(rules.parse(text))) if text else []
        except rules.BadCondition:
            continue  # a fault already
        if negated:
            yield place, "'not' before a question is yes when the question is not asked", "write != or not in"


def broken_markdown(text: str) -> Iterator[str]:
    """Signs that a reader would see stars and brackets instead of layout, or HTML instead of text."""
    if text.count("**") % 2:
        yield "bold (**) is opened and not closed"
    if text.count("`") % 2:
        yield "code (`) is opened and not closed"
    if re.search(r"<[A-Za-z/!?]", text):
        yield "HTML in Markdown is shown as text"
    if re.search(r"!\[", text):
        yield "pictures are not shown"
    for target in re.findall(r"\]\(([^)]*)\)?", text):
        if not re.fullmatch(r"https://[^\s)]+", target):
            yield f"the link '{target[:40]}' does not begin with https://"
    if re.search(r"^ {0,3}\[[^\]]+\]:", text, re.MULTILINE):
        yield "a link's address does not stand behind its text"
    if re.search(r"\[[^\]]*$", text) or re.search(r"\]\([^)]*$", text):
        yield "a link is opened and not closed"
