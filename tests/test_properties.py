"""What always holds, over every shipped tree, for any answers."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import exports
from assistant.answers import Answer
from assistant.answers_file import read_answers
from assistant.dossier import Dossier, ProjectFacts, build_dossier
from assistant.trees.load import shipped_edition
from assistant.trees.model import Level, Phase
from assistant.walk import Mark, OutcomeKind, Raised, Walk, walk

from .strategies import answers_of, days, phases, texts

EDITION = shipped_edition()
TODAY = date(2026, 11, 21)
FACTS = ProjectFacts("Uitval per opleiding", "Gemeente Oeverland")
UNSURE = Answer(unsure=True)
TOLD = (
    "steps", "later", "undecided", "signals", "open_points", "facts", "conclusions", "outcome", "progress", "trees",
    "next",
)  # fmt: skip

some_answers = answers_of(EDITION)
trees_by_hand = st.sets(st.sampled_from(list(EDITION.tree_ids))).map(tuple)


def differing(one: Walk | Dossier, other: Walk | Dossier) -> list[str]:
    """The names of what two walks or dossiers say differently."""
    names = TOLD if isinstance(one, Walk) else tuple(Dossier.model_fields)
    return [name for name in names if getattr(one, name) != getattr(other, name)]


def dossier(answers: Mapping[str, Answer], today: date = TODAY) -> Dossier:
    return build_dossier(EDITION, answers, FACTS, today, "nl")


def on_the_path(answers: Mapping[str, Answer], way: Walk) -> dict[str, Answer]:
    return {id: answer for id, answer in answers.items() if way.step(id)}


def answer_all(answers: Callable[[str], Answer], phase: Phase, given: Mapping[str, Answer] | None = None) -> list[Walk]:
    """The walks from what is given to the end, one answer to the next question at a time."""
    known = dict(given or {})
    ways = [walk(EDITION, known, phase, TODAY)]
    while (next := ways[-1].next) is not None:
        assert next not in known or known[next].is_missing, f"{next} was asked twice"
        known[next] = answers(next)
        ways.append(walk(EDITION, known, phase, TODAY))
    return ways


@given(some_answers, phases, days, trees_by_hand)
def test_an_answer_off_the_path_reaches_nothing(
    answers: dict[str, Answer], phase: Phase, today: date, by_hand: tuple[str, ...]
) -> None:
    way = walk(EDITION, answers, phase, today, open_by_hand=by_hand)
    without = walk(EDITION, on_the_path(answers, way), phase, today, open_by_hand=by_hand)
    assert differing(without, way) == []


@given(some_answers)
def test_an_answer_off_the_path_reaches_no_dossier_and_no_export(answers: dict[str, Answer]) -> None:
    made = dossier(answers)
    without = dossier({id: answer for id, answer in answers.items() if id in made.path})
    assert differing(without, made) == []
    for name in ("markdown", "html", "json"):
        assert exports.FORMATS[name].render(without) == exports.FORMATS[name].render(made)


@given(some_answers, phases)
def test_an_answer_off_the_path_comes_back_when_its_branch_reopens(answers: dict[str, Answer], phase: Phase) -> None:
    before = walk(EDITION, answers, phase, TODAY)
    closed = walk(EDITION, answers | {"personal_data": Answer(value="none")}, phase, TODAY)
    again = walk(EDITION, closed_then(answers), phase, TODAY)
    assert "personal_data" in closed.path
    assert differing(again, before) == []


def closed_then(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """What is kept while a branch is closed, with the answer that closed it put back."""
    kept = {**answers, "personal_data": Answer(value="none")}
    return {**kept, "personal_data": answers["personal_data"]}


@given(some_answers, phases, days, st.randoms(use_true_random=False))
def test_the_order_of_answering_does_not_matter(
    answers: dict[str, Answer], phase: Phase, today: date, chance: random.Random
) -> None:
    pairs = list(answers.items())
    chance.shuffle(pairs)
    shuffled = dict(pairs)
    assert differing(walk(EDITION, shuffled, phase, today), walk(EDITION, answers, phase, today)) == []
    assert differing(dossier(shuffled, today), dossier(answers, today)) == []


@given(some_answers, phases, days)
def test_who_saved_an_answer_and_when_does_not_matter(answers: dict[str, Answer], phase: Phase, today: date) -> None:
    signed = {id: replace(a, rev=7, by="a1", at="2026-11-21", confirmed_in="x") for id, a in answers.items()}
    assert differing(dossier(signed, today), dossier(answers, today)) == []
    ways = walk(EDITION, signed, phase, today), walk(EDITION, answers, phase, today)
    assert set(differing(*ways)) <= {"steps", "later"}  # a step carries its answer whole


@given(some_answers, phases)
def test_no_question_stands_twice_and_none_is_both_asked_and_later(answers: dict[str, Answer], phase: Phase) -> None:
    way = walk(EDITION, answers, phase, TODAY)
    ids = [step.question.id for step in (*way.steps, *way.later)]
    assert len(ids) == len(set(ids))
    assert [id for id in EDITION.questions if id in way.path] == list(way.path)


@given(answers_of(EDITION, complete=True), phases)
def test_answering_the_next_question_ends_within_the_number_of_questions(
    answers: dict[str, Answer], phase: Phase
) -> None:
    *_, end = ways = answer_all(answers.__getitem__, phase)
    assert len(ways) <= len(EDITION.questions) + 1
    assert end.outcome.kind is not OutcomeKind.NOT_FINISHED
    assert all(step.mark is not Mark.MISSING for step in end.steps)
    assert end.progress.least == end.progress.most == 0
    assert end.progress.themes_done == end.progress.themes


@given(answers_of(EDITION, complete=True), phases)
def test_the_questions_left_lie_between_least_and_most(answers: dict[str, Answer], phase: Phase) -> None:
    ways = answer_all(answers.__getitem__, phase)
    for left, way in zip(range(len(ways) - 1, -1, -1), ways, strict=True):
        assert way.progress.least <= left <= way.progress.most


@given(answers_of(EDITION, certain=True), st.sets(st.sampled_from(list(EDITION.questions))), phases)
def test_not_knowing_never_misses_a_question_that_knowing_asks(
    answers: dict[str, Answer], forgotten: set[str], phase: Phase
) -> None:
    """The two-valued logic asks less the less a team knows; this one asks it now, or says that it comes later."""
    knowing = answer_all(answers.__getitem__, phase)[-1]
    known = on_the_path(answers, knowing)
    unsure = {id: UNSURE if id in forgotten else answer for id, answer in known.items()}
    less = answer_all(lambda _: UNSURE, phase, unsure)[-1]
    waiting = (*(step.question.id for step in less.later), *(question.id for question in less.undecided))
    assert set(knowing.path) <= {*less.path, *waiting}


@given(answers_of(EDITION, certain=True), st.sets(st.sampled_from(list(EDITION.questions))))
def test_not_knowing_never_hides_a_stop(answers: dict[str, Answer], forgotten: set[str]) -> None:
    knowing = answer_all(answers.__getitem__, Phase.IDEA)[-1]
    known = on_the_path(answers, knowing)
    unsure = {id: UNSURE if id in forgotten else answer for id, answer in known.items()}
    less = answer_all(lambda _: UNSURE, Phase.IDEA, unsure)[-1]
    stops = {raised.signal.id for raised in knowing.signals if raised.signal.level is Level.STOP}
    assert stops <= {raised.signal.id for raised in less.signals}


@given(some_answers, phases, days)
def test_every_raised_signal_names_an_answer_on_the_path_as_its_reason(
    answers: dict[str, Answer], phase: Phase, today: date
) -> None:
    way = walk(EDITION, answers, phase, today)
    for raised in way.signals:
        assert raised.because, raised.signal.id
        assert set(raised.because) <= set(way.path), raised.signal.id
        assert all(not answers[id].is_missing for id in raised.because), raised.signal.id


@given(some_answers, phases)
def test_the_reasons_of_a_certain_signal_are_enough_to_raise_it(answers: dict[str, Answer], phase: Phase) -> None:
    """With the answers it names, and those that put their questions on the path, and no other answer."""
    way = walk(EDITION, answers, phase, TODAY)
    for raised in [one for one in way.signals if one.certain][:4]:
        needed = reasons_of(way, raised)
        alone = walk(EDITION, {id: answers[id] for id in needed}, phase, TODAY)
        if all(step.certain for step in way.steps if step.question.id in needed):
            assert raised.signal.id in {one.signal.id for one in alone.signals if one.certain}


def reasons_of(way: Walk, raised: Raised) -> set[str]:
    """The questions that raise a signal, with all that put them on the path."""
    needed: set[str] = set()
    todo = {raised.signal.about, *raised.because}
    while todo:
        needed |= todo
        todo = {reason for id in todo for reason in way.why_asked(id)} - needed
    return needed


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("by_hand", [(), tuple(EDITION.tree_ids)])
def test_an_empty_dossier_is_never_finished(phase: Phase, by_hand: tuple[str, ...]) -> None:
    way = walk(EDITION, {}, phase, TODAY, open_by_hand=by_hand)
    assert way.outcome.kind is OutcomeKind.NOT_FINISHED
    assert way.outcome.open_questions == len(way.steps) > 0
    assert way.signals == ()


@given(some_answers, phases, days)
def test_the_outcome_follows_the_rules(answers: dict[str, Answer], phase: Phase, today: date) -> None:
    way = walk(EDITION, answers, phase, today)
    missing = [step for step in way.steps if step.mark is Mark.MISSING]
    certain_stop = any(s.signal.level is Level.STOP and s.certain and not s.superseded_by for s in way.signals)
    serious = [s for s in way.signals if s.counts and s.signal.level in (Level.STOP, Level.HIGH)]
    some = [s for s in way.signals if s.counts and s.signal.level is Level.ATTENTION]
    if missing:
        expected = OutcomeKind.NOT_FINISHED
    elif certain_stop:
        expected = OutcomeKind.DO_NOT_START
    elif serious:
        expected = OutcomeKind.SOLVE_FIRST
    elif some or way.open_points:
        expected = OutcomeKind.GO_ON_WITH_AGREEMENTS
    else:
        expected = OutcomeKind.GO_ON
    assert way.outcome.kind is expected
    assert way.outcome.open_questions == len(missing)


def test_a_signal_gives_way_only_to_one_that_is_as_serious() -> None:
    """A superseded signal does not count, so another may not make the outcome lighter than it."""
    lighter = [
        (signal.id, other)
        for signal in EDITION.signals.values()
        for other in signal.supersedes
        if EDITION.signals[other].level.rank < signal.level.rank
    ]
    assert lighter == []


@given(some_answers, phases)
def test_a_signal_gives_way_only_to_one_that_is_raised_as_certainly(answers: dict[str, Answer], phase: Phase) -> None:
    way = walk(EDITION, answers, phase, TODAY)
    raised = {one.signal.id: one for one in way.signals}
    for one in way.signals:
        if one.superseded_by:
            winner = raised[one.superseded_by]
            assert one.signal.id in winner.signal.supersedes
            assert winner.certain >= one.certain
            assert not one.counts


@given(some_answers, phases)
def test_handing_in_takes_what_is_missing_for_not_known(answers: dict[str, Answer], phase: Phase) -> None:
    handed_in = walk(EDITION, answers, phase, TODAY, handed_in=True)
    asked_now = {id for id, question in EDITION.questions.items() if phase in question.phases}
    said = {id: UNSURE if answer.is_missing and id in asked_now else answer for id, answer in answers.items()}
    unsure = walk(EDITION, said, phase, TODAY)
    assert handed_in.outcome.kind is not OutcomeKind.NOT_FINISHED
    assert [(s.signal.id, s.certain) for s in handed_in.signals] == [(s.signal.id, s.certain) for s in unsure.signals]


@given(answers_of(EDITION, typed=texts()))
def test_a_dossier_goes_round(answers: dict[str, Answer]) -> None:
    """Its JSON, read as an import, gives the same answers and the same dossier."""
    made = dossier(answers)
    read = read_answers(exports.FORMATS["json"].render(made), "dossier.json", EDITION)
    assert (read.title, read.organisation, read.language) == (FACTS.title, FACTS.organisation, "nl")
    assert differing(dossier(read.answers), made) == []
    assert {id: answers[id] for id in read.answers} == read.answers
