"""Answers made up by Hypothesis: any valid answer to any question of an edition."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from hypothesis import settings
from hypothesis import strategies as st

from assistant.answers import MAX_NUMBER, UNSURE_CELL, Answer, clean_text
from assistant.trees.edition import Edition
from assistant.trees.load import load_edition
from assistant.trees.model import Choice, Column, Kind, Phase, Question

from .long import EXAMPLES, PROFILE

seldom = settings(max_examples=EXAMPLES[PROFILE] // 8)

SMALL = Path(__file__).parent / "corpora" / "trees" / "small"
T = TypeVar("T")

PIECES = (
    "Een gewone zin.", "- een punt", "# kop", "1. een", "2) twee", "+ plus", "---", "===", "* ster", "> citaat", "~~~",
    "```", "    ingesprongen", "| a | b |", "|---|---|", "[tekst](https://example.nl)", "![beeld](x.png)", "[a]: /b",
    "<script>alert(1)</script>", "<b>vet</b>", "&lt;", "&amp;amp;", "**vet** _schuin_ `code` ~weg~", "$a$", "{{ 7*7 }}",
    "{: #id }", "C#", "slot #", "einde \\", "<https://example.nl>", "a@b.nl", "#let x = 1", "é漢🙂", "\u2028", "\u00a0",
)  # fmt: skip

phases = st.sampled_from(list(Phase))
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def texts() -> st.SearchStrategy[str]:
    """Typed text as it is kept: clean, not empty, and often something that another format would take for layout."""
    anything = st.text(st.characters(codec="utf-8"), max_size=30)
    lines = st.lists(st.one_of(st.sampled_from(PIECES), anything), min_size=1, max_size=4)
    return lines.map("\n".join).map(clean_text).filter(bool)


_plain_texts = st.sampled_from(["Een zin.", "Twee regels\nin een antwoord", "- een\n- twee"])


@cache
def small_edition() -> Edition:
    """Nineteen questions that together say everything a tree can say; walking them takes a tenth of the time."""
    return load_edition(SMALL)


class Manner(NamedTuple):
    """How a team answers: of sixteen questions so many not at all, "we don't know yet", or "not applicable"."""

    missing: int
    unsure: int
    not_applicable: int


CERTAIN = (Manner(0, 0, 0), Manner(0, 0, 2))
COMPLETE = (*CERTAIN, Manner(0, 3, 1), Manner(0, 8, 1))
ANY_MANNER = (Manner(12, 1, 1), Manner(8, 2, 1), Manner(4, 2, 1), Manner(1, 3, 1), Manner(0, 8, 1), Manner(0, 0, 0))


def answers_of(
    edition: Edition, *, typed: st.SearchStrategy[str] = _plain_texts, certain: bool = False, complete: bool = False
) -> st.SearchStrategy[dict[str, Answer]]:
    """An answer to every question. `certain`: nothing unsure or blank; `complete`: nothing missing.

    All choices are read from one draw of bytes: a draw for each choice takes twenty times as long.
    """
    manners = CERTAIN if certain else COMPLETE if complete else ANY_MANNER
    shares = {id: 32 if question.columns else 8 for id, question in edition.questions.items()}
    size = sum(shares.values())
    drawn = st.tuples(
        st.binary(min_size=size, max_size=size), st.sampled_from(manners), st.lists(typed, min_size=1, max_size=4)
    )

    @st.composite
    def made(draw: st.DrawFn) -> dict[str, Answer]:
        (all_bytes, manner, texts), start = draw(drawn), 0
        answers = MadeUp()
        for id, question in edition.questions.items():
            maker = Maker(all_bytes[start : start + shares[id]], manner, texts, certain)
            answers[id] = maker.answer(question)
            start += shares[id]
        return answers

    return made()


class MadeUp(dict[str, Answer]):
    """Shows only what was said, so that a failing test can be read."""

    def __repr__(self) -> str:
        return repr({id: answer for id, answer in self.items() if answer != Answer()})


class Maker:
    """Makes one answer of a few drawn bytes; of bytes that are nought the simplest there is."""

    def __init__(self, drawn: bytes, manner: Manner, texts: list[str], certain: bool) -> None:
        self.left = int.from_bytes(drawn, "little")
        self.manner, self.texts, self.certain = manner, texts, certain

    def below(self, sides: int) -> int:
        self.left, rolled = divmod(self.left, sides)
        return rolled

    def one_of(self, options: Sequence[T]) -> T:
        return options[self.below(len(options))]

    def answer(self, question: Question) -> Answer:
        missing, unsure, not_applicable = self.manner
        rolled, words = self.below(16), self.words()
        if rolled < missing:
            return Answer(**words)
        if rolled < missing + not_applicable:
            return Answer(not_applicable=self.one_of(self.texts), **words)
        if rolled >= 16 - unsure:
            return Answer(value=self.partly(question), unsure=True, **words)
        return Answer(value=self.value(question), **words)

    def words(self) -> dict[str, Any]:
        """What may stand beside an answer; most answers have nothing."""
        if self.below(4) < 3:
            return {}
        return {
            "motivation": self.one_of(["", *self.texts]),
            "owner": self.one_of(["", "jurist", "<b>jurist</b> | en meer"]),
            "due": self.one_of(["", "2026-12-11"]),
            "other_views": tuple(self.one_of(self.texts) for _ in range(self.below(3))),
        }

    def partly(self, question: Question) -> Any:
        """What is known already, of a question that can be known in part: these, and maybe more."""
        if question.kind not in (Kind.CHOICES, Kind.TABLE) or self.below(2):
            return None
        value = self.value(question)
        alone = question.kind is Kind.CHOICES and any(c.exclusive and c.id in value for c in question.options)
        return None if alone else value

    def value(self, question: Question) -> Any:
        if not question.columns:
            return self.typed(question.kind, question)
        rows = [self.row(question.columns) for _ in range(1 + self.below(3))]
        return [{"id": f"r{number}", **row} for number, row in enumerate(rows, start=1)]

    def row(self, columns: tuple[Column, ...]) -> dict[str, Any]:
        row = {column.id: self.cell(column) for column in columns}
        filled = {id: value for id, value in row.items() if value is not None}
        return filled or {columns[0].id: self.typed(Kind(columns[0].kind), columns[0])}

    def cell(self, column: Column) -> Any:
        rolled = self.below(6)
        if rolled == 4 and (column.optional or not self.certain):
            return None
        if rolled == 5 and not self.certain:
            return dict(UNSURE_CELL)
        return self.typed(Kind(column.kind), column)

    def typed(self, kind: Kind, part: Question | Column) -> Any:
        match kind:
            case Kind.CHOICE | Kind.YES_NO:
                return self.one_of(part.options).id
            case Kind.CHOICES:
                return self.choices(part.options, getattr(part, "max_choices", None) or 4)
            case Kind.SCALE:
                return 1 + self.below(5)
            case Kind.NUMBER:
                return self.one_of([*range(31), 0.5, MAX_NUMBER])
            case Kind.DATE:
                return (date(2024, 1, 1) + timedelta(self.below(7 * 365))).isoformat()
            case _:
                return self.one_of(self.texts)

    def choices(self, options: tuple[Choice, ...], most: int) -> list[str]:
        """At most so many, in the tree's order; sometimes the one that rules out the others."""
        alone = [choice.id for choice in options if choice.exclusive]
        if alone and self.below(4) == 3:
            return [self.one_of(alone)]
        ids = [choice.id for choice in options if not choice.exclusive]
        picked = {self.one_of(ids) for _ in range(1 + self.below(most))}
        return [id for id in ids if id in picked]
