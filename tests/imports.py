"""Short ways to say what the tests of answers from outside say often."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

import exports
from assistant.answers_file import AnswersFile, read_answers
from assistant.dossier import Dossier, ProjectFacts, build_dossier
from assistant.errors import Fault, InvalidAnswers
from assistant.trees.edition import Edition
from assistant.trees.load import shipped_edition

EDITION = shipped_edition()
HEAD = "format: 1\nproject: {title: Proef}\n"


def read(text: str | bytes, file: str = "answers.yaml") -> AnswersFile:
    return read_answers(text if isinstance(text, bytes) else text.encode(), file, EDITION)


def faults_of(text: str | bytes, file: str = "answers.yaml") -> tuple[Fault, ...]:
    with pytest.raises(InvalidAnswers) as caught:
        read(text, file)
    return caught.value.faults


def build(taken: AnswersFile, edition: Edition = EDITION) -> Dossier:
    facts = ProjectFacts(taken.title, taken.organisation)
    day = date(2026, 11, 21)
    return build_dossier(edition, taken.answers, facts, day, taken.language, open_by_hand=taken.trees)


def handed_over(taken: AnswersFile) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(exports.FORMATS["json"].render(build(taken)))
    return made
