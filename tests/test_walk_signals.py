"""What a walk raises and concludes, shown on trees small enough to see through."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.answers import Answer
from assistant.trees.model import Gate, Phase
from assistant.walk import Mark, OutcomeKind, Walk, walk

from .trees.samples import MISSING, NOT_APPLICABLE, UNSURE, both, edition, fact, follow, question, signal, tree

GATED = edition(
    tree(
        question("first"),
        signals=[
            signal("now", "first", "first == 'a'", level="attention"),
            signal("later_on", "first", "first == 'a'", gate="pilot"),
            signal("never", "first", "first == 'b'", level="stop", gate="pilot"),
            signal("good", "first", "first == 'c'", level="strength"),
        ],
    )
)


def raised(way: Walk) -> list[tuple[str, bool, bool]]:
    return [(one.signal.id, one.certain, one.counts) for one in way.signals]


def test_a_reason_looks_through_facts_signals_and_closed_branches() -> None:
    made = edition(
        tree(
            question("first"),
            question("second", when="first == 'a'"),
            facts={"deep": fact("second == 'a'")},
            signals=[
                signal("under", "first", "not deep"),
                signal("over", "first", "raised('under')"),
            ],
        )
    )
    way = follow(made, {"first": "b", "second": "a"})
    assert [(one.signal.id, one.because) for one in way.signals] == [("under", ("first",)), ("over", ("first",))]


def test_these_and_maybe_more_is_an_open_point() -> None:
    made = edition(tree(question("some", "choices")))
    (point,) = follow(made, {"some": Answer(value=["a"], unsure=True, owner="jurist", due="2026-12-11")}).open_points
    assert (point.mark, point.owner, point.due) == (Mark.PARTLY, "jurist", "2026-12-11")


def test_cells_that_are_blank_or_unsure_are_counted_and_optional_ones_are_not() -> None:
    columns = [
        {"id": "name", "label": both(), "kind": "text"},
        {"id": "size", "label": both(), "kind": "number"},
        {"id": "note", "label": both(), "kind": "text", "optional": True},
    ]
    made = edition(tree(question("rows", "table", columns=columns)))
    rows = [{"id": "r1", "name": "x"}, {"id": "r2", "size": {"unsure": True}}, {"id": "r3", "name": "y", "size": 0}]
    (point,) = follow(made, {"rows": rows}).open_points
    assert (point.question, point.cells) == ("rows", 3)


@pytest.mark.parametrize(
    ("level", "certain", "outcome"),
    [
        ("stop", True, OutcomeKind.DO_NOT_START),
        ("stop", False, OutcomeKind.SOLVE_FIRST),
        ("high", True, OutcomeKind.SOLVE_FIRST),
        ("high", False, OutcomeKind.SOLVE_FIRST),
        ("attention", True, OutcomeKind.GO_ON_WITH_AGREEMENTS),
        ("info", True, OutcomeKind.GO_ON),
        ("strength", True, OutcomeKind.GO_ON),
    ],
)
def test_each_level_has_its_outcome(level: str, certain: bool, outcome: OutcomeKind) -> None:
    made = edition(tree(question("first"), signals=[signal("one", "first", "first == 'a'", level=level)]))
    way = follow(made, {"first": "a" if certain else UNSURE})
    assert raised(way) == [("one", certain, True)]
    assert way.outcome.kind is outcome


def test_a_missing_answer_comes_before_any_stop() -> None:
    stop = signal("halt", "first", "first == 'a'", level="stop")
    made = edition(tree(question("first"), question("second"), signals=[stop]))
    assert follow(made, {"first": "a"}).outcome.kind is OutcomeKind.NOT_FINISHED
    assert follow(made, {"first": "a"}, handed_in=True).outcome.kind is OutcomeKind.DO_NOT_START


def test_not_knowing_alone_asks_for_agreements() -> None:
    assert follow(edition(tree(question("first"))), {"first": UNSURE}).outcome.kind is OutcomeKind.GO_ON_WITH_AGREEMENTS


def test_a_strength_that_may_not_be_there_is_none() -> None:
    assert [id for id, _, _ in raised(follow(GATED, {"first": UNSURE}))] == ["never", "later_on", "now"]


@pytest.mark.parametrize("phase", [Phase.IDEA, Phase.EXPLORATION])
def test_a_signal_of_a_later_gate_counts_from_its_gate_on_and_a_stop_always(phase: Phase) -> None:
    early = follow(GATED, {"first": "a"}, phase)
    assert raised(early) == [("later_on", True, False), ("now", True, True)]
    assert early.outcome.kind is OutcomeKind.GO_ON_WITH_AGREEMENTS
    assert follow(GATED, {"first": "a"}, Phase.PILOT).outcome.kind is OutcomeKind.SOLVE_FIRST
    assert follow(GATED, {"first": "b"}, phase).outcome.kind is OutcomeKind.DO_NOT_START


def test_a_signal_has_the_gate_of_its_theme_unless_it_has_its_own() -> None:
    theme = {"id": "t", "title": both(), "gate": "pilot", "questions": [question("first")]}
    signals = [signal("one", "first", "first == 'a'"), signal("two", "first", "first == 'a'", gate="real_data")]
    way = follow(edition(tree(id="x", signals=signals) | {"themes": [theme]}), {"first": "a"})
    assert [(one.signal.id, one.gate) for one in way.signals] == [("one", Gate.PILOT), ("two", Gate.REAL_DATA)]


def test_a_signal_that_is_worked_out_in_another_does_not_count() -> None:
    signals = [
        signal("plain", "first", "first in ['a', 'b']"),
        signal("worse", "first", "first == 'a'", level="stop", supersedes=["plain"]),
    ]
    made = edition(tree(question("first"), signals=signals))
    assert raised(follow(made, {"first": "a"})) == [("worse", True, True), ("plain", True, False)]
    assert raised(follow(made, {"first": "b"})) == [("plain", True, True)]


def test_a_certain_signal_does_not_give_way_to_a_possible_one() -> None:
    signals = [
        signal("plain", "first", "first == 'a'"),
        signal("worse", "first", "second == 'a'", level="stop", supersedes=["plain"]),
    ]
    made = edition(tree(question("first"), question("second"), signals=signals))
    assert raised(follow(made, {"first": "a", "second": UNSURE})) == [("worse", False, True), ("plain", True, True)]


def test_the_most_serious_comes_first_and_the_certain_before_the_possible() -> None:
    signals = [
        signal("info", "first", "first == 'a'", level="info"),
        signal("perhaps", "first", "second == 'a'"),
        signal("surely", "first", "first == 'a'"),
        signal("halt", "first", "second == 'b'", level="stop"),
    ]
    made = edition(tree(question("first"), question("second"), signals=signals))
    way = follow(made, {"first": "a", "second": UNSURE})
    assert [id for id, _, _ in raised(way)] == ["halt", "surely", "perhaps", "info"]


def test_a_trees_own_outcome_is_the_first_that_holds_or_may_hold() -> None:
    def concluded(given: Any) -> list[tuple[str, bool]]:
        outcomes = [
            {"id": "needed", "level": "high", "when": "first == 'a'", "says": both()},
            {"id": "not_needed", "level": "info", "when": "first in ['b', 'c']", "says": both()},
        ]
        way = follow(edition(tree(question("first"), outcomes=outcomes)), {"first": given})
        return [(one.outcome.id if one.outcome else "", one.certain) for one in way.conclusions]

    assert concluded("a") == [("needed", True)]
    assert concluded("b") == [("not_needed", True)]
    assert concluded(UNSURE) == [("needed", False)]
    assert concluded(MISSING) == [("", False)]
    assert concluded(NOT_APPLICABLE) == [("", False)]


def test_a_date_is_reckoned_from_the_day_that_is_given() -> None:
    soon = signal("soon", "day", "days_until(day) < 10", level="attention")
    made = edition(tree(question("day", "date"), signals=[soon]))
    given = {"day": Answer(value="2026-12-01")}
    assert not walk(made, given, Phase.IDEA, date(2026, 11, 1)).signals
    assert walk(made, given, Phase.IDEA, date(2026, 11, 25)).signals
