"""How an answer reads: choices by their labels, dates and numbers as people write them, rows in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from assistant.answers import UNSURE_CELL, Answer, Problem, Row, is_iso_date
from assistant.trees.model import Choice, Column, Kind, Language, Question
from assistant.words import HEADINGS, word


def written_date(iso: str, language: Language) -> str:
    """21 november 2026."""
    return format_date(date.fromisoformat(iso), "d MMMM yyyy", locale=language) if iso else ""


def written_month(iso: str, language: Language) -> str:
    """November 2026, without the day of a date; as it stands in a sentence."""
    return format_date(date.fromisoformat(iso), "MMMM yyyy", locale=language) if iso else ""


def written_number(number: float, language: Language) -> str:
    """1.250,5 in Dutch, 1,250.5 in English."""
    return format_decimal(number, locale=language)


def answer_lines(question: Question, answer: Answer, language: Language) -> list[str]:
    """The value in words, a line a choice or row; nothing where there is no value."""
    if not answer.has_value:
        return []
    if question.kind is Kind.TABLE:
        return [row_line(question, row, language) for row in answer.value]
    lines = list(_value_lines(question.kind, question.options, answer.value, language))
    if question.kind is Kind.NUMBER and question.unit:
        lines = [f"{line} {question.unit[language]}" for line in lines]
    return lines


def row_line(question: Question, row: Row, language: Language) -> str:
    """One row as a sentence of "column: value" parts."""
    cells = ((column, cell_text(column, row.get(column.id), language)) for column in question.columns)
    return "; ".join(f"{column.label[language]}: {text}" for column, text in cells if text)


def cell_text(column: Column, value: Any, language: Language) -> str:
    """One cell in words; "" where an optional cell is blank."""
    if value is None:
        return "" if column.optional else word(HEADINGS, "unknown_cell", language)
    if value == UNSURE_CELL:
        return word(HEADINGS, "unknown_cell", language)
    return ", ".join(_value_lines(Kind(column.kind), column.options, value, language))


def _value_lines(kind: Kind, options: tuple[Choice, ...], value: Any, language: Language) -> Iterator[str]:
    labels = {choice.id: choice.label[language] for choice in options}
    match kind:
        case Kind.CHOICE | Kind.YES_NO:
            yield labels[value]
        case Kind.CHOICES:
            yield from (labels[id] for id in value)
        case Kind.SCALE:
            yield word(HEADINGS, "of_five", language).format(n=value)
        case Kind.NUMBER:
            yield written_number(value, language)
        case Kind.DATE:
            yield written_date(value, language)
        case _:
            yield str(value)


def shortened(text: str, length: int = 120) -> str:
    """The beginning of a text on one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0] + " …"


def read_number(typed: str, language: Language) -> tuple[int | float | None, list[Problem]]:
    """A number as typed: `1.250,5` in Dutch, `1,250.5` in English. What could mean two things is refused."""
    text = typed.strip().replace("\u00a0", "").replace(" ", "")
    if not text:
        return None, []
    thousands, comma = (".", ",") if language == "nl" else (",", ".")
    if re.fullmatch(r"\d+", text):
        return int(text[:15]), [] if len(text) <= 15 else [Problem("not_a_number")]
    if re.fullmatch(rf"\d{{1,3}}(\{thousands}\d{{3}})+(\{comma}\d+)?", text):
        # 1.250 in Dutch is a thousand more than 1; somebody who types English may mean otherwise
        if text.count(thousands) == 1 and comma not in text:
            return None, [Problem("ambiguous_number")]
        return _decimal(text.replace(thousands, "").replace(comma, ".")), []
    if re.fullmatch(rf"\d+[{thousands}{comma}]\d+", text):
        whole, _, rest = re.split(rf"([{thousands}{comma}])", text)
        if len(rest) == 3 and len(whole) <= 3 and whole != "0":
            return None, [Problem("ambiguous_number")]
        return _decimal(f"{whole}.{rest}"), []
    return None, [Problem("not_a_number")]


def _decimal(text: str) -> int | float:
    number = float(text)
    return int(number) if number.is_integer() else number


def read_date(typed: str) -> tuple[str | None, list[Problem]]:
    """A date as typed, 21-11-2026 or 2026-11-21, made ISO."""
    text = typed.strip()
    if not text:
        return None, []
    match = re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", text)
    iso = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}" if match else text
    return (iso, []) if is_iso_date(iso) else (None, [Problem("not_a_date")])
