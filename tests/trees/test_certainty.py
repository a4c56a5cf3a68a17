"""What is decided stays so, whatever the answers and whatever the team finds out."""

from __future__ import annotations

import random
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer
from assistant.trees import check, rules
from assistant.trees.load import shipped_edition
from assistant.trees.logic import NO, YES, Truth
from assistant.trees.program import Node, State, dependencies

from ..strategies import SMALL, answers_of, small_edition
from . import samples
from .samples import run

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
