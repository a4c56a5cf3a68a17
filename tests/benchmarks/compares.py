"""Two versions of a dossier, from their frozen bytes to what changed. The floor: reading the bytes as JSON at all."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Final

from timing import Table, ratio, take_turns, typical
from trees import answers, build_tree

from assistant.answers import Answer
from assistant.compare import compare
from assistant.dossier import ProjectFacts, build_dossier, canonical
from assistant.dossier.read import read_dossier

QUESTIONS: Final = 100
MORE: Final = "Daarna kijkt de privacy officer nog eens, samen met de jurist."
SHARES: Final = {"nothing": 0, "one answer in ten": 10, "every answer": 1}  # what the team changed -> each nth answer


def measure_compares() -> None:
    table = Table(f"Two versions of a dossier of {QUESTIONS} questions")
    edition = build_tree(QUESTIONS)
    given = answers(QUESTIONS)

    def frozen(each: int) -> bytes:
        said = {
            id: _changed(answer) if each and n % each == 0 else answer for n, (id, answer) in enumerate(given.items())
        }
        made = build_dossier(edition, said, ProjectFacts("Gemaakt", "Oeverland"), date(2026, 11, 21), "nl")
        return canonical(made.model_dump(mode="json"))

    before = frozen(0)
    for what, each in SHARES.items():
        after = frozen(each)
        old, new = read_dossier(before), read_dossier(after)
        turns = {
            "floor": lambda a=after: (json.loads(before), json.loads(a)),
            "compare": lambda o=old, n=new: compare(o, n),
            "read and compare": lambda a=after: compare(read_dossier(before), read_dossier(a)),
        }
        taken = take_turns(turns, rounds=9, calls=5)
        for name in ("compare", "read and compare"):
            table.line(f"{what} changed: {name}", typical(taken, name), "<= 50 ms")
            table.line(f"{what} changed: {name} / json.loads of both", f"{ratio(taken, name, 'floor'):.1f}")


def _changed(answer: Answer) -> Answer:
    text = f"{answer.motivation} {MORE}".strip()
    return replace(answer, motivation=text.replace("zo", "anders"))
