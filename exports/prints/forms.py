"""A day on paper: what is counted, a form for every round that a phone could answer, what a table writes down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assistant.display import shortened
from assistant.trees.model import Choice, Kind, Language, Question
from assistant.workshop.plan import Planned
from exports.prints.day import Data, Day
from exports.prints.words import Words

_COUNTED: Final = 160  # characters of a statement on the counting sheet; its form has all of it


def build_forms(day: Day, words: Words) -> Data:
    """The counting sheet lists the rounds by the number that their form has too."""
    played = [*enumerate(day.plan.played, 1)]
    forms = [_form(number, one, day.language, words) for number, one in played if one.by_phone]
    return {
        "title": day.story.title[day.language],
        "forms": forms,
        "together": [
            _together(number, one, day.language, words) for number, one in played if one.kind == "values_together"
        ],
        "questions": [*_questions(day)],
        "harvest": [one.asks[day.language] for _, one in played if one.kind == "harvest"],
    }


def _form(number: int, planned: Planned, language: Language, words: Words) -> Data:
    return {
        "number": number,
        "title": planned.title[language],
        "ask": planned.asks[language],
        "news": planned.news[language] if planned.news else "",
        "exhibit": _exhibit(planned, language),
        "shape": _shape(planned),
        "how": _how(planned, words),
        "many": planned.most > 1,
        "options": [option.label[language] for option in planned.options],
        "items": [item.says[language] for item in planned.items],
        "counted": [shortened(item.says[language], _COUNTED) for item in planned.items],
    }


def _shape(planned: Planned) -> str:
    if planned.typed:
        return "lines"
    return "list" if len(planned.items) == 1 else "grid"


def _how(planned: Planned, words: Words) -> str:
    if planned.typed:
        return words["write"]
    if planned.most > 1:
        return words["choose_most"].format(n=planned.most)
    return words["choose_one" if len(planned.items) == 1 else "choose_each"]


def _exhibit(planned: Planned, language: Language) -> Data | None:
    if planned.exhibit is None:
        return None
    return {
        "columns": [column[language] for column in planned.exhibit.columns],
        "rows": [[cell[language] for cell in row] for row in planned.exhibit.rows],
    }


def _together(number: int, planned: Planned, language: Language, words: Words) -> Data:
    return {
        "number": number,
        "title": planned.title[language],
        "ask": planned.asks[language],
        "how": words["keep_most"].format(n=planned.most),
        "options": [option.label[language] for option in planned.options],
    }


def _questions(day: Day) -> Iterator[Data]:
    for question in day.questions if day.plays("questions") else ():
        yield {
            "ask": question.ask[day.language],
            "options": [option.label[day.language] for option in _ticked(question)],
            "unit": question.unit[day.language] if question.unit else "",
        }


def _ticked(question: Question) -> tuple[Choice, ...]:
    return question.options if question.kind in (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO) else ()
