"""What changed in what follows from the answers: signals, outcome, open points, edition, project."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assistant.compare import compare
from assistant.dossier import Dossier, build_dossier
from assistant.dossier.model import Conclusion, EndingEntry, HandIn, Named

from .test_compare import BASE, FACTS, SMALL, TODAY, asked, changed, dossier, made_edition
from .trees.samples import UNSURE, both, edition, signal, tree


def test_signals_come_go_and_change_and_say_what_about_them() -> None:
    changes = changed(BASE, BASE | {"children": ["b"], "uses": UNSURE, "sources": UNSURE})
    moves = {move.entry.id: move for move in changes.signals}
    assert list(moves) == ["uses_it", "no_source", "children_in_it"]  # as they stand, then what went
    assert {id: move.kind for id, move in moves.items()} == {
        "uses_it": "changed",
        "no_source": "new",
        "children_in_it": "gone",
    }
    (difference,) = moves["uses_it"].differences
    assert (difference.name, difference.before, difference.after) == ("certainty", "zeker", "mogelijk")


def test_another_level_of_a_signal_is_told_in_words() -> None:
    signals = [signal("uses_it", "uses", "uses == 'a'", level="stop", says=both("Het raakt mensen."))]
    heavier = edition(tree(*asked(), signals=signals), min_group=10)
    move = next(m for m in compare(dossier(BASE), dossier(BASE, heavier)).signals if m.entry.id == "uses_it")
    assert [(d.name, d.before, d.after) for d in move.differences] == [("level", "Eerst oplossen", "Nu niet starten")]


def with_signals(made: Dossier, **update: Any) -> Dossier:
    return made.model_copy(update={"signals": tuple(one.model_copy(update=update) for one in made.signals)})


@pytest.mark.parametrize(
    ("update", "told"),
    [
        (
            {"ending": EndingEntry(how="accepted", in_words="Aanvaard.", reason="", by="", on="")},
            ("ending", "", "Aanvaard."),
        ),
        ({"counts": False}, ("counts", "Ja", "Nee")),
        ({"superseded_by": "uses_it"}, ("superseded_by", "", "Het raakt mensen.")),
        (
            {"gate": "pilot", "gate_says": "Bij een proef"},
            ("gate", "Vóór jullie echte gegevens gebruiken", "Bij een proef"),
        ),
    ],
)
def test_how_a_signal_stands_is_compared_and_told_in_words(update: dict[str, Any], told: tuple[str, ...]) -> None:
    first = dossier({"uses": "a"})
    (move,) = compare(first, with_signals(first, **update)).signals
    assert [(d.name, d.before, d.after) for d in move.differences] == [told]


def test_a_signal_in_other_words_is_no_other_signal() -> None:
    first = dossier({"uses": "a"})
    reworded = with_signals(first, says="Anders.", level_says="Los dit eerst op", action="Bel.", code="X1")
    assert compare(first, reworded).is_empty


def test_words_of_difference_are_in_the_language_of_the_later_one() -> None:
    later = build_dossier(SMALL, {"uses": UNSURE}, FACTS, TODAY, "en")
    changes = compare(dossier({"uses": "a"}), later)
    assert changes.language == "en"
    move = next(move for move in changes.signals if move.entry.id == "uses_it")
    assert [(d.before, d.after) for d in move.differences if d.name == "certainty"] == [("certain", "possible")]


def test_a_trees_own_outcome_is_compared_too() -> None:
    concluded = Conclusion(tree="dpia", tree_says="DPIA", id="advised", says="Aan te raden", certain=True)
    required = concluded.model_copy(update={"id": "required", "says": "Verplicht"})
    for later, told in (
        (required, ("conclusion", "Aan te raden", "Verplicht")),
        (concluded.model_copy(update={"certain": False}), ("certainty", "zeker", "mogelijk")),
    ):
        first, second = (dossier({}).model_copy(update={"conclusions": (one,)}) for one in (concluded, later))
        (move,) = compare(first, second).conclusions
        assert [(d.name, d.before, d.after) for d in move.differences] == [told]


def test_what_was_said_at_hand_in_is_told_and_the_phase() -> None:
    first = dossier({})
    handed = HandIn(by="", person="", on="", wanted_start="2027-01-04", decider="wethouder", note="", in_words=())
    moved_on = first.project.model_copy(update={"phase": Named(id="pilot", says="Proef")})
    changes = compare(first, first.model_copy(update={"hand_in": handed, "project": moved_on}))
    assert [(d.name, d.before, d.after) for d in changes.project] == [
        ("phase", "Idee", "Proef"),
        ("wanted_start", "", "4 januari 2027"),
        ("decider", "", "wethouder"),
    ]


def test_how_many_questions_are_open_is_part_of_the_outcome() -> None:
    changes = changed({}, {"people": 5})
    assert changes.outcome is not None
    assert [(d.name, int(d.before) - int(d.after)) for d in changes.outcome.differences] == [("open_questions", 1)]


def test_the_outcome_and_the_project_are_told_before_and_after() -> None:
    later = replace(FACTS, title="Uitval per school", version=2)
    said = BASE | {"starts": "2027-01-01", "support": 3}
    changes = compare(dossier(said), dossier(said | {"children": ["b"]}, facts=later))
    assert [(d.name, d.before, d.after) for d in changes.project] == [
        ("title", "Uitval per opleiding", "Uitval per school")
    ]
    assert changes.outcome is not None
    assert changes.outcome.before is not None
    assert (changes.outcome.before.id, changes.outcome.entry.id) == ("do_not_start", "solve_first")
    assert [d.name for d in changes.outcome.differences] == ["outcome"]


def test_open_points_are_new_changed_or_solved() -> None:
    before = BASE | {"people": UNSURE, "support": UNSURE}
    after = BASE | {"people": replace(UNSURE, owner="jurist"), "starts": UNSURE, "support": 3}
    kinds = {move.entry.question: move.kind for move in changed(before, after).open_points}
    assert kinds == {"people": "changed", "starts": "new", "support": "gone"}


def test_another_edition_and_another_threshold_are_named() -> None:
    changes = compare(dossier(BASE), dossier(BASE, made_edition(asked(), min_group=15)))
    assert changes.edition is not None
    assert [(move.differences[0].before, move.differences[0].after) for move in changes.thresholds] == [
        ("10: text", "15: text")
    ]
    assert not list(changes.answers)
    assert not changes.is_empty
