"""Answers carried from one edition to another: what still fits stays, and nothing is thrown away. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from assistant.answers import REWORDED, UNSURE_CELL, Answer, Answers, check_answer, read_cell, read_value
from assistant.trees.against import asks_otherwise
from assistant.trees.edition import Edition
from assistant.trees.model import Choice, Kind, Level, Question
from assistant.walk import Walk


class Fate(StrEnum):
    """What becomes of an answer in another edition."""

    STAYS = "stays"
    TO_CONFIRM = "to_confirm"  # the question changed, and the answer still fits
    IN_PART = "in_part"  # some of it no longer fits: the rest stays, to confirm
    ASKED_ANEW = "asked_anew"  # nothing of the value fits: the question is asked again, what explains it stays
    ASIDE = "aside"  # the question is gone: kept, and out of the path


@dataclass(frozen=True, slots=True)
class Carried:
    """An answer before and after."""

    fate: Fate
    before: Answer = field(repr=False)
    after: Answer = field(repr=False)


def carry(old: Edition, new: Edition, answers: Answers) -> dict[str, Carried]:
    """What becomes of each answer. Every one that is asked in `new` is one that `new` can read."""
    return {id: _carry(old.questions.get(id), new.questions.get(id), answer) for id, answer in answers.items()}


def carried_answers(carried: Mapping[str, Carried]) -> dict[str, Answer]:
    """The answers as they then are."""
    return {id: one.after for id, one in carried.items()}


def changed_answers(carried: Mapping[str, Carried]) -> dict[str, Answer]:
    """Those of them that are not as they were."""
    return {id: one.after for id, one in carried.items() if one.after != one.before}


def reopened(before: Walk, after: Walk, ended: Mapping[str, bool]) -> frozenset[str]:
    """Signals that ended, and that another edition raises no longer or takes more seriously: that was not weighed."""
    levels = {raised.signal.id: raised.signal.level for raised in after.signals}
    return frozenset(id for id in ended if id not in levels or _is_heavier(before.edition, id, levels[id]))


def _is_heavier(edition: Edition, signal: str, level: Level) -> bool:
    return signal not in edition.signals or level.rank < edition.signals[signal].level.rank


def _carry(before: Question | None, after: Question | None, answer: Answer) -> Carried:
    if after is None:
        return Carried(Fate.ASIDE, answer, answer)
    fitted, is_whole = fit(after, answer, is_other_kind=before is not None and before.kind is not after.kind)
    if is_whole and before is not None and not asks_otherwise(before, after):
        return Carried(Fate.STAYS, answer, fitted)
    if answer.has_value and not fitted.has_value:
        return Carried(Fate.ASKED_ANEW, answer, fitted)
    if not (fitted.has_value or fitted.not_applicable):  # not known yet, or never answered: open as it was
        return Carried(Fate.STAYS, answer, fitted)
    marked = replace(fitted, confirmed_in=REWORDED)
    return Carried(Fate.TO_CONFIRM if is_whole else Fate.IN_PART, answer, marked)


def fit(question: Question, answer: Answer, *, is_other_kind: bool = False) -> tuple[Answer, bool]:
    """As much of an answer as this question can read, and whether that is all of it."""
    if not answer.has_value:
        return answer, True
    value = None if is_other_kind else _fit_value(question, answer.value)
    fitted = replace(answer, value=value)
    if check_answer(question, fitted):  # what goes together changed too: "these, and maybe more" of one choice
        fitted = replace(answer, value=None)
    return fitted, _bare(fitted.value) == _bare(answer.value)


def _fit_value(question: Question, value: Any) -> Any:
    """None where nothing fits. The value may be of any kind: a question that is gone can come back as another."""
    if question.kind is Kind.CHOICES:
        value = _those_there(question.options, value)
    elif question.kind is Kind.TABLE:
        value = [_fit_row(question, row) for row in value if isinstance(row, dict)] if isinstance(value, list) else None
    fitted, problems = read_value(question, value)
    return None if problems else fitted


def _fit_row(question: Question, row: Mapping[str, Any]) -> dict[str, Any]:
    fitted = {"id": row.get("id")}
    for column in question.columns:
        cell = row.get(column.id)
        if column.kind == "choices" and cell != UNSURE_CELL:
            cell = _those_there(column.options, cell)
        value, problems = read_cell(column, cell) if cell not in (None, "", []) else (None, [])
        if value is not None and not problems:
            fitted[column.id] = value
    return fitted


def _those_there(options: tuple[Choice, ...], value: Any) -> Any:
    there = {choice.id for choice in options}
    return [one for one in value if one in there] if isinstance(value, list) and all(map(_is_text, value)) else None


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _bare(value: Any) -> Any:
    """The same for values that say the same: choices are no others for standing in another order."""
    if isinstance(value, list) and all(map(_is_text, value)):
        return sorted(value)
    if isinstance(value, list):
        return [{name: _bare(cell) for name, cell in row.items()} if isinstance(row, dict) else row for row in value]
    return value
