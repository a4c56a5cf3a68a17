"""Compiled conditions give what a plain recursive reading of docs/conditions.md gives."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer
from assistant.trees import rules
from assistant.trees.compile import compiled
from assistant.trees.logic import MISSING, NO, UNSURE, YES, Truth

from .samples import MISSING as NOTHING
from .samples import NOT_APPLICABLE, TODAY, edition, question, run, tree
from .samples import UNSURE as DO_NOT_KNOW

MADE = edition(
    tree(
        question("gate", "yes_no"),
        question("q", when="gate == 'yes'"),
        question("qs", "choices", when="gate == 'yes'"),
        question("n", "number"),
        question("d", "date"),
        question("t", "table", when="gate == 'yes'"),
        question("y1", "yes_no", when="gate == 'yes'"),
        question("y2", "yes_no"),
    ),
    limit=2,
)

letters = st.sampled_from("abc")
signs = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
equals = st.sampled_from(["==", "!="])
numbers = st.integers(-1, 4).map(str) | st.just("setting('limit')")
cell_tests = st.recursive(
    st.builds("kind {} '{}'".format, equals, letters)
    | st.builds("kind in ['{}', '{}']".format, letters, letters)
    | st.sampled_from(["answered(kind)", "unsure(kind)", "'a' in kind", "'a' not in kind"]),
    lambda part: (
        st.builds("({} and {})".format, part, part)
        | st.builds("({} or {})".format, part, part)
        | st.builds("(not {})".format, part)
    ),
    max_leaves=3,
)
comparisons = st.one_of(
    st.builds("q {} '{}'".format, equals, letters),
    st.builds("q {} ['{}', '{}']".format, st.sampled_from(["in", "not in"]), letters, letters),
    st.builds("'{}' {} {}".format, letters, st.sampled_from(["in", "not in"]), st.sampled_from(["qs", "t.kind"])),
    st.builds("{} {} {}".format, st.sampled_from(["n", "count(qs)", "count(t)", "days_until(d)"]), signs, numbers),
    st.builds("count_yes(y1, y2) {} {}".format, signs, numbers),
    st.builds("{}({})".format, st.sampled_from(["answered", "unsure"]), st.sampled_from("q qs n t t.kind".split())),
    st.builds("any_row(t, {})".format, cell_tests),
)
conditions = st.recursive(
    comparisons,
    lambda part: (
        st.builds("({} and {})".format, part, part)
        | st.builds("({} or {})".format, part, part)
        | st.builds("(not {})".format, part)
    ),
    max_leaves=6,
)

blanks = st.sampled_from([NOTHING, DO_NOT_KNOW, NOT_APPLICABLE])
cells = letters | st.just({"unsure": True})
tables = st.lists(st.fixed_dictionaries({}, optional={"kind": cells}), min_size=1, max_size=3)


def told(values: st.SearchStrategy[Any], *, maybe_more: bool = False) -> st.SearchStrategy[Answer]:
    more = st.booleans() if maybe_more else st.just(False)
    valued = st.builds(lambda value, unsure: Answer(value=value, unsure=unsure), values, more)
    return st.one_of(valued, valued, valued, blanks)


dossiers = st.fixed_dictionaries(
    {
        "gate": told(st.sampled_from(["yes", "yes", "no"])),
        "q": told(letters),
        "qs": told(st.lists(letters, min_size=1, unique=True), maybe_more=True),
        "n": told(st.integers(0, 4)),
        "d": told(st.sampled_from(["2025-12-31", "2026-01-01", "2026-01-03"])),
        "t": told(tables, maybe_more=True),
        "y1": told(st.sampled_from(["yes", "no"])),
        "y2": told(st.sampled_from(["yes", "no"])),
    }
)


@given(conditions, dossiers)
def test_compiled_and_plain_reading_agree(text: str, answers: dict[str, Answer]):
    expression = rules.parse(text)
    assert compiled(expression)(run(MADE, answers)) is plain(expression, answers)


# The plain reading: slow, one question at a time, and by another way than compile.py


RANK_AND = [NO, MISSING, UNSURE, YES]
RANK_OR = [NO, UNSURE, MISSING, YES]
OPPOSITE = {YES: NO, NO: YES, UNSURE: UNSURE, MISSING: MISSING}
COMPARE = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def plain(expression: rules.Expression, answers: dict[str, Answer]) -> Truth:
    match expression:
        case rules.And(parts):
            return min((plain(part, answers) for part in parts), key=RANK_AND.index)
        case rules.Or(parts):
            return max((plain(part, answers) for part in parts), key=RANK_OR.index)
        case rules.Not(part):
            return OPPOSITE[plain(part, answers)]
        case rules.Answered(subject) | rules.Unsure(subject):
            return plain_knowing(expression, subject, answers)
        case rules.Compare(subject=rules.CountYes(questions)):
            return plain_count_yes(questions, expression, answers)
    (question,) = rules.questions_of(expression)
    path, answer = path_of(question, answers), answers[question]
    if path in (NO, MISSING):
        return path
    if answer.not_applicable:
        return NO
    if answer.value is None:
        return UNSURE if answer.unsure else MISSING
    if question == "t" and not isinstance(expression, rules.Compare):
        return min(path, over_rows(expression, answer), key=RANK_AND.index)
    found = {truth_of(expression, value) for value in possible_values(question, answer)}
    return min(path, found.pop() if len(found) == 1 else UNSURE, key=RANK_AND.index)


def path_of(question: str, answers: dict[str, Answer]) -> Truth:
    if question in ("n", "d", "y2"):
        return YES
    gate = answers["gate"]
    known = {"yes": YES, "no": NO}
    return known[gate.value] if gate.value else UNSURE if gate.unsure else NO if gate.not_applicable else MISSING


def possible_values(question: str, answer: Answer) -> list[Any]:
    """Every full answer that this one may turn out to be."""
    if not answer.unsure:
        return [answer.value]
    if question == "t":
        return [answer.value + [{"kind": "a"}] * more for more in range(7)]
    others = [id for id in "abc" if id not in answer.value]
    sets = [[id for n, id in enumerate(others) if bits >> n & 1] for bits in range(2 ** len(others))]
    return [answer.value + more for more in [*sets, [*others, *range(100)]]]


def truth_of(atom: rules.Expression, value: Any) -> Truth:
    match atom:
        case rules.Includes(_, choice, negated):
            return YES if (choice in value) is not negated else NO
        case rules.Compare(subject=rules.Count()):
            return number_meets(len(value), atom)
        case rules.Compare(subject=rules.DaysUntil()):
            return number_meets((date.fromisoformat(value) - TODAY).days, atom)
        case rules.Compare(operator="in", literals=literals):
            return YES if value in literals else NO
        case rules.Compare(operator="not in", literals=literals):
            return NO if value in literals else YES
        case rules.Compare():
            return number_meets(value, atom)
    raise AssertionError(atom)


def number_meets(value: Any, compare: rules.Compare) -> Truth:
    (literal,) = compare.literals
    wanted = 2 if isinstance(literal, rules.Setting) else literal
    return YES if COMPARE[compare.operator](value, wanted) else NO


def over_rows(atom: rules.Expression, answer: Answer) -> Truth:
    """One row is enough; a row not yet known may do."""
    if isinstance(atom, rules.Includes) and atom.negated:
        return OPPOSITE[over_rows(rules.Includes(atom.subject, atom.choice), answer)]
    test = atom.test if isinstance(atom, rules.AnyRow) else atom
    rows = [cell_meets(test, row.get("kind", {"unsure": True})) for row in answer.value]
    return max(rows + [UNSURE] * answer.unsure, key=RANK_OR.index)


def cell_meets(test: rules.Expression, cell: Any) -> Truth:
    known = cell != {"unsure": True}
    match test:
        case rules.And(parts):
            return min((cell_meets(part, cell) for part in parts), key=RANK_AND.index)
        case rules.Or(parts):
            return max((cell_meets(part, cell) for part in parts), key=RANK_OR.index)
        case rules.Not(part):
            return OPPOSITE[cell_meets(part, cell)]
        case rules.Unsure():
            return NO if known else YES
        case rules.Answered():
            return YES if known else NO
    return truth_of(test, cell) if known else UNSURE


def plain_knowing(atom: rules.Expression, subject: rules.Value, answers: dict[str, Answer]) -> Truth:
    answer = answers[subject.question]
    if path_of(subject.question, answers) in (NO, MISSING) or answer.not_applicable:
        return NO
    wants_unsure = isinstance(atom, rules.Unsure)
    if subject.column:
        cells = [row.get(subject.column, {"unsure": True}) for row in answer.value or []]
        return YES if any((cell == {"unsure": True}) is wants_unsure for cell in cells) else NO
    return YES if (answer.unsure if wants_unsure else answer.value is not None) else NO


def plain_count_yes(questions: tuple[str, ...], compare: rules.Compare, answers: dict[str, Answer]) -> Truth:
    each = [plain(rules.Compare(rules.Value(question), "==", ("yes",)), answers) for question in questions]
    if all(path_of(question, answers) is NO for question in questions):
        return NO
    certain = each.count(YES)
    results = {number_meets(n, compare) for n in range(certain, certain + each.count(UNSURE) + each.count(MISSING) + 1)}
    return results.pop() if len(results) == 1 else MISSING if MISSING in each else UNSURE
