"""What the team said, as one piece of JSON a dossier. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from assistant.answers import Answer
from assistant.errors import NotReady
from assistant.trees.model import PHASE_QUESTION

FORMAT: Final = 1
Raw = dict[str, Any]  # a document as JSON
_DEFAULTS: Final = {item.name: item.default for item in fields(Answer) if item.name != "other_views"}


@dataclass(frozen=True, slots=True)
class Project:
    """What the project is called and whose it is; `rev` is the version at which that last changed."""

    title: str = field(repr=False)
    organisation: str = field(repr=False)
    rev: int


@dataclass(frozen=True, slots=True)
class Document:
    """Everything typed in one dossier. `trees` are those opened by hand, in the order of opening."""

    project: Project
    trees: tuple[str, ...]
    answers: Mapping[str, Answer] = field(repr=False)


def write_document(document: Document) -> str:
    """Compact JSON with sorted keys: the same document is always the same text."""
    return write_json(build_raw(document))


def build_raw(document: Document) -> Raw:
    """The document as it stands in the JSON."""
    answers = document.answers
    return {
        "format": FORMAT,
        "project": project_fields(document.project),
        "trees": list(document.trees),
        "answers": {id: said for id, answer in answers.items() if (said := answer_fields(answer))},
        "other_views": {id: list(answer.other_views) for id, answer in answers.items() if answer.other_views},
    }


def read_document(text: str) -> Document:
    """The document that `write_document` wrote."""
    return build_document(read_raw(text))


def read_raw(text: str) -> Raw:
    """The JSON alone: a save changes an answer or two and need not build the other eighty."""
    raw: Raw = json.loads(text)
    if raw["format"] != FORMAT:
        raise NotReady("this dossier was saved by a newer version of the assistant: install that one")
    return raw


def build_document(raw: Raw) -> Document:
    """The document that the JSON says."""
    answers = {id: Answer(**said) for id, said in raw["answers"].items()}
    seen_differently = {id: find_answer(raw, id) for id in raw["other_views"]}
    return Document(Project(**raw["project"]), tuple(raw["trees"]), answers | seen_differently)


def find_answer(raw: Raw, question: str) -> Answer:
    """One answer, other views included; an empty one if there is none."""
    views = tuple(raw["other_views"].get(question, ()))
    return Answer(**raw["answers"].get(question, {}), other_views=views)


def find_phase(raw: Raw) -> str:
    """The phase's id, or "" before that question is answered."""
    phase = raw["answers"].get(PHASE_QUESTION, {}).get("value")
    return phase if isinstance(phase, str) else ""


def project_fields(project: Project) -> dict[str, Any]:
    """The project as it stands in the JSON."""
    return {"title": project.title, "organisation": project.organisation, "rev": project.rev}


def answer_fields(answer: Answer) -> dict[str, Any]:
    """What is not empty in an answer, other views left out."""
    given = ((name, getattr(answer, name), default) for name, default in _DEFAULTS.items())
    return {name: value for name, value, default in given if value != default}


def write_json(value: object) -> str:
    """JSON in its one canonical form: sorted keys, no spaces, every letter as itself."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
