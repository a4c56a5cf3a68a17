"""A hundred people, drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.workshop.hundred import PEOPLE, Rates


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_possible_rates_make_a_hundred_people(flagged: int, cases: int, hits: int) -> None:
    rates = Rates(flagged, cases, hits)
    if rates.is_possible:
        assert len(rates.kinds) == PEOPLE
        assert rates.kinds.count("hit") + rates.kinds.count("wrong") == flagged
        assert rates.kinds.count("hit") + rates.kinds.count("missed") == cases


@pytest.mark.parametrize(("rates", "possible"), [
    (Rates(), True), (Rates(20, 12, 13), False), (Rates(20, 12, -1), False), (Rates(60, 50, 5), False),
    (Rates(100, 100, 100), True), (Rates(0, 0, 0), True), (Rates(101, 101, 101), False),
])  # fmt: skip
def test_rates_that_cannot_be_are_told_apart(rates: Rates, possible: bool) -> None:
    assert rates.is_possible is possible
