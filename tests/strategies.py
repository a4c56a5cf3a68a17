"""Answers made up by Hypothesis: any valid answer to any question of an edition."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import Phase as Phases
from hypothesis import strategies as st

from assistant.answers import MAX_NUMBER, UNSURE_CELL, Answer, clean_text
from assistant.trees.edition import Edition
from assistant.trees.model import Choice, Column, Kind, Phase, Question

WITHOUT_EXPLAIN = (Phases.explicit, Phases.reuse, Phases.generate, Phases.shrink)  # explaining 50 answers takes minutes
CHECKS = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]  # one draw fills 178 questions
settings.register_profile(
    "default", max_examples=20, deadline=None, phases=WITHOUT_EXPLAIN, suppress_health_check=CHECKS
)
settings.register_profile(
    "release", max_examples=10_000, deadline=None, phases=WITHOUT_EXPLAIN, suppress_health_check=CHECKS
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

Value = st.SearchStrategy[Any]

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


def answers_of(
    edition: Edition, *, typed: st.SearchStrategy[str] = _plain_texts, certain: bool = False, complete: bool = False
) -> st.SearchStrategy[dict[str, Answer]]:
    """An answer to every question. `certain`: nothing unsure or blank; `complete`: nothing missing."""
    one_each = {id: _answer(question, typed, certain) for id, question in edition.questions.items()}
    if complete or certain:
        return st.fixed_dictionaries(one_each)
    nothing = st.one_of(st.just(Answer()), _words(typed).map(lambda words: Answer(**words)))
    some = {id: st.one_of(answer, answer, answer, nothing) for id, answer in one_each.items()}
    return st.one_of(st.fixed_dictionaries(one_each), st.fixed_dictionaries(some))


def _answer(question: Question, typed: st.SearchStrategy[str], certain: bool) -> st.SearchStrategy[Answer]:
    value = _table(question, typed, certain) if question.columns else _value(question.kind, question, typed)
    words = _words(typed)
    kinds = [
        st.builds(lambda value, words: Answer(value=value, **words), value, words),
        st.builds(lambda reason, words: Answer(not_applicable=reason, **words), typed, words),
    ]
    if not certain:
        kinds.append(st.builds(lambda words: Answer(unsure=True, **words), words))
    if not certain and question.kind in (Kind.CHOICES, Kind.TABLE):
        kinds.append(_partly(question, value))
    return st.sampled_from([0, 0, 0, *range(len(kinds))]).flatmap(lambda n: kinds[n])


def _words(typed: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    """What may stand beside an answer; most answers have nothing."""
    something = st.fixed_dictionaries(
        {
            "motivation": st.one_of(st.just(""), typed),
            "owner": st.sampled_from(["", "jurist", "<b>jurist</b> | en meer"]),
            "due": st.sampled_from(["", "2026-12-11"]),
            "other_views": st.lists(typed, max_size=2).map(tuple),
        }
    )
    return st.sampled_from([False, False, False, True]).flatmap(lambda more: something if more else st.just({}))


def _partly(question: Question, value: Value) -> st.SearchStrategy[Answer]:
    """These, and maybe more: not with a choice that rules out all others."""
    exclusive = {choice.id for choice in question.options if choice.exclusive}
    fits = value.filter(lambda picked: question.kind is Kind.TABLE or not exclusive & set(picked))
    return fits.map(lambda picked: Answer(value=picked, unsure=True))


def _value(kind: Kind, part: Question | Column, typed: st.SearchStrategy[str]) -> Value:
    match kind:
        case Kind.CHOICE | Kind.YES_NO:
            return st.sampled_from([choice.id for choice in part.options])
        case Kind.CHOICES:
            return _choices(part.options, getattr(part, "max_choices", None) or 4)
        case Kind.SCALE:
            return st.integers(1, 5)
        case Kind.NUMBER:
            return st.one_of(st.integers(0, 30), st.sampled_from([0, 0.5, MAX_NUMBER]))
        case Kind.DATE:
            return st.dates(date(2024, 1, 1), date(2031, 1, 1)).map(date.isoformat)
        case _:
            return typed


def _choices(options: tuple[Choice, ...], most: int) -> Value:
    alone = [[choice.id] for choice in options if choice.exclusive]
    ids = [choice.id for choice in options if not choice.exclusive]
    several = st.sets(st.sampled_from(ids), min_size=1, max_size=min(most, len(ids)))
    ordered = several.map(lambda picked: [id for id in ids if id in picked])
    return st.one_of(ordered, ordered, st.sampled_from(alone)) if alone else ordered


def _table(question: Question, typed: st.SearchStrategy[str], certain: bool) -> Value:
    cells = {column.id: _cell(column, typed, certain) for column in question.columns}
    rows = st.fixed_dictionaries(cells).map(lambda row: {k: v for k, v in row.items() if v is not None}).filter(bool)
    return st.lists(rows, min_size=1, max_size=3).map(
        lambda rows: [{"id": f"r{number}", **row} for number, row in enumerate(rows, start=1)]
    )


def _cell(column: Column, typed: st.SearchStrategy[str], certain: bool) -> Value:
    value = _value(Kind(column.kind), column, typed)
    blank = st.just(None) if column.optional or not certain else value
    unsure = value if certain else st.just(dict(UNSURE_CELL))
    return st.sampled_from([0, 0, 0, 0, 1, 2]).flatmap(lambda n: (value, blank, unsure)[n])
