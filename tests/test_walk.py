"""The walk, shown on trees small enough to see through: what is asked, when, and in what order."""

from __future__ import annotations

import time
from typing import Any

import pytest

from assistant.answers import Answer, answers_after
from assistant.trees.model import Phase
from assistant.walk import Mark, OutcomeKind, phase_of, walk

from .trees.samples import MISSING, NOT_APPLICABLE, TODAY, UNSURE, answer, both, edition, follow, question, signal, tree

BRANCH = edition(tree(question("first"), question("second", when="first == 'a'"), question("third")))


def test_a_question_is_asked_when_its_condition_holds() -> None:
    assert follow(BRANCH, {"first": "a"}).path == ("first", "second", "third")
    assert follow(BRANCH, {"first": "b"}).path == ("first", "third")


def test_a_question_whose_condition_waits_for_an_answer_is_not_asked_yet() -> None:
    way = follow(BRANCH, {})
    assert way.path == ("first", "third")
    assert (way.progress.least, way.progress.most) == (2, 3)


def test_what_is_only_possible_is_asked_after_what_is_certain() -> None:
    way = follow(BRANCH, {"first": UNSURE})
    assert [(step.question.id, step.certain) for step in way.steps] == [
        ("first", True), ("second", False), ("third", True),
    ]  # fmt: skip
    assert way.next == "third"
    assert follow(BRANCH, {"first": UNSURE, "third": "a"}).next == "second"


@pytest.mark.parametrize("phase", Phase)
def test_what_is_only_possible_may_wait_in_the_first_phases(phase: Phase) -> None:
    way = follow(BRANCH, {"first": UNSURE, "third": "a"}, phase)
    waits = phase in (Phase.IDEA, Phase.EXPLORATION)
    assert [step.question.id for step in way.later] == (["second"] if waits else [])
    assert (way.outcome.kind is OutcomeKind.NOT_FINISHED) is not waits


def test_what_can_raise_a_stop_never_waits() -> None:
    stop = signal("halt", "second", "second == 'b'", level="stop")
    made = edition(tree(question("first"), question("second", when="first == 'a'"), signals=[stop]))
    assert follow(made, {"first": UNSURE}, Phase.IDEA).path == ("first", "second")


def test_a_question_for_a_later_phase_waits_until_it_comes() -> None:
    made = edition(tree(question("first"), question("second", phases=["pilot", "in_use"])))
    assert follow(made, {}, Phase.IDEA).path == ("first",)
    assert [step.question.id for step in follow(made, {}, Phase.IDEA).later] == ["second"]
    assert follow(made, {}, Phase.PILOT).path == ("first", "second")
    assert follow(made, {"second": "a"}, Phase.IDEA).path == ("first", "second")


def test_a_question_whose_phase_is_past_is_not_asked_unless_it_was_answered() -> None:
    made = edition(tree(question("first"), question("second", phases=["idea"])))
    assert follow(made, {}, Phase.IN_USE).path == ("first",)
    assert follow(made, {"second": "a"}, Phase.IN_USE).path == ("first", "second")


def test_an_answer_is_kept_while_its_branch_is_closed_and_is_back_when_it_opens() -> None:
    answers = {"first": "a", "second": "b", "third": "c"}
    closed = follow(BRANCH, answers | {"first": "b"})
    opened = follow(BRANCH, answers)
    assert closed.step("second") is None
    assert opened.step("second") is not None
    assert [step.answer.value for step in opened.steps] == ["a", "b", "c"]


def test_after_a_question_comes_the_next_one_without_an_answer_and_then_those_before_it() -> None:
    way = follow(BRANCH, {"first": "b"})
    assert way.after("first") == "third"
    assert follow(BRANCH, {"third": "a"}).after("third") == "first"
    assert follow(BRANCH, {"first": "b", "third": "a"}).after("third") is None


def test_why_a_question_is_asked_names_the_answers_that_put_it_there() -> None:
    assert follow(BRANCH, {"first": "a"}).why_asked("second") == ("first",)
    assert follow(BRANCH, {"first": "b"}).why_asked("second") == ("first",)
    assert follow(BRANCH, {"first": "b"}).why_asked("third") == ()


