"""What a dossier is: one frozen model with everything a reader needs, wording included."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Literal, TypeAlias

from pydantic import Field

from assistant.trees.model import Language, Level, Part
from assistant.walk import Mark

Audience: TypeAlias = Literal["team", "decider", "public"]
Stands: TypeAlias = Literal["weighed", "reopened", "destroyed"]  # what became of an alternative
AUDIENCES: tuple[Audience, ...] = ("team", "decider", "public")


class Named(Part):
    """An id with what it says."""

    id: str
    says: str


class Because(Part):
    """One answer that is a reason: the question and what was answered, in words."""

    question: str
    ask: str
    answer: str


class SourceEntry(Part):
    """A source with how sure we are of it."""

    key: str
    title: str
    says: str
    where: str
    certainty: str
    certainty_says: str
    checked: str


class EndingEntry(Part):
    """How a signal ended: solved, accepted or contested, why, by which function and when; `in_words`: all of it."""

    how: str
    in_words: str
    reason: str
    by: str
    on: str


class SignalEntry(Part):
    """A signal as raised: how serious, how certain, why, on what source, what to do."""

    id: str
    code: str
    level: Level
    level_says: str
    certainty: Literal["certain", "possible"]
    gate: str
    gate_says: str
    counts: bool
    superseded_by: str
    about: str
    theme: str
    says: str
    action: str
    because: tuple[Because, ...]
    sources: tuple[str, ...]
    ending: EndingEntry | None = None


class AnswerEntry(Part):
    """One question with what was said to it."""

    deliberation: bool = False
    to_confirm: str = ""  # in which earlier phase it was given, if it may no longer hold
    question: str
    code: str
    ask: str
    mark: Mark
    mark_says: str
    certain: bool
    lines: tuple[str, ...]
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    motivation: str
    not_applicable: str
    owner: str
    due: str
    other_views: tuple[str, ...]


class ThemeEntry(Part):
    """The answers of one theme."""

    tree: str
    tree_says: str
    theme: str
    title: str
    gate: str
    answers: tuple[AnswerEntry, ...]


class OpenEntry(Part):
    """Something not known yet, who finds out and when."""

    question: str
    ask: str
    says: str
    owner: str
    due: str


class ViewEntry(Part):
    """Another view on a question; whose it is, is kept nowhere."""

    question: str
    ask: str
    view: str


class SetAside(Part):
    """A question the team set aside as not applicable, with the reason."""

    question: str
    ask: str
    reason: str


class NotAsked(Part):
    """Questions of a theme that were not asked, and because of which answers."""

    tree_says: str
    title: str
    questions: int
    says: str
    because: str


class Conclusion(Part):
    """A tree's own outcome in words."""

    tree: str
    tree_says: str
    id: str
    says: str
    certain: bool


class OutcomeEntry(Part):
    """The outcome in words, never a score."""

    id: str
    says: str
    explains: str
    open_questions: int


class EditionEntry(Part):
    """Which questions, sources and thresholds this rests on."""

    hash: str
    trees: tuple[Named, ...]
    thresholds: tuple[Named, ...]


class Project(Part):
    """The facts of the project."""

    title: str
    organisation: str
    number: str = ""
    version: int = 0
    phase: Named
    step: str = ""  # which of the steps of a data project that is


class HandIn(Part):
    """How it was handed in: by which function (and whose id), when, for when, who decides; `in_words`: a line each."""

    by: str
    person: str
    on: str
    wanted_start: str
    decider: str
    note: str
    in_words: tuple[str, ...]


class Differing(Part):
    """A question that the chosen dossier and an alternative answered otherwise, in words. `typed`: `theirs` was."""

    question: str
    code: str
    ask: str
    ours: str
    theirs: str
    typed: bool = False


class RaisedEntry(Part):
    """A signal that only one of the two raises."""

    id: str
    code: str
    level: Level
    level_says: str
    certainty: Literal["certain", "possible"]
    says: str


class AlternativeEntry(Part):
    """An alternative that was laid aside; `title` and the rest only where it stands as it was weighed.

    The most serious of what differs and of what would be raised; `more_...` says how many there are besides.
    """

    number: str
    title: str = ""
    stands: Stands
    stands_says: str  # empty where what differs says enough
    differing: tuple[Differing, ...] = ()
    more_differing: int = 0
    raised_there: tuple[RaisedEntry, ...] = ()  # the alternative would raise it, this dossier does not
    more_there: int = 0
    raised_here: tuple[RaisedEntry, ...] = ()
    more_here: int = 0


class Alternatives(Part):
    """What was weighed against this dossier, and why this one was chosen."""

    reason: str
    laid_aside: tuple[AlternativeEntry, ...]


class DeciderPage(Part):
    """The answers for who decides: what it is, what it does to people, what is asked."""

    question: tuple[AnswerEntry, ...]
    people: tuple[AnswerEntry, ...]
    asked: tuple[AnswerEntry, ...]


class Dossier(Part):
    """What is handed over. Its JSON is the published format; `words` are the headings and stay out of it."""

    format: Literal[1] = 1
    kind: Literal["dossier"] = "dossier"
    audience: Audience = "team"
    language: Language
    made_on: str
    made_on_says: str
    project: Project
    outcome: OutcomeEntry
    fixed_sentence: str
    matters_most: tuple[str, ...]  # signal ids
    strengths: tuple[str, ...]  # signal ids
    conclusions: tuple[Conclusion, ...]
    facts: tuple[Named, ...]
    signals: tuple[SignalEntry, ...]
    open_points: tuple[OpenEntry, ...]
    to_confirm: tuple[Named, ...] = ()  # questions whose answer is of an earlier phase
    other_views: tuple[ViewEntry, ...]
    set_aside: tuple[SetAside, ...]
    themes: tuple[ThemeEntry, ...]
    later: tuple[Named, ...]
    not_asked: tuple[NotAsked, ...]
    path: tuple[str, ...]
    decider: DeciderPage | None = None
    answers: dict[str, Any]  # as an answers file writes them: what `assistant import` reads
    trees: tuple[str, ...]  # trees the team opened by hand
    answers_hash: str
    edition: EditionEntry
    sources: tuple[SourceEntry, ...]
    hand_in: HandIn | None = None
    alternatives: Alternatives | None = None  # set only where some were weighed
    credits: str = ""
    limits: tuple[str, ...] = ()
    words: dict[str, str] = Field(exclude=True)

    def signal(self, id: str) -> SignalEntry:
        """One of its signals."""
        return next(signal for signal in self.signals if signal.id == id)


def canonical(data: Any) -> bytes:
    """JSON with sorted keys, UTF-8, no spaces: the same content gives the same bytes."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def frozen(dossier: Dossier) -> bytes:
    """The bytes that a version keeps and an archive PDF holds: read back and written again they are the same."""
    return canonical(dossier.model_dump(mode="json", exclude_unset=True))


def fingerprint(answers: Any) -> str:
    """SHA-256 of the answers' canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(answers)).hexdigest()
