"""A condition in words, for people who read a tree and no code: the asks and choices stand in quotation marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from assistant.trees import rules
from assistant.trees.edition import Edition
from assistant.trees.model import Choice, Kind, Language

_PHRASES: Final[Mapping[str, tuple[str, str]]] = {
    "is": ("het antwoord op {ask} is {choices}", "the answer to {ask} is {choices}"),
    "is_not": ("het antwoord op {ask} is niet {choices}", "the answer to {ask} is not {choices}"),
    "includes": ("bij {ask} is {choices} gekozen", "{choices} is chosen at {ask}"),
    "includes_not": ("bij {ask} is {choices} niet gekozen", "{choices} is not chosen at {ask}"),
    "column": ("een rij bij {ask} heeft {column}: {choices}", "a row at {ask} has {column}: {choices}"),
    "column_not": ("geen rij bij {ask} heeft {column}: {choices}", "no row at {ask} has {column}: {choices}"),
    "number": ("het antwoord op {ask} is {sign} {number}", "the answer to {ask} is {sign} {number}"),
    "count_choices": (
        "bij {ask} zijn {sign} {number} antwoorden gekozen",
        "{sign} {number} answers are chosen at {ask}",
    ),
    "count_table": ("bij {ask} zijn {sign} {number} rijen ingevuld", "{sign} {number} rows are filled in at {ask}"),
    "count_yes": (
        "het antwoord is {sign} {number} keer ja op: {ask}",
        "the answer is yes {sign} {number} times to: {ask}",
    ),
    "days": ("de datum bij {ask} is {sign} {number} dagen ver", "the date at {ask} is {sign} {number} days away"),
    "row": ("in één rij bij {ask} geldt: {test}", "in one row at {ask}: {test}"),
    "answered": ("er is een antwoord op {ask}", "there is an answer to {ask}"),
    "unsure": ("jullie weten nog geen antwoord op {ask}", "you do not know the answer to {ask} yet"),
    "answered_column": ("bij {ask} is {column} ingevuld", "{column} is filled in at {ask}"),
    "unsure_column": ("bij {ask} is {column} nog niet bekend", "{column} is not known yet at {ask}"),
    "fact": ("{says} geldt", "{says} holds"),
    "fact_not": ("{says} geldt niet", "{says} does not hold"),
    "raised": ("dit signaal is er: {says}", "this signal is raised: {says}"),
    "not": ("niet het geval is: {part}", "this is not the case: {part}"),
    "cell_is": ("{column} is {choices}", "{column} is {choices}"),
    "cell_is_not": ("{column} is niet {choices}", "{column} is not {choices}"),
    "cell_number": ("{column} is {sign} {number}", "{column} is {sign} {number}"),
    "cell_answered": ("{column} is ingevuld", "{column} is filled in"),
    "cell_unsure": ("{column} weten jullie nog niet", "{column} is not known yet"),
    "and": ("en", "and"),
    "or": ("of", "or"),
    "==": ("precies", "exactly"),
    "!=": ("niet", "not"),
    "<": ("minder dan", "less than"),
    "<=": ("hoogstens", "at most"),
    ">": ("meer dan", "more than"),
    ">=": ("minstens", "at least"),
}


@dataclass(frozen=True)
class Words:
    """A statement; or several, joined by "and" or "or" (`joiner`, in the reader's language; `is_all`: "and")."""

    text: str = ""
    joiner: str = ""
    is_all: bool = True
    parts: tuple[Words, ...] = ()

    def __str__(self) -> str:
        """One sentence without a full stop; an inner group in brackets."""
        if not self.parts:
            return self.text
        inner = [f"({part})" if part.parts else str(part) for part in self.parts]
        return f", {self.joiner} ".join(inner)


def condition_in_words(edition: Edition, condition: str, language: Language) -> Words:
    """What a condition says that is made of an edition's names. It must be one that `check` would take."""
    parsed = edition.program.parsed.get(condition) or rules.parse(condition)
    return _Reader(edition, language).words(parsed)


@dataclass(frozen=True)
class _Reader:
    edition: Edition
    language: Language

    def phrase(self, key: str) -> str:
        return _PHRASES[key][0 if self.language == "nl" else 1]

    def said(self, key: str, **filled: object) -> Words:
        return Words(self.phrase(key).format(**filled))

    def words(self, expression: rules.Expression) -> Words:
        match expression:
            case rules.And(parts):
                return self.joined("and", parts)
            case rules.Or(parts):
                return self.joined("or", parts)
            case rules.Not(rules.FactIs(fact)):
                return self.said("fact_not", says=_quoted(self.edition.facts[fact].says[self.language]))
            case rules.Not(part):
                return self.said("not", part=self.words(part))
            case rules.FactIs(fact):
                return self.said("fact", says=_quoted(self.edition.facts[fact].says[self.language]))
            case rules.Raised(signal):
                return self.said("raised", says=_quoted(self.edition.signals[signal].says[self.language]))
            case rules.AnyRow(question, test):
                return self.said("row", ask=self.ask(question), test=self.cells(question, test))
            case rules.Answered(subject) | rules.Unsure(subject):
                key = "answered" if isinstance(expression, rules.Answered) else "unsure"
                column = self.column(subject)
                return self.said(f"{key}_column" if column else key, ask=self.ask(subject.question), column=column)
            case rules.Includes(subject, choice, negated):
                return self.includes(subject, (choice,), negated)
            case rules.Compare():
                return self.compare(expression)

    def joined(self, key: str, parts: Sequence[rules.Expression]) -> Words:
        """The parts; choices of one question that stand beside each other in an "or" become one statement."""
        said: list[Words] = []
        for subject, group in groupby(parts, lambda part: _picks(part) if key == "or" else None):
            together = list(group)
            if subject:
                choices = [part.choice for part in together if isinstance(part, rules.Includes)]
                said.append(self.includes(subject, choices, negated=False))
            else:
                said += map(self.words, together)
        return said[0] if len(said) == 1 else self.group(key, said)

    def group(self, key: str, parts: Sequence[Words]) -> Words:
        return Words(joiner=self.phrase(key), is_all=key == "and", parts=tuple(parts))

    def includes(self, subject: rules.Value, picked: Sequence[str], negated: bool) -> Words:
        key = ("column" if subject.column else "includes") + ("_not" if negated else "")
        choices = self.labels(self.options(subject), picked)
        return self.said(key, ask=self.ask(subject.question), column=self.column(subject), choices=choices)

    def compare(self, compare: rules.Compare) -> Words:
        sign, number = self.phrase(compare.operator) if compare.operator in _PHRASES else "", self.number(compare)
        match compare.subject:
            case rules.Value() as value if options := self.options(value):
                key = "is_not" if compare.operator in ("!=", "not in") else "is"
                return self.said(key, ask=self.ask(value.question), choices=self.labels(options, compare.literals))
            case rules.Value(question):
                return self.said("number", ask=self.ask(question), sign=sign, number=number)
            case rules.Count(question):
                key = "count_table" if self.edition.questions[question].kind is Kind.TABLE else "count_choices"
                return self.said(key, ask=self.ask(question), sign=sign, number=number)
            case rules.CountYes(questions):
                return self.said("count_yes", ask="; ".join(map(self.ask, questions)), sign=sign, number=number)
            case rules.DaysUntil(question):
                return self.said("days", ask=self.ask(question), sign=sign, number=number)

    def cells(self, question: str, test: rules.Expression) -> Words:
        """A test within one row: the columns stand alone."""
        match test:
            case rules.And(parts) | rules.Or(parts):
                key = "and" if isinstance(test, rules.And) else "or"
                return self.group(key, [self.cells(question, part) for part in parts])
            case rules.Not(part):
                return self.said("not", part=self.cells(question, part))
            case rules.Answered(subject) | rules.Unsure(subject):
                key = "cell_answered" if isinstance(test, rules.Answered) else "cell_unsure"
                return self.said(key, column=self.column(subject))
            case rules.Includes(subject, choice, negated):
                choices = self.labels(self.options(subject), (choice,))
                return self.said("cell_is_not" if negated else "cell_is", column=self.column(subject), choices=choices)
            case rules.Compare(subject=rules.Value() as subject):
                return self.cell(subject, test)
        raise TypeError(test)

    def cell(self, subject: rules.Value, compare: rules.Compare) -> Words:
        column = self.column(subject)
        if options := self.options(subject):
            key = "cell_is_not" if compare.operator in ("!=", "not in") else "cell_is"
            return self.said(key, column=column, choices=self.labels(options, compare.literals))
        sign = self.phrase(compare.operator)
        return self.said("cell_number", column=column, sign=sign, number=self.number(compare))

    def ask(self, question: str) -> str:
        return _quoted(self.edition.questions[question].ask[self.language])

    def column(self, subject: rules.Value) -> str:
        columns = {column.id: column for column in self.edition.questions[subject.question].columns}
        return _quoted(columns[subject.column].label[self.language]) if subject.column else ""

    def options(self, subject: rules.Value) -> tuple[Choice, ...]:
        question = self.edition.questions[subject.question]
        if not subject.column:
            return question.options
        return next(column.options for column in question.columns if column.id == subject.column)

    def labels(self, options: Sequence[Choice], ids: Sequence[rules.Literal]) -> str:
        labels = {choice.id: choice.label[self.language] for choice in options}
        return f" {self.phrase('or')} ".join(_quoted(labels[str(id)]) for id in ids)

    def number(self, compare: rules.Compare) -> str:
        literal = compare.literals[0]
        value = self.edition.thresholds[literal.name].value if isinstance(literal, rules.Setting) else literal
        return str(value)


def _picks(expression: rules.Expression) -> rules.Value | None:
    return expression.subject if isinstance(expression, rules.Includes) and not expression.negated else None


def _quoted(text: str) -> str:
    return f"“{text.rstrip('.')}”"
