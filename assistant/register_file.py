"""Lines of the register from a CSV file, as people keep them. Pure; all faults at once, with their line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from assistant.answers import check_text, clean_text
from assistant.display import read_date

COLUMNS: Final[dict[str, tuple[str, ...]]] = {  # a column -> what its heading may be called, in small letters
    "title": ("title", "titel", "naam", "name"),
    "owner": ("owner", "eigenaar", "verantwoordelijke"),
    "reference": ("reference", "verwijzing", "kenmerk", "zaaknummer"),
    "look_again": ("look again", "opnieuw bekijken", "herzien op", "look_again"),
}
MOST: Final = 1_000  # lines of one file
LONGEST: Final = 200  # characters of a field


@dataclass(frozen=True)
class Problem:
    """What is wrong, as a key of its page, and where: a line of the file, 0 for the whole."""

    key: str
    line: int = 0
    column: str = ""


@dataclass(frozen=True)
class Read:
    """Lines that can be written down, or what is wrong: then nothing is."""

    lines: list[dict[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_register(raw: bytes) -> Read:
    """A CSV with a heading: comma or semicolon, UTF-8 with or without a byte order mark."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Read(problems=[Problem("not_utf8")])
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator, strict=True))
    except csv.Error:
        return Read(problems=[Problem("not_csv")])
    return _read(rows)


def _read(rows: Sequence[Sequence[str]]) -> Read:
    if not rows:
        return Read(problems=[Problem("empty")])
    places = _places(rows[0])
    if "title" not in places:
        return Read(problems=[Problem("no_title", 1)])
    if len(rows) > MOST + 1:
        return Read(problems=[Problem("too_many")])
    lines, problems = [], []
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(rows[0]):
            problems.append(Problem("uneven", number))
            continue
        line, found = _line(row, places, number)
        lines.append(line)
        problems += found
    if not lines and not problems:
        problems.append(Problem("empty"))
    return Read([] if problems else lines, problems)


def _places(header: Sequence[str]) -> dict[str, int]:
    called = [title.strip().casefold() for title in header]
    return {
        column: called.index(name) for column, names in COLUMNS.items() for name in reversed(names) if name in called
    }


def _line(row: Sequence[str], places: dict[str, int], number: int) -> tuple[dict[str, str], list[Problem]]:
    typed = {column: row[places[column]] if column in places else "" for column in COLUMNS}
    problems = list(_problems(typed, number))
    line = {column: clean_text(text) for column, text in typed.items()}
    if line["look_again"]:
        iso, wrong = read_date(line["look_again"])
        line["look_again"] = iso or ""
        problems += [Problem("date", number, "look_again") for _ in wrong[:1]]
    return line, problems


def _problems(typed: dict[str, str], number: int) -> Iterator[Problem]:
    if not typed["title"].strip():
        yield Problem("title_missing", number, "title")
    for column, text in typed.items():
        if check_text(text):
            yield Problem("unreadable", number, column)
        elif len(text) > LONGEST:
            yield Problem("too_long", number, column)
