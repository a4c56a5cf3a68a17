"""What a workshop prints: for a screen reader, in its exact size, and with every text of the day in it."""

from __future__ import annotations

import io
import re

import pytest
import segno
from pypdf import PdfReader

from assistant.trees.load import shipped_edition
from assistant.trees.model import LANGUAGES, Language
from assistant.workshop.ballots import read_paper
from exports import to_print
from exports.prints.words import words_in
from exports.to_print import PIECES

from . import printed
from .printed import day, longest_story, made, text_of

SIZES = {
    "worksheet_a0": (1189, 841),
    "worksheet_a3": (420, 297),
    "cards": (105, 148),
    "forms": (210, 297),
    "tent": (297, 210),
    "filled": (420, 297),
    "report": (210, 297),
}
ONE_PAGE = ("worksheet_a0", "worksheet_a3", "tent", "report")
needs_poppler = pytest.mark.skipif(not printed.HAS_POPPLER, reason="needs pdftotext (Debian: poppler-utils)")
every_piece = pytest.mark.parametrize("piece", printed.ALL)
each_language = pytest.mark.parametrize("language", LANGUAGES)


@each_language
@every_piece
def test_it_is_for_everyone(piece: str, language: Language) -> None:
    pdf = made(piece, language)
    assert printed.faults(pdf) == []
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.root_object["/Lang"] == {"nl": "nl-NL", "en": "en-GB"}[language]
    assert reader.metadata
    about = longest_story() if piece in PIECES else printed.story()
    assert reader.metadata.title == about.title[language]


@each_language
@every_piece
def test_it_has_its_exact_size(piece: str, language: Language) -> None:
    pdf = made(piece, language)
    assert printed.sizes(pdf) == {SIZES[piece]}
    if piece in ONE_PAGE:
        assert len(printed.pages(pdf)) == 1


@needs_poppler
@each_language
@every_piece
def test_nothing_runs_off_and_nothing_stands_over_something_else(piece: str, language: Language) -> None:
    assert printed.misplaced(made(piece, language)) == []


@needs_poppler
@each_language
@pytest.mark.parametrize("case", printed.CASES)
def test_every_case_fits_on_one_poster(case: str, language: Language) -> None:
    pdf = PIECES["worksheet_a0"](day(printed.story(case), language))
    assert len(printed.pages(pdf)) == 1
    assert min(printed.letters(pdf)) >= 24
    assert printed.misplaced(pdf) == []


@each_language
def test_the_smallest_letter_on_the_poster_is_24_points_and_headings_are_larger(language: Language) -> None:
    sizes = printed.letters(made("worksheet_a0", language))
    assert min(sizes) >= 24
    assert max(sizes) >= 48


@pytest.mark.parametrize("piece", [*PIECES])
def test_the_same_day_gives_the_same_bytes(piece: str) -> None:
    assert PIECES[piece](day(longest_story(), "nl")) == made(piece, "nl")
    assert b"CreationDate" not in made(piece, "nl")


@each_language
@pytest.mark.parametrize("piece", ["worksheet_a0", "worksheet_a3"])
def test_the_poster_has_everything_that_is_played(piece: str, language: Language) -> None:
    about = longest_story()
    one = day(about, language)
    texts = [about.title, about.story, *about.facts, *(dilemma.asks for dilemma in about.dilemmas)]
    texts += [shipped_edition().questions[id].ask for id in about.questions]
    texts += [
        option.label
        for planned in one.plan.played
        if planned.kind in ("stance", "staircase")
        for option in planned.options
    ]
    names = [value.label[language].split(" - ")[0] for value in one.playbook.values]
    pdf = made(piece, language)
    assert printed.missing([text[language] for text in texts] + names, pdf) == []
    words = words_in("worksheet", language)
    fixed = ["stick", "stick_step", "values", "other_views", "parked", "harvest", "choice", "open_question", "tomorrow"]
    assert printed.missing([words[key] for key in [*fixed, "action", "function", "date"]], pdf) == []
    assert printed.missing([printed.JOIN.code, printed.JOIN.link], pdf) == []


def test_the_poster_has_no_place_for_what_is_not_played() -> None:
    pdf = PIECES["worksheet_a0"](day(sheet="taster"))
    staircase = next(one for one in day().plan.played if one.kind == "staircase")
    assert printed.missing([staircase.asks.nl, day().questions[0].ask.nl], pdf) == [
        staircase.asks.nl,
        day().questions[0].ask.nl,
    ]
    assert printed.missing([one.asks.nl for one in day().dilemmas.values()], pdf) == []


@each_language
def test_there_is_a_card_for_every_role_value_dilemma_rung_and_thing_to_lay(language: Language) -> None:
    one = day(longest_story(), language)
    ladder = next(planned for planned in one.plan.played if planned.key == "ladder")
    cards = [option.label for option in ladder.options] + [item.says for item in ladder.items]
    known = one.playbook.workshop.cards
    cards += [known[id].title for id in one.story.roles]
    cards += [value.label for value in one.playbook.values]
    cards += [dilemma.asks for dilemma in one.dilemmas.values()]
    pages = printed.pages(made("cards", language))
    wanted = [printed.squeezed(card[language].split(" - ")[0]) for card in cards]
    assert [want for want, page in zip(wanted, pages, strict=True) if want not in page] == []
    says = [known[id].says[language] for id in one.story.roles]
    pair = [value[language].split(" - ")[0] for dilemma in one.dilemmas.values() for value in dilemma.between]
    assert printed.missing(says + pair, made("cards", language)) == []


def test_a_day_without_a_ladder_has_no_cards_for_it() -> None:
    pages = printed.pages(PIECES["cards"](day(sheet="taster")))
    assert len(pages) == len(printed.story().roles) + len(day().playbook.values) + 2
    assert words_in("cards", "nl")["role"] in pages[0]


