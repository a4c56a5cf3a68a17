"""Every comparison in every situation gives what docs/conditions.md says, in whatever order a team answers."""

from __future__ import annotations

import random
from typing import Any

import pytest

from assistant.answers import Answer
from assistant.trees import rules
from assistant.trees.compile import compiled
from assistant.trees.logic import MISSING, NO, UNSURE, YES, Truth
from assistant.trees.program import State
from assistant.trees.yaml import read_yaml

from . import samples
from .documented import code, rows, truth
from .samples import edition, question, run, tree

GATED = {"q": "choice", "qs": "choices", "n": "number", "d": "date", "t": "table", "s": "scale", "x": "text"}

ONE_OF_EACH = edition(
    tree(
        question("gate", "yes_no"),
        question("gate1", "yes_no"),
        question("gate2", "yes_no"),
        *(question(id, kind, when="gate == 'yes'") for id, kind in GATED.items()),
        question("y1", "yes_no", when="gate1 == 'yes'"),
        question("y2", "yes_no", when="gate2 == 'yes'"),
    ),
    limit=5,
)
OPEN = {"gate": "yes", "gate1": "yes", "gate2": "yes"}
NOT_ASKED = object()
WORDS: dict[str, Any] = {
    "nothing": samples.MISSING,
    '"we don\'t know yet"': samples.UNSURE,
    '"not applicable"': samples.NOT_APPLICABLE,
    "not asked": NOT_ASKED,
}


def said(cell: str) -> Any:
    """What a cell of the page stands for."""
    return WORDS[cell] if cell in WORDS else read_yaml(code(cell).encode(), "").data


def value_of(text: str, answers: dict[str, Any], **how: Any) -> Truth:
    """What a condition gives; the gates decide what is asked."""
    given = OPEN | {id: value for id, value in answers.items() if value is not NOT_ASKED}
    gates = {"y1": "gate1", "y2": "gate2"}
    given |= {gates.get(id, "gate"): "no" for id, value in answers.items() if value is NOT_ASKED}
    return compiled(rules.parse(text))(run(ONE_OF_EACH, given, **how))


def subject(text: str) -> str:
    """The question that a condition of the page looks at."""
    return rules.questions_of(next(rules.atoms(rules.parse(text))))[0]


@pytest.mark.parametrize("row", rows("An answer that fits, and one that does not")[1:], ids=lambda row: row[0])
def test_an_answer_that_fits_and_one_that_does_not(row: list[str]):
    text = code(row[0])
    assert value_of(text, {subject(text): said(row[1])}) is truth(row[2]) is YES
    assert value_of(text, {subject(text): said(row[3])}) is truth(row[4]) is NO


SITUATIONS = (NOT_ASKED, samples.MISSING, samples.UNSURE, samples.NOT_APPLICABLE)


@pytest.mark.parametrize("row", rows("Everything else")[1:], ids=lambda row: row[0])
def test_everything_else(row: list[str]):
    text = code(row[0])
    found = [value_of(text, {subject(text): situation}) for situation in SITUATIONS]
    assert found == [truth(cell) for cell in row[1:]]


def test_the_page_shows_every_kind_of_atom():
    fitting = {row[0] for row in rows("An answer that fits, and one that does not")[1:]}
    elsewhere = {row[0] for row in rows("Everything else")[1:]}
    assert fitting <= elsewhere
    assert len(fitting) == 16


@pytest.mark.parametrize("row", rows("These, and maybe more")[1:], ids=lambda row: f"{row[0]} {row[1]}")
def test_these_and_maybe_more(row: list[str]):
    text = code(row[0])
    assert value_of(text, {subject(text): Answer(value=said(row[1]), unsure=True)}) is truth(row[2])


@pytest.mark.parametrize("row", rows("Counting yes over questions")[1:], ids=lambda row: " ".join(row[:3]))
def test_counting_yes(row: list[str]):
    assert value_of(code(row[0]), {"y1": said(row[1]), "y2": said(row[2])}) is truth(row[3])


@pytest.mark.parametrize(("gate1", "gate2", "expected"), [
    ("yes", samples.UNSURE, YES), (samples.UNSURE, samples.UNSURE, UNSURE),
    (samples.UNSURE, samples.MISSING, MISSING), ("no", samples.UNSURE, UNSURE), ("no", "no", NO),
])  # fmt: skip
def test_counting_yes_is_no_more_certain_than_one_of_them_is_asked(gate1: Any, gate2: Any, expected: Truth):
    answers = {"y1": "no", "y2": "no", "gate1": gate1, "gate2": gate2}
    assert value_of("count_yes(y1, y2) < 1", answers) is expected


@pytest.mark.parametrize("row", rows("The trap: not (x == 'a')")[1:], ids=lambda row: row[0])
def test_the_trap(row: list[str]):
    assert value_of(code(row[0]), {"q": "b"}) is truth(row[1])
    assert value_of(code(row[0]), {"q": NOT_ASKED}) is truth(row[2])


PATH_SENSITIVE = [code(row[0]) for row in rows("Everything else")[1:] if row[2] == "missing"]


