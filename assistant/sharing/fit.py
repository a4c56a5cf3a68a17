"""With which answers of an example a new dossier can begin, and which of them its questions do not know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.answers import CARRIED, Answer, read_answer
from assistant.sharing.model import Example, Told
from assistant.trees.edition import Edition
from assistant.trees.model import PHASE_QUESTION


@dataclass(frozen=True)
class Fitted:
    """`answers`: each to be confirmed. `unknown`: of questions that are gone, or were asked in another way."""

    answers: dict[str, Answer]
    unknown: tuple[Told, ...]


def fit(example: Example, edition: Edition) -> Fitted:
    """What comes along. The phase does not: where a project stands is its own."""
    answers: dict[str, Answer] = {}
    unknown: list[Told] = []
    for told in _told(example):
        question = edition.questions.get(told.question)
        answer, problems = read_answer(question, told.answer) if question else (Answer(), [None])
        if problems or not answer.has_value:
            unknown.append(told)
        else:
            answers[told.question] = replace(answer, confirmed_in=CARRIED)
    return Fitted(answers, tuple(unknown))


def _told(example: Example) -> Iterator[Told]:
    for chapter in example.themes:
        yield from (one for one in chapter.answers if one.answer is not None and one.question != PHASE_QUESTION)
