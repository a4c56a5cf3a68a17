"""Every comparison in every situation gives what docs/conditions.md says, and paths follow from them."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer
from assistant.trees import check, rules
from assistant.trees.compile import compiled
from assistant.trees.load import shipped_edition
from assistant.trees.logic import MISSING, NO, UNSURE, YES, Truth
from assistant.trees.model import Phase
from assistant.trees.program import Node, State, dependencies
from assistant.trees.yaml import read_yaml

from ..strategies import SMALL, answers_of, small_edition
from . import samples
from .documented import code, rows, truth
from .samples import edition, fact, question, run, signal, tree

GATED = {"q": "choice", "qs": "choices", "n": "number", "d": "date", "t": "table", "s": "scale", "x": "text"}

ONE_OF_EACH = edition(
    tree(
        question("gate", "yes_no"),
        question("gate1", "yes_no"),
        question("gate2", "yes_no"),
        *(question(id, kind, when="gate == 'yes'") for id, kind in GATED.items()),
        question("y1", "yes_no", when="gate1 == 'yes'"),
        question("y2", "yes_no", when="gate2 == 'yes'"),
    ),
    limit=5,
)
OPEN = {"gate": "yes", "gate1": "yes", "gate2": "yes"}
NOT_ASKED = object()
WORDS: dict[str, Any] = {
    "nothing": samples.MISSING,
    '"we don\'t know yet"': samples.UNSURE,
    '"not applicable"': samples.NOT_APPLICABLE,
    "not asked": NOT_ASKED,
}


def said(cell: str) -> Any:
    """What a cell of the page stands for."""
    return WORDS[cell] if cell in WORDS else read_yaml(code(cell).encode(), "").data


def value_of(text: str, answers: dict[str, Any], **how: Any) -> Truth:
    """What a condition gives; the gates decide what is asked."""
    given = OPEN | {id: value for id, value in answers.items() if value is not NOT_ASKED}
    gates = {"y1": "gate1", "y2": "gate2"}
    given |= {gates.get(id, "gate"): "no" for id, value in answers.items() if value is NOT_ASKED}
    return compiled(rules.parse(text))(run(ONE_OF_EACH, given, **how))


def subject(text: str) -> str:
    """The question that a condition of the page looks at."""
    return rules.questions_of(next(rules.atoms(rules.parse(text))))[0]


@pytest.mark.parametrize("row", rows("An answer that fits, and one that does not")[1:], ids=lambda row: row[0])
def test_an_answer_that_fits_and_one_that_does_not(row: list[str]):
    text = code(row[0])
    assert value_of(text, {subject(text): said(row[1])}) is truth(row[2]) is YES
    assert value_of(text, {subject(text): said(row[3])}) is truth(row[4]) is NO


SITUATIONS = (NOT_ASKED, samples.MISSING, samples.UNSURE, samples.NOT_APPLICABLE)


@pytest.mark.parametrize("row", rows("Everything else")[1:], ids=lambda row: row[0])
def test_everything_else(row: list[str]):
    text = code(row[0])
    found = [value_of(text, {subject(text): situation}) for situation in SITUATIONS]
    assert found == [truth(cell) for cell in row[1:]]


def test_the_page_shows_every_kind_of_atom():
    fitting = {row[0] for row in rows("An answer that fits, and one that does not")[1:]}
    elsewhere = {row[0] for row in rows("Everything else")[1:]}
    assert fitting <= elsewhere
    assert len(fitting) == 16


@pytest.mark.parametrize("row", rows("These, and maybe more")[1:], ids=lambda row: f"{row[0]} {row[1]}")
def test_these_and_maybe_more(row: list[str]):
    text = code(row[0])
    assert value_of(text, {subject(text): Answer(value=said(row[1]), unsure=True)}) is truth(row[2])


@pytest.mark.parametrize("row", rows("Counting yes over questions")[1:], ids=lambda row: " ".join(row[:3]))
def test_counting_yes(row: list[str]):
    assert value_of(code(row[0]), {"y1": said(row[1]), "y2": said(row[2])}) is truth(row[3])


@pytest.mark.parametrize(("gate1", "gate2", "expected"), [
    ("yes", samples.UNSURE, YES), (samples.UNSURE, samples.UNSURE, UNSURE),
    (samples.UNSURE, samples.MISSING, MISSING), ("no", samples.UNSURE, UNSURE), ("no", "no", NO),
])  # fmt: skip
def test_counting_yes_is_no_more_certain_than_one_of_them_is_asked(gate1: Any, gate2: Any, expected: Truth):
    answers = {"y1": "no", "y2": "no", "gate1": gate1, "gate2": gate2}
    assert value_of("count_yes(y1, y2) < 1", answers) is expected


@pytest.mark.parametrize("row", rows("The trap: not (x == 'a')")[1:], ids=lambda row: row[0])
def test_the_trap(row: list[str]):
    assert value_of(code(row[0]), {"q": "b"}) is truth(row[1])
    assert value_of(code(row[0]), {"q": NOT_ASKED}) is truth(row[2])


PATH_SENSITIVE = [code(row[0]) for row in rows("Everything else")[1:] if row[2] == "missing"]


@pytest.mark.parametrize("text", PATH_SENSITIVE)
@pytest.mark.parametrize(
    ("gate", "when_it_fits", "when_not"),
    [("yes", YES, NO), (samples.UNSURE, UNSURE, NO), (samples.MISSING, MISSING, MISSING), ("no", NO, NO)],
)
def test_where_the_path_is_open_every_comparison_is_at_most_that(text, gate, when_it_fits, when_not):
    (row,) = (row for row in rows("An answer that fits, and one that does not") if row[0] == f"`{text}`")
    assert value_of(text, {subject(text): said(row[1]), "gate": gate}) is when_it_fits
    assert value_of(text, {subject(text): said(row[3]), "gate": gate}) is when_not


@pytest.mark.parametrize(
    ("text", "id", "value", "expected"),
    [
        ("s >= 4", "s", 4, YES),
        ("s < 4", "s", 4, NO),
        ("n == 2.5", "n", 2.5, YES),
        ("n != 2", "n", 2, NO),
        ("n == setting('limit')", "n", 5, YES),
        ("n > setting('limit')", "n", 5, NO),
        ("days_until(d) == 0", "d", "2026-01-01", YES),
        ("days_until(d) < 0", "d", "2025-12-31", YES),
        ("days_until(d) > -365", "d", "2025-01-01", NO),
        ("answered(x)", "x", "some text", YES),
        ("count(qs) in ['a']", "qs", ["a"], NO),
        ("any_row(t, kind != 'a')", "t", [{"kind": "b"}], YES),
        ("any_row(t, kind in ['a', 'b'])", "t", [{"kind": "c"}, {"kind": "b"}], YES),
        ("any_row(t, not (kind == 'a'))", "t", [{"kind": "a"}], NO),
        ("any_row(t, kind == 'a' or kind == 'b')", "t", [{"kind": "b"}], YES),
        ("any_row(t, 'a' in kind)", "t", [{"kind": "a"}], YES),
        ("any_row(t, 'a' not in kind)", "t", [{"kind": "a"}], NO),
        ("any_row(t, kind == 'a')", "t", [{"kind": {"unsure": True}}], UNSURE),
        ("any_row(t, kind == 'a')", "t", [{"kind": {"unsure": True}}, {"kind": "a"}], YES),
        ("any_row(t, kind == 'a')", "t", [{"id": "r1"}], UNSURE),
        ("any_row(t, kind == 'a' and unsure(kind))", "t", [{"id": "r1"}], UNSURE),
        ("any_row(t, unsure(kind))", "t", [{"kind": {"unsure": True}}], YES),
        ("any_row(t, answered(kind))", "t", [{"kind": {"unsure": True}}], NO),
        ("answered(t.kind)", "t", [{"kind": "a"}, {"id": "r2"}], YES),
        ("unsure(t.kind)", "t", [{"kind": "a"}, {"id": "r2"}], YES),
        ("unsure(t.kind)", "t", [{"kind": "a"}], NO),
        ("'a' not in t.kind", "t", [{"kind": {"unsure": True}}], UNSURE),
        ("'a' not in t.kind", "t", [{"kind": {"unsure": True}}, {"kind": "a"}], NO),
        ("answered(t)", "t", [{"kind": "a"}], YES),
    ],
)
def test_other_comparisons(text: str, id: str, value: Any, expected: Truth):
    assert value_of(text, {id: value}) is expected


@pytest.mark.parametrize(
    ("picked", "text", "expected"),
    [
        (["a"], "count(qs) == 1", UNSURE),
        (["a"], "count(qs) != 1", UNSURE),
        (["a", "b"], "count(qs) == 1", NO),
        (["a", "b"], "count(qs) != 1", YES),
        (["a", "b"], "count(qs) < 5", UNSURE),
        (["a", "b"], "count(qs) > 0", YES),
        (["a", "b"], "count(qs) > setting('limit')", UNSURE),
    ],
)
def test_a_count_of_maybe_more_is_an_interval(picked: list[str], text: str, expected: Truth):
    assert value_of(text, {"qs": Answer(value=picked, unsure=True)}) is expected


def test_at_hand_in_what_is_missing_counts_as_unsure():
    assert value_of("q == 'a'", {}, handed_in=True) is UNSURE
    assert value_of("unsure(q)", {}, handed_in=True) is YES
    assert value_of("answered(q)", {}, handed_in=True) is NO
    assert value_of("count_yes(y1, y2) >= 1", {"y1": samples.UNSURE}, handed_in=True) is UNSURE
    assert value_of("q == 'a'", {"q": NOT_ASKED}, handed_in=True) is NO


# Paths


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


def test_the_order_of_answering_changes_nothing():
    answers = {"gate": "yes", "q": "a", "qs": ["a"], "n": 4, "y1": samples.UNSURE, "gate1": "yes", "gate2": "no"}
    expected = run(ONE_OF_EACH, answers)
    for seed in range(5):
        mixed = list(answers.items())
        random.Random(seed).shuffle(mixed)
        assert run(ONE_OF_EACH, dict(mixed)) == expected
    assert isinstance(expected, State)


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


# Whatever the answers


EDITIONS = {"small": small_edition(), "shipped": shipped_edition()}
CERTAIN = {name: answers_of(made, certain=True) for name, made in EDITIONS.items()}


def known_in_part(answer: Answer) -> Answer:
    """All but the last of what was picked or filled in, and maybe more; of any other kind nothing."""
    some = answer.value[:-1] if isinstance(answer.value, list) else None
    return Answer(value=some or None, unsure=True)


LESS = {"unsure": lambda _: samples.UNSURE, "missing": lambda _: samples.MISSING, "in part": known_in_part}


def test_the_small_edition_is_without_fault_and_all_of_it_can_happen(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(check, "shipped_folder", lambda: SMALL)
    report = check.check_files(sorted(SMALL.glob("*.yaml")))
    assert (report.faults, report.warnings) == ([], [])
    assert len(report.proofs) > len(EDITIONS["small"].questions)
    assert all(proof.witness is not None for proof in report.proofs)


@cache
def settled_by_answers(name: str) -> list[Node]:
    """What rests nowhere on `answered` or `unsure`, which are about knowing itself."""
    made, program = EDITIONS[name], EDITIONS[name].program
    needs = dependencies(made.trees, program.parsed)
    texts = {("question", id): (*a.opening_texts, *a.condition_texts) for id, a in program.asked.items()}
    texts |= {("fact", id): (text,) for id, (_, text) in program.facts.items()}
    texts |= {("signal", id): (one.when,) for id, (_, one) in program.signals.items()}
    about_knowing: set[Node] = set()
    for node in program.order:
        atoms = (atom for text in texts[node] for atom in rules.atoms(program.parsed[text]))
        if needs[node] & about_knowing or any(isinstance(a, rules.Answered | rules.Unsure) for a in atoms):
            about_knowing.add(node)
    return [node for node in program.order if node not in about_knowing]


def truths(state: State, nodes: list[Node]) -> dict[Node, Truth]:
    found = {"question": state.paths, "fact": state.facts, "signal": state.signals}
    return {(kind, id): found[kind][id] for kind, id in nodes}


@pytest.mark.parametrize("name", EDITIONS)
@given(
    data=st.data(),
    less=st.sampled_from(sorted(LESS)),
    seed=st.integers(0, 2**32),
    share=st.sampled_from([0.1, 0.5, 0.9]),
)
def test_what_is_decided_stays_so_whatever_the_team_finds_out(name, data, less: str, seed: int, share: float):
    """Answers that are not known, or not given yet, decide nothing: a yes or no without them is theirs too."""
    answers, chance = data.draw(CERTAIN[name]), random.Random(seed)
    some = {id: LESS[less](answer) if chance.random() < share else answer for id, answer in answers.items()}
    nodes = settled_by_answers(name)
    before = truths(run(EDITIONS[name], some), nodes)
    after = truths(run(EDITIONS[name], answers), nodes)
    decided = {node: truth for node, truth in before.items() if truth in (YES, NO)}
    assert {node: after[node] for node in decided} == decided
