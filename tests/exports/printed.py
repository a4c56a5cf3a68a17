"""A workshop to print, and what can be read in the PDF that comes out: texts, sizes, and where every word stands."""

from __future__ import annotations

import io
import math
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import page
from pypdf import PdfReader

from assistant.trees.load import shipped_edition, shipped_playbook
from assistant.trees.model import LANGUAGES, Language, Text
from assistant.workshop.ballots import Tally
from assistant.workshop.plan import Chosen, Planned, build_plan
from assistant.workshop.report import Report, Said, Shown, TableReport, Todo
from assistant.workshop.story import Story, story_of
from exports import to_print
from exports.to_print import PIECES, Day, Join

JOIN = Join("BCDF-GHJK", "ethiek.oeverland.nl/doe-mee", "https://ethiek.oeverland.nl/nl/doe-mee/BCDFGHJK?van=qr")
CASES = tuple(shipped_playbook().case_ids)
SCHOOL = "early-school-leaving"
ALL = (*PIECES, "filled", "report")
HAS_POPPLER = shutil.which("pdftotext") is not None and shutil.which("pdftoppm") is not None

_WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">')


def story(case: str = SCHOOL) -> Story:
    return story_of(shipped_playbook().case_ids[case])


def day(
    about: Story | None = None, language: Language = "nl", sheet: str = "awareness-day", on_paper: bool = False
) -> Day:
    """A day from the shipped playbook."""
    book, edition, about = shipped_playbook(), shipped_edition(), about or story()
    plan = build_plan(book, edition, book.sheets[sheet], about, Chosen())
    return Day(plan, about, book, edition, language, None if on_paper else JOIN)


def longest_story() -> Story:
    """Of everything in the eight cases the longest: what has to fit if all of them do."""
    stories = [story(case) for case in CASES]
    facts = sorted((fact for one in stories for fact in one.facts), key=_length)
    dilemmas = sorted((one for told in stories for one in told.dilemmas), key=lambda one: _length(one.asks))
    asked = {id for told in stories for id in told.questions}
    questions = sorted(asked, key=lambda id: _length(shipped_edition().questions[id].ask))
    parts = {
        "title": max((one.title for one in stories), key=_length),
        "story": max((one.story for one in stories), key=_length),
        "facts": tuple(facts[-max(len(one.facts) for one in stories) :]),
        "dilemmas": (dilemmas[-1], next(one for one in reversed(dilemmas) if one.id != dilemmas[-1].id)),
        "questions": tuple(questions[-max(len(one.questions) for one in stories) :]),
        "roles": tuple(shipped_playbook().workshop.cards),
    }
    return story().model_copy(update=parts)


def _length(text: Text) -> int:
    return max(len(text[language]) for language in LANGUAGES)


def report(language: Language = "nl", tables: int = 2, answer: str = "Dat weten de scholen.") -> Report:
    """What a day gave: every round shown, every question answered."""
    made = day(language=language)
    return Report(
        title=made.story.title[language],
        day="2026-11-21",
        language=language,
        people=14,
        shown=tuple(shown(made)),
        tables=tuple(table(number, made, answer) for number in range(1, tables + 1)),
        reasons=tuple((one.asks[language], ("Je bent er op tijd bij.",), (answer,)) for one in made.dilemmas.values()),
        parked=("Wie betaalt dit?",),
    )


def shown(made: Day) -> Iterator[Shown]:
    """Every round that is answered by choosing. At first four take the first option, later two; one each the others."""
    tallies: dict[str, Tally] = {}
    for one in made.plan.played:
        if one.by_phone and not one.typed:
            tallies[one.key] = tally(one, 2 if one.again else 4)
            yield Shown(one, tallies[one.key], tallies.get(one.again))


def tally(one: Planned, first: int) -> Tally:
    counts = {option.id: 1 for option in one.options} | {one.options[0].id: first}
    return Tally(
        people=sum(counts.values()),
        answered={item.id: sum(counts.values()) for item in one.items},
        counts={item.id: counts for item in one.items},
    )


