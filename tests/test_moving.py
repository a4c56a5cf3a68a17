"""Answers carried to another edition: none lost, none unreadable, and the walk is that of a dossier begun there."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import REWORDED, Answer, read_answer
from assistant.compare import compare
from assistant.compare.editions import compare_editions
from assistant.dossier import ProjectFacts, build_dossier, plain_answer
from assistant.dossier.model import frozen
from assistant.dossier.read import read_dossier
from assistant.moving import Fate, carried_answers, carry, changed_answers
from assistant.trees.against import find_differences
from assistant.trees.edition import Edition, read_edition
from assistant.trees.load import shipped_edition
from assistant.trees.model import Choice, Kind, Question, Text
from assistant.walk import phase_of, walk

from .strategies import answers_of, days, seldom, small_edition

SMALL, SHIPPED = small_edition(), shipped_edition()
TODAY = date(2026, 11, 26)
Change = Callable[[Question], Question]


def mutate(edition: Edition, change: Callable[[Question], Question | None]) -> Edition:
    """The edition with other questions, as it is read back from its bytes; None takes a question out."""
    trees = []
    for tree in edition.trees:
        themes = []
        for theme in tree.themes:
            questions = tuple(new for question in theme.questions if (new := change(question)))
            themes.append(theme.model_copy(update={"questions": questions}))
        trees.append(tree.model_copy(update={"themes": tuple(themes)}))
    kept = {name: getattr(edition, name) for name in Edition.model_fields}  # a copy would remember the old bytes
    return read_edition(Edition(**kept | {"trees": tuple(trees)}).body)


def only(id: str, **update: Any) -> Change:
    return lambda question: question.model_copy(update=update) if question.id == id else question


def a_choice(id: str) -> Choice:
    return Choice(id=id, label=Text(nl="Iets nieuws", en="Something new"))


def some_change(question: Question, draw: random.Random) -> Question:
    """One of what an administrator does to a question: other words, choices, kind, condition, or nothing."""
    how = draw.randrange(10)
    if how == 0:
        return question.model_copy(update={"ask": Text(nl="Anders gevraagd?", en="Asked otherwise?")})
    if how == 1 and question.choices:
        return question.model_copy(update={"choices": (*question.choices, a_choice("quite_new"))})
    if how == 2 and len(question.choices) > 1:
        return question.model_copy(update={"choices": tuple(draw.sample(question.choices, len(question.choices) - 1))})
    if how == 3:
        return question.model_copy(update={"when": None})
    if how == 4 and question.kind is Kind.CHOICES:
        return question.model_copy(update={"max_choices": 1})
    if how == 5 and question.choices:
        choices = (question.choices[0].model_copy(update={"exclusive": True}), *question.choices[1:])
        return question.model_copy(update={"choices": choices})
    if how == 6 and len(question.columns) > 1:
        return question.model_copy(update={"columns": question.columns[1:]})
    return question


def other_editions() -> st.SearchStrategy[Edition]:
    """The small edition as somebody changed it. What conditions look at is left, so that it can be compiled."""

    @st.composite
    def made(draw: st.DrawFn) -> Edition:
        drawn = random.Random(draw(st.integers(0, 2**32)))
        free = [id for id in SMALL.questions if not _is_looked_at(id)]
        gone = set(drawn.sample(free, min(len(free), drawn.randrange(3))))
        return mutate(SMALL, lambda one: None if one.id in gone else some_change(one, drawn))

    return made()


def _is_looked_at(id: str) -> bool:
    body = SMALL.body.decode()
    return body.count(id) > 1 + body.count(f'"{id}_')


@seldom
@given(answers_of(SMALL), other_editions(), days)
def test_no_answer_is_lost_or_unreadable_and_the_walk_is_that_of_a_fresh_dossier(
    answers: dict[str, Answer], other: Edition, today: date
) -> None:
    carried = carry(SMALL, other, answers)
    after = carried_answers(carried)
    assert carried.keys() == answers.keys()
    for id, one in carried.items():
        assert one.before == answers[id]
        assert replace(one.after, value=None, confirmed_in="") == replace(one.before, value=None, confirmed_in="")
        if one.fate in (Fate.STAYS, Fate.TO_CONFIRM, Fate.ASIDE):
            assert _sorted(one.after.value) == _sorted(one.before.value)
    fresh = {}
    for id, question in other.questions.items():
        if id in after:
            fresh[id], problems = read_answer(question, plain_answer(after[id], to_confirm=True))
            assert not problems
    phase = phase_of(after)
    moved, begun = walk(other, after, phase, today), walk(other, fresh, phase, today)
    assert (moved.path, moved.next, moved.facts, moved.outcome) == (begun.path, begun.next, begun.facts, begun.outcome)
    assert [(one.signal.id, one.certain, one.because) for one in moved.signals] == [
        (one.signal.id, one.certain, one.because) for one in begun.signals
    ]
    assert moved.to_confirm == begun.to_confirm
    for language in ("nl", "en"):  # every word of it can be written, read back, and laid beside the one before
        made = [
            build_dossier(edition, said, ProjectFacts("Proef"), today, language)
            for edition, said in ((SMALL, answers), (other, after))
        ]
        assert read_dossier(frozen(made[1])) == made[1]
        compare(*made)
        compare_editions(SMALL, other, language)


def _sorted(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) and all(isinstance(one, str) for one in value) else value


@given(answers_of(SMALL))
def test_the_same_edition_changes_nothing(answers: dict[str, Answer]) -> None:
    assert changed_answers(carry(SMALL, SMALL, answers)) == {}
    assert find_differences(SMALL, SMALL) == []


CHOICE = next(one for one in SHIPPED.questions.values() if one.kind is Kind.CHOICE and len(one.choices) > 2)
MANY = next(one for one in SHIPPED.questions.values() if one.kind is Kind.CHOICES and len(one.choices) > 3)
FIRST, SECOND, THIRD = (choice.id for choice in MANY.choices[:3])


def fate(question: Question, answer: Answer, **update: Any) -> tuple[Fate, Answer]:
    old, new = small_pair(question, question.model_copy(update=update))
    [one] = carry(old, new, {question.id: answer}).values()
    return one.fate, one.after


def small_pair(before: Question, after: Question | None) -> tuple[Edition, Edition]:
    """Two editions of which nothing but the questions is looked at."""
    pair = SHIPPED.model_copy(), SHIPPED.model_copy()
    for edition, question in zip(pair, (before, after), strict=True):
        edition.__dict__["questions"] = {question.id: question} if question else {}
    return pair


OTHER_WORDS = Text(nl="Anders?", en="Otherwise?")


@pytest.mark.parametrize(
    ("update", "answer", "expected", "value"),
    [
        ({}, Answer([FIRST]), Fate.STAYS, [FIRST]),
        ({"when": None, "refs": (), "core": True, "why": OTHER_WORDS}, Answer([FIRST]), Fate.STAYS, [FIRST]),
        ({"ask": OTHER_WORDS}, Answer([FIRST]), Fate.TO_CONFIRM, [FIRST]),
        ({"ask": OTHER_WORDS}, Answer(unsure=True), Fate.STAYS, None),
        ({"ask": OTHER_WORDS}, Answer(not_applicable="Nee."), Fate.TO_CONFIRM, None),
        ({"choices": (*MANY.choices, a_choice("more"))}, Answer([FIRST]), Fate.TO_CONFIRM, [FIRST]),
        ({"choices": MANY.choices[1:]}, Answer([FIRST, SECOND]), Fate.IN_PART, [SECOND]),
        ({"choices": MANY.choices[1:]}, Answer([FIRST], motivation="Daarom."), Fate.ASKED_ANEW, None),
        ({"kind": Kind.TEXT, "choices": ()}, Answer([FIRST], motivation="Daarom."), Fate.ASKED_ANEW, None),
        ({"max_choices": 1}, Answer([SECOND, THIRD]), Fate.ASKED_ANEW, None),
    ],
)
def test_what_becomes_of_an_answer(update: dict[str, Any], answer: Answer, expected: Fate, value: Any) -> None:
    found, after = fate(MANY, answer, **update)
    assert (found, after.value, after.motivation) == (expected, value, answer.motivation)
    marked = expected in (Fate.TO_CONFIRM, Fate.IN_PART)
    assert after.confirmed_in == (REWORDED if marked else "")


def test_a_question_that_is_gone_keeps_its_answer_and_one_that_comes_back_is_to_confirm() -> None:
    old, new = small_pair(MANY, None)
    answers = {MANY.id: Answer([FIRST], motivation="Daarom.")}
    away = carry(old, new, answers)
    assert (away[MANY.id].fate, away[MANY.id].after) == (Fate.ASIDE, answers[MANY.id])
    back = carry(new, old, carried_answers(away))[MANY.id]
    assert (back.fate, back.after.value, back.after.confirmed_in) == (Fate.TO_CONFIRM, [FIRST], REWORDED)
    as_choice = MANY.model_copy(update={"kind": Kind.CHOICE})
    other = carry(new, small_pair(as_choice, None)[0], carried_answers(away))[MANY.id]
    assert (other.fate, other.after.value, other.after.motivation) == (Fate.ASKED_ANEW, None, "Daarom.")


def test_each_text_that_changed_is_told_before_and_after() -> None:
    other = mutate(SHIPPED, only(CHOICE.id, ask=OTHER_WORDS, choices=(*CHOICE.choices, a_choice("more")), when=None))
    [told] = compare_editions(SHIPPED, other, "nl").questions
    assert (told.id, told.title) == (CHOICE.id, "Anders?")
    parts = dict(told.parts)
    assert parts.keys() == {"ask", "choices"}
    assert [[span.text for span in line if span.kind == "added"] for line in parts["choices"]][-1] == ["Iets nieuws"]
    assert compare_editions(SHIPPED, SHIPPED, "nl").questions == ()
