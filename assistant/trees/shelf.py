"""The examples that the package brings: which scenarios, what was advised, what became of it, what was learned."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Literal

from pydantic import Field

from assistant.trees.cases import CaseId
from assistant.trees.edition import Edition
from assistant.trees.model import Id, IsoDay, Part, Text, TreeId
from assistant.trees.scope import closest
from assistant.trees.yaml import Path

FIELD_QUESTION = "legal_task"  # whose first choice says in which field of work a project is


class Story(Part):
    """A scenario as an example. `answers` and `trees` come from its own file when the package is made."""

    scenario: CaseId
    title: Text
    about: Text
    advice: Literal["go_on", "go_on_with_conditions", "dpia_first", "board_first", "do_not"]
    motivation: Text
    became: Literal["go_on", "change", "stop"]
    learned: Text
    answers: dict[Id, Any] = Field(default_factory=dict)
    trees: tuple[TreeId, ...] = ()


class Shelf(Part):
    """The file library.yaml. `fields`: the field of work of each domain that a practice case names."""

    format: Literal[1]
    on: IsoDay  # as of which day their answers are looked at: an example says the same for ever
    stories: tuple[Story, ...]
    fields: dict[Id, Id] = Field(default_factory=dict)

    @cached_property
    def body(self) -> bytes:
        """Canonical JSON, as an edition's."""
        plain = self.model_dump(mode="json", exclude_defaults=True)
        return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def read_shelf(body: bytes) -> Shelf:
    """A shelf from the bytes it was compiled to."""
    return Shelf.model_validate_json(body)


def shelf_findings(shelf: Shelf, edition: Edition) -> Iterator[tuple[Path, str, str]]:
    """Fields of work that do not exist."""
    question = edition.questions.get(FIELD_QUESTION)
    fields = [choice.id for choice in question.options] if question else []
    for domain, name in shelf.fields.items():
        if name not in fields:
            yield ("fields", domain), f"no field of work is called '{name}'", closest(name, fields)
