"""A question tree as a picture: SVG text without scripts, styles or fonts of its own. Pure.

From top to bottom the themes and their questions. A full dot is always asked once the tree is open, a ring only
after certain answers; a line on the left runs from a question to those whose condition names it. Signs on the
right: how many signals of a level it can raise. The class names are those of the dossier's map, so that a page's
own style (dark, high contrast) reaches both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Final

from assistant.trees import rules
from assistant.trees.edition import Edition
from assistant.trees.model import Language, Level, Question, Tree
from assistant.words import LEVELS, Catalogue, word

WIDTH: Final = 780
DOT, TEXT, SIGNS = 96, 120, 636  # from the left: the dots, the words, the signs
CHARACTERS: Final = 56  # of a line of words that fit before the signs
LINE, GAP, HEAD, TOP = 21, 12, 52, 140  # heights
SHOWN: Final = (Level.STOP, Level.HIGH, Level.ATTENTION)
_SHAPES: Final[Mapping[Level, str]] = {
    Level.STOP: '<path class="badge stop" d="M{left} {top} h10 l7 7 v10 l-7 7 h-10 l-7 -7 v-10 z" {style}/>',
    Level.HIGH: '<path class="badge high" d="M{x} {top} l14 24 h-28 z" {style}/>',
    Level.ATTENTION: '<circle class="badge attention" cx="{x}" cy="{y}" r="11" {style}/>',
}
_MARKS: Final[Mapping[Level, str]] = {Level.STOP: "!!", Level.HIGH: "!", Level.ATTENTION: "i"}
_WORDS: Final[Catalogue] = {
    "description": (
        "Thema's: {themes}. Vragen: {questions}, waarvan {always} altijd. Onder het plaatje staat alles in woorden.",
        "Themes: {themes}. Questions: {questions}, of which {always} always. Below the picture it is all in words.",
    ),
    "always": ("deze vraag komt altijd", "this question is always asked"),
    "sometimes": ("deze vraag komt alleen na bepaalde antwoorden", "this question comes only after certain answers"),
}
_OUTLINE: Final = 'fill="#ffffff" stroke="#1b1b1b" stroke-width="2"'


@dataclass(frozen=True)
class Row:
    """A question in the picture; `y` is the middle of its first line."""

    question: Question
    theme: str  # its name where the theme begins, else ""
    lines: tuple[str, ...]
    y: int
    always: bool
    after: tuple[str, ...]  # the questions that its own condition names
    levels: Mapping[Level, int]


def draw_tree(edition: Edition, tree: Tree, language: Language, *, standalone: bool = True) -> str:
    """The picture. Standalone it is a file with paper under it; else a part of a page, which colours it."""
    rows = rows_of(edition, tree, language)
    height = rows[-1].y + len(rows[-1].lines) * LINE + GAP
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map tree" role="img" aria-labelledby="tree-title tree-desc" '
        f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" font-family="sans-serif" font-size="17">',
        f'<title id="tree-title">{escape(tree.title[language])}</title>',
        f'<desc id="tree-desc">{escape(description(rows, language))}</desc>',
        *([f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>'] if standalone else []),
        _words(TEXT, 30, tree.title[language], 'class="head" font-weight="700" font-size="18"'),
        *_legend(language),
        *(part for row in rows for part in _arcs(row, {one.question.id: one.y for one in rows})),
        *(part for row in rows for part in _row(row)),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def rows_of(edition: Edition, tree: Tree, language: Language) -> list[Row]:
    """The questions of a tree from top to bottom, each with its place."""
    rows: list[Row] = []
    y = TOP
    for theme in tree.themes:
        y += HEAD
        for question in theme.questions:
            first = question is theme.questions[0]
            lines = tuple(wrap(f"{question.code} {question.ask[language]}", CHARACTERS))
            conditions = [text for text in (theme.when, question.when) if text]
            named = _named_in(edition, conditions)
            about = [signal.level for signal in edition.signals.values() if signal.about == question.id]
            rows.append(
                Row(
                    question=question,
                    theme=theme.title[language] if first else "",
                    lines=lines,
                    y=y,
                    always=not conditions,
                    after=tuple(id for id in edition.questions if id in named),
                    levels={level: about.count(level) for level in SHOWN if level in about},
                )
            )
            y += len(lines) * LINE + GAP
    return rows


def _named_in(edition: Edition, conditions: list[str]) -> set[str]:
    """The questions that conditions name themselves: through facts nearly everything hangs on everything."""
    parsed = (edition.program.parsed[text] for text in conditions)
    return {id for expression in parsed for atom in rules.atoms(expression) for id in rules.questions_of(atom)}


def description(rows: list[Row], language: Language) -> str:
    """What the picture shows, in one line of words."""
    return word(_WORDS, "description", language).format(
        questions=len(rows), themes=sum(bool(row.theme) for row in rows), always=sum(row.always for row in rows)
    )


def _legend(language: Language) -> Iterator[str]:
    for y, key in ((60, "always"), (88, "sometimes")):
        yield _dot(DOT, y, full=key == "always")
        yield _words(TEXT, y + 6, word(_WORDS, key, language))
    for number, level in enumerate(SHOWN):
        yield from _sign(level, TEXT + 11 + number * 190, 122, word(LEVELS, level, language))


def _row(row: Row) -> Iterator[str]:
    if row.theme:
        yield _words(TEXT, row.y - 28, row.theme, 'class="head" font-weight="700" font-size="18"')
    yield _dot(DOT, row.y, full=row.always)
    for number, line in enumerate(row.lines):
        yield _words(TEXT, row.y + 6 + number * LINE, line)
    for number, (level, count) in enumerate(row.levels.items()):
        yield from _sign(level, SIGNS + number * 46, row.y, str(count))


def _arcs(row: Row, places: Mapping[str, int]) -> Iterator[str]:
    """Lines to this question from those in the same picture that bring it; the wider apart, the wider the bow."""
    for id in row.after:
        if id in places:
            start = places[id]
            x = DOT - 16 - min(70, 10 + abs(row.y - start) // 18)
            yield (
                f'<path class="bow" d="M{DOT - 10} {start} C{x} {start} {x} {row.y} {DOT - 10} {row.y}" '
                'fill="none" stroke="#6b7580" stroke-width="1.5"/>'
            )


def _dot(x: int, y: int, *, full: bool) -> str:
    fill = "#154273" if full else "#ffffff"
    kind = "ring full" if full else "ring"
    return f'<circle class="{kind}" cx="{x}" cy="{y}" r="8" fill="{fill}" stroke="#154273" stroke-width="3"/>'


def _sign(level: Level, x: int, y: int, text: str) -> Iterator[str]:
    yield _SHAPES[level].format(left=x - 5, top=y - 12, x=x, y=y, style=_OUTLINE)
    yield _words(x, y + 5, _MARKS[level], 'class="sign" font-size="13" font-weight="700" text-anchor="middle"')
    yield _words(x + 17, y + 6, text)


def _words(x: int, y: int, text: str, style: str = 'fill="#1b1b1b"') -> str:
    return f'<text x="{x}" y="{y}" {style}>{escape(text)}</text>'