@pytest.mark.parametrize("text", PATH_SENSITIVE)
@pytest.mark.parametrize(
    ("gate", "when_it_fits", "when_not"),
    [("yes", YES, NO), (samples.UNSURE, UNSURE, NO), (samples.MISSING, MISSING, MISSING), ("no", NO, NO)],
)
def test_where_the_path_is_open_every_comparison_is_at_most_that(text, gate, when_it_fits, when_not):
    (row,) = (row for row in rows("An answer that fits, and one that does not") if row[0] == f"`{text}`")
    assert value_of(text, {subject(text): said(row[1]), "gate": gate}) is when_it_fits
    assert value_of(text, {subject(text): said(row[3]), "gate": gate}) is when_not


@pytest.mark.parametrize(
    ("text", "id", "value", "expected"),
    [
        ("s >= 4", "s", 4, YES),
        ("s < 4", "s", 4, NO),
        ("n == 2.5", "n", 2.5, YES),
        ("n != 2", "n", 2, NO),
        ("n == setting('limit')", "n", 5, YES),
        ("n > setting('limit')", "n", 5, NO),
        ("days_until(d) == 0", "d", "2026-01-01", YES),
        ("days_until(d) < 0", "d", "2025-12-31", YES),
        ("days_until(d) > -365", "d", "2025-01-01", NO),
        ("answered(x)", "x", "some text", YES),
        ("count(qs) in ['a']", "qs", ["a"], NO),
        ("any_row(t, kind != 'a')", "t", [{"kind": "b"}], YES),
        ("any_row(t, kind in ['a', 'b'])", "t", [{"kind": "c"}, {"kind": "b"}], YES),
        ("any_row(t, not (kind == 'a'))", "t", [{"kind": "a"}], NO),
        ("any_row(t, kind == 'a' or kind == 'b')", "t", [{"kind": "b"}], YES),
        ("any_row(t, 'a' in kind)", "t", [{"kind": "a"}], YES),
        ("any_row(t, 'a' not in kind)", "t", [{"kind": "a"}], NO),
        ("any_row(t, kind == 'a')", "t", [{"kind": {"unsure": True}}], UNSURE),
        ("any_row(t, kind == 'a')", "t", [{"kind": {"unsure": True}}, {"kind": "a"}], YES),
        ("any_row(t, kind == 'a')", "t", [{"id": "r1"}], UNSURE),
        ("any_row(t, kind == 'a' and unsure(kind))", "t", [{"id": "r1"}], UNSURE),
        ("any_row(t, unsure(kind))", "t", [{"kind": {"unsure": True}}], YES),
        ("any_row(t, answered(kind))", "t", [{"kind": {"unsure": True}}], NO),
        ("answered(t.kind)", "t", [{"kind": "a"}, {"id": "r2"}], YES),
        ("unsure(t.kind)", "t", [{"kind": "a"}, {"id": "r2"}], YES),
        ("unsure(t.kind)", "t", [{"kind": "a"}], NO),
        ("'a' not in t.kind", "t", [{"kind": {"unsure": True}}], UNSURE),
        ("'a' not in t.kind", "t", [{"kind": {"unsure": True}}, {"kind": "a"}], NO),
        ("answered(t)", "t", [{"kind": "a"}], YES),
    ],
)
def test_other_comparisons(text: str, id: str, value: Any, expected: Truth):
    assert value_of(text, {id: value}) is expected


@pytest.mark.parametrize(
    ("picked", "text", "expected"),
    [
        (["a"], "count(qs) == 1", UNSURE),
        (["a"], "count(qs) != 1", UNSURE),
        (["a", "b"], "count(qs) == 1", NO),
        (["a", "b"], "count(qs) != 1", YES),
        (["a", "b"], "count(qs) < 5", UNSURE),
        (["a", "b"], "count(qs) > 0", YES),
        (["a", "b"], "count(qs) > setting('limit')", UNSURE),
    ],
)
def test_a_count_of_maybe_more_is_an_interval(picked: list[str], text: str, expected: Truth):
    assert value_of(text, {"qs": Answer(value=picked, unsure=True)}) is expected


def test_at_hand_in_what_is_missing_counts_as_unsure():
    assert value_of("q == 'a'", {}, handed_in=True) is UNSURE
    assert value_of("unsure(q)", {}, handed_in=True) is YES
    assert value_of("answered(q)", {}, handed_in=True) is NO
    assert value_of("count_yes(y1, y2) >= 1", {"y1": samples.UNSURE}, handed_in=True) is UNSURE
    assert value_of("q == 'a'", {"q": NOT_ASKED}, handed_in=True) is NO


def test_the_order_of_answering_changes_nothing():
    answers = {"gate": "yes", "q": "a", "qs": ["a"], "n": 4, "y1": samples.UNSURE, "gate1": "yes", "gate2": "no"}
    expected = run(ONE_OF_EACH, answers)
    for seed in range(5):
        mixed = list(answers.items())
        random.Random(seed).shuffle(mixed)
        assert run(ONE_OF_EACH, dict(mixed)) == expected
    assert isinstance(expected, State)
