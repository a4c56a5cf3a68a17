"""What a walk asks of people: pages, clicks, texts to write, words to read.

Derived from the walk, answer by answer. The words of a page are counted on the page itself, once for each question.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Final

import lxml.html
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from assistant.answers import Answer
from assistant.dossier import plain_answer
from assistant.trees.edition import Edition
from assistant.trees.model import Column, Kind, Language, Question
from assistant.walk import Mark, Walk, phase_of, walk
from assistant.web.news import Strip, build_strip, news_of

LANGUAGE: Final[Language] = "nl"
PACE: Final = 200  # words that people read in a minute
FOLDS_OUT: Final = 2  # clicks for a list that has to be opened first
ROWS: Final = 2  # of a table, shown at first
OWNER_WORDS: Final = 25  # around the two boxes that ask who finds something out, and when
UNSEEN: Final = (
    ".//textarea|.//select|.//blockquote|.//title|.//desc|.//details/*[not(self::summary)]"
    "|.//*[contains(concat(' ', @class, ' '), ' hidden ')]|.//*[contains(@class, 'strip')]"
)


@dataclass
class Measures:
    """Counted on the way."""

    questions: int = 0  # pages with a question
    pages: int = 0  # all of them
    clicks: int = 0  # a choice, a box to type in, a button, a link
    texts: int = 0  # boxes of several lines, and rows of a table
    words: int = 0

    @property
    def minutes(self) -> int:
        """Reading all that is shown, and a minute for each text."""
        return round(self.words / PACE + self.texts)

    def arrive(self, words: int) -> None:
        self.pages += 1
        self.words += words

    def click(self, times: int = 1) -> None:
        self.clicks += times


def count_words(text: str) -> int:
    return len(re.findall(r"\w[\w’'-]*", text))


def words_on(source: str) -> int:
    """Words in the middle of a page, before anything is unfolded; what somebody typed and the strip left out."""
    (main,) = lxml.html.document_fromstring(source).iter("main")
    return count_words(" ".join(_texts(main, set(main.xpath(UNSEEN)))))


def _texts(element: HtmlElement, unseen: Collection[HtmlElement]) -> Iterator[str]:
    if element in unseen or not isinstance(element.tag, str):
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child, unseen)
        yield child.tail or ""


def words_of(strip: Strip | None) -> int:
    """Words with which the next page tells what an answer did."""
    if strip is None:
        return 0
    heavy = [signal for signal, _ in strip.heavy]
    said = [signal.says for signal in (*heavy, *strip.strengths, *strip.settled)]
    said += [signal.action for signal in heavy if signal.action]
    asks = (*strip.came, *strip.came_because, *strip.fell, *strip.back)
    return count_words(" ".join([*(text[LANGUAGE] for text in said), *asks])) + 3 * len(heavy) + 6 * bool(strip.light)


@dataclass
class Pages:
    """The application's own pages, read once each, as who is signed in sees them."""

    app: Flask
    kept: dict[str, int] = field(default_factory=dict)

    @cached_property
    def browser(self) -> FlaskClient:
        browser = self.app.test_client()
        assert browser.post("/demo", data={"person": "team"}).status_code == 302
        return browser

    def words(self, path: str, name: str = "") -> int:
        """Words on a page; pages of one name are as long."""
        name = name or path
        if name not in self.kept:
            answer = self.browser.get(f"/{LANGUAGE}{path}")
            assert answer.status_code == 200, (path, answer.status_code)
            self.kept[name] = words_on(answer.get_data(as_text=True))
        return self.kept[name]

    def scan_with(self, answers: Mapping[str, Answer]) -> None:
        """As if these were the answers to the quick scan."""
        with self.browser.session_transaction() as session:
            session["scan"] = {id: plain_answer(replace(answer, motivation="")) for id, answer in answers.items()}


