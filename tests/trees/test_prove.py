"""Witnesses hold in a real run; "never" is only said when trying everything finds nothing either."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer, check_answer, read_value
from assistant.trees.edition import Edition
from assistant.trees.logic import YES, Truth
from assistant.trees.model import PHASE_QUESTION, Phase
from assistant.trees.program import Node, State
from assistant.trees.prove import FIXED_DAY, Proof, prove

from . import samples
from .samples import both, choices, edition, fact, question, run, signal, tree


def proofs(made: Edition, **how: Any) -> dict[Node, Proof]:
    found = prove(made, **how)
    assert len({proof.node for proof in found}) == len(found)
    return {proof.node: proof for proof in found}


def truth_in(state: State, node: Node) -> Truth:
    kind, id = node
    if kind == "outcome":
        return state.outcomes[tuple(id.split("/"))]
    return {"question": state.paths, "fact": state.facts, "signal": state.signals}[kind][id]


def assert_shown(made: Edition, proof: Proof) -> None:
    """The witness is made of answers that the assistant takes, and with them it holds."""
    assert proof.settled
    assert proof.witness is not None
    answers = {}
    for id, reply in proof.witness.items():
        value, problems = read_value(made.questions[id], reply.value)
        assert not problems
        answers[id] = Answer(value, reply.unsure, reply.not_applicable)
        assert not check_answer(made.questions[id], answers[id])
    phase = answers[PHASE_QUESTION].value if PHASE_QUESTION in answers else None
    state = made.program.run(answers, Phase(phase or "idea"), FIXED_DAY)
    assert truth_in(state, proof.node) is YES


def of_signal(when: str, *questions: dict[str, Any], about: str = "x", **extra: Any) -> tuple[Edition, Proof]:
    """The proof of one signal over these questions, beside a question x that is always asked."""
    thresholds = extra.pop("thresholds", {})
    one = tree(question("x", "yes_no"), *questions, signals=[signal("s", about, when)], **extra)
    made = edition(one, **thresholds)
    return made, proofs(made)["signal", "s"]


TABLE = question("t", "table")
WIDE = question(
    "w",
    "table",
    columns=[
        {"id": "kind", "label": both(), "kind": "choice", "choices": choices("a", "b", "c")},
        {"id": "tags", "label": both(), "kind": "choices", "choices": choices("d", "e", "f")},
        {"id": "people", "label": both(), "kind": "number"},
        {"id": "level", "label": both(), "kind": "scale"},
        {"id": "sure", "label": both(), "kind": "yes_no"},
    ],
)
POSSIBLE = [
    ("x == 'yes'", []),
    ("x != 'yes'", []),
    ("not (x == 'yes') and not (x == 'no')", []),
    ("unsure(x)", []),
    ("answered(x) and x != 'no'", []),
    ("not answered(x) and not unsure(x)", []),
    ("q in ['a', 'b'] and q != 'a' and q not in ['c']", [question("q")]),
    ("'a' in qs and 'b' not in qs and count(qs) == 2", [question("qs", "choices")]),
    ("count(qs) >= 3", [question("qs", "choices")]),
    ("'a' in qs and unsure(qs)", [question("qs", "choices")]),
    ("answered(qs) and unsure(qs) and 'a' in qs and count(qs) >= 2", [question("qs", "choices")]),
    ("'no' in qs", [question("qs", "choices", choices=choices("no", "a", "b", exclusive="no"))]),
    ("count(qs) == 2", [question("qs", "choices", choices=choices("no", "a", "b", exclusive="no"), max_choices=2)]),
    ("s > 3 and s != 5", [question("s", "scale")]),
    ("n > 10 and n < 11", [question("n", "number")]),
    ("n >= 10 and n <= 10", [question("n", "number")]),
    ("n > 1000000000", [question("n", "number")]),
    ("days_until(d) < 56 and days_until(d) >= 55", [question("d", "date")]),
    ("days_until(d) < -3000", [question("d", "date")]),
    ("answered(text)", [question("text", "long_text")]),
    ("any_row(t, kind == 'a') and any_row(t, kind == 'b') and 'c' not in t.kind", [TABLE]),
    ("count(t) >= 7 and not any_row(t, kind != 'a')", [TABLE]),
    ("unsure(t.kind) and answered(t.kind)", [TABLE]),
    ("'a' in t.kind and count(t) == 1", [TABLE]),
    ("any_row(t, unsure(kind)) and any_row(t, answered(kind) and kind not in ['a', 'b'])", [TABLE]),
    ("any_row(w, kind == 'a' and people > 7 and level >= 4 and sure == 'no' and 'd' in tags)", [WIDE]),
    ("any_row(w, 'd' in tags and 'e' in tags and 'f' not in tags) and 'f' in w.tags", [WIDE]),
    ("count_yes(a, b, c) >= 2 and a != 'yes'", [question(id, "yes_no") for id in "abc"]),
    ("count_yes(a, b, c) == 1 and c == 'no' and not (b == 'yes')", [question(id, "yes_no") for id in "abc"]),
    ("count_yes(a, b) < 1 and unsure(x)", [question(id, "yes_no") for id in "ab"]),
    ("count_yes(a, b, c) != 1 and unsure(a)", [question(id, "yes_no") for id in "abc"]),
    ("not (count_yes(a, b) >= 1) and answered(a)", [question(id, "yes_no") for id in "ab"]),
    ("unsure(a) and unsure(x)", [question("a", "yes_no", when="x == 'yes'")]),
    (
        "unsure(x) and answered(a) and not (a == 'no') and answered(b)",
        [question("a", "yes_no", when="x == 'yes'"), question("b", "yes_no", when="not (a == 'yes')")],
    ),
    (
        "unsure(x) and answered(b) and not unsure(qs) and count(qs) == 1",
        [question("qs", "choices"), question("b", "yes_no", when="x == 'yes' and 'c' in qs")],
    ),
    ("unsure(x) and not (a == 'no') and answered(a)", [question("a", "yes_no", when="x != 'yes' or x != 'no'")]),
]


@pytest.mark.parametrize(("when", "questions"), POSSIBLE, ids=[when for when, _ in POSSIBLE])
def test_what_can_happen_is_shown(when: str, questions: list[dict[str, Any]]):
    made, proof = of_signal(when, *questions)
    assert_shown(made, proof)


IMPOSSIBLE = [
    ("x == 'yes' and x == 'no'", []),
    ("answered(x) and unsure(x)", []),
    ("x == 'yes' and unsure(x)", []),
    ("x != 'yes' and x != 'no'", []),
    ("answered(x) and not (x == 'yes') and not (x == 'no')", []),
    ("q == 'a' and not (q in ['a', 'b'])", [question("q")]),
    ("count(qs) > 3", [question("qs", "choices")]),
    ("count(qs) > 2", [question("qs", "choices", max_choices=2)]),
    ("'no' in qs and 'a' in qs", [question("qs", "choices", choices=choices("no", "a", "b", exclusive="no"))]),
    ("'no' in qs and unsure(qs)", [question("qs", "choices", choices=choices("no", "a", "b", exclusive="no"))]),
    ("'a' not in qs and unsure(qs)", [question("qs", "choices")]),
    ("answered(qs) and unsure(qs) and not ('a' in qs)", [question("qs", "choices")]),
    ("s > 4 and s < 5", [question("s", "scale")]),
    ("n > 10 and n < 10", [question("n", "number")]),
    ("n < 0", [question("n", "number")]),
    ("days_until(d) < 5 and days_until(d) > 4", [question("d", "date")]),
    ("any_row(t, kind == 'a' and kind == 'b')", [TABLE]),
    ("any_row(t, kind == 'a') and 'a' not in t.kind", [TABLE]),
    ("any_row(t, kind == 'a') and any_row(t, kind == 'b') and count(t) < 2", [TABLE]),
    ("count_yes(a, b) >= 2 and a != 'yes'", [question(id, "yes_no") for id in "ab"]),
    ("count_yes(a, b) > 2", [question(id, "yes_no") for id in "ab"]),
    ("a == 'yes' and x == 'no'", [question("a", "yes_no", when="x == 'yes'")]),
    ("answered(a) and x == 'no'", [question("a", "yes_no", when="x == 'yes'")]),
    ("raised('s2') and x == 'no'", []),
    ("one_so and x == 'no'", []),
    ("not one_so and x == 'yes'", []),
]


@pytest.mark.parametrize(("when", "questions"), IMPOSSIBLE, ids=[when for when, _ in IMPOSSIBLE])
def test_what_never_can_happen_is_said(when: str, questions: list[dict[str, Any]]):
    signals = [signal("s", "x", when), signal("s2", "x", "x == 'yes'")]
    made = edition(tree(question("x", "yes_no"), *questions, signals=signals, facts={"one_so": fact("x == 'yes'")}))
    proof = proofs(made)["signal", "s"]
    assert (proof.witness, proof.settled) == (None, True)


def test_a_question_behind_a_contradiction_is_never_asked():
    made = edition(
        tree(
            question("a", "yes_no"),
            question("b", "yes_no", when="a == 'yes'"),
            question("c", "yes_no", when="b == 'yes' and a == 'no'"),
            question("d", "yes_no", when="c == 'yes'"),
        )
    )
    found = proofs(made)
    assert {id: found["question", id].witness is not None for id in "abcd"} == {
        "a": True,
        "b": True,
        "c": False,
        "d": False,
    }
    assert all(proof.settled for proof in found.values())


def test_facts_and_outcomes_are_proven_too():
    outcomes = [
        {"id": id, "level": "high", "when": when, "says": both()} for id, when in [("on", "f"), ("off", "f and g")]
    ]
    made = edition(
        tree(
            question("a", "yes_no"),
            facts={"f": fact("a == 'yes'"), "g": fact("a != 'yes'"), "h": fact("f and raised('s')")},
            signals=[signal("s", "a", "g")],
            outcomes=outcomes,
        )
    )
    found = proofs(made)
    assert [node for node, proof in found.items() if proof.witness is None] == [("fact", "h"), ("outcome", "tree/off")]
    for node in [("fact", "f"), ("fact", "g"), ("outcome", "tree/on")]:
        assert_shown(made, found[node])


def test_opening_and_deepening_are_on_the_way():
    made = edition(
        tree(
            question("start", "yes_no"),
            question("more", "yes_no", when="start == 'yes'"),
            id="scan",
            opens=[{"tree": "review", "depth": "core", "when": "start == 'yes'"}],
            deepens=[{"tree": "review", "when": "more == 'yes'"}],
        ),
        tree(
            question("core", "yes_no", core=True),
            question("rest", "yes_no"),
            id="review",
            signals=[signal("s", "rest", "start == 'no'"), signal("t", "rest", "rest == 'yes' and more != 'yes'")],
        ),
    )
    found = proofs(made)
    assert_shown(made, found["question", "rest"])
    assert {id for id, reply in found["question", "rest"].witness.items() if reply.value == "yes"} == {"start", "more"}
    assert found["signal", "s"] == Proof(("signal", "s"), None, True)
    assert found["signal", "t"] == Proof(("signal", "t"), None, True)


PHASES = question("phase", choices=choices(*Phase))


def test_the_phase_is_one_of_the_answers():
    questions = (PHASES, question("early", "yes_no", phases=["idea"]), question("later", "yes_no", phases=["pilot"]))
    signals = [
        signal("asked", "early", "phase == 'pilot'"),
        signal("unanswered", "early", "phase == 'pilot' and not answered(early) and not unsure(early)"),
        signal("both", "later", "phase == 'in_use' and unsure(early)"),
    ]
    made = edition(tree(*questions, signals=signals))
    found = proofs(made)
    for id in ("asked", "unanswered", "both"):
        assert_shown(made, found["signal", id])
    assert not found["signal", "asked"].witness["early"].is_missing


def test_a_question_left_alone_until_its_time_is_past_raises_nothing():
    """The only way to s2: s1 is not raised, though x is yes, since nobody answered `early` in time."""
    signals = [signal("s1", "early", "x == 'yes'"), signal("s2", "x", "x == 'yes' and not raised('s1')")]
    made = edition(tree(PHASES, question("x", "yes_no"), question("early", phases=["idea"]), signals=signals))
    proof = proofs(made)["signal", "s2"]
    assert_shown(made, proof)
    assert Phase(proof.witness["phase"].value).rank > Phase.IDEA.rank


def test_a_search_cut_short_says_so():
    """Four pigeons, three holes: only trying finds out."""
    pigeons = [f"p{n}" for n in range(4)]
    homes = [f"answered({pigeon})" for pigeon in pigeons]
    apart = [f"not ({p} == '{hole}' and {q} == '{hole}')" for p, q in combinations(pigeons, 2) for hole in "abc"]
    made, proof = of_signal(" and ".join(homes + apart[:9]), *map(question, pigeons))
    assert_shown(made, proof)
    facts = {f"f{n}": fact(" and ".join(apart[n * 9 : n * 9 + 9])) for n in range(2)}
    when = " and ".join([*homes, *facts])
    made, proof = of_signal(when, *map(question, pigeons), facts=facts)
    assert (proof.witness, proof.settled) == (None, True)
    cut = proofs(made, most_steps=60)["signal", "s"]
    assert (cut.witness, cut.settled) == (None, False)


def test_a_table_with_too_many_kinds_of_rows_is_not_settled():
    columns = [{"id": f"c{n}", "label": both(), "kind": "choice", "choices": choices("a", "b", "c")} for n in range(9)]
    when = " and ".join(f"c{n} == 'a'" for n in range(9))
    _, proof = of_signal(f"any_row(w, {when} and c0 != 'a')", question("w", "table", columns=columns))
    assert (proof.witness, proof.settled) == (None, False)


def test_dates_lie_around_the_day_given():
    made, _ = of_signal("days_until(d) == 0", question("d", "date"))
    day = FIXED_DAY + timedelta(days=400)
    proof = {one.node: one for one in prove(made, today=day)}["signal", "s"]
    assert proof.witness["d"].value == day.isoformat()
    assert date.fromisoformat(proof.witness["d"].value) > samples.TODAY


# Against trying everything


names = st.sampled_from(["a", "b", "c"])
plain = st.builds("{} {} '{}'".format, names, st.sampled_from(["==", "!="]), st.sampled_from(["yes", "no"]))
atoms = st.one_of(
    plain,
    st.builds("{}({})".format, st.sampled_from(["answered", "unsure"]), names),
    st.builds("count_yes(a, b, c) {} {}".format, st.sampled_from(["==", ">=", "<", "!="]), st.integers(0, 3)),
    st.sampled_from(["f", "raised('s1')"]),
)


def grown(leaves: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.recursive(
        leaves,
        lambda part: (
            st.builds("({} and {})".format, part, part)
            | st.builds("({} or {})".format, part, part)
            | st.builds("(not {})".format, part)
        ),
        max_leaves=5,
    )


on_answers, on_anything = grown(plain), grown(atoms)


@cache  # a strategy that is made anew for each example takes longer than all the rest
def about(*names: str) -> st.SearchStrategy[str]:
    """Conditions over the questions before, so that nothing waits for itself."""
    name = st.sampled_from(names)
    values = st.builds("{} {} '{}'".format, name, st.sampled_from(["==", "!="]), st.sampled_from(["yes", "no"]))
    return grown(values | st.builds("{}({})".format, st.sampled_from(["answered", "unsure"]), name))


@st.composite
def small_editions(draw: st.DrawFn) -> Edition:
    early = st.none() | st.just(["idea"])
    phases = [draw(early) for _ in "abc"]
    extra = [{"phases": listed} if listed else {} for listed in phases]
    questions = [
        PHASES | {"choices": choices(*Phase)},
        question("a", "yes_no", **extra[0]),
        question("b", "yes_no", when=draw(about("a")), **extra[1]),
        question("c", "yes_no", when=draw(about("a", "b")), **extra[2]),
    ]
    signals = [signal("s1", draw(names), draw(on_answers)), signal("s2", draw(names), draw(on_anything))]
    return edition(tree(*questions, facts={"f": fact(draw(about("a", "b", "c")))}, signals=signals))


def everything(made: Edition) -> Iterator[tuple[Mapping[str, Any], Phase]]:
    answers = ("yes", "no", samples.UNSURE, samples.NOT_APPLICABLE, samples.MISSING)
    for phase in (Phase.IDEA, Phase.PILOT):
        for a, b, c in product(answers, repeat=3):
            yield {"phase": phase.value, "a": a, "b": b, "c": c}, phase


@given(small_editions())
def test_trying_everything_finds_the_same(made: Edition):
    found = proofs(made)
    never = set(found)
    for answers, phase in everything(made):
        state = run(made, answers, phase)
        never = {node for node in never if truth_in(state, node) is not YES}
        if not never:
            break
    for node, proof in found.items():
        if proof.witness is not None:
            assert node not in never
            assert_shown(made, proof)
        else:
            assert node in never or not proof.settled
