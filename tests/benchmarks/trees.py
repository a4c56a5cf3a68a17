"""Question trees of any size, with conditions, facts and signals about as dense as in the shipped ones."""

from __future__ import annotations

from typing import Any, Final

from assistant.answers import Answer
from assistant.trees.edition import Edition
from assistant.trees.load import build_edition
from assistant.trees.model import References, Settings, Tree

LEVELS: Final = ("attention", "high", "info", "strength", "stop")
A_THEME: Final = 10  # questions
SENTENCE: Final = "Wat gebeurt er met de uitkomst, en wie in de organisatie beslist daarover?"


def both(text: str) -> dict[str, str]:
    return {"nl": text, "en": text}


def question(number: int) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": f"q{number}",
        "code": f"Q{number}",
        "ask": both(f"{number}. {SENTENCE}"),
        "why": both("Dat bepaalt hoe zwaar de gevolgen voor iemand kunnen zijn."),
        "more": both("Een **goed** antwoord noemt een functie.\n\n- De mentor\n- De consulent"),
        "core": True,
        "refs": ["law"],
        "kind": "long_text" if number % 5 == 4 else "choices" if number % 5 == 2 else "choice",
    }
    if made["kind"] != "long_text":
        made["choices"] = [{"id": id, "label": both(f"Mogelijkheid {id}, met een toelichting")} for id in "abcde"]
    if number % 3 == 0 and number:
        made["when"] = f"{_condition(number - 1)} or {_condition(number - 3)}"
    return made


def _condition(number: int) -> str:
    match number % 5:
        case 4:
            return f"answered(q{number})"
        case 2:
            return f"'a' in q{number}"
        case _:
            return f"q{number} in ['a', 'b']"


def signal(number: int) -> dict[str, Any]:
    return {
        "id": f"s{number}",
        "code": f"Q{number}-a",
        "about": f"q{number}",
        "level": LEVELS[number // 3 % 5],
        "when": f"{_condition(number)} and (f{number // 20} or not {_condition(max(number - 2, 0))})",
        "says": both("Dit vraagt om een afspraak."),
        "action": both("Leg vast wie beslist."),
        "refs": ["law"],
    }


def build_tree(size: int) -> Edition:
    """An edition with one tree of this many questions."""
    questions = [question(number) for number in range(size)]
    tree = {
        "format": 1,
        "id": "generated",
        "title": both("Gemaakt"),
        "about": both("Om mee te meten."),
        "minutes": 60,
        "themes": [
            {"id": f"t{start}", "title": both(f"Thema {start}"), "questions": questions[start : start + A_THEME]}
            for start in range(0, size, A_THEME)
        ],
        "facts": {
            f"f{n}": {"when": f"{_condition(n * 20)} or {_condition(n * 20 + 1)}", "says": both("Een kenmerk")}
            for n in range((size + 19) // 20)
        },
        "signals": [signal(number) for number in range(0, size, 3)],
    }
    source = {"title": both("Wet"), "says": both("Zegt iets."), "where": "artikel 1", "certainty": "original"}
    references = {"format": 1, "references": {"law": {**source, "checked": "2026-01-01", "check_by": "2027-01-01"}}}
    return build_edition(
        [Tree.model_validate(tree)], References.model_validate(references), Settings.model_validate({"format": 1})
    )


def answers(size: int) -> dict[str, Answer]:
    """An answer to each of the first questions; about one in ten is not known yet."""
    return {f"q{number}": _answer(number) for number in range(size)}


def _answer(number: int) -> Answer:
    if number % 11 == 10:
        return Answer(unsure=True)
    match number % 5:
        case 4:
            return Answer(value="Een zin of twee, zoals een team die opschrijft. Meer hoeft het niet te zijn.")
        case 2:
            return Answer(value=["a", "c"])
        case _:
            return Answer(value="ab"[number % 2], motivation="Omdat het zo is afgesproken.")
