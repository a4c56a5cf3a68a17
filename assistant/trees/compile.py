"""From an expression to a function of the state: the tree of nodes is walked once, not at every run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from assistant.trees import rules
from assistant.trees.logic import MISSING, NO, UNSURE, YES, Truth, conjunction, disjunction, negation

if TYPE_CHECKING:
    from assistant.trees.program import State

Run: TypeAlias = "Callable[[State], Truth]"
Row: TypeAlias = Mapping[str, Any]
RowTest: TypeAlias = "Callable[[State, Row], Truth]"
UNSURE_CELL = {"unsure": True}
MANY = 100  # rows or choices at most


def compiled(expression: rules.Expression) -> Run:
    """A function that gives the expression's value in a state."""
    match expression:
        case rules.And(parts):
            return _all_of(tuple(map(compiled, parts)))
        case rules.Or(parts):
            return _one_of(tuple(map(compiled, parts)))
        case rules.Not(part):
            inner = compiled(part)
            return lambda state: negation(inner(state))
        case rules.FactIs(fact):
            return lambda state: state.facts[fact]
        case rules.Raised(signal):
            return lambda state: state.signals[signal]
        case rules.Answered(subject) | rules.Unsure(subject):
            return _about_knowing(expression, subject)
        case rules.AnyRow(question, test):
            return _over_rows(question, _row_test(test))
        case rules.Includes(subject, choice, negated):
            return _includes(subject, choice, negated)
        case rules.Compare(subject=rules.Value(question, "")):
            return _compare_value(question, expression)
        case rules.Compare(subject=rules.DaysUntil(question)):
            return _compare_days(question, expression)
        case rules.Compare():
            return _compare_count(expression)
    raise TypeError(expression)


def _all_of(runs: tuple[Run, ...]) -> Run:
    """`logic.conjunction`, stopping at the first no: this is where a walk spends its time."""

    def run(state: State) -> Truth:
        least = YES
        for one in runs:
            truth = one(state)
            if truth is NO:
                return NO
            if truth < least:
                least = truth
        return least

    return run


def _one_of(runs: tuple[Run, ...]) -> Run:
    """`logic.disjunction`, stopping at the first yes."""

    def run(state: State) -> Truth:
        found = NO
        for one in runs:
            truth = one(state)
            if truth is YES:
                return YES
            if truth is MISSING or found is NO:
                found = truth
        return found

    return run


def _wanted(compare: rules.Compare, state: State) -> list[str | int | float]:
    return [state.thresholds[x.name] if isinstance(x, rules.Setting) else x for x in compare.literals]


def _meets(value: Any, compare: rules.Compare, state: State) -> bool:
    wanted = _wanted(compare, state)
    match compare.operator:
        case "==" | "in":
            return value in wanted
        case "!=" | "not in":
            return value not in wanted
        case sign:
            return rules.ORDERINGS[sign](value, wanted[0])  # type: ignore[arg-type]


def _compare_value(question: str, compare: rules.Compare) -> Run:
    if compare.operator in ("==", "in", "!=", "not in") and rules.Setting not in map(type, compare.literals):
        wanted = frozenset(compare.literals)
        hit, miss = (YES, NO) if compare.operator in ("==", "in") else (NO, YES)

        def run(state: State) -> Truth:
            value = state.values[question]
            if value is None:
                return state.blanks[question]
            return min(state.paths[question], hit if value in wanted else miss)

        return run

    def run_ordered(state: State) -> Truth:
        value = state.values[question]
        if value is None:
            return state.blanks[question]
        return min(state.paths[question], YES if _meets(value, compare, state) else NO)

    return run_ordered


def _compare_days(question: str, compare: rules.Compare) -> Run:
    def run(state: State) -> Truth:
        value = state.values[question]
        if value is None:
            return state.blanks[question]
        days = (date.fromisoformat(value) - state.today).days
        return min(state.paths[question], YES if _meets(days, compare, state) else NO)

    return run


def _compare_count(compare: rules.Compare) -> Run:
    match compare.subject:
        case rules.Count(question):
            return _compare_length(question, compare)
        case rules.CountYes(questions):
            return _compare_yeses(questions, compare)
    raise TypeError(compare.subject)


def _compare_length(question: str, compare: rules.Compare) -> Run:
    """ "These, and maybe more" makes the count an interval without a known end."""

    def run(state: State) -> Truth:
        value = state.values[question]
        if value is None:
            return state.blanks[question]
        low = len(value)
        high = low + MANY if question in state.unsure else low
        return min(state.paths[question], _meets_between(low, high, compare, state, UNSURE))

    return run


