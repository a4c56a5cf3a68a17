"""What always holds, over every shipped tree, for any answers; and over a small edition, for many more."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import exports
from assistant.answers import Answer, answers_after
from assistant.answers_file import read_answers
from assistant.dossier import Dossier, ProjectFacts, build_dossier
from assistant.trees.edition import Edition
from assistant.trees.load import shipped_edition
from assistant.trees.model import Level, Phase
from assistant.walk import Mark, OutcomeKind, Raised, Walk, walk

from .strategies import answers_of, days, phases, seldom, small_edition, texts

EDITION = shipped_edition()
SMALL = small_edition()
TODAY = date(2026, 11, 21)
FACTS = ProjectFacts("Uitval per opleiding", "Gemeente Oeverland")
UNSURE = Answer(unsure=True)
CANARY = "canary-7f3a"
TOLD = (
    "steps", "later", "undecided", "signals", "open_points", "facts", "conclusions", "outcome", "progress", "trees",
    "next",
)  # fmt: skip

# Everyday writing with AI on totals of a large group, whatever else is answered.
WRITING_ON_TOTALS = {
    "personal_data": Answer("totals"),
    "purpose": Answer(["own_work"]),
    "outcome_about": Answer("large_group"),
    "software": Answer("generative"),
    "observation": Answer(["none"]),
    "consequence": Answer("nothing"),
    "sources": Answer([{"id": "r1", "kinds": ["not_personal"]}]),
    "analyst_view": Answer("totals"),
    "genai_input": Answer(["public_texts"]),
}
MOST_ON_TOTALS = 30

some_answers = answers_of(EDITION)


@dataclass(frozen=True)
class Made:
    """Answers to the questions of an edition; some of these questions, and some of its trees."""

    edition: Edition = field(repr=False)
    answers: dict[str, Answer]
    questions: set[str]
    trees: set[str]


def over_both(small: int = 5, **how: Any) -> st.SearchStrategy[Made]:
    """Once over the shipped edition, against `small` times over the small one: going all through the first is slow."""
    pool = [
        (
            e,
            answers_of(e, **how),
            st.sets(st.sampled_from(list(e.questions))),
            st.sets(st.sampled_from(list(e.tree_ids))),
        )
        for e in [SMALL] * small + [EDITION]
    ]

    @st.composite
    def made(draw: st.DrawFn) -> Made:
        edition, answers, questions, trees = pool[draw(st.sampled_from(range(small + 1)))]
        return Made(edition, draw(answers), draw(questions), draw(trees))

    return made()


def differing(one: Walk | Dossier, other: Walk | Dossier) -> list[str]:
    """The names of what two walks or dossiers say differently."""
    names = TOLD if isinstance(one, Walk) else tuple(Dossier.model_fields)
    return [name for name in names if getattr(one, name) != getattr(other, name)]


def dossier(answers: Mapping[str, Answer], today: date = TODAY, edition: Edition = EDITION) -> Dossier:
    return build_dossier(edition, answers, FACTS, today, "nl")


def on_the_path(answers: Mapping[str, Answer], way: Walk) -> dict[str, Answer]:
    return {id: answer for id, answer in answers.items() if way.step(id)}


def answer_all(
    answers: Callable[[str], Answer],
    phase: Phase,
    given: Mapping[str, Answer] | None = None,
    edition: Edition = EDITION,
) -> list[Walk]:
    """The walks from what is given to the end, one answer to the next question at a time."""
    known = dict(given or {})
    ways = [walk(edition, known, phase, TODAY)]
    while (next := ways[-1].next) is not None:
        confirms = next in ways[-1].to_confirm
        assert confirms or next not in known or known[next].is_missing, f"{next} was asked twice"
        known[next] = replace(known[next] if confirms else answers(next), confirmed_in="")
        ways.append(walk(edition, known, phase, TODAY))
    return ways


@given(over_both(small=1), phases, days)
def test_an_answer_off_the_path_reaches_nothing(made: Made, phase: Phase, today: date) -> None:
    way = walk(made.edition, made.answers, phase, today, open_by_hand=made.trees)
    without = walk(made.edition, on_the_path(made.answers, way), phase, today, open_by_hand=made.trees)
    assert differing(without, way) == []


@given(over_both())
def test_an_answer_off_the_path_reaches_no_dossier(made: Made) -> None:
    told = dossier(made.answers, edition=made.edition)
    without = {id: answer for id, answer in made.answers.items() if id in told.path}
    assert differing(dossier(without, edition=made.edition), told) == []


@seldom
@given(some_answers)
def test_a_text_off_the_path_stands_in_no_export(answers: dict[str, Answer]) -> None:
    off = answers.keys() - set(dossier(answers).path)
    beside = {id: replace(answers[id], motivation=CANARY, other_views=(CANARY,)) for id in off}
    for name in ("markdown", "html", "json"):
        assert CANARY.encode() not in exports.FORMATS[name].render(dossier(answers | beside))


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


@given(over_both(), phases, days, st.integers())
def test_the_order_of_answering_does_not_matter(made: Made, phase: Phase, today: date, seed: int) -> None:
    edition, answers = made.edition, made.answers
    pairs = list(answers.items())
    random.Random(seed).shuffle(pairs)
    shuffled = dict(pairs)
    assert differing(walk(edition, shuffled, phase, today), walk(edition, answers, phase, today)) == []
    assert differing(dossier(shuffled, today, edition), dossier(answers, today, edition)) == []


@given(over_both(), phases, days)
def test_who_saved_an_answer_and_when_does_not_matter(made: Made, phase: Phase, today: date) -> None:
    edition, answers = made.edition, made.answers
    signed = {id: replace(a, rev=7, by="a1", at="2026-11-21") for id, a in answers.items()}
    assert differing(dossier(signed, today, edition), dossier(answers, today, edition)) == []
    ways = walk(edition, signed, phase, today), walk(edition, answers, phase, today)
    assert set(differing(*ways)) <= {"steps", "later"}  # a step carries its answer whole


@given(some_answers, phases)
def test_no_question_stands_twice_and_none_is_both_asked_and_later(answers: dict[str, Answer], phase: Phase) -> None:
    way = walk(EDITION, answers, phase, TODAY)
    ids = [step.question.id for step in (*way.steps, *way.later)]
    assert len(ids) == len(set(ids))
    assert [id for id in EDITION.questions if id in way.path] == list(way.path)


@given(over_both(complete=True), phases)
def test_answering_the_next_question_ends_and_what_is_left_lies_between_least_and_most(
    made: Made, phase: Phase
) -> None:
    edition, answers = made.edition, made.answers
    *_, end = ways = answer_all(answers.__getitem__, phase, edition=edition)
    assert len(ways) <= len(edition.questions) + 1
    assert end.outcome.kind is not OutcomeKind.NOT_FINISHED
    assert all(step.mark is not Mark.MISSING for step in end.steps)
    assert end.progress.least == end.progress.most == 0
    assert end.progress.themes_done == end.progress.themes
    for left, way in zip(range(len(ways) - 1, -1, -1), ways, strict=True):
        assert way.progress.least <= left <= way.progress.most


@given(over_both(certain=True), phases)
def test_not_knowing_never_misses_a_question_that_knowing_asks(made: Made, phase: Phase) -> None:
    """The two-valued logic asks less the less a team knows; this one asks it now, or says that it comes later."""
    edition, answers = made.edition, made.answers
    knowing = answer_all(answers.__getitem__, phase, edition=edition)[-1]
    known = on_the_path(answers, knowing)
    unsure = {id: UNSURE if id in made.questions else answer for id, answer in known.items()}
    less = answer_all(lambda _: UNSURE, phase, unsure, edition)[-1]
    waiting = (*(step.question.id for step in less.later), *(question.id for question in less.undecided))
    assert set(knowing.path) <= {*less.path, *waiting}


@given(over_both(certain=True))
def test_not_knowing_never_hides_a_stop(made: Made) -> None:
    edition, answers = made.edition, made.answers
    knowing = answer_all(answers.__getitem__, Phase.IDEA, edition=edition)[-1]
    known = on_the_path(answers, knowing)
    unsure = {id: UNSURE if id in made.questions else answer for id, answer in known.items()}
    less = answer_all(lambda _: UNSURE, Phase.IDEA, unsure, edition)[-1]
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


@given(over_both(typed=texts()))
def test_a_dossier_goes_round(made: Made) -> None:
    """Its JSON, read as an import, gives the same answers and the same dossier."""
    edition, answers = made.edition, made.answers
    told = dossier(answers, edition=edition)
    read = read_answers(exports.FORMATS["json"].render(told), "dossier.json", edition)
    assert (read.title, read.organisation, read.language) == (FACTS.title, FACTS.organisation, "nl")
    assert differing(dossier(read.answers, edition=edition), told) == []
    assert {id: answers[id] for id in read.answers} == read.answers


@given(answers_of(EDITION, certain=True), phases)
def test_writing_with_ai_on_totals_asks_no_more_than_other_totals(answers: dict[str, Answer], phase: Phase) -> None:
    way = walk(EDITION, answers | WRITING_ON_TOTALS | {"phase": Answer(str(phase))}, phase, TODAY)
    assert len(way.steps) <= MOST_ON_TOTALS, way.path
    assert "genai_service" in way.path


@given(answers_of(EDITION, certain=True), phases)
def test_residents_data_in_an_ai_are_personal_data(answers: dict[str, Answer], phase: Phase) -> None:
    said = answers | WRITING_ON_TOTALS | {"genai_input": Answer(["residents"])}
    way = walk(EDITION, said, phase, TODAY)
    assert way.facts["uses_personal_data"]
    assert "legal_task" in way.path


@given(answers_of(EDITION, certain=True), phases, st.sampled_from(["code", "plate_or_image", "body"]))
def test_a_device_that_recognises_someone_uses_personal_data(
    answers: dict[str, Answer], phase: Phase, capture: str
) -> None:
    said = {"personal_data": Answer("totals"), "observation": Answer(["sensor"]), "space_capture": Answer(capture)}
    way = walk(EDITION, answers | said, phase, TODAY)
    assert way.facts["uses_personal_data"]
    assert "legal_task" in way.path


@given(answers_of(EDITION), phases)
def test_one_unknown_exception_is_one_stop(answers: dict[str, Answer], phase: Phase) -> None:
    way = walk(EDITION, answers | {"special_exception": UNSURE}, phase, TODAY)
    stops = [one for one in way.signals if one.signal.about == "special_exception" and one.signal.level is Level.STOP]
    assert sum(not one.superseded_by for one in stops) <= 1


@seldom
@given(answers_of(EDITION, complete=True), phases, phases)
def test_when_the_phase_moves_on_confirming_everything_leaves_nothing(
    answers: dict[str, Answer], was: Phase, now: Phase
) -> None:
    before = answers | {"phase": Answer(str(was))}
    moved = answers_after(before, {"phase": Answer(str(now))})
    way = walk(EDITION, moved, now, TODAY)
    assert all(now in EDITION.questions[id].confirm for id in way.to_confirm)
    assert bool(way.to_confirm) <= (was is not now)
    *_, end = ways = answer_all(answers.__getitem__, now, moved)
    assert (end.next, end.to_confirm, end.progress.to_confirm) == (None, (), 0)
    asked = [one.next for one in ways[:-1]]
    assert len(asked) == len(set(asked)), "to be confirmed once"


@given(answers_of(EDITION, complete=True), phases, phases)
def test_an_answer_to_confirm_counts_as_any_other(answers: dict[str, Answer], was: Phase, now: Phase) -> None:
    given_before = {id: replace(answer, confirmed_in=str(was)) for id, answer in answers.items()}
    old, fresh = walk(EDITION, given_before, now, TODAY), walk(EDITION, answers, now, TODAY)
    assert set(differing(old, fresh)) <= {"steps", "progress", "next"}


@given(some_answers, phases)
def test_the_core_comes_before_what_works_it_out(answers: dict[str, Answer], phase: Phase) -> None:
    way = walk(EDITION, answers, phase, TODAY)
    missing = [step for step in way.steps if step.mark is Mark.MISSING]
    if missing and way.next:
        step = way.step(way.next)
        assert step is not None
        assert step.works_out <= all(one.works_out for one in missing)
