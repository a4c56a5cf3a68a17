"""Texts that somebody typed, on what a workshop prints: long, strange or meant to be obeyed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.trees.model import LANGUAGES, Language
from assistant.workshop.report import Report
from assistant.workshop.story import Story, same_in_both
from exports import fonts, to_print
from exports.prints.words import words_in
from exports.to_print import PIECES

from . import printed
from .printed import day, report, text_of
from .template_payloads import PAYLOADS
from .test_print import needs_poppler

LINE = "Een lange zin over jongeren en hun ouders in Oeverland. "
FOREIGN = "Blij 😀 漢字 العربية \u202e \ue000 e\u0301 "
LONG_WORDS = (
    "Gegevensbeschermingseffectbeoordeling arbeidsongeschiktheidsverzekering https://oeverland.nl/" + "a/b-" * 40
)

WHOLE = ("worksheet_a0", "worksheet_a3", "cards", "forms")  # these leave out nothing


def told(text: str, title: str = "Eigen project", facts: int = 3) -> Story:
    """A facilitator typed this everywhere."""
    said = same_in_both(text)
    about = printed.story()
    dilemmas = tuple(one.model_copy(update={"asks": said}) for one in about.dilemmas)
    parts = {"title": same_in_both(title), "story": said, "facts": (said,) * facts, "dilemmas": dilemmas, "twist": said}
    return about.model_copy(update=parts)


def kept(text: str, tables: int = 2) -> Report:
    """A room typed this everywhere."""
    return report(tables=tables, answer=text)


MADE: dict[str, Callable[[str], bytes]] = {
    **{piece: (lambda text, piece=piece: PIECES[piece](day(told(text, text[:80])))) for piece in PIECES},
    "filled": lambda text: to_print.render_worksheet(day(), "a3", kept(text)),
    "report": lambda text: to_print.render_report(replace(kept(text, 1), shown=())),
}


@needs_poppler
@pytest.mark.parametrize("piece", MADE)
@pytest.mark.parametrize("text", [LONG_WORDS, LINE * 10, "W" * 200], ids=["words", "long", "run"])
def test_a_long_text_stays_on_the_page_and_nothing_of_it_is_lost(piece: str, text: str) -> None:
    pdf = MADE[piece](text)
    assert printed.faults(pdf) == []
    assert printed.misplaced(pdf) == []
    if piece in WHOLE:
        assert printed.missing([text], pdf) == []


@needs_poppler
@pytest.mark.parametrize("piece", ["worksheet_a0", "cards", "tent", "report"])
def test_however_much_is_typed_it_stays_on_the_page(piece: str) -> None:
    pdf = MADE[piece](LINE * 150)
    assert printed.faults(pdf) == []
    assert printed.misplaced(pdf) == []
    if piece in WHOLE:
        assert text_of(pdf).count(printed.squeezed(LINE)) >= 150 * (3 if piece == "worksheet_a0" else 2)


def test_a_story_that_is_too_long_for_the_poster_gets_a_page_of_its_own() -> None:
    pdf = PIECES["worksheet_a0"](day(told(LINE * 6).model_copy(update={"story": same_in_both(LINE * 60)})))
    poster, story = printed.pages(pdf)
    assert printed.squeezed(LINE * 60) in story
    assert printed.squeezed(words_in("worksheet", "nl")["harvest"]) in poster
    assert min(printed.letters(pdf)) >= 24


@pytest.mark.parametrize("piece", MADE)
def test_no_typed_text_is_obeyed(piece: str) -> None:
    payloads = [payload for payload in PAYLOADS if piece in WHOLE or len(payload) < 70]
    wrong = [text for batch in batches(payloads, piece) for text in printed.missing([batch], MADE[piece](batch))]
    assert wrong == []


def batches(payloads: list[str], piece: str) -> list[str]:
    """Many texts at once where all of a text is printed, else one short one."""
    return [" ".join(payloads)] if piece in WHOLE else payloads[:3]


@pytest.mark.parametrize("piece", MADE)
def test_characters_that_can_not_be_printed_are_counted(piece: str) -> None:
    pdf = MADE[piece](FOREIGN)
    assert printed.faults(pdf) == []
    start = printed.squeezed(
        words_in(piece if piece in PIECES and "sheet" not in piece else "report", "nl")["replaced"]
    )
    assert start[:30] in text_of(pdf)
    assert fonts.SIGN in text_of(pdf)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_worksheet_has_a_page_for_every_table(language: Language) -> None:
    given = report(language)
    pages = printed.pages(printed.made("filled", language))
    words = words_in("worksheet", language)
    assert len(pages) == len(given.tables)
    for table, page in zip(given.tables, pages, strict=True):
        texts = [table.choice, table.question, table.tomorrow, table.todo[0].text, table.todo[0].owner, *given.parked]
        texts += [
            table.said[1].answer,
            table.said[1].other_views[0],
            words["unknown"],
            words["table"].format(n=table.number),
        ]
        texts += [value.split(" - ")[0] for value in table.values]
        assert [text for text in texts if printed.squeezed(text) not in page] == []
        assert printed.JOIN.code.replace("-", "") not in page


def test_a_filled_worksheet_shows_where_people_stood() -> None:
    dilemma = next(one for one in day().dilemmas.values())
    moved = [one for one in report().shown if one.planned.key.endswith(f":{next(iter(day().dilemmas))}")]
    text = printed.pages(printed.made("filled", "nl"))[0]
    assert len(moved) == 3
    for one in moved:
        people = "".join(str(one.tally.counts[one.planned.items[0].id][option.id]) for option in dilemma.options)
        assert printed.squeezed(one.planned.title.nl) + people in text


def test_a_filled_worksheet_without_tables_is_one_page_of_what_the_room_showed() -> None:
    pdf = to_print.render_worksheet(day(), "a3", report(tables=0))
    assert len(printed.pages(pdf)) == 1


def test_a_long_answer_is_clipped_and_says_where_the_rest_is() -> None:
    pdf = to_print.render_worksheet(day(), "a3", report(answer=LINE * 12))
    text = text_of(pdf)
    assert printed.squeezed(LINE * 12) not in text
    assert printed.squeezed(f"…({words_in('worksheet', 'nl')['more']})") in text
    assert len(printed.pages(pdf)) == 2


def test_the_report_shows_numbers_before_and_after_once() -> None:
    text = text_of(printed.made("report", "nl"))
    assert "4→2→2" in text
    wall = next(one for one in report().shown if one.planned.key == "wall_before")
    assert text.count(printed.squeezed(wall.planned.items[0].says.nl)) == 1


def test_the_report_shows_no_item_that_was_held_back() -> None:
    given = next(one for one in report().shown if one.planned.key == "wall_before")
    hidden, *others = given.planned.items
    answered = {item.id: given.tally.answered[item.id] for item in others}
    part = type(given)(given.planned, given.tally.model_copy(update={"answered": answered}))
    pdf = to_print.render_report(Report("Dag", "2026-11-21", "nl", 9, (part,)))
    assert printed.missing([item.says.nl for item in others], pdf) == []
    assert printed.missing([hidden.says.nl], pdf) == [hidden.says.nl]


@pytest.mark.parametrize("tables", [1, 8])
def test_the_report_is_one_page_that_leaves_out_the_longest_and_says_so(tables: int) -> None:
    given = kept(LINE * 20, tables)
    pdf = to_print.render_report(given)
    assert len(printed.pages(pdf)) == 1
    text = text_of(pdf)
    assert printed.squeezed(LINE * 20) not in text
    assert printed.squeezed(given.tables[0].choice) in text
    assert printed.squeezed(words_in("report", "nl")["left_out"].split("{n}")[0]) in text


def test_a_short_report_leaves_out_nothing() -> None:
    given = Report("Dag", "2026-11-21", "nl", 9, tables=(report().tables[0],), parked=("Wie betaalt?",))
    text = text_of(to_print.render_report(given))
    assert printed.squeezed("Niet alles paste") not in text
    assert printed.squeezed(given.tables[0].said[1].answer) in text
    assert printed.squeezed("21 november 2026") in text
    assert printed.squeezed("1 december 2026") in text


def test_a_report_of_nothing_says_so() -> None:
    text = text_of(to_print.render_report(Report("Dag", "2026-11-21", "en", 0)))
    assert printed.squeezed(words_in("report", "en")["nothing"]) in text
    assert "Phones" not in text
