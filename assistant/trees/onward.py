"""Which answers fill the texts that a team goes on with: a DPIA draft, a register entry, a record of processing."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from assistant.trees.edition import Edition
from assistant.trees.model import Id, Part, Text, TreeId
from assistant.trees.scope import closest
from assistant.trees.yaml import Path

Finding: TypeAlias = tuple[Path, str, str]  # where, what is wrong, how to mend it
Piece: TypeAlias = Literal[
    "conclusions", "signals", "outcome", "project", "actions", "conditions", "advice", "decision", "alternatives"
]
Presence: TypeAlias = Literal[
    "required",  # refused without it
    "urgent",  # shown to the public as not filled in
    "optional",
]
Key: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,39}$")]


class Place(Part):
    """A place in a text. `columns`: of a table only these; `also`: what no question asks."""

    questions: tuple[Id, ...] = ()
    columns: dict[Id, tuple[Id, ...]] = Field(default_factory=dict)
    also: tuple[Text, ...] = ()
    project: Literal["", "title", "organisation", "number"] = ""


class Chapter(Place):
    """A section of the DPIA. `parts`: what it holds beside answers; `views`: other views stand with the answers."""

    number: Annotated[int, Field(ge=0, le=99)]
    title: Text
    parts: tuple[Piece, ...] = ()
    views: bool = False


class Element(Place):
    """One of the elements of a record of processing."""

    key: Key
    title: Text


class Assessment(Part):
    """An assessment that was done, if this tree is finished, or this question was answered with one of these."""

    title: str
    tree: TreeId | None = None
    question: Id | None = None
    choices: tuple[Id, ...] = ()


class Entry(Place):
    """A field of the register. `most`: characters; `check`: what to look at when it is filled."""

    key: Key
    label: Text
    presence: Presence
    kind: Literal["text", "rich", "choice", "choices", "month", "links", "tests", "fixed"]
    most: Annotated[int, Field(ge=1)] | None = None
    fixed: str = ""
    values: tuple[str, ...] = ()
    choices: dict[Id, dict[Id, str]] = Field(default_factory=dict)  # question -> choice -> value
    outcomes: dict[TreeId, dict[Id, str]] = Field(default_factory=dict)  # tree -> outcome -> value
    tests: tuple[Assessment, ...] = ()
    check: Text | None = None


class Onward(Part):
    """The file onward.yaml."""

    format: Literal[1]
    dpia: Annotated[tuple[Chapter, ...], Field(min_length=1)]
    algorithm_register: Annotated[tuple[Entry, ...], Field(min_length=1)]
    record: Annotated[tuple[Element, ...], Field(min_length=1)]

    @cached_property
    def body(self) -> bytes:
        """Canonical JSON, as an edition's."""
        plain = self.model_dump(mode="json", exclude_defaults=True)
        return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def read_onward(body: bytes) -> Onward:
    """The mapping from the bytes it was compiled to."""
    return Onward.model_validate_json(body)


def onward_findings(onward: Onward, edition: Edition) -> Iterator[Finding]:
    """Names that do not exist, values that the register does not know, and places that stand there twice."""
    groups: tuple[tuple[str, tuple[Place, ...], list[str]], ...] = (
        ("dpia", onward.dpia, [str(chapter.number) for chapter in onward.dpia]),
        ("algorithm_register", onward.algorithm_register, [entry.key for entry in onward.algorithm_register]),
        ("record", onward.record, [element.key for element in onward.record]),
    )
    for group, places, names in groups:
        for number, place in enumerate(places):
            if names[number] in names[:number]:
                yield (group, number), f"'{names[number]}' stands here twice", "take one away"
            yield from _place_findings((group, number), place, edition)
    for number, entry in enumerate(onward.algorithm_register):
        yield from _entry_findings(("algorithm_register", number), entry, edition)


def _place_findings(where: Path, place: Place, edition: Edition) -> Iterator[Finding]:
    yield from _unknown((*where, "questions"), place.questions, edition.questions, "question")
    for id, columns in place.columns.items():
        here: Path = (*where, "columns", id)
        if id not in place.questions:
            yield here, f"'{id}' is none of the questions here", closest(id, place.questions)
        elif id in edition.questions:
            known = [column.id for column in edition.questions[id].columns]
            yield from _unknown(here, columns, known, "column")


def _entry_findings(where: Path, entry: Entry, edition: Edition) -> Iterator[Finding]:
    for id, choices in entry.choices.items():
        yield from _chosen((*where, "choices", id), id, choices, edition)
        yield from _unknown((*where, "choices", id), choices.values(), entry.values, "value")
    for id, outcomes in entry.outcomes.items():
        here: Path = (*where, "outcomes", id)
        if id not in edition.tree_ids:
            yield here, f"no tree is called '{id}'", closest(id, edition.tree_ids)
            continue
        yield from _unknown(here, outcomes, [one.id for one in edition.tree_ids[id].outcomes], "outcome")
        yield from _unknown(here, outcomes.values(), entry.values, "value")
    for number, test in enumerate(entry.tests):
        place: Path = (*where, "tests", number)
        if test.tree:
            yield from _unknown(place, [test.tree], edition.tree_ids, "tree")
        if test.question:
            yield from _chosen(place, test.question, test.choices, edition)


def _chosen(where: Path, question: str, choices: Iterable[str], edition: Edition) -> Iterator[Finding]:
    if question not in edition.questions:
        yield where, f"no question is called '{question}'", closest(question, edition.questions)
        return
    yield from _unknown(where, choices, [choice.id for choice in edition.questions[question].options], "choice")


def _unknown(where: Path, used: Iterable[str], known: Collection[str], kind: str) -> Iterator[Finding]:
    for name in used:
        if name not in known:
            yield where, f"no {kind} is called '{name}'", closest(name, known)
