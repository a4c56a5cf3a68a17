"""What the names in a condition mean: every id exists, every literal is a choice of that question, types fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from assistant.trees import rules
from assistant.trees.model import Choice, Kind, Question

Reason = tuple[str, str]  # what is wrong, how to mend it

_PICKED: Final = (Kind.CHOICE, Kind.YES_NO)
_NUMERIC: Final = (Kind.SCALE, Kind.NUMBER)


@dataclass(frozen=True)
class Scope:
    """All names that conditions may use, over all trees."""

    questions: Mapping[str, Question]
    facts: Iterable[str] = ()
    signals: Iterable[str] = ()
    thresholds: Iterable[str] = ()

    def reasons(self, expression: rules.Expression, *, within_row: bool = False) -> Iterator[Reason]:
        """Everything in an expression that does not make sense; within a row a column is one cell."""
        match expression:
            case rules.And(parts) | rules.Or(parts):
                for part in parts:
                    yield from self.reasons(part, within_row=within_row)
            case rules.Not(part):
                yield from self.reasons(part, within_row=within_row)
            case rules.FactIs(fact):
                yield from self._fact(fact)
            case rules.Raised(signal):
                if signal not in self.signals:
                    yield f"no signal is called '{signal}'", closest(signal, self.signals)
            case rules.AnyRow(question, test):
                yield from self._any_row(question, test)
            case rules.Answered(subject) | rules.Unsure(subject):
                yield from self._known(subject)
            case rules.Includes(subject, choice):
                yield from self._includes(subject, choice)
            case rules.Compare(subject=rules.Value(question, column)) if column and not within_row:
                reason = f"'{question}.{column}' is the list over all rows: it has no single value"
                yield reason, f"write 'choice' in {question}.{column}, or any_row({question}, {column} ...)"
            case rules.Compare(subject=rules.Value() as subject):
                yield from self._compare_value(subject, expression)
            case rules.Compare():
                yield from self._compare_number(expression)

    def _fact(self, fact: str) -> Iterator[Reason]:
        if fact in self.questions:
            yield f"'{fact}' is a question, not a fact", f"compare it, for instance {fact} == 'yes'"
        elif fact not in self.facts:
            yield f"no fact is called '{fact}'", closest(fact, [*self.facts, *self.questions])

    def _any_row(self, question: str, test: rules.Expression) -> Iterator[Reason]:
        reasons = list(self._question(question, Kind.TABLE))
        yield from reasons or self.reasons(test, within_row=True)

    def _known(self, subject: rules.Value) -> Iterator[Reason]:
        yield from self._options(subject)[1]

    def _question(self, id: str, *kinds: Kind) -> Iterator[Reason]:
        question = self.questions.get(id)
        if question is None:
            yield f"no question is called '{id}'", closest(id, self.questions)
        elif kinds and question.kind not in kinds:
            wanted = " or ".join(kinds)
            yield f"'{id}' is a {question.kind} question; this needs {wanted}", "compare it in another way"

    def _options(self, subject: rules.Value) -> tuple[tuple[Kind, tuple[Choice, ...]] | None, list[Reason]]:
        """The kind and choices of a question or column, or why there are none."""
        reasons = list(self._question(subject.question, *([Kind.TABLE] if subject.column else [])))
        if reasons:
            return None, reasons
        question = self.questions[subject.question]
        if not subject.column:
            return (question.kind, question.options), []
        columns = {column.id: column for column in question.columns}
        column = columns.get(subject.column)
        if column is None:
            reason = f"table '{question.id}' has no column '{subject.column}'"
            return None, [(reason, closest(subject.column, columns))]
        if column.optional:
            reason = f"column '{column.id}' is optional: a blank cell would say nothing"
            return None, [(reason, "take 'optional' away, or do not use the column in a condition")]
        return (Kind(column.kind), column.options), []

    def _includes(self, subject: rules.Value, choice: str) -> Iterator[Reason]:
        found, reasons = self._options(subject)
        yield from reasons
        if not found:
            return
        kind, options = found
        if kind is not Kind.CHOICES and not (subject.column and kind in _PICKED):
            yield (
                f"'{_name(subject)}' is a {kind} question, not a list",
                f"write {_name(subject)} == '{choice}'",
            )
            return
        yield from self._choice(subject, choice, options)

    def _choice(self, subject: rules.Value, choice: object, options: tuple[Choice, ...]) -> Iterator[Reason]:
        ids = [option.id for option in options]
        if choice not in ids:
            mend = closest(str(choice), ids, otherwise=f"choices: {', '.join(ids)}")
            yield f"'{choice}' is no choice of '{_name(subject)}'", mend

    def _compare_value(self, subject: rules.Value, compare: rules.Compare) -> Iterator[Reason]:
        found, reasons = self._options(subject)
        yield from reasons
        if not found:
            return
        kind, options = found
        name, sign = _name(subject), compare.operator
        if kind in _PICKED and sign in rules.ORDERINGS:
            yield f"'{name}' is a {kind} question: it has no order", "use == or in"
        elif kind in _PICKED:
            for literal in compare.literals:
                yield from self._choice(subject, literal, options)
        elif kind in _NUMERIC:
            yield from self._numbers(name, kind, compare)
        elif kind is Kind.CHOICES:
            yield f"'{name}' may hold several choices", f"write 'choice' in {name}"
        elif kind is Kind.DATE:
            yield f"'{name}' is a date", f"write days_until({name}) < 56"
        else:
            yield (
                f"'{name}' is a {kind} question and cannot be compared",
                f"use answered({name}) or unsure({name})",
            )

    def _numbers(self, name: str, kind: Kind, compare: rules.Compare) -> Iterator[Reason]:
        for literal in compare.literals:
            if isinstance(literal, rules.Setting):
                yield from self._threshold(literal)
            elif isinstance(literal, str):
                yield (
                    f"'{name}' is a {kind} and '{literal}' is text",
                    "compare it with a number, without quotes",
                )
            elif kind is Kind.SCALE and not 1 <= literal <= 5:
                yield f"'{name}' runs from 1 to 5; {literal} is never reached", "compare with 1 to 5"

    def _compare_number(self, compare: rules.Compare) -> Iterator[Reason]:
        match compare.subject:
            case rules.Count(question):
                yield from self._question(question, Kind.CHOICES, Kind.TABLE)
            case rules.CountYes(questions):
                for question in questions:
                    yield from self._question(question, Kind.YES_NO)
            case rules.DaysUntil(question):
                yield from self._question(question, Kind.DATE)
        for literal in compare.literals:
            if isinstance(literal, rules.Setting):
                yield from self._threshold(literal)
            elif isinstance(literal, str):
                yield (
                    f"a number is compared with the text '{literal}'",
                    "compare it with a number, without quotes",
                )

    def _threshold(self, setting: rules.Setting) -> Iterator[Reason]:
        if setting.name not in self.thresholds:
            yield f"no threshold is called '{setting.name}'", closest(setting.name, self.thresholds)


def _name(subject: rules.Value) -> str:
    return f"{subject.question}.{subject.column}" if subject.column else subject.question


def closest(name: str, names: Iterable[str], otherwise: str = "define it, or use an id that exists") -> str:
    """The way to mend an unknown name: the known one that looks most like it, if one does."""
    near = get_close_matches(name, list(names), n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else otherwise


def question_negated(expression: rules.Expression) -> Iterator[rules.Atom]:
    """Atoms on a question under a `not`: yes off the path, where `!=` or `not in` would be no."""
    match expression:
        case rules.And(parts) | rules.Or(parts):
            for part in parts:
                yield from question_negated(part)
        case rules.Not(part):
            safe = (rules.FactIs, rules.Raised, rules.Answered, rules.Unsure, rules.AnyRow)
            yield from (atom for atom in rules.atoms(part) if not isinstance(atom, safe))
