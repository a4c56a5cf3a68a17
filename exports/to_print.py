"""Everything a workshop prints, set by typst from what its screens show: poster, cards, forms, tent, report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal, TypeAlias

from assistant.trees.model import Language
from assistant.workshop.report import Report
from exports import fonts, typesetting
from exports.prints.cards import build_cards, build_tent
from exports.prints.day import Data, Day, Join, join_data
from exports.prints.forms import build_forms
from exports.prints.report import build_report_page
from exports.prints.words import Words, words_in
from exports.prints.worksheet import build_worksheet

__all__ = ["PIECES", "Day", "Join", "render_cards", "render_forms", "render_report", "render_tent", "render_worksheet"]

Paper: TypeAlias = Literal["a0", "a3"]
STANDARDS: Final = ("ua-1",)
RUN: Final = 12  # characters without a space that fit in a narrow box

_FOLDER: Final = Path(__file__).with_name("templates") / "print"


def render_worksheet(day: Day, paper: Paper, filled: Report | None = None) -> bytes:
    """The poster that a table stands round. Filled: a page for every table, with what it answered."""
    return _render(
        "worksheet",
        day.language,
        lambda words: build_worksheet(day, words, filled) | {"paper": paper},
        None if filled else day.join,
    )


def render_cards(day: Day) -> bytes:
    """Ladder, role, value and dilemma cards: an A6 page each."""
    return _render("cards", day.language, lambda words: build_cards(day, words))


def render_forms(day: Day) -> bytes:
    """A counting sheet for the facilitator, a form for every round by phone, a note taker's form, the harvest."""
    return _render("forms", day.language, lambda words: build_forms(day, words), day.join)


def render_tent(day: Day) -> bytes:
    """A sheet that is folded and stands on the table: how to join, or the house rules on a day on paper."""
    return _render("tent", day.language, lambda _: build_tent(day), day.join)


def render_report(report: Report) -> bytes:
    """One page for participants, in the workshop's language; what does not fit is left out, and that is said."""
    return _render("report", report.language, lambda words: build_report_page(report, words))


# The set that is printed beforehand. The report and the filled worksheet come afterwards.
PIECES: Final[dict[str, Callable[[Day], bytes]]] = {
    "worksheet_a0": lambda day: render_worksheet(day, "a0"),
    "worksheet_a3": lambda day: render_worksheet(day, "a3"),
    "cards": render_cards,
    "forms": render_forms,
    "tent": render_tent,
}


def _render(piece: str, language: Language, build: Callable[[Words], Data], join: Join | None = None) -> bytes:
    words = words_in(piece, language)
    data, replaced = typesetting.printable(build(words), (), RUN)
    note = words["replaced"].format(n=replaced, sign=fonts.SIGN) if replaced else ""
    made = {**data, "language": language, "words": words, "note": note, "join": join_data(join, words["qr"])}
    return typesetting.typeset([_FOLDER / "common.typ", _FOLDER / f"{piece}.typ"], made, STANDARDS)
