"""What changed between two editions, and which changes give an old question another meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from assistant.trees.edition import Edition
from assistant.trees.model import Part, Question

ASKED: Final = ("ask", "kind", "choices", "choices_from", "max_choices", "scale", "unit", "columns")


@dataclass(frozen=True, order=True, slots=True)
class Difference:
    """One thing that is not as it was. `is_grave`: what keeps its id has to keep its meaning, and this does not."""

    kind: str
    id: str
    says: str
    is_grave: bool = False

    def __str__(self) -> str:
        return f"{self.kind} {self.id}: {self.says}" + ("; give it a new id" if self.is_grave else "")


def find_differences(old: Edition, new: Edition) -> list[Difference]:
    """All of them, by kind and id; none when only the order is another."""
    found = [
        *_between("tree", _heads(old), _heads(new)),
        *_between("question", old.questions, new.questions),
        *_between("signal", old.signals, new.signals),
        *_between("fact", old.facts, new.facts),
        *_between("threshold", old.thresholds, new.thresholds),
        *_between("source", old.references, new.references),
    ]
    return sorted(found)


def _heads(edition: Edition) -> dict[str, Part]:
    """The trees without their questions and signals, which are compared by themselves."""
    bare: dict[str, Any] = {"themes": (), "signals": (), "facts": {}}
    return {id: tree.model_copy(update=bare) for id, tree in edition.tree_ids.items()}


def _between(kind: str, old: Mapping[str, Part], new: Mapping[str, Part]) -> Iterator[Difference]:
    for id in new.keys() - old.keys():
        yield Difference(kind, id, "new")
    for id in old.keys() - new.keys():
        yield Difference(kind, id, "no longer there")
    for id in old.keys() & new.keys():
        before, after = old[id], new[id]
        if before != after:
            yield _changed(kind, id, before, after)


def asks_otherwise(before: Question, after: Question) -> bool:
    """Whether what was answered may no longer be what is asked: other words, or something else to pick from."""
    return any(name in ASKED for name in changed_fields(before, after))


def changed_fields(before: Part, after: Part) -> list[str]:
    """The fields of a part that are not as they were."""
    return [name for name in type(after).model_fields if getattr(before, name) != getattr(after, name)]


def _changed(kind: str, id: str, before: Part, after: Part) -> Difference:
    names = ", ".join(changed_fields(before, after))
    if isinstance(before, Question) and isinstance(after, Question):
        lost = [choice.id for choice in before.options if choice.id not in {one.id for one in after.options}]
        if before.kind != after.kind:
            return Difference(kind, id, f"asks for {after.kind} in place of {before.kind}", is_grave=True)
        if lost:
            return Difference(kind, id, f"choices no longer there: {', '.join(lost)}", is_grave=True)
    return Difference(kind, id, f"changed: {names}")
