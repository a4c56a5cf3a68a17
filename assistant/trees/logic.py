"""Four-valued logic: yes, no, unsure, missing. Kleene's tables, missing outranking unsure.

Unanswered is *missing*; "we don't know yet" is *unsure*; off the path, and "not applicable", is *no*.
The full tables stand in docs/conditions.md, where a test reads them.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Final


class Truth(IntEnum):
    """A condition's value. Ordered so that `and` is the minimum."""

    NO = 0
    MISSING = 1
    UNSURE = 2
    YES = 3


NO, MISSING, UNSURE, YES = Truth
_NEGATED: Final = (YES, MISSING, UNSURE, NO)
_WEIGHT_IN_OR: Final = (0, 2, 1, 3)  # no < unsure < missing < yes
_BY_WEIGHT: Final = (NO, UNSURE, MISSING, YES)


def negation(value: Truth) -> Truth:
    """`not`: yes and no change places; missing and unsure stay."""
    return _NEGATED[value]


def conjunction(values: Iterable[Truth]) -> Truth:
    """`and`: no beats missing, missing beats unsure, unsure beats yes; yes when there is nothing."""
    return min(values, default=YES)


def disjunction(values: Iterable[Truth]) -> Truth:
    """`or`: yes beats missing, missing beats unsure, unsure beats no; no when there is nothing."""
    return _BY_WEIGHT[max((_WEIGHT_IN_OR[value] for value in values), default=0)]
