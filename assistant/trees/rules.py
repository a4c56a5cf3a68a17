"""The condition language: a small boolean language in Python's syntax, read by Python's own parser.

`parse` turns a text into an expression or says why not; nothing is ever evaluated as Python. What the names
mean, and whether a comparison makes sense, is for `scope.py`.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

MAX_NODES: Final = 400
MAX_DEPTH: Final = 30
MAX_LENGTH: Final = 2_000
MAX_NUMBER: Final = 10**12
_GLUED: Final = re.compile(r"(?<![A-Za-z0-9_])[0-9][0-9.]*[A-Za-z_]")  # 1and, 0x1f, 1e9: Python warns or surprises

Literal: TypeAlias = "str | int | float | Setting"


class BadCondition(ValueError):
    """A condition that does not follow the language, with a way to mend it."""

    def __init__(self, reason: str, mend: str = "") -> None:
        super().__init__(reason)
        self.reason, self.mend = reason, mend


@dataclass(frozen=True, slots=True)
class Setting:
    """`setting('min_group')`: a threshold that a municipality may set."""

    name: str


@dataclass(frozen=True, slots=True)
class Value:
    """The answer to a question, or with a column all its cells; within `any_row` the row's own cell."""

    question: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """`count(x)`: how many choices are picked, or rows filled."""

    question: str


@dataclass(frozen=True, slots=True)
class CountYes:
    """`count_yes(a, b, ...)`: how many of these are answered with yes."""

    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DaysUntil:
    """`days_until(x)`: days from today to a date; negative when it is past."""

    question: str


Subject: TypeAlias = Value | Count | CountYes | DaysUntil


@dataclass(frozen=True, slots=True)
class Compare:
    """A subject against one literal, or (`in`, `not in`) against several."""

    subject: Subject
    operator: str
    literals: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Includes:
    """`'children' in data_subjects`; negated: `not in`."""

    subject: Value
    choice: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class AnyRow:
    """`any_row(sources, kind == 'special' and level == 'person')`: one row meets all of it."""

    question: str
    test: Expression


@dataclass(frozen=True, slots=True)
class Answered:
    """`answered(x)`: asked, and there is a value. Two-valued."""

    subject: Value


@dataclass(frozen=True, slots=True)
class Unsure:
    """`unsure(x)`: asked, and the answer is "we don't know yet". Two-valued."""

    subject: Value


@dataclass(frozen=True, slots=True)
class FactIs:
    """A bare name: a fact holds."""

    fact: str


@dataclass(frozen=True, slots=True)
class Raised:
    """`raised('signal_id')`: that signal is raised."""

    signal: str


@dataclass(frozen=True, slots=True)
class Not:
    """Negation."""

    part: Expression


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of the parts, or more."""

    parts: tuple[Expression, ...]


Atom: TypeAlias = Compare | Includes | AnyRow | Answered | Unsure | FactIs | Raised
Expression: TypeAlias = Atom | Not | And | Or

ORDERINGS: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_OPERATORS: Final[dict[type[ast.cmpop], str]] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}
_FUNCTIONS: Final = "count, count_yes, days_until, any_row, answered, unsure, raised, setting"


def parse(text: str) -> Expression:
    """The expression a condition stands for. Raises BadCondition."""
    _plain(text)
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError) as error:
        raise BadCondition("this is not a condition", "compare with == or use and, or, not, in") from error
    except (RecursionError, MemoryError) as error:
        raise BadCondition("the condition is nested too deep", "give a part of it a name as a fact") from error
    if sum(1 for _ in ast.walk(tree)) > MAX_NODES or _depth(tree) > MAX_DEPTH:
        raise BadCondition("the condition is too long", "give a part of it a name as a fact")
    return _expression(tree.body, row_of="")


def _plain(text: str) -> None:
    """Refuse what Python's parser would take its time for, warn about, or read as something else."""
    if len(text) > MAX_LENGTH:
        raise BadCondition("the condition is too long", "give a part of it a name as a fact")
    if not text.isascii() or "\\" in text:
        raise BadCondition("a condition has ids and plain signs only", "no accents, no \\, straight quotes")
    if _GLUED.search(text):
        raise BadCondition("a letter stands against a number", "write a number in digits, with a space after it")


def _depth(tree: ast.AST) -> int:
    depth, level = 0, [tree]
    while level:
        depth, level = depth + 1, [child for node in level for child in ast.iter_child_nodes(node)]
    return depth


def _expression(node: ast.expr, row_of: str) -> Expression:
    match node:
        case ast.BoolOp(op=op, values=values):
            parts = tuple(_expression(value, row_of) for value in values)
            return And(parts) if isinstance(op, ast.And) else Or(parts)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Not(_expression(operand, row_of))
        case ast.Compare():
            return _comparison(node, row_of)
        case ast.Name(id=name):
            if row_of:
                raise BadCondition(f"'{name}' stands alone within any_row", f"compare it: {name} == 'yes'")
            return FactIs(name)
        case ast.Call():
            return _call(node, row_of)
    raise BadCondition("a condition is built of comparisons, facts, and, or, not", f"functions: {_FUNCTIONS}")


