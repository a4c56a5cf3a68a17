"""What a workshop is about: a case, a project of one's own or a blank page, as a facilitator chooses and changes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from assistant.answers import MAX_TEXT, check_text, clean_text
from assistant.store.dossiers import Dossier
from assistant.trees.cases import Dilemma
from assistant.trees.edition import Edition
from assistant.trees.model import Language, Text
from assistant.trees.playbook import Playbook
from assistant.walk import Mark, phase_of, walk
from assistant.workshop.story import Story, same_in_both

MOST_QUESTIONS: Final = 15
MOST_DILEMMAS: Final = 8
MOST_FACTS: Final = 12
LONGEST: Final = {"title": 200, "story": 1_200, "facts": 1_500, "twist": 400, "dilemma": 300}  # as a projector holds
_BLANK: Final = Text(nl="Vertel hier waar het over gaat.", en="Tell here what it is about.")
_ABOUT: Final = "description"  # the question that tells what a project is


def blank_story(title: str, playbook: Playbook) -> Story:
    """Nothing yet but the questions that every case shares."""
    cards = tuple(playbook.workshop.cards)[:6]
    return Story(title=same_in_both(title), story=_BLANK, dilemmas=(), roles=cards, questions=())


def story_from(dossier: Dossier, edition: Edition, playbook: Playbook, today: date) -> Story:
    """A project of one's own: what it already says is known, its open core questions are asked."""
    answers = dossier.document.answers
    way = walk(edition, answers, phase_of(answers), today, open_by_hand=dossier.document.trees)
    core = [one for one in way.steps if one.question.core]
    open_ones = [one.question.id for one in core if one.mark is not Mark.ANSWERED]
    told = answers.get(_ABOUT)
    title = dossier.document.project.title
    return Story(
        title=same_in_both(title),
        story=same_in_both(str(told.value)) if told and told.has_value else _BLANK,
        dilemmas=(),
        roles=tuple(playbook.workshop.cards)[:6],
        questions=tuple((open_ones or [one.question.id for one in core])[:MOST_QUESTIONS]),
        answers={id: answer.value for id, answer in answers.items() if answer.has_value and not answer.unsure},
    )


@dataclass
class Typed:
    """A field of the story's form: what was typed, and what is wrong with it."""

    id: str
    data: str
    error: str = ""  # too_long, unreadable, missing or same


@dataclass
class TypedDilemma:
    """A dilemma as it is typed: its question, and the two values that pull at it."""

    id: str
    asks: Typed
    first: str
    second: str


@dataclass
class StoryForm:
    """The whole of it. What is unchanged keeps both its languages."""

    title: Typed
    story: Typed
    facts: Typed
    twist: Typed
    roles: list[str]
    dilemmas: list[TypedDilemma]

    @property
    def fields(self) -> list[Typed]:
        """Every text, in the order of the page."""
        return [self.title, self.story, self.facts, *(one.asks for one in self.dilemmas), self.twist]

    @property
    def is_right(self) -> bool:
        """Nothing is wrong."""
        return not any(field.error for field in self.fields)


def show_story(story: Story, language: Language, rows: int) -> StoryForm:
    """The form as nobody touched it, with room for more dilemmas."""
    dilemmas = [
        TypedDilemma(one.id, Typed(f"asks-{n}", one.asks[language]), *one.between)
        for n, one in enumerate(story.dilemmas)
    ]
    return StoryForm(
        Typed("title", story.title[language]),
        Typed("story", story.story[language]),
        Typed("facts", "\n".join(fact[language] for fact in story.facts)),
        Typed("twist", story.twist[language] if story.twist else ""),
        list(story.roles),
        _with_room(dilemmas, rows),
    )


def read_story(form: Mapping[str, str], roles: Sequence[str], ids: Sequence[str], rows: int) -> StoryForm:
    """The form as it was sent. `ids`: of the dilemmas it showed."""
    many = min(max(len(ids), rows), MOST_DILEMMAS)
    dilemmas = [
        TypedDilemma(
            ids[n] if n < len(ids) else "",
            _typed(form, f"asks-{n}", "dilemma"),
            form.get(f"first-{n}", ""),
            form.get(f"second-{n}", ""),
        )
        for n in range(many)
    ]
    read = StoryForm(
        _typed(form, "title", "title", needed=True),
        _typed(form, "story", "story", needed=True),
        _typed(form, "facts", "facts"),
        _typed(form, "twist", "twist"),
        list(roles),
        dilemmas,
    )
    for one in dilemmas:
        if one.asks.data and not one.asks.error and (not one.first or not one.second or one.first == one.second):
            one.asks.error = "same"
    return read


def build_story(read: StoryForm, old: Story, playbook: Playbook, language: Language) -> Story:
    """The story that the form says, over what it was."""
    values = {value.id for value in playbook.values}
    kept = {one.id: one for one in old.dilemmas}
    dilemmas = [_dilemma(n, one, kept, language) for n, one in enumerate(read.dilemmas) if one.asks.data]
    known = {fact[language]: fact for fact in old.facts}
    lines = [clean_text(line) for line in read.facts.data.splitlines() if line.strip()][:MOST_FACTS]
    return old.model_copy(
        update={
            "title": _text(read.title, old.title, language),
            "story": _text(read.story, old.story, language),
            "facts": tuple(known.get(line) or same_in_both(line) for line in lines),
            "twist": _text(read.twist, old.twist, language) if read.twist.data else None,
            "roles": tuple(role for role in playbook.workshop.cards if role in read.roles),
            "dilemmas": tuple(one for one in dilemmas if set(one.between) <= values),
        }
    )


def _with_room(dilemmas: list[TypedDilemma], rows: int) -> list[TypedDilemma]:
    many = min(max(len(dilemmas), rows), MOST_DILEMMAS)
    return dilemmas + [TypedDilemma("", Typed(f"asks-{n}", ""), "", "") for n in range(len(dilemmas), many)]


def _typed(form: Mapping[str, str], name: str, kind: str, *, needed: bool = False) -> Typed:
    data = form.get(name, "")
    if check_text(data[: MAX_TEXT + 1]):
        return Typed(name, data, "unreadable")
    text = clean_text(data)
    if len(text) > LONGEST[kind]:
        return Typed(name, text, "too_long")
    return Typed(name, text, "missing" if needed and not text else "")


def _text(typed: Typed, old: Text | None, language: Language) -> Text:
    return old if old is not None and old[language] == typed.data else same_in_both(typed.data)


def _dilemma(number: int, typed: TypedDilemma, kept: Mapping[str, Dilemma], language: Language) -> Dilemma:
    old = kept.get(typed.id)
    id = old.id if old else f"own_{number + 1}"
    asks = _text(typed.asks, old.asks if old else None, language)
    return Dilemma(id=id, between=(typed.first, typed.second), asks=asks)
