"""What would lift a signal: on small trees, and that what is proposed indeed lifts it, whatever was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant import lighter
from assistant.answers import Answer, answers_after, check_answer, read_value
from assistant.lighter import MOST_RUNS, Lift, changes_of, find_lifts
from assistant.trees.edition import Edition
from assistant.trees.load import shipped_edition
from assistant.trees.logic import NO
from assistant.trees.model import Kind, Level, Phase
from assistant.trees.program import Program, State
from assistant.walk import Walk, walk

from .strategies import answers_of, days, phases, seldom, small_edition
from .trees.samples import TODAY, UNSURE, answer, choices, edition, question, signal, tree

SHIPPED, SMALL = shipped_edition(), small_edition()
PICKED = (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO, Kind.SCALE)


def lifts(made: Edition, said: Mapping[str, Any], raised: str, most: int = 5) -> tuple[Lift, ...]:
    return find_lifts(made, {id: answer(value) for id, value in said.items()}, Phase.IDEA, TODAY, raised, most)


def values(found: tuple[Lift, ...]) -> list[dict[str, Any]]:
    return [{id: one.value for id, one in lift.answers.items()} for lift in found]


def one_signal(*questions: dict[str, Any], when: str, **extra: Any) -> Edition:
    return edition(tree(*questions, signals=[signal("bad", questions[-1]["id"], when)], **extra))


def test_one_other_choice_lifts_it() -> None:
    made = one_signal(question("first"), when="first == 'a'")
    assert values(lifts(made, {"first": "a"}, "bad")) == [{"first": "b"}, {"first": "c"}]


def test_what_is_not_raised_needs_no_lifting() -> None:
    made = one_signal(question("first"), when="first == 'a'")
    assert lifts(made, {"first": "b"}, "bad") == ()
    assert lifts(made, {}, "bad") == ()


def test_a_signal_that_is_only_possible_is_lifted_too_and_not_by_knowing_nothing() -> None:
    made = one_signal(question("first"), when="first == 'a'")
    assert values(lifts(made, {"first": UNSURE}, "bad")) == [{"first": "b"}, {"first": "c"}]


def test_a_gate_lifts_what_it_opens_and_gates_of_gates_do_too() -> None:
    made = one_signal(
        question("first"),
        question("second", "yes_no", when="first == 'a'"),
        question("third", "table", when="second == 'yes'"),
        when="'a' in third.kind",
    )
    found = lifts(made, {"first": "a", "second": "yes", "third": [{"id": "r1", "kind": "a"}]}, "bad")
    assert values(found) == [{"second": "no"}, {"first": "b"}, {"first": "c"}]


def test_two_changes_where_one_is_not_enough() -> None:
    made = one_signal(question("first"), question("second"), when="first == 'a' or second == 'a'")
    found = values(lifts(made, {"first": "a", "second": "a"}, "bad", 9))
    assert {frozenset(one.items()) for one in found} == {
        frozenset({("first", x), ("second", y)}) for x in "bc" for y in "bc"
    }
    assert len(found) == 4


def test_a_question_that_only_counts_after_another_change_is_the_second_of_two() -> None:
    signals = [signal("bad", "first", "first == 'a' or (first != 'a' and second == 'a')")]
    made = edition(tree(question("first", "yes_no") | {"kind": "choice", "choices": choices("a", "b")},
                        question("second", choices=choices("a", "b")), signals=signals))  # fmt: skip
    assert values(lifts(made, {"first": "a", "second": "a"}, "bad")) == [{"first": "b", "second": "b"}]


def test_a_change_that_only_brings_an_open_question_lifts_nothing() -> None:
    made = one_signal(
        question("first", choices=choices("a", "b")),
        question("second", when="first == 'b'"),
        question("third"),
        when="first == 'a' or second == 'a'",
    )
    assert lifts(made, {"first": "a", "third": "a"}, "bad") == ()


def test_the_phase_is_left_alone() -> None:
    made = one_signal(question("phase"), question("first"), when="phase == 'a' and first == 'a'")
    assert values(lifts(made, {"phase": "a", "first": "a"}, "bad")) == [{"first": "b"}, {"first": "c"}]


def test_what_raises_least_comes_first_and_other_signals_are_told() -> None:
    signals = [
        signal("bad", "first", "first == 'a'"),
        signal("worse", "first", "first == 'b'", "stop"),
        signal("other", "first", "first == 'a'", "info"),
        signal("well", "first", "first == 'c'", "strength"),
    ]
    made = edition(tree(question("first"), signals=signals))
    best, second = lifts(made, {"first": "a"}, "bad")
    assert (best.answers["first"].value, best.comes, best.is_heavier) == ("c", ("well",), 0)
    assert (second.answers["first"].value, second.comes, second.is_heavier) == ("b", ("worse",), 1)
    assert best.goes == second.goes == ("other",)


def test_the_smallest_step_comes_first_and_no_question_takes_all_places() -> None:
    made = one_signal(question("first", "scale"), question("second"), when="first > 2 and second == 'a'")
    found = lifts(made, {"first": 5, "second": "a"}, "bad", 3)
    assert values(found) == [{"second": "b"}, {"second": "c"}, {"first": 2}]
    assert values(lifts(made, {"first": 5, "second": "a"}, "bad", 2)) == [{"second": "b"}, {"first": 2}]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (Answer(["a", "b", "c"]), [["a", "b"], ["a", "c"], ["b", "c"], ["a"], ["b"], ["c"], ["none"]]),
        (Answer(["a"]), [["a", "b"], ["a", "c"], ["b"], ["c"], ["none"]]),
        (Answer(["none"]), [["a"], ["b"], ["c"]]),
        (Answer(["a"], unsure=True), [["a"], ["a", "b"], ["a", "c"], ["b"], ["c"], ["none"]]),
        (UNSURE, [["a"], ["b"], ["c"], ["none"]]),
    ],
)
def test_lists_lose_or_gain_little_at_a_time(said: Answer, expected: list[list[str]]) -> None:
    options = choices("a", "b", "c", "none", exclusive="none")
    one = edition(tree(question("first", "choices", choices=options))).questions["first"]
    found = changes_of(one, said)
    assert [change.answer.value for change in found] == expected
    assert [change.size for change in found] == sorted(change.size for change in found)


def test_a_list_never_grows_beyond_its_limit() -> None:
    one = edition(tree(question("first", "choices", max_choices=1))).questions["first"]
    assert [change.answer.value for change in changes_of(one, Answer(["a"]))] == [["b"], ["c"]]


@pytest.mark.parametrize("kind", sorted({*Kind} - {*PICKED}))
def test_what_is_typed_is_never_made_up(kind: str) -> None:
    one = edition(tree(question("first", kind))).questions["first"]
    assert changes_of(one, Answer("x")) == []


def check(made: Edition, way: Walk, lift: Lift, after: Walk, raised: str) -> None:
    """What is promised of every lift."""
    now = {one.signal.id for one in after.signals}
    assert after.state.signals[raised] is NO
    assert raised not in now
    assert {*lift.comes} == now - {one.signal.id for one in way.signals}
    assert {*lift.goes} == {one.signal.id for one in way.signals} - now - {raised}
    assert 1 <= len(lift.changes) <= 2
    for id, one in lift.answers.items():
        asked = made.questions[id]
        assert (asked.kind in PICKED, id == "phase", one.unsure, one.not_applicable) == (True, False, False, "")
        assert read_value(asked, one.value) == (one.value, [])
        assert check_answer(asked, one) == []


def check_lifts(made: Edition, answers: dict[str, Answer], phase: Phase, day: date, at: int) -> None:
    answers = answers | ({"phase": Answer(phase.value)} if "phase" in made.questions else {})
    way = walk(made, answers, phase, day)
    assume(way.signals)
    raised = way.signals[at % len(way.signals)].signal.id
    found = find_lifts(made, answers, phase, day, raised, 4)
    assert len(found) <= 4
    assert [lift.weight for lift in found] == sorted(lift.weight for lift in found)
    assert len({lift.key for lift in found}) == len(found)
    for lift in found:
        check(made, way, lift, walk(made, answers_after(answers, lift.answers), phase, day), raised)


@given(answers_of(SMALL), phases, days, st.integers(0, 99))
def test_applying_a_lift_lifts_it(answers: dict[str, Answer], phase: Phase, day: date, at: int) -> None:
    check_lifts(SMALL, answers, phase, day, at)


@seldom
@given(answers_of(SHIPPED), phases, days, st.integers(0, 99))
def test_applying_a_lift_lifts_it_in_the_shipped_trees(
    answers: dict[str, Answer], phase: Phase, day: date, at: int
) -> None:
    check_lifts(SHIPPED, answers, phase, day, at)


@given(answers_of(SMALL, certain=True), phases, days, st.integers(0, 99))
def test_where_one_change_of_any_question_lifts_it_one_is_found(
    answers: dict[str, Answer], phase: Phase, day: date, at: int
) -> None:
    """Of answers that are known: what brings back a question with "we don't know yet" is not looked for."""
    way = walk(SMALL, answers, phase, day)
    assume(way.signals)
    raised = way.signals[at % len(way.signals)].signal.id

    def is_lifted(question: str, other: Answer) -> bool:
        return SMALL.program.run(answers | {question: other}, phase, day).signals[raised] is NO

    every = (
        change
        for id, said in answers.items()
        if id != "phase" and not said.is_missing
        for change in changes_of(SMALL.questions[id], said)
    )
    possible = any(is_lifted(change.question, change.answer) for change in every)
    found = find_lifts(SMALL, answers, phase, day, raised, 1)
    assert bool(found and len(found[0].changes) == 1) is possible


@given(answers_of(SMALL), phases, days)
def test_the_answers_given_stay_as_they_are(answers: dict[str, Answer], phase: Phase, day: date) -> None:
    before = {id: replace(one) for id, one in answers.items()}
    for raised in walk(SMALL, answers, phase, day).signals[:2]:
        find_lifts(SMALL, answers, phase, day, raised.signal.id)
    assert answers == before


@pytest.mark.parametrize("most", [1, 40, MOST_RUNS])
def test_the_work_is_bounded(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    questions = [question(f"q{n}", "choices", choices=choices(*"abcdefgh")) for n in range(12)]
    made = one_signal(*questions, when=" or ".join(f"'a' in q{n}" for n in range(12)))
    runs, run = [], Program.run

    def counted(self: Program, *given: Any, **how: Any) -> State:
        runs.append(1)
        return run(self, *given, **how)

    monkeypatch.setattr(Program, "run", counted)
    monkeypatch.setattr(lighter, "MOST_RUNS", most)
    assert lifts(made, {f"q{n}": ["a", "b", "c"] for n in range(12)}, "bad") == ()
    assert len(runs) == most


def test_strengths_of_the_shipped_trees_are_no_worry_but_can_be_looked_at() -> None:
    assert Level.STRENGTH in {one.level for one in SHIPPED.signals.values()}
    assert find_lifts(SHIPPED, {"phase": Answer("idea")}, Phase.IDEA, TODAY, "started_in_time") == ()