def _comparison(node: ast.Compare, row_of: str) -> Expression:
    if len(node.ops) != 1:
        raise BadCondition("one comparison at a time", "write a < b and b < c")
    sign = _OPERATORS.get(type(node.ops[0]), "")
    left, right = node.left, node.comparators[0]
    if not sign:
        raise BadCondition("'is' is no comparison here", "use == or !=")
    if sign in ("in", "not in") and isinstance(left, ast.Constant):
        return Includes(_value(right, row_of), _text(left), negated=sign == "not in")
    if sign in ("in", "not in"):
        if not isinstance(right, ast.List | ast.Tuple) or not right.elts:
            raise BadCondition("after 'in' comes a list of choices", "write x in ['a', 'b'] or 'a' in x")
        return Compare(_subject(left, row_of), sign, tuple(_text(item) for item in right.elts))
    if isinstance(left, ast.Constant):
        raise BadCondition("the question comes first in a comparison", "write x == 'a', not 'a' == x")
    return Compare(_subject(left, row_of), sign, (_literal(right),))


def _subject(node: ast.expr, row_of: str) -> Subject:
    if not isinstance(node, ast.Call):
        return _value(node, row_of)
    name, arguments = _function(node)
    if row_of:
        raise BadCondition(f"{name} cannot stand within any_row", "compare the row's columns only")
    if name == "count" and len(arguments) == 1:
        return Count(_name(arguments[0]))
    if name == "days_until" and len(arguments) == 1:
        return DaysUntil(_name(arguments[0]))
    if name == "count_yes" and arguments:
        return CountYes(tuple(_name(argument) for argument in arguments))
    raise BadCondition(f"{name}(...) cannot be compared", "use count(x), count_yes(a, b) or days_until(x)")


def _value(node: ast.expr, row_of: str) -> Value:
    match node:
        case ast.Name(id=name):
            return Value(row_of, name) if row_of else Value(name)
        case ast.Attribute(value=ast.Name(id=name), attr=column) if not row_of:
            return Value(name, column)
    raise BadCondition("a question id is expected", "write a question's id, or table.column")


def _call(node: ast.Call, row_of: str) -> Expression:
    name, arguments = _function(node)
    match name, arguments:
        case "any_row", [table, test] if not row_of:
            return AnyRow(_name(table), _expression(test, row_of=_name(table)))
        case "answered", [subject]:
            return Answered(_value(subject, row_of))
        case "unsure", [subject]:
            return Unsure(_value(subject, row_of))
        case "raised", [ast.Constant() as signal] if not row_of:
            return Raised(_text(signal))
        case (("count" | "count_yes" | "days_until"), _):
            raise BadCondition(f"{name}(...) is a number", f"compare it: {name}(...) >= 2")
    raise BadCondition(f"'{name}' is used wrongly or does not exist", f"functions: {_FUNCTIONS}")


def _function(node: ast.Call) -> tuple[str, list[ast.expr]]:
    if not isinstance(node.func, ast.Name) or node.keywords:
        raise BadCondition("only the language's own functions can be called", f"functions: {_FUNCTIONS}")
    return node.func.id, node.args


def _name(node: ast.expr) -> str:
    if not isinstance(node, ast.Name):
        raise BadCondition("a question id is expected", "write the id without quotes")
    return node.id


def _text(node: ast.expr) -> str:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        raise BadCondition("a choice stands between quotes", "write 'children'")
    return node.value


def _literal(node: ast.expr) -> Literal:
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.Constant():
            return _number(node)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant() as number):
            return -_number(number)
        case ast.Call(func=ast.Name(id="setting"), args=[argument], keywords=[]):
            return Setting(_text(argument))
    raise BadCondition("a comparison ends with a choice, a number or setting('name')", "write 3 or 'choice'")


def _number(node: ast.Constant) -> int | float:
    value = node.value
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise BadCondition("a comparison ends with a choice, a number or setting('name')", "write 3 or 'choice'")
    if value > MAX_NUMBER:
        raise BadCondition("the number is too large", f"at most {MAX_NUMBER:,}")
    return value


def atoms(expression: Expression) -> Iterator[Atom]:
    """Every atom in it, in the order written; an any_row counts as one."""
    match expression:
        case And(parts) | Or(parts):
            for part in parts:
                yield from atoms(part)
        case Not(part):
            yield from atoms(part)
        case _:
            yield expression


def questions_of(atom: Atom) -> tuple[str, ...]:
    """The questions an atom looks at; none for a fact or a signal."""
    match atom:
        case Compare(subject=CountYes(questions)):
            return questions
        case Compare(subject=Value(question) | Count(question) | DaysUntil(question)):
            return (question,)
        case Includes(subject=subject) | Answered(subject) | Unsure(subject):
            return (subject.question,)
        case AnyRow(question):
            return (question,)
    return ()
