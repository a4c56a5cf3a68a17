"""One page for participants: what the room thought, and what the tables take home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from assistant.display import written_date
from assistant.workshop.ballots import Tally
from assistant.workshop.report import Report, Shown, TableReport
from exports.prints.day import Data
from exports.prints.words import Words

WIDEST: Final = 5  # options that still fit beside a statement
ROOM, HOME, REASONS, ANSWERS, QUIZ = range(5)  # when the page is full, the last goes first
_ROW: Final = 100  # what a row of numbers takes, in characters


def build_report_page(report: Report, words: Words) -> Data:
    """Every part has a rank: those with the highest are left out first, until the page holds the rest."""
    made = {
        "title": report.title,
        "about": [written_date(report.day, report.language), *_people(report, words)],
        "grids": [*_grids(report)],
        "lists": [_list(one, report) for one in _last(report) if len(one.planned.options) > WIDEST],
        "reasons": [
            {"ask": ask, "sides": [[words["for"], _texts(pro)], [words["against"], _texts(con)]]}
            for ask, pro, con in report.reasons
        ],
        "tables": [_table(table, report, words) for table in report.tables],
        "parked": _texts(report.parked),
    }
    parts = sorted(_parts(made), key=lambda part: (part["kind"], part["size"]))
    for rank, part in enumerate(parts):
        part["rank"] = rank
    return made | {"parts": len(parts)}


def _parts(made: object) -> Iterator[Data]:
    if isinstance(made, dict):
        if "kind" in made:
            yield made
        else:
            yield from _parts([*made.values()])
    elif isinstance(made, list):
        for one in made:
            yield from _parts(one)


def _people(report: Report, words: Words) -> list[str]:
    return [words["people"].format(n=report.people)] if report.people else []


def _last(report: Report) -> list[Shown]:
    """Without the rounds that a later one is laid beside: their numbers stand in it."""
    beside = {one.planned.again for one in report.shown if one.before}
    return [one for one in report.shown if one.planned.key not in beside]


def _grids(report: Report) -> Iterator[Data]:
    """Rounds after each other with the same options make one table."""
    small = [one for one in _last(report) if 0 < len(one.planned.options) <= WIDEST]
    for _, group in groupby(small, key=lambda one: (one.planned.options, _kind(one))):
        rounds = [*group]
        title = rounds[0].planned.title[report.language]
        rows = [row for one in rounds for row in _rows(one, title, report)]
        columns = [option.label[report.language] for option in rounds[0].planned.options]
        yield {"title": title, "columns": columns, "rows": rows, "kind": _kind(rounds[0]), "size": _ROW * len(rows)}


def _rows(shown: Shown, title: str, report: Report) -> Iterator[list[str]]:
    planned, own = shown.planned, shown.planned.title[report.language]
    for item in planned.items:
        if item.id in shown.tally.answered:
            says = item.says[report.language]
            numbers = [_number(_tallies(shown, report), item.id, option.id) for option in planned.options]
            yield [says if own == title else f"{own}: {says}", *numbers]


def _tallies(shown: Shown, report: Report) -> list[Tally]:
    """What the room said at first, then, and now: the rounds that were laid beside each other."""
    if shown.before is None:
        return [shown.tally]
    earlier = next((one for one in report.shown if one.planned.key == shown.planned.again), None)
    return [*(_tallies(earlier, report) if earlier else [shown.before]), shown.tally]


def _number(tallies: Iterable[Tally], item: str, option: str) -> str:
    return " → ".join(str(tally.counts[item].get(option, 0)) for tally in tallies if item in tally.answered)


def _list(shown: Shown, report: Report) -> Data:
    """A round with many options: those that were chosen; where one chose several, the most chosen first."""
    planned = shown.planned
    item = planned.items[0].id
    chosen = [option for option in planned.options if shown.tally.counts.get(item, {}).get(option.id)]
    if planned.most > 1:
        chosen.sort(key=lambda option: -shown.tally.counts[item][option.id])
    rows = [
        [option.label[report.language].partition(" - ")[0], _number([shown.tally], item, option.id)]
        for option in chosen
    ]
    made = {"title": planned.title[report.language], "rows": rows, "flowing": planned.most > 1}
    return {**made, "kind": _kind(shown), "size": _ROW * len(rows)}


def _kind(shown: Shown) -> int:
    return QUIZ if any(item.right for item in shown.planned.items) else ROOM


def _table(table: TableReport, report: Report, words: Words) -> Data:
    kept = ", ".join(value.partition(" - ")[0] for value in table.values)
    takes = (
        ("values", kept),
        ("choice", table.choice),
        ("open_question", table.question),
        ("tomorrow", table.tomorrow),
    )
    return {
        "number": table.number,
        "takes": [_part(HOME, text, words[key]) for key, text in takes if text],
        "todo": [
            _part(HOME, ", ".join(filter(None, (one.text, one.owner, written_date(one.due, report.language)))))
            for one in table.todo
        ],
        "views": _texts(view for one in table.said for view in one.other_views),
        "said": [_part(ANSWERS, one.answer if one.known else words["unknown"], one.ask) for one in table.said],
    }


def _texts(texts: Iterable[str]) -> list[Data]:
    return [_part(REASONS, text) for text in texts]


def _part(kind: int, text: str, label: str = "") -> Data:
    return {"label": label, "text": text, "kind": kind, "size": len(label) + len(text)}
