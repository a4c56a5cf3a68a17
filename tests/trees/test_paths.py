"""Which questions, signals, facts and outcomes follow from the answers."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.trees.logic import MISSING, NO, UNSURE, YES, Truth
from assistant.trees.model import Phase

from . import samples
from .samples import edition, fact, question, run, signal, tree


def test_a_question_under_a_theme_needs_both_conditions():
    one = tree(question("a", "yes_no"), question("b", "yes_no"))
    late = {"id": "late", "when": "a == 'yes'", "questions": [question("c", when="b == 'yes'")]}
    one["themes"].append(one["themes"][0] | late)
    made = edition(one)
    assert run(made, {"a": "yes", "b": "yes"}).paths["c"] is YES
    assert run(made, {"a": "no"}).paths["c"] is NO
    assert run(made, {"a": "yes", "b": samples.UNSURE}).paths["c"] is UNSURE
    assert run(made, {"a": samples.UNSURE}).paths["c"] is MISSING


OPENING = edition(
    tree(
        question("start", "yes_no"),
        question("more", "yes_no"),
        question("full", "yes_no"),
        id="scan",
        opens=[
            {"tree": "review", "depth": "core", "when": "start == 'yes'"},
            {"tree": "review", "depth": "all", "when": "full == 'yes'"},
        ],
        deepens=[{"tree": "review", "when": "more == 'yes'"}],
    ),
    tree(question("core", core=True), question("rest"), id="review"),
)


@pytest.mark.parametrize(
    ("answers", "core", "rest"),
    [
        ({}, MISSING, MISSING),
        ({"start": "no", "more": "no", "full": "no"}, NO, NO),
        ({"start": "yes", "more": "no", "full": "no"}, YES, NO),
        ({"start": "yes", "more": "yes", "full": "no"}, YES, YES),
        ({"start": "no", "more": "yes", "full": "no"}, NO, NO),  # deepening alone opens nothing
        ({"start": "no", "more": "no", "full": "yes"}, YES, YES),
        ({"start": samples.UNSURE, "more": "no", "full": "no"}, UNSURE, NO),
        ({"start": samples.UNSURE, "more": "yes", "full": "no"}, UNSURE, UNSURE),
        ({"start": "yes", "more": samples.UNSURE, "full": "no"}, YES, UNSURE),
    ],
)
def test_answers_open_and_deepen_a_tree(answers: dict[str, Any], core: Truth, rest: Truth):
    paths = run(OPENING, answers).paths
    assert (paths["core"], paths["rest"]) == (core, rest)


def test_a_tree_opened_by_hand_is_asked_in_full():
    paths = run(OPENING, {"start": "no"}, open_by_hand=["review"]).paths
    assert (paths["core"], paths["rest"]) == (YES, YES)


PHASED = edition(
    tree(
        question("early", "yes_no", phases=["idea", "exploration"]),
        question("late", "yes_no", phases=["pilot"]),
        question("after", when="early == 'yes'"),
    )
)


@pytest.mark.parametrize(
    ("answers", "phase", "expected"),
    [
        ({}, Phase.IDEA, (YES, YES)),
        ({}, Phase.EXPLORATION, (YES, YES)),
        ({}, Phase.PROTOTYPE, (NO, YES)),
        ({}, Phase.STOPPED, (NO, NO)),
        ({"early": "yes"}, Phase.PILOT, (YES, YES)),
        ({"early": samples.UNSURE}, Phase.PILOT, (YES, YES)),
        ({"early": samples.NOT_APPLICABLE}, Phase.PILOT, (YES, YES)),
    ],
)
def test_a_question_whose_time_is_past_is_not_asked_unless_answered(answers, phase, expected):
    paths = run(PHASED, answers, phase).paths
    assert (paths["early"], paths["late"]) == expected


def test_an_answer_off_the_path_counts_nowhere_and_comes_back():
    made = edition(
        tree(
            question("a", "yes_no"),
            question("b", "choices", when="a == 'yes'"),
            signals=[signal("s", "b", "'a' in b"), signal("t", "a", "count(b) >= 1"), signal("u", "a", "answered(b)")],
        )
    )
    hidden = run(made, {"a": "no", "b": ["a"]})
    assert (hidden.values["b"], set(hidden.signals.values())) == (None, {NO})
    assert set(run(made, {"a": "yes", "b": ["a"]}).signals.values()) == {YES}


def test_a_signal_is_no_more_certain_than_its_question_is_asked():
    made = edition(
        tree(
            question("a", "yes_no"),
            question("b", "yes_no", when="a == 'yes'"),
            question("c", "yes_no"),
            signals=[signal("s", "b", "c == 'yes'"), signal("t", "a", "raised('s')")],
        )
    )
    found = [
        [run(made, {"a": value, "c": "yes"}).signals[id] for id in ("s", "t")]
        for value in ("yes", "no", samples.UNSURE, samples.MISSING)
    ]
    assert found == [[YES, YES], [NO, NO], [UNSURE, UNSURE], [MISSING, MISSING]]


def test_facts_and_outcomes_follow():
    outcome = {"id": "needed", "level": "high", "when": "both_so", "says": samples.both()}
    made = edition(
        tree(
            question("a", "yes_no"),
            question("b", "yes_no"),
            facts={"both_so": fact("one_so and b == 'yes'"), "one_so": fact("a == 'yes'")},
            outcomes=[outcome],
        )
    )
    state = run(made, {"a": "yes", "b": samples.UNSURE})
    assert state.facts == {"one_so": YES, "both_so": UNSURE}
    assert state.outcomes == {("tree", "needed"): UNSURE}


def test_a_condition_may_look_at_a_later_question():
    made = edition(tree(question("first", when="last == 'yes'"), question("last", "yes_no")))
    assert run(made, {"last": "yes"}).paths["first"] is YES
    assert list(run(made, {}).paths) != list(made.questions)  # evaluated in another order than shown
    assert list(made.questions) == ["first", "last"]


def test_questions_that_can_raise_a_stop_are_known():
    made = edition(
        tree(
            question("a", "yes_no"),
            question("b", "yes_no", when="a == 'yes'"),
            question("c", "yes_no"),
            question("d", "yes_no"),
            facts={"f": fact("c == 'yes'")},
            signals=[signal("s", "b", "b == 'yes' and f", level="stop"), signal("t", "d", "d == 'yes'")],
        )
    )
    assert made.program.can_stop == {"b", "c"}
