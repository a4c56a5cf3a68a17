"""An answer of 20,000 characters, in every format and however it is built."""

from __future__ import annotations

from datetime import date
from typing import Final

from timing import Table, take_turns, typical
from trees import answers, build_tree

from assistant.answers import MAX_TEXT, Answer
from assistant.dossier import ProjectFacts, build_dossier
from assistant.plain_text import blocks
from exports import FORMATS

PLAIN: Final = ("markdown", "html", "json")  # the others make files of paper's kind, in a process of their own
SHAPES: Final = {"one line": "x", "brackets": "[", "list lines": "- a\n", "empty lines": "\n", "stars": "*_"}
LONG: Final = "q4"  # a long text


def measure_texts() -> None:
    edition = build_tree(90)
    given = answers(80)
    facts = ProjectFacts("Gemaakt", "Oeverland")

    def dossier(text: str) -> object:
        changed = {**given, LONG: Answer(value=text)}
        return build_dossier(edition, changed, facts, date(2026, 11, 21), "nl")

    short = dossier("Kort.")
    table = Table(f"An answer of {MAX_TEXT:,} characters: what it adds to an export of 80 answers")
    for shape, unit in SHAPES.items():
        text = (unit * MAX_TEXT)[:MAX_TEXT]
        long = dossier(text)
        taken = take_turns({"blocks": lambda t=text: blocks(t)}, rounds=5, calls=5)
        table.line(f"{shape}: paragraphs and lists", typical(taken, "blocks"), "<= 20 ms")
        for name in PLAIN:
            render = FORMATS[name].render
            turns = {"short": lambda r=render: r(short), "long": lambda r=render, d=long: r(d)}
            taken = take_turns(turns, rounds=5, calls=2)
            added = {"added": [max(0.0, b - a) for a, b in zip(taken["short"], taken["long"], strict=True)]}
            table.line(f"{shape}: added to {name}", typical(added, "added"), "<= 20 ms")