def table(number: int, made: Day, answer: str) -> TableReport:
    asks = [question.ask[made.language] for question in made.questions]
    return TableReport(
        number=number,
        said=tuple(
            Said(ask, answer, at > 0, ("Iemand ziet dat anders.",) if at == 1 else ()) for at, ask in enumerate(asks)
        ),
        values=tuple(value.label[made.language] for value in made.playbook.values[:5]),
        choice=f"Wij kiezen {number}.",
        question="Wie vertelt het de jongere?",
        tomorrow="De mentor belt.",
        todo=(Todo("Cijfers opvragen", "beleidsadviseur", "2026-12-01"),),
    )


@cache
def made(piece: str, language: Language) -> bytes:
    """A piece of the longest story, or of what a day gave; made once for all tests."""
    if piece == "report":
        return to_print.render_report(report(language))
    if piece == "filled":
        return to_print.render_worksheet(day(language=language), "a3", report(language))
    return PIECES[piece](day(longest_story(), language))


def pages(pdf: bytes) -> list[str]:
    """The text of each page, without white space and hyphens: where a line or word broke says nothing."""
    return [squeezed(sheet.extract_text()) for sheet in PdfReader(io.BytesIO(pdf)).pages]


def text_of(pdf: bytes) -> str:
    return "".join(pages(pdf))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad\u200b\u2010-]", "", text)


def missing(texts: list[str], pdf: bytes) -> list[str]:
    """The texts that can not be read in it."""
    there = text_of(pdf)
    return [text for text in texts if squeezed(text) not in there]


def faults(pdf: bytes) -> list[str]:
    """What the checker has against it."""
    found = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert found.rules.total == 104
    return [f"{one.rule_id}: {one.message}" for one in found.failures]


def sizes(pdf: bytes) -> set[tuple[float, float]]:
    """Of the pages, in whole millimetres."""
    boxes = [sheet.mediabox for sheet in PdfReader(io.BytesIO(pdf)).pages]
    return {(round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) for box in boxes}


def letters(pdf: bytes) -> Counter[float]:
    """How many pieces of text there are in every size of letter, in points."""
    found: Counter[float] = Counter()

    def see(text: str, cm: list[float], tm: list[float], _: object, size: float) -> None:
        if text.strip():
            found[round(size * math.hypot(tm[0], tm[1]) * math.hypot(cm[0], cm[1]), 2)] += 1

    for sheet in PdfReader(io.BytesIO(pdf)).pages:
        sheet.extract_text(visitor_text=see)
    return found


class Word(NamedTuple):
    """Where a word stands, in points from the left and the top."""

    sheet: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


def poppler(pdf: bytes, *command: str) -> bytes:
    """What a tool of poppler makes of it."""
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout


def misplaced(pdf: bytes) -> list[str]:
    """Words that run off their page, and words that are printed over each other."""
    words, width, height, found = [], 0.0, 0.0, []
    sheet = 0
    for line in poppler(pdf, "pdftotext", "-bbox", "-", "-").decode(errors="replace").splitlines():
        if size := _PAGE.search(line):
            width, height = float(size[1]), float(size[2])
            sheet += 1
        if place := _WORD.search(line):
            left, top, right, bottom = map(float, place.groups()[:4])
            word = Word(sheet, left, top, right, bottom, place[5])
            words.append(word)
            if min(word.left, word.top) < 0 or word.right > width or word.bottom > height:
                found.append(f"page {sheet}: {word.text} runs off")
    words.sort(key=lambda word: (word.sheet, word.top))
    return [*found, *_over_each_other(words)]


def _over_each_other(words: list[Word]) -> Iterator[str]:
    for at, one in enumerate(words):
        for other in words[at + 1 :]:
            if other.sheet != one.sheet or other.top > one.bottom:
                break
            across = min(one.right, other.right) - max(one.left, other.left)
            down = min(one.bottom, other.bottom) - max(one.top, other.top)
            if across > 1 and down > 0.25 * min(one.bottom - one.top, other.bottom - other.top):
                yield f"page {one.sheet}: {one.text} and {other.text}"