def _compare_yeses(questions: tuple[str, ...], compare: rules.Compare) -> Run:
    """Certainly yes is the low end; every unsure or missing one may add to it."""

    def run(state: State) -> Truth:
        asked = disjunction(state.paths[q] for q in questions)
        yes = [state.paths[q] for q in questions if state.values[q] == "yes"]
        blanks = [state.blanks[q] for q in questions if state.values[q] is None]
        low = yes.count(YES)
        high = len(yes) + sum(blank is not NO for blank in blanks)
        truth = _meets_between(low, high, compare, state, MISSING if MISSING in blanks else UNSURE)
        return min(asked, truth)

    return run


def _meets_between(low: int, high: int, compare: rules.Compare, state: State, doubt: Truth) -> Truth:
    """Decided when every number from low to high agrees; else the doubt."""
    turns = (x for x in _wanted(compare, state) if isinstance(x, int) and low <= x <= high)
    results = {_meets(number, compare, state) for number in {low, high, *turns}}
    return doubt if len(results) > 1 else _sure(results == {True})


def _includes(subject: rules.Value, choice: str, negated: bool) -> Run:
    question = subject.question
    hit, miss = (NO, YES) if negated else (YES, NO)
    if subject.column:
        return _over_rows(question, _row_test(rules.Includes(subject, choice)), negated=negated)

    def run(state: State) -> Truth:
        value = state.values[question]
        if value is None:
            return state.blanks[question]
        truth = hit if choice in value else UNSURE if question in state.unsure else miss
        return min(state.paths[question], truth)

    return run


def _about_knowing(atom: rules.Expression, subject: rules.Value) -> Run:
    question, column = subject.question, subject.column
    wants_unsure = isinstance(atom, rules.Unsure)
    if column:
        return lambda state: _sure(
            any((row.get(column, UNSURE_CELL) == UNSURE_CELL) is wants_unsure for row in _rows(state, question))
        )
    if wants_unsure:
        return lambda state: _sure(question in state.unsure)
    return lambda state: _sure(state.values[question] is not None)


def _sure(value: bool) -> Truth:
    return YES if value else NO


def _rows(state: State, question: str) -> Iterable[Row]:
    return state.values[question] or ()


def _over_rows(question: str, test: RowTest, *, negated: bool = False) -> Run:
    """One row is enough (negated: too much); "and maybe more rows" leaves it open."""

    def run(state: State) -> Truth:
        rows = state.values[question]
        if rows is None:
            return state.blanks[question]
        maybe_more = UNSURE if question in state.unsure else NO
        some_row = disjunction((*(test(state, row) for row in rows), maybe_more))
        return min(state.paths[question], negation(some_row) if negated else some_row)

    return run


def _row_test(expression: rules.Expression) -> RowTest:
    """A function of one row; a cell left blank or marked unsure makes its atom unsure."""
    match expression:
        case rules.And(parts):
            tests = tuple(map(_row_test, parts))
            return lambda state, row: conjunction(test(state, row) for test in tests)
        case rules.Or(parts):
            tests = tuple(map(_row_test, parts))
            return lambda state, row: disjunction(test(state, row) for test in tests)
        case rules.Not(part):
            inner = _row_test(part)
            return lambda state, row: negation(inner(state, row))
        case rules.Unsure(rules.Value(_, column)):
            return lambda state, row: _sure(row.get(column, UNSURE_CELL) == UNSURE_CELL)
        case rules.Answered(rules.Value(_, column)):
            return lambda state, row: _sure(row.get(column, UNSURE_CELL) != UNSURE_CELL)
        case rules.Includes(rules.Value(_, column), choice, negated):
            return lambda state, row: _cell(row, column, lambda value: _has(value, choice) is not negated)
        case rules.Compare(subject=rules.Value(_, column)):
            return lambda state, row: _cell(row, column, lambda value: _meets(value, expression, state))
    raise TypeError(expression)


def _has(value: Any, choice: str) -> bool:
    return choice in value if isinstance(value, list) else bool(value == choice)


def _cell(row: Row, column: str, test: Callable[[Any], bool]) -> Truth:
    value = row.get(column, UNSURE_CELL)
    return UNSURE if value == UNSURE_CELL else _sure(test(value))
