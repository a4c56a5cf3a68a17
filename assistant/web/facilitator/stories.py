"""What a workshop is about: a case, a project of one's own or a blank page, as a facilitator chooses and changes it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Final

from assistant.answers import MAX_TEXT, check_text, clean_text
from assistant.store.dossiers import Dossier
from assistant.trees.cases import Dilemma
from assistant.trees.edition import Edition
from assistant.trees.model import Language, Text
from assistant.trees.playbook import Playbook
from assistant.walk import Mark, Walk, phase_of, walk
from assistant.workshop.story import Story, same_in_both

MOST_QUESTIONS: Final = 15
MOST_DILEMMAS: Final = 8
MOST_FACTS: Final = 12
USUAL_CARDS: Final = 6
LONGEST: Final = {"title": 200, "story": 1_200, "facts": 1_500, "twist": 400, "asks": 300}  # as a projector holds
_BLANK: Final = Text(nl="Vertel hier waar het over gaat.", en="Tell here what it is about.")
_ABOUT: Final = "description"  # the question that tells what a project is


def blank_story(title: str, edition: Edition, playbook: Playbook, today: date) -> Story:
    """Nothing told yet, and everything still to be asked."""
    questions = _to_ask(edition, walk(edition, {}, phase_of({}), today))
    return Story(title=same_in_both(title), story=_BLANK, dilemmas=(), roles=_roles(playbook), questions=questions)


def story_from(dossier: Dossier, edition: Edition, playbook: Playbook, today: date) -> Story:
    """A project of one's own: what it already says is known, its open core questions are asked."""
    answers = dossier.document.answers
    way = walk(edition, answers, phase_of(answers), today, open_by_hand=dossier.document.trees)
    told = answers.get(_ABOUT)
    return Story(
        title=same_in_both(dossier.document.project.title),
        story=same_in_both(str(told.value)) if told and told.has_value else _BLANK,
        dilemmas=(),
        roles=_roles(playbook),
        questions=_to_ask(edition, way),
        answers={id: answer.value for id, answer in answers.items() if answer.has_value and not answer.unsure},
    )


def _roles(playbook: Playbook) -> tuple[str, ...]:
    return tuple(playbook.workshop.cards)[:USUAL_CARDS]


def _to_ask(edition: Edition, way: Walk) -> tuple[str, ...]:
    """The open core questions of the path, or all of them when none is open.

    Before the path has any, what leads there comes first; then the core that it may open.
    """
    core = [one for one in way.steps if one.question.core]
    asked = [one for one in core or way.steps if one.mark is not Mark.ANSWERED] or core
    ahead = () if core else (id for id, question in edition.questions.items() if question.core)
    return (*(one.question.id for one in asked), *ahead)[:MOST_QUESTIONS]


@dataclass
class Typed:
    """A field of the story's form: what was typed, and what is wrong with it."""

    id: str
    data: str
    error: str = ""  # too_long, too_many, unreadable, missing or same


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


def read_story(
    form: Mapping[str, str], roles: Sequence[str], ids: Sequence[str], rows: int, values: Collection[str]
) -> StoryForm:
    """The form as it was sent. `ids`: of the dilemmas it showed; `values`: those that can pull at one."""
    many = min(max(len(ids), rows), MOST_DILEMMAS)
    dilemmas = [
        TypedDilemma(
            ids[n] if n < len(ids) else "",
            _typed(form, f"asks-{n}"),
            form.get(f"first-{n}", ""),
            form.get(f"second-{n}", ""),
        )
        for n in range(many)
    ]
    read = StoryForm(
        _typed(form, "title", needed=True),
        _typed(form, "story", needed=True),
        _typed(form, "facts"),
        _typed(form, "twist"),
        list(roles),
        dilemmas,
    )
    if not read.facts.error and len(_lines(read.facts)) > MOST_FACTS:
        read.facts.error = "too_many"
    for one in dilemmas:
        if one.asks.data and not one.asks.error and len({one.first, one.second} & {*values}) < 2:
            one.asks.error = "same"
    return read


def _lines(typed: Typed) -> list[str]:
    return [line for line in map(clean_text, typed.data.splitlines()) if line]


def build_story(read: StoryForm, old: Story, playbook: Playbook, language: Language) -> Story:
    """The story that the form says, over what it was."""
    known = {fact[language]: fact for fact in old.facts}
    return old.model_copy(
        update={
            "title": _text(read.title, old.title, language),
            "story": _text(read.story, old.story, language),
            "facts": tuple(known.get(line) or same_in_both(line) for line in _lines(read.facts)),
            "twist": _text(read.twist, old.twist, language) if read.twist.data else None,
            "roles": tuple(role for role in playbook.workshop.cards if role in read.roles),
            "dilemmas": tuple(_dilemmas(read, old, language)),
        }
    )


def _with_room(dilemmas: list[TypedDilemma], rows: int) -> list[TypedDilemma]:
    many = min(max(len(dilemmas), rows), MOST_DILEMMAS)
    return dilemmas + [TypedDilemma("", Typed(f"asks-{n}", ""), "", "") for n in range(len(dilemmas), many)]


def _typed(form: Mapping[str, str], name: str, *, needed: bool = False) -> Typed:
    data = form.get(name, "")
    if check_text(data[:MAX_TEXT]):
        return Typed(name, data, "unreadable")
    text = clean_text(data)
    if len(text) > LONGEST[name.partition("-")[0]]:
        return Typed(name, text, "too_long")
    return Typed(name, text, "missing" if needed and not text else "")


def _text(typed: Typed, old: Text | None, language: Language) -> Text:
    return old if old is not None and old[language] == typed.data else same_in_both(typed.data)


def _dilemmas(read: StoryForm, old: Story, language: Language) -> Iterator[Dilemma]:
    """Those with a question. A new one has an id that none had, so that no round takes another one's place."""
    kept = {one.id: one for one in old.dilemmas}
    taken = {*kept}
    free = (id for id in map("own_{}".format, count(1)) if id not in taken)
    for typed in (one for one in read.dilemmas if one.asks.data):
        known = kept.pop(typed.id, None)
        asks = _text(typed.asks, known.asks if known else None, language)
        yield Dilemma(id=known.id if known else next(free), between=(typed.first, typed.second), asks=asks)
