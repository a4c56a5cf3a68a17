"""What changed between two dossiers, as a whole."""

from __future__ import annotations

from collections.abc import Collection
from operator import attrgetter

from assistant.compare.answers import compare_themes
from assistant.compare.entries import (
    differ,
    laid_aside,
    moved,
    moves,
    tell_alternative,
    tell_conclusion,
    tell_fields,
    tell_outcome,
    tell_project,
    tell_reason,
    tell_signal,
)
from assistant.compare.model import Changes
from assistant.dossier.model import Dossier


def compare(before: Dossier, after: Dossier, *, seen: Collection[str] = ()) -> Changes:
    """Everything that reads differently; `seen`: questions that a version before these asked, which may come back."""
    old, new = before.edition, after.edition
    by_id, by_says = attrgetter("id"), tell_fields("says")
    return Changes(
        language=after.language,
        project=tuple(differ(tell_project(before), tell_project(after))),
        outcome=moved(before.outcome, after.outcome, tell_outcome),
        conclusions=tuple(
            moves(before.conclusions, after.conclusions, attrgetter("tree"), tell_conclusion(after.language))
        ),
        signals=tuple(moves(before.signals, after.signals, by_id, tell_signal(before, after))),
        open_points=tuple(
            moves(before.open_points, after.open_points, attrgetter("question"), tell_fields("says", "owner", "due"))
        ),
        themes=tuple(compare_themes(before, after, seen)),
        edition=moved(old, new, tell_fields("hash")),
        trees=tuple(moves(old.trees, new.trees, by_id, tell_fields())),
        thresholds=tuple(moves(old.thresholds, new.thresholds, by_id, by_says)),
        alternatives=tuple(moves(laid_aside(before), laid_aside(after), attrgetter("number"), tell_alternative)),
        chosen_because=tuple(differ(tell_reason(before), tell_reason(after))),
    )
