"""The truth tables are those of docs/conditions.md, and the usual laws hold."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.trees.logic import MISSING, NO, UNSURE, YES, Truth, conjunction, disjunction, negation

from .documented import rows, truth

truths = st.sampled_from(Truth)


@pytest.mark.parametrize(("name", "operation"), [("and", conjunction), ("or", disjunction)])
def test_two_values_give_what_the_page_says(name, operation):
    head, *body = rows(name)
    said = {
        (truth(left), truth(right)): truth(cell)
        for left, *cells in body
        for right, cell in zip(head[1:], cells, strict=True)
    }
    assert len(said) == 16
    assert said == {pair: operation(pair) for pair in product(Truth, Truth)}


def test_not_gives_what_the_page_says():
    _, *body = rows("not")
    assert {truth(a): truth(b) for a, b in body} == {value: negation(value) for value in Truth}


def test_of_nothing_all_hold_and_none_holds():
    assert conjunction([]) is YES
    assert disjunction([]) is NO


@settings(deadline=None)
@given(truths, truths)
def test_de_morgan(a: Truth, b: Truth):
    assert negation(conjunction([a, b])) is disjunction([negation(a), negation(b)])
    assert negation(disjunction([a, b])) is conjunction([negation(a), negation(b)])


@settings(deadline=None)
@given(truths)
def test_not_not(a: Truth):
    assert negation(negation(a)) is a


@pytest.mark.parametrize("operation", [conjunction, disjunction])
@settings(deadline=None)
@given(a=truths, b=truths, c=truths)
def test_order_and_brackets_do_not_matter(operation, a: Truth, b: Truth, c: Truth):
    assert operation([a, operation([b, c])]) is operation([operation([a, b]), c]) is operation([a, b, c])
    assert operation([a, b]) is operation([b, a])
    assert operation([a, a]) is a


@settings(deadline=None)
@given(a=truths, b=truths, c=truths)
def test_each_distributes_over_the_other(a: Truth, b: Truth, c: Truth):
    left = conjunction([a, disjunction([b, c])])
    right = disjunction([conjunction([a, b]), conjunction([a, c])])
    assert (left is YES) == (right is YES)
    assert (left is NO) == (right is NO)  # in between, missing outranks unsure on both sides of and and or


@pytest.mark.parametrize("operation", [conjunction, disjunction])
@settings(deadline=None)
@given(values=st.lists(truths, min_size=1, max_size=6), settled=st.sampled_from([YES, NO]))
def test_what_is_decided_stays_decided_when_more_is_known(operation, values: list[Truth], settled: Truth):
    before = operation(values)
    after = operation([settled if value in (UNSURE, MISSING) else value for value in values])
    assert before in (UNSURE, MISSING) or after is before
