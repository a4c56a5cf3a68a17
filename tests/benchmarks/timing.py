"""Ratios on a machine that others use too: variants in turn, medians, and a floor in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from statistics import median

Seconds = dict[str, list[float]]  # name -> seconds per call, one a round


def take_turns(variants: Mapping[str, Callable[[], object]], *, rounds: int, calls: int) -> Seconds:
    """Run A B C A B C ..., so that a slow minute slows all of them."""
    taken: Seconds = {name: [] for name in variants}
    for variant in variants.values():
        variant()  # what is made once is made now
    for _ in range(rounds):
        for name, variant in variants.items():
            began = time.perf_counter()
            for _ in range(calls):
                variant()
            taken[name].append((time.perf_counter() - began) / calls)
    return taken


def ratio(taken: Seconds, name: str, floor: str) -> float:
    """The median of the rounds' ratios."""
    return median(a / b for a, b in zip(taken[name], taken[floor], strict=True))


def typical(taken: Seconds, name: str) -> str:
    """The median time of a call, to read."""
    seconds = median(taken[name])
    return f"{seconds * 1e6:,.0f} µs" if seconds < 0.01 else f"{seconds * 1e3:,.0f} ms"


class Table:
    """Lines of what was measured: what, against what, the figure, the target."""

    def __init__(self, title: str) -> None:
        print(f"\n{title}\n{'what':<58}{'measured':>14}{'target':>12}")  # noqa: T201

    def line(self, what: str, measured: str, target: str = "") -> None:
        print(f"{what:<58}{measured:>14}{target:>12}", flush=True)  # noqa: T201