@each_language
def test_every_round_by_phone_has_a_form_with_its_number(language: Language) -> None:
    one = day(longest_story(), language)
    pages = printed.pages(made("forms", language))
    words = words_in("forms", language)
    for number, planned in enumerate(one.plan.played, 1):
        if planned.by_phone:
            head = printed.squeezed(
                f"{words['round'].format(n=number)} · {planned.title[language]}{planned.asks[language]}"
            )
            (form,) = [page for page in pages if head in page]
            rows = [item.says for item in planned.items if len(planned.items) > 1 or planned.typed]
            rows += [option.label for option in planned.options]
            if planned.exhibit:
                rows += [cell for row in (planned.exhibit.columns, *planned.exhibit.rows) for cell in row]
            rows += [planned.news] if planned.news else []
            assert [text[language] for text in rows if printed.squeezed(text[language]) not in form] == []
            assert printed.squeezed(words["anonymous"]) in form


@each_language
def test_the_counting_sheet_has_a_box_for_every_number_that_is_typed(language: Language) -> None:
    words = words_in("forms", language)
    pages = printed.pages(made("forms", language))
    counting = "".join(pages[: next(n for n, page in enumerate(pages) if printed.squeezed(words["anonymous"]) in page)])
    assert printed.squeezed(words["count_how"]) in counting
    for planned in day(longest_story(), language).plan.played:
        if planned.by_phone and not planned.typed:
            boxes = "".join(str(number) for number in range(1, len(planned.options) + 1))
            says = [printed.squeezed(item.says[language]) for item in planned.items]
            assert [text for text in says if f"{text}{boxes}" not in counting] == []


@each_language
def test_the_line_that_is_shown_as_an_example_can_be_typed(language: Language) -> None:
    stance = next(one for one in day().plan.played if one.kind == "stance")
    (line,) = re.findall(r"(?:\d ){4}\d", words_in("forms", language)["count_how"])
    assert read_paper(line, stance) == ([0, 2, 5, 1, 3], "")


@each_language
def test_a_table_writes_down_its_values_answers_and_harvest(language: Language) -> None:
    one = day(longest_story(), language)
    words = words_in("forms", language)
    texts = [question.ask[language] for question in one.questions]
    texts += [option.label[language] for question in one.questions for option in question.options]
    texts += [
        words[key] for key in ("choice", "open_question", "tomorrow", "each_action", "who_finds_out", "other_view")
    ]
    texts += [words["keep_most"].format(n=5)]
    assert printed.missing(texts, made("forms", language)) == []
    assert text_of(made("forms", language)).count(printed.squeezed(words["unknown"])) >= len(one.questions)


@each_language
def test_the_tent_says_how_to_join_on_both_sides(language: Language) -> None:
    words = words_in("tent", language)
    steps = [
        words[key].format(link=printed.JOIN.link, code=printed.JOIN.code)
        for key in ("step_scan", "step_code", "step_ready")
    ]
    text = text_of(made("tent", language))
    assert [text.count(printed.squeezed(line)) for line in [*steps, words["join"]]] == [2, 2, 2, 2]


@needs_poppler
def test_a_screen_reader_reads_the_tent_once() -> None:
    heard = printed.poppler(made("tent", "nl"), "pdfinfo", "-struct-text", "-").decode()
    assert heard.count(words_in("tent", "nl")["step_ready"]) == 1


def test_a_day_on_paper_has_the_house_rules_on_its_tent_and_no_code_anywhere() -> None:
    one = day(on_paper=True)
    tent = PIECES["tent"](one)
    assert printed.missing([rule.nl for rule in one.playbook.workshop.house_rules], tent) == []
    for pdf in (tent, PIECES["worksheet_a0"](one), PIECES["forms"](one)):
        assert printed.JOIN.code.replace("-", "") not in text_of(pdf)
        assert b"/Figure" not in pdf


@needs_poppler
def test_the_qr_code_is_that_of_the_link() -> None:
    grid = dark_squares(made("tent", "nl"))
    code = segno.make_qr(printed.JOIN.qr_link, error="m")
    assert grid == [[bool(square) for square in row] for row in code.matrix]


def dark_squares(pdf: bytes) -> list[list[bool]]:
    """The QR code on the lower half of the tent, read from a picture of it: the darkest part on the left."""
    drawn = printed.poppler(pdf, "pdftoppm", "-r", "150", "-gray", "-")
    _, size, _, grey = drawn.split(b"\n", 3)
    width, height = map(int, size.split())
    rows = [grey[y * width : (y + 1) * width] for y in range(height * 11 // 20, height)]
    left_part = [row[: width * 33 // 100] for row in rows]
    ink = [[value < 128 for value in row] for row in left_part]
    down = [y for y, row in enumerate(ink) if any(row)]
    across = [x for x in range(len(ink[0])) if any(row[x] for row in ink)]
    modules = segno.make_qr(printed.JOIN.qr_link, error="m").symbol_size(border=0)[0]
    step = (down[-1] - down[0] + 1) / modules
    places = [round((n + 0.5) * step) for n in range(modules)]
    return [[ink[down[0] + y][across[0] + x] for x in places] for y in places]


def test_a_question_that_went_from_the_edition_is_not_asked() -> None:
    about = printed.story().model_copy(update={"questions": ("legal_task", "went_long_ago")})
    assert [question.id for question in day(about).questions] == ["legal_task"]


def test_all_pieces_are_named() -> None:
    assert {*PIECES} | {"filled", "report"} == set(SIZES)
    assert set(to_print.__all__) == {"PIECES", "Day", "Join"} | {
        f"render_{n}" for n in ("worksheet", "cards", "forms", "tent", "report")
    }
