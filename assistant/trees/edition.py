"""An edition: all trees, sources and thresholds, frozen together and known by the hash of its bytes."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Literal

from assistant.trees.model import (
    Decider,
    Fact,
    Part,
    ProjectStep,
    Question,
    Reference,
    Signal,
    SourceKey,
    Text,
    Theme,
    Threshold,
    Tree,
)
from assistant.trees.program import Program, build_program


class Edition(Part):
    """What a dossier pins. Read from its own bytes, it is the same for ever."""

    format: Literal[1]
    trees: tuple[Tree, ...]
    references: dict[SourceKey, Reference]
    thresholds: dict[str, Threshold]
    functions: dict[str, Text]
    steps: tuple[ProjectStep, ...] = ()
    decider: Decider = Decider()

    @cached_property
    def body(self) -> bytes:
        """Canonical JSON: sorted keys, UTF-8, no spaces, nothing that is a default."""
        plain = self.model_dump(mode="json", exclude_defaults=True)
        return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the body, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()

    @cached_property
    def program(self) -> Program:
        """The conditions, compiled once."""
        thresholds = {name: threshold.value for name, threshold in self.thresholds.items()}
        return build_program(self.trees, thresholds)

    @cached_property
    def tree_ids(self) -> dict[str, Tree]:
        """Every tree by id, in document order."""
        return {tree.id: tree for tree in self.trees}

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by id, in document order."""
        return {question.id: question for tree in self.trees for question in tree.questions}

    @cached_property
    def signals(self) -> dict[str, Signal]:
        """Every signal by id, in document order."""
        return {signal.id: signal for tree in self.trees for signal in tree.signals}

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """Every fact by id."""
        return {id: fact for tree in self.trees for id, fact in tree.facts.items()}

    @cached_property
    def homes(self) -> dict[str, tuple[Tree, Theme]]:
        """Where each question stands."""
        return {q.id: (tree, theme) for tree in self.trees for theme in tree.themes for q in theme.questions}


def read_edition(body: bytes) -> Edition:
    """An edition from the bytes it was stored as."""
    return Edition.model_validate_json(body)
