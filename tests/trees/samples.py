"""Small trees made by hand, so that a test shows what it is about and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import count
from typing import Any

from assistant.answers import Answer
from assistant.trees.edition import Edition
from assistant.trees.load import build_edition
from assistant.trees.model import Phase, References, Settings, Tree
from assistant.trees.program import State
from assistant.walk import Walk, walk

TODAY = date(2026, 1, 1)
UNSURE = Answer(unsure=True)
NOT_APPLICABLE = Answer(not_applicable="there is none")
MISSING = Answer()

_numbers = count(1)


def both(text: str = "text") -> dict[str, str]:
    return {"nl": text, "en": text}


def choices(*ids: str, exclusive: str = "") -> list[dict[str, Any]]:
    return [{"id": id, "label": both(id)} | ({"exclusive": True} if id == exclusive else {}) for id in ids]


def question(id: str, kind: str = "choice", when: str | None = None, **extra: Any) -> dict[str, Any]:
    """A question; choice and choices get a, b and c, a table one column `kind`."""
    made: dict[str, Any] = {"id": id, "code": f"Q{next(_numbers)}", "ask": both(), "why": both(), "kind": kind}
    if kind in ("choice", "choices"):
        made["choices"] = choices("a", "b", "c")
    if kind == "scale":
        made["scale"] = {"low": both(), "high": both()}
    if kind == "table":
        made["columns"] = [{"id": "kind", "label": both(), "kind": "choice", "choices": choices("a", "b", "c")}]
    return made | ({"when": when} if when else {}) | extra


def signal(id: str, about: str, when: str, level: str = "high", **extra: Any) -> dict[str, Any]:
    made = {"id": id, "code": f"S{next(_numbers)}-x", "about": about, "level": level, "when": when}
    return made | {"says": both(), "action": both(), "refs": ["law"]} | extra


def fact(when: str) -> dict[str, Any]:
    return {"when": when, "says": both()}


def tree(*questions: dict[str, Any], id: str = "tree", **extra: Any) -> dict[str, Any]:
    theme = {"id": "theme", "title": both(), "questions": list(questions)}
    made = {"format": 1, "id": id, "title": both(), "about": both(), "minutes": 5, "themes": [theme]}
    return made | extra


def edition(*trees: dict[str, Any], **thresholds: int) -> Edition:
    source = {"title": both(), "says": both(), "where": "here", "certainty": "original"}
    source |= {"checked": "2026-01-01", "check_by": "2027-01-01"}
    settings = {"format": 1, "thresholds": {id: {"value": n, "says": both()} for id, n in thresholds.items()}}
    return build_edition(
        [Tree.model_validate(one) for one in trees],
        References.model_validate({"format": 1, "references": {"law": source}}),
        Settings.model_validate(settings),
    )


def answer(value: Any) -> Answer:
    """The value, or an Answer as it is."""
    return value if isinstance(value, Answer) else Answer(value=value)


def run(made: Edition, answers: Mapping[str, Any], phase: Phase = Phase.IDEA, **how: Any) -> State:
    return made.program.run({id: answer(value) for id, value in answers.items()}, phase, TODAY, **how)


def follow(made: Edition, answers: dict[str, Any], phase: Phase = Phase.PILOT, **how: Any) -> Walk:
    return walk(made, {id: answer(value) for id, value in answers.items()}, phase, TODAY, **how)