@pytest.mark.parametrize(
    ("given", "mark"),
    [
        (MISSING, Mark.MISSING),
        (Answer(motivation="only a thought"), Mark.MISSING),
        ("a", Mark.ANSWERED),
        (UNSURE, Mark.UNSURE),
        (NOT_APPLICABLE, Mark.NOT_APPLICABLE),
    ],
)
def test_what_was_said_to_a_question_is_marked(given: Any, mark: Mark) -> None:
    assert follow(BRANCH, {"first": given}).steps[0].mark is mark


TWO = edition(
    tree(question("first"), id="scan", opens=[{"tree": "review", "depth": "core", "when": "first == 'a'"}]),
    tree(question("second", core=True), question("third"), id="review"),
)


def test_an_answer_opens_a_tree_at_a_depth_and_a_team_may_open_it_whole() -> None:
    assert follow(TWO, {"first": "a"}).path == ("first", "second")
    assert follow(TWO, {"first": "b"}).path == ("first",)
    assert follow(TWO, {"first": "b"}).trees == ("scan",)
    by_hand = follow(TWO, {"first": "b"}, open_by_hand=["review"])
    assert (by_hand.path, by_hand.trees) == (("first", "second", "third"), ("scan", "review"))


def test_an_earlier_answer_proposes_and_counts_for_nothing_until_it_is_saved() -> None:
    suggested = [
        {"id": "x", "label": both(), "suggest": "first == 'a'"},
        {"id": "y", "label": both(), "suggest": "first in ['a', 'b']"},
    ]
    made = edition(
        tree(
            question("first"),
            question("copy", prefill="first"),
            question("same", "yes_no", prefill="first == 'a'"),
            question("some", "choices", choices=suggested),
        )
    )
    way = follow(made, {"first": "a"})
    proposals = {id: way.proposal(id) for id in ("copy", "same", "some")}
    assert {id: made and (made.value, made.because) for id, made in proposals.items()} == {
        "copy": ("a", ("first",)), "same": ("yes", ("first",)), "some": (["x", "y"], ("first",)),
    }  # fmt: skip
    assert all(way.step(id).mark is Mark.MISSING for id in proposals)  # type: ignore[union-attr]
    assert follow(made, {"first": UNSURE}).proposal("same") is None
    assert follow(made, {"first": "c"}).proposal("some") is None


def test_progress_counts_the_themes_that_are_done() -> None:
    themes = [
        {"id": "one", "title": both(), "questions": [question("first")]},
        {"id": "two", "title": both(), "questions": [question("second")]},
    ]
    way = follow(edition(tree() | {"themes": themes}), {"first": "a"})
    assert (way.progress.themes_done, way.progress.themes, way.progress.least, way.progress.most) == (1, 2, 1, 1)


@pytest.mark.parametrize(
    ("given", "phase"),
    [("pilot", Phase.PILOT), ("someday", Phase.IDEA), (UNSURE, Phase.IDEA), (MISSING, Phase.IDEA), (["x"], Phase.IDEA)],
)
def test_the_phase_comes_from_the_answers_and_is_an_idea_until_then(given: Any, phase: Phase) -> None:
    assert phase_of({"phase": answer(given)}) is phase


def test_the_core_of_a_tree_is_asked_before_what_works_it_out() -> None:
    opens = [{"tree": "review", "depth": "core", "when": "first == 'a'"}]
    opens += [{"tree": "review", "depth": "all", "when": "first == 'a'"}]
    made = edition(
        tree(question("first"), id="scan", opens=opens),
        tree(question("second"), question("third", core=True), question("fourth", when="third == 'a'"), id="review"),
    )
    assert follow(made, {"first": "a"}).next == "third"
    assert follow(made, {"first": "a"}).after("first") == "third"
    assert follow(made, {"first": "a", "third": UNSURE}).next == "second"
    assert [step.works_out for step in follow(made, {"first": "a"}).steps] == [False, True, False]


