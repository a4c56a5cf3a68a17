"""The walk over ever more questions: the time of a question should stay the same."""

from __future__ import annotations

import time
from datetime import date
from typing import Final

from timing import Seconds, Table, ratio, take_turns, typical
from trees import answers, build_tree

from assistant.trees.model import Phase
from assistant.trees.program import build_program
from assistant.walk import walk

SIZES: Final = {90: 200, 1_000: 20, 10_000: 2}  # questions -> calls a round
DAY: Final = date(2026, 11, 21)


def measure_walks() -> None:
    table = Table("The walk, eight of nine questions answered")
    per_question: Seconds = {}
    for size, calls in SIZES.items():
        edition = build_tree(size)
        given = answers(size * 8 // 9)
        began = time.perf_counter()
        build_program(edition.trees, {})
        compiling = time.perf_counter() - began
        edition.program  # noqa: B018  compiled before it is timed
        taken = take_turns({"walk": lambda e=edition, g=given: walk(e, g, Phase.IDEA, DAY)}, rounds=7, calls=calls)
        per_question[f"each {size}"] = [seconds / size for seconds in taken["walk"]]
        table.line(f"{size:,} questions", typical(taken, "walk"))
        table.line(f"{size:,} questions, compiling once", f"{compiling * 1e3:,.1f} ms")
    for size in list(SIZES)[1:]:
        table.line(
            f"time per question, {size:,} / 90", f"{ratio(per_question, f'each {size}', 'each 90'):.2f}", "about 1"
        )
