"""The poster: the story, what pulls at it, and room to write. Filled afterwards with what a table answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from assistant.display import written_date
from assistant.trees.model import Language
from assistant.workshop.plan import Planned
from assistant.workshop.report import Report, Shown, TableReport, Todo
from exports.prints.day import Data, Day, dilemma_of, named, pair_of
from exports.prints.words import Words

_BLANK: Final = TableReport(0)


def build_worksheet(day: Day, words: Words, filled: Report | None) -> Data:
    """What is played has its place on the poster. Filled: a sheet for every table, else one to write on."""
    language, shown = day.language, filled.shown if filled else ()
    tables = filled.tables if filled else ()
    return {
        "title": day.story.title[language],
        "story": day.story.story[language],
        "facts": [fact[language] for fact in day.story.facts],
        "dilemmas": [_dilemma(one, language, filled) for one in day.dilemmas.values()],
        "stairs": [_stairs(one, language, shown) for one in day.plan.played if one.kind == "staircase"][:1],
        "values": _values(day),
        "asks": _asks(day),
        "filled": filled is not None,
        "sheets": [_sheet(table, _asks(day), words, filled) for table in tables or (_BLANK,)],
    }


def _asks(day: Day) -> list[str]:
    return [question.ask[day.language] for question in day.questions] if day.plays("questions") else []


def _values(day: Day) -> list[str]:
    kinds = ("values", "values_together")
    return [named(value.label, day.language)["name"] for value in day.playbook.values] if day.plays(*kinds) else []


def _dilemma(planned: Planned, language: Language, filled: Report | None) -> Data:
    asks = planned.asks[language]
    about = dilemma_of(planned)
    shown = [one for one in (filled.shown if filled else ()) if dilemma_of(one.planned) == about]
    reasons = [(pro, con) for ask, pro, con in (filled.reasons if filled else ()) if ask == asks]
    return {
        "ask": asks,
        "between": pair_of(planned, language),
        "options": [option.label[language] for option in planned.options],
        "counts": [{"round": one.planned.title[language], "people": _people(one)} for one in shown],
        "pro": [text for pro, _ in reasons for text in pro],
        "con": [text for _, con in reasons for text in con],
    }


def _stairs(planned: Planned, language: Language, shown: Iterable[Shown]) -> Data:
    counts = [_people(one) for one in shown if one.planned.key == planned.key]
    return {
        "ask": planned.asks[language],
        "steps": [option.label[language] for option in planned.options],
        "people": counts[0] if counts else [],
    }


def _people(shown: Shown) -> list[int]:
    """How many chose each option of the round's first item."""
    item = shown.planned.items[0].id
    return [shown.tally.counts.get(item, {}).get(option.id, 0) for option in shown.planned.options]


def _sheet(table: TableReport, asks: list[str], words: Words, filled: Report | None) -> Data:
    said = {one.ask: one for one in table.said}
    views = [view for one in table.said for view in one.other_views]
    language = filled.language if filled else "nl"
    return {
        "table": table.number,
        "values": [value.partition(" - ")[0] for value in table.values],
        "answers": [(said[ask].answer if said[ask].known else words["unknown"]) if ask in said else "" for ask in asks],
        "views": views,
        "parked": list(filled.parked) if filled else [],
        "choice": table.choice,
        "question": table.question,
        "tomorrow": table.tomorrow,
        "todo": [_todo(one, language) for one in table.todo],
    }


def _todo(todo: Todo, language: Language) -> list[str]:
    return [todo.text, todo.owner, written_date(todo.due, language)]
