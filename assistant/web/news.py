"""What the last answer did: which signals came or went, which questions came, fell away or came back.

Derived from the walk before and the walk after; only ids travel in the session, to be shown once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from flask import session

from assistant.answers import Answers
from assistant.trees.edition import Edition
from assistant.trees.model import Language, Level, Signal
from assistant.walk import Mark, Walk
from assistant.words import PERSONAL_DATA, word

MOST = 12  # ids of a kind; the session cookie is small


@dataclass(frozen=True)
class News:
    """Ids of what changed."""

    question: str
    raised: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()  # those of the raised that are only possible
    settled: tuple[str, ...] = ()
    came: tuple[str, ...] = ()
    fell: tuple[str, ...] = ()  # answered questions that are no longer asked
    back: tuple[str, ...] = ()  # answered questions that are asked again
    personal: tuple[str, ...] = ()  # "question kind": what looks like personal data, and where

    @property
    def is_empty(self) -> bool:
        """Nothing to tell."""
        return not (self.raised or self.settled or self.came or self.fell or self.back or self.personal)


def news_of(question: str, before: Walk, after: Walk, answers: Answers) -> News:
    """What changed between two walks.

    A first answer simply leads on: then only questions that come before it are news. A changed answer may
    bring any.
    """
    old = {raised.signal.id for raised in before.signals if not raised.superseded_by}
    new = {raised.signal.id: raised for raised in after.signals if not raised.superseded_by}
    asked_before, asked_after = set(before.path), set(after.path)
    came = [id for id in after.path if id not in asked_before]
    answered = {id for id, answer in answers.items() if not answer.is_missing}
    first_time = (step := before.step(question)) is not None and step.mark is Mark.MISSING
    here = after.path.index(question) if question in after.path else 0
    raised = tuple(id for id in new if id not in old)
    return News(
        question=question,
        raised=raised[:MOST],
        possible=tuple(id for id in raised if not new[id].certain)[:MOST],
        settled=tuple(id for id in old if id not in new)[:MOST],
        came=tuple(id for id in came if id not in answered and not (first_time and after.path.index(id) > here))[:MOST],
        fell=tuple(id for id in before.path if id not in asked_after and id in answered)[:MOST],
        back=tuple(id for id in came if id in answered and id != question)[:MOST],
    )


def keep_news(work: str, news: News) -> None:
    """Remember it for the next page of the same work."""
    session.pop("news", None)
    if not news.is_empty:
        session["news"] = {"work": work} | {key: value for key, value in asdict(news).items() if value}


def take_news(work: str) -> News | None:
    """What the last answer did, once; a page of another dossier leaves it alone."""
    kept: dict[str, Any] = session.get("news", {})
    if kept.get("work") != work:
        return None
    del session["news"]
    lists = {key: tuple(value) for key, value in kept.items() if key not in ("question", "work")}
    return News(question=kept.get("question", ""), **lists)


@dataclass(frozen=True)
class Strip:
    """The news in words."""

    heavy: tuple[tuple[Signal, bool], ...]  # stop and high in full; True where only possible
    light: int  # how many others
    strengths: tuple[Signal, ...]
    settled: tuple[Signal, ...]
    came: tuple[str, ...]
    came_because: tuple[str, ...]
    fell: tuple[str, ...]
    back: tuple[str, ...]
    personal: tuple[tuple[str, str, tuple[str, ...]], ...]  # question id, ask, kinds


def build_strip(news: News | None, way: Walk, language: Language) -> Strip | None:
    """Words for the news; ids that another edition does not know are passed over."""
    if news is None:
        return None
    edition = way.edition
    signals = [edition.signals[id] for id in news.raised if id in edition.signals]
    heavy = [signal for signal in signals if signal.level in (Level.STOP, Level.HIGH)]
    strengths = [signal for signal in signals if signal.level is Level.STRENGTH]
    because = way.why_asked(news.came[0]) if news.came and news.came[0] in edition.questions else ()
    return Strip(
        heavy=tuple((signal, signal.id in news.possible) for signal in heavy),
        light=len(signals) - len(heavy) - len(strengths),
        strengths=tuple(strengths),
        settled=tuple(edition.signals[id] for id in news.settled if id in edition.signals),
        came=_asks(edition, news.came, language),
        came_because=_asks(edition, because, language),
        fell=_asks(edition, news.fell, language),
        back=_asks(edition, news.back, language),
        personal=_personal(edition, news.personal, language),
    )


def _asks(edition: Edition, ids: Iterable[str], language: Language) -> tuple[str, ...]:
    return tuple(edition.questions[id].ask[language] for id in ids if id in edition.questions)


def _personal(
    edition: Edition, found: Iterable[str], language: Language
) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    kinds: dict[str, list[str]] = {}
    for entry in found:
        question, _, kind = entry.partition(" ")
        if question in edition.questions and kind in PERSONAL_DATA:
            kinds.setdefault(question, []).append(word(PERSONAL_DATA, kind, language))
    return tuple((id, edition.questions[id].ask[language], tuple(words)) for id, words in kinds.items())
