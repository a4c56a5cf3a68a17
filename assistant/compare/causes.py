"""Two versions of one dossier in different editions: what the newer questions changed, and what the team's answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from assistant.answers import Answer, read_answer
from assistant.compare.model import Changes
from assistant.compare.whole import compare
from assistant.dossier import Dossier, Ended, HandInFacts, ProjectFacts, build_dossier
from assistant.moving import carried_answers, carry
from assistant.trees.edition import Edition


@dataclass(frozen=True, slots=True)
class Causes:
    """The same changes in two steps. What belongs to both, such as an answer that no longer fits, is in the first."""

    by_edition: Changes
    by_answers: Changes


def split_causes(before: Dossier, after: Dossier, old: Edition, new: Edition, *, seen: Collection[str] = ()) -> Causes:
    """By way of what nobody wrote: the answers of `before` to the questions of `after`. `seen`: as `compare` has it."""
    between = _between(before, old, new)
    asked = {*seen, *before.path}
    return Causes(compare(before, between, seen=seen), compare(between, after, seen=asked))


def _between(before: Dossier, old: Edition, new: Edition) -> Dossier:
    said = {id: read_answer(old.questions[id], raw)[0] for id, raw in before.answers.items() if id in old.questions}
    project, hand_in = before.project, before.hand_in
    facts = ProjectFacts(project.title, project.organisation, project.number, project.version)
    handed = (
        HandInFacts(hand_in.by, hand_in.person, hand_in.wanted_start, hand_in.decider, hand_in.note)
        if hand_in
        else None
    )
    between = build_dossier(
        new,
        _carried(old, new, said),
        facts,
        date.fromisoformat(before.made_on),
        before.language,
        open_by_hand=before.trees,
        audience=before.audience,
        hand_in=handed,
        ended=_ended(before),
    )
    return between.model_copy(update={"alternatives": before.alternatives})  # no edition changes what was weighed


def _carried(old: Edition, new: Edition, said: dict[str, Answer]) -> dict[str, Answer]:
    return carried_answers(carry(old, new, said))


def _ended(before: Dossier) -> dict[str, Ended]:
    return {
        signal.id: Ended(ending.how, signal.certainty == "certain", ending.reason, ending.by, ending.on)
        for signal in before.signals
        if (ending := signal.ending)
    }