def test_how_far_a_theme_is_and_who_knows_the_rest() -> None:
    opens = [{"tree": "review", "depth": depth, "when": "first == 'a'"} for depth in ("core", "all")]
    rest = [question("third", ask_also=["lawyer"]), question("fourth", ask_also=["analyst", "lawyer"])]
    made = edition(
        tree(question("first"), id="scan", opens=opens),
        tree(question("second", core=True), *rest, id="review"),
    )
    standing = follow(made, {"first": "a", "third": "b"}).standing("review", "theme")
    assert (standing.core, standing.core_left, standing.rest_left) == (1, 1, 1)
    assert standing.functions == ("analyst", "lawyer")
    standing = follow(made, {"first": "a", "second": "b"}).standing("review", "theme")
    assert (standing.core_left, standing.rest_left, standing.functions) == (0, 2, ("lawyer", "analyst"))
    assert follow(made, {"first": "a"}).standing("scan", "theme").core == 1


STANDS = edition(
    tree(question("phase"), question("second", confirm=["pilot", "in_use"]), question("third", confirm=["pilot"]))
)


@pytest.mark.parametrize(
    ("given", "phase", "to_confirm"),
    [
        (Answer("a"), Phase.PILOT, ()),
        (Answer("a", confirmed_in="idea"), Phase.PILOT, ("second", "third")),
        (Answer("a", confirmed_in="idea"), Phase.PROTOTYPE, ()),
        (Answer("a", confirmed_in="idea"), Phase.IN_USE, ("second",)),
        (Answer("a", confirmed_in="pilot"), Phase.PILOT, ()),
        (Answer(not_applicable="geen", confirmed_in="idea"), Phase.PILOT, ("second", "third")),
        (Answer(unsure=True, confirmed_in="idea"), Phase.PILOT, ()),
        (Answer(confirmed_in="idea"), Phase.PILOT, ()),
    ],
)
def test_what_has_to_be_confirmed_in_a_phase(given: Answer, phase: Phase, to_confirm: tuple[str, ...]) -> None:
    way = follow(STANDS, {"phase": "a", "second": given, "third": given}, phase)
    assert (way.to_confirm, way.progress.to_confirm) == (to_confirm, len(to_confirm))


def test_what_is_missing_is_asked_before_what_is_to_be_confirmed() -> None:
    old = Answer("a", confirmed_in="idea")
    assert follow(STANDS, {"phase": "a", "second": old}).next == "third"
    way = follow(STANDS, {"phase": "a", "second": old, "third": old})
    assert (way.next, way.after("second"), way.progress.most) == ("second", "third", 0)
    assert way.progress.themes_done == 0
    assert way.outcome.kind is OutcomeKind.GO_ON


def test_an_answer_keeps_its_phase_from_the_moment_the_phase_moves_on() -> None:
    answers = {"phase": Answer("idea"), "second": Answer("a"), "third": Answer("a", confirmed_in="exploration")}
    assert answers_after(answers, {"second": Answer("b")}) == answers | {"second": Answer("b")}
    assert answers_after(answers, {"phase": Answer("idea")}) == answers
    moved = answers_after(answers, {"phase": Answer("pilot"), "second": Answer("b")})
    assert moved == {"phase": Answer("pilot"), "second": Answer("b"), "third": answers["third"]}
    moved = answers_after(answers, {"phase": Answer("pilot")})
    assert (moved["phase"].confirmed_in, moved["second"].confirmed_in) == ("", "idea")
    first_time = {"second": Answer("a")}
    assert answers_after(first_time, {"phase": Answer("pilot")})["second"].confirmed_in == ""


@pytest.mark.slow
def test_the_time_grows_linearly_with_the_number_of_questions() -> None:
    def seconds(number: int) -> float:
        chain = [question(f"q{n}", when=f"q{n - 1} == 'a'" if n else None, code="QA") for n in range(number)]
        made = edition(tree(*chain))
        answers = {f"q{n}": Answer(value="a") for n in range(number)}
        assert len(walk(made, answers, Phase.PILOT, TODAY).steps) == number
        started = time.process_time()
        walk(made, answers, Phase.PILOT, TODAY)
        return time.process_time() - started

    small, large = min(seconds(300) for _ in range(3)), min(seconds(3_000) for _ in range(3))
    assert large < 30 * small + 0.01
