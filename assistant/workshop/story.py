"""What a workshop is about: a practice case, a copy of one that a facilitator changed, or a project of one's own."""

from __future__ import annotations

from typing import Any, Final

from pydantic import Field

from assistant.answers import Answer, Answers
from assistant.trees.cases import Case, Dilemma
from assistant.trees.edition import Edition
from assistant.trees.model import Id, Part, Text

CHOSEN: Final = 2  # dilemmas that are played unless somebody chooses otherwise


class Story(Part):
    """Everything a workshop tells and asks of its subject. `answers`: values by question, known beforehand."""

    title: Text
    story: Text
    facts: tuple[Text, ...] = ()
    dilemmas: tuple[Dilemma, ...]
    twist: Text | None = None
    roles: tuple[Id, ...] = ()  # cards that are handed out
    questions: tuple[Id, ...]
    answers: dict[Id, Any] = Field(default_factory=dict)
    way_out: Text | None = None


def story_of(case: Case) -> Story:
    """A practice case as it is told."""
    return Story(**{name: getattr(case, name) for name in Story.model_fields})


def same_in_both(text: str) -> Text:
    """What a facilitator typed, in whichever language: shown as it is in both."""
    return Text(nl=text, en=text)


def known_answers(story: Story, edition: Edition) -> Answers:
    """What the story says beforehand, as answers of this edition; a question that went is left out."""
    return {id: Answer(value=value) for id, value in story.answers.items() if id in edition.questions}