@dataclass
class Walker:
    """Someone who gives a scenario's answers, one after another. `dossier`: the address of a finished one."""

    pages: Pages
    edition: Edition
    scenario: Mapping[str, Answer]
    dossier: str
    today: date
    by_hand: tuple[str, ...] = ()
    only: tuple[str, ...] = ()  # trees; the scan's
    count: Measures = field(default_factory=Measures)
    given: dict[str, Answer] = field(default_factory=dict)
    list_read: bool = False  # the list of the dossier: later, one only looks for the next line

    @property
    def way(self) -> Walk:
        return walk(
            self.edition, self.given, phase_of(self.given), self.today, open_by_hand=self.by_hand, only=self.only
        )

    def scan(self) -> Measures:
        """From the start page to the outcome of the quick scan."""
        self.pages.scan_with({})
        self.count.click(2)
        for path in ("/", "/scan"):
            self.count.arrive(self.pages.words(path))
        asked = {question.id for id in self.only for question in self.edition.tree_ids[id].questions}
        self.pages.scan_with({id: answer for id, answer in self.scenario.items() if id in asked})
        self._answer_all()
        self.count.arrive(self.pages.words("/scan/result", f"result {self.dossier}"))
        return self.count

    def whole(self) -> Measures:
        """From the start page to the page that asks to check the answers."""
        self.count.click(4)  # to the form, its two boxes, and on
        for path in ("/", "/dossiers/new"):
            self.count.arrive(self.pages.words(path))
        self._answer_all()
        self.count.arrive(self.pages.words(f"{self.dossier}/check"))
        return self.count

    def _answer_all(self) -> None:
        way, news = self.way, 0
        while id := way.next or self._known_already(way):
            before = way
            answer = self.scenario.get(id, Answer(unsure=True))
            self.given[id] = replace(answer, motivation="", other_views=()) if self.only else answer
            way = self.way
            self._count(self.edition.questions[id], self.given[id], before, news)
            news = words_of(build_strip(news_of(id, before, way, self.given), way, LANGUAGE))
            self._ask_who(id, before, way)
        self.count.words += news

    def _known_already(self, way: Walk) -> str | None:
        """A question that may wait, and is answered all the same: chosen from the list of the dossier."""
        id = next(
            (step.question.id for step in way.later if step.question.id in self.scenario.keys() - self.given), None
        )
        if id and not self.only:
            self.count.arrive(0 if self.list_read else self.pages.words(self.dossier))
            self.list_read = True
            self.count.click(2)  # to the list, and on
        return id

    def _count(self, question: Question, answer: Answer, before: Walk, news: int) -> None:
        place = "/scan" if self.only else self.dossier
        path = f"{place}/questions/{question.id}"
        words = self.pages.words(path, f"{question.id} {'scan' if self.only else ''}")
        self.count.questions += 1
        self.count.arrive(words + news)
        for view in answer.other_views:
            self.count.arrive(self.pages.words(f"{path}/views", "a view") + count_words(view))
            self.count.arrive(words)
            self.count.click(3)  # to the page, its box, and back
            self.count.texts += 1
        proposal = before.proposal(question.id)
        if answer.has_value and not (proposal and proposal.value == answer.value):
            self.count.click(clicks_for(question, answer.value))
            self.count.texts += texts_in(question, answer.value)
        self.count.click(answer.has_value and answer.unsure)  # "and maybe more"
        self.count.click(2 * bool(answer.not_applicable) + bool(answer.motivation))
        self.count.texts += bool(answer.not_applicable) + bool(answer.motivation)
        self.count.click()

    def _ask_who(self, id: str, before: Walk, after: Walk) -> None:
        """A theme just finished with something not known yet leads to a page that asks who finds out."""
        if self.only:
            return
        theme = self.edition.homes[id][1]
        ids = {question.id for question in theme.questions}
        points = [point.question for point in after.open_points if point.question in ids]
        if _missing(before, ids) and not _missing(after, ids) and points:
            asks = " ".join(self.edition.questions[point].ask[LANGUAGE] for point in points)
            self.count.arrive(count_words(asks) + OWNER_WORDS * len(points))
            self.count.click(2 * len(points) + 1)


def _missing(way: Walk, ids: set[str]) -> bool:
    return any(step.mark is Mark.MISSING for step in way.steps if step.question.id in ids)


def clicks_for(question: Question, value: Any) -> int:
    """Clicks that a value takes; typing itself takes none."""
    if question.kind is Kind.CHOICES:
        return len(value)
    if question.kind is not Kind.TABLE:
        return 1
    cells = [(column, row[column.id]) for row in value for column in question.columns if column.id in row]
    return sum(_cell_clicks(column, cell) for column, cell in cells) + max(0, len(value) - ROWS)


def _cell_clicks(column: Column, cell: Any) -> int:
    if column.kind == "choices":
        return len(cell)
    return FOLDS_OUT if column.kind in ("choice", "yes_no", "scale") else 1


def texts_in(question: Question, value: Any) -> int:
    return len(value) if question.kind is Kind.TABLE else int(question.kind is Kind.LONG_TEXT)
