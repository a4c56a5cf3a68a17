"""What every workshop is made of: the practice cases, the rounds and run sheets, the values to weigh. Compiled."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from assistant.trees.cases import Case, RunSheet, Workshop
from assistant.trees.model import Choice, Part


class Playbook(Part):
    """The files of `cases/` together, and the organisation's value set."""

    format: Literal[1]
    cases: tuple[Case, ...]
    workshop: Workshop
    values: tuple[Choice, ...]

    @cached_property
    def body(self) -> bytes:
        """Canonical JSON, as an edition's."""
        plain = self.model_dump(mode="json", exclude_defaults=True)
        return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()

    @cached_property
    def case_ids(self) -> dict[str, Case]:
        """Every case by id, in order."""
        return {case.case: case for case in self.cases}

    @cached_property
    def sheets(self) -> dict[str, RunSheet]:
        """Every run sheet by id, in order."""
        return {sheet.id: sheet for sheet in self.workshop.run_sheets}


def build_playbook(cases: Iterable[Case], workshop: Workshop, values: tuple[Choice, ...]) -> Playbook:
    """All of it together; the cases by id."""
    return Playbook(format=1, cases=tuple(sorted(cases, key=lambda case: case.case)), workshop=workshop, values=values)


def read_playbook(body: bytes) -> Playbook:
    """A playbook from the bytes it was compiled to."""
    return Playbook.model_validate_json(body)
