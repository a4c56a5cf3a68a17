"""The dossier: one frozen model with everything a reader needs, wording included. Only what is on the path."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from pydantic import Field

from assistant.answers import Answer, Answers
from assistant.display import answer_lines, cell_text, shortened, written_date
from assistant.trees.because import because
from assistant.trees.edition import Edition
from assistant.trees.logic import NO
from assistant.trees.model import Decider, Language, Level, Part, Question, Tree
from assistant.walk import Mark, OpenPoint, Raised, Step, Walk, phase_of, walk
from assistant.words import (
    GATES,
    HEADINGS,
    LEVELS,
    MARKS,
    OUTCOME_EXPLAINED,
    OUTCOMES,
    PHASES,
    SOURCE_CERTAINTIES,
    word,
)

MOST_SERIOUS = 3
MOST_VIEWS = 3  # on the decider's page

Audience: TypeAlias = Literal["team", "decider", "public"]
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


class AnswerEntry(Part):
    """One question with what was said to it."""

    deliberation: bool = False
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
    words: dict[str, str] = Field(exclude=True)

    def signal(self, id: str) -> SignalEntry:
        """One of its signals."""
        return next(signal for signal in self.signals if signal.id == id)


@dataclass(frozen=True)
class ProjectFacts:
    """What a dossier says of the project beside the answers."""

    title: str
    organisation: str = ""
    number: str = ""
    version: int = 0


def build_dossier(
    edition: Edition,
    answers: Answers,
    project: ProjectFacts,
    today: date,
    language: Language,
    *,
    open_by_hand: Iterable[str] = (),
    only: Collection[str] = (),
    audience: Audience = "team",
) -> Dossier:
    """Everything that follows, worded in one language, for an audience. `only`: of these trees alone."""
    by_hand = tuple(open_by_hand)
    way = walk(edition, answers, phase_of(answers), today, open_by_hand=by_hand, only=only)
    writer = _Writer(edition, way, language, [tree for tree in edition.trees if not only or tree.id in only])
    said = {step.question.id: plain_answer(step.answer) for step in way.steps}
    on_path = {id: plain for id, plain in said.items() if plain != {}}
    signals = tuple(map(writer.signal, way.signals))
    whole = Dossier(
        language=language,
        made_on=today.isoformat(),
        made_on_says=written_date(today.isoformat(), language),
        project=Project(
            title=project.title,
            organisation=project.organisation,
            number=project.number,
            version=project.version,
            phase=Named(id=way.phase, says=word(PHASES, way.phase, language)),
        ),
        outcome=writer.outcome(),
        fixed_sentence=writer.words["fixed_sentence"],
        matters_most=_most_serious(signals),
        strengths=tuple(signal.id for signal in signals if signal.level is Level.STRENGTH),
        conclusions=tuple(writer.conclusions()),
        facts=tuple(writer.facts()),
        signals=signals,
        open_points=tuple(map(writer.open_point, way.open_points)),
        other_views=tuple(writer.other_views()),
        set_aside=tuple(writer.set_aside()),
        themes=tuple(writer.themes()),
        later=tuple(Named(id=step.question.id, says=step.question.ask[language]) for step in way.later),
        not_asked=tuple(writer.not_asked()),
        path=way.path,
        answers=on_path,
        trees=by_hand,
        answers_hash=hashlib.sha256(canonical(on_path)).hexdigest(),
        edition=writer.edition_entry(),
        sources=tuple(writer.sources(signals)),
        words=writer.words,
    )
    if audience == "decider":
        return _for_decider(whole, edition.decider)
    return _for_public(whole) if audience == "public" else whole


def _for_decider(whole: Dossier, decider: Decider) -> Dossier:
    """One page: the three signals, the minority's view, and the answers chosen for it."""
    entries = {answer.question: answer for theme in whole.themes for answer in theme.answers}

    def page(ids: Iterable[str]) -> tuple[AnswerEntry, ...]:
        return tuple(entries[id] for id in ids if id in entries and entries[id].mark is not Mark.MISSING)

    views = tuple(view.model_copy(update={"view": shortened(view.view, 160)}) for view in whole.other_views)
    return whole.model_copy(
        update={
            "audience": "decider",
            "decider": DeciderPage(
                question=page(decider.question), people=page(decider.people), asked=page(decider.asked)
            ),
            "signals": tuple(signal for signal in whole.signals if signal.id in whole.matters_most),
            "other_views": views[:MOST_VIEWS],
            **dict.fromkeys(("strengths", "themes", "later", "not_asked", "set_aside", "open_points", "sources"), ()),
            "answers": {},
        }
    )


def _for_public(whole: Dossier) -> Dossier:
    """Facts and reasons: no other views, no deliberation, nobody who finds something out."""
    inward = {answer.question for theme in whole.themes for answer in theme.answers if answer.deliberation}
    left = {"other_views": (), "owner": "", "due": ""}

    def outward(theme: ThemeEntry) -> ThemeEntry:
        kept = (answer for answer in theme.answers if not answer.deliberation)
        return theme.model_copy(update={"answers": tuple(answer.model_copy(update=left) for answer in kept)})

    signals = tuple(
        signal.model_copy(update={"because": tuple(b for b in signal.because if b.question not in inward)})
        for signal in whole.signals
        if signal.about not in inward
    )
    ids = {signal.id for signal in signals}
    hidden = ("owner", "due", "other_views")
    return whole.model_copy(
        update={
            "audience": "public",
            "other_views": (),
            "themes": tuple(theme for theme in map(outward, whole.themes) if theme.answers),
            "signals": signals,
            "matters_most": _most_serious(signals),
            "strengths": tuple(id for id in whole.strengths if id in ids),
            "open_points": tuple(
                point.model_copy(update={"owner": "", "due": ""})
                for point in whole.open_points
                if point.question not in inward
            ),
            "set_aside": tuple(entry for entry in whole.set_aside if entry.question not in inward),
            "later": tuple(question for question in whole.later if question.id not in inward),
            "path": tuple(id for id in whole.path if id not in inward),
            "answers": {
                id: {key: value for key, value in answer.items() if key not in hidden}
                if isinstance(answer, dict)
                else answer
                for id, answer in whole.answers.items()
                if id not in inward
            },
        }
    )


def _most_serious(signals: Iterable[SignalEntry]) -> tuple[str, ...]:
    """The three to lead with, one a question, so that one unknown does not crowd out the rest."""
    first: dict[str, str] = {}
    for signal in signals:
        if signal.counts and signal.level not in (Level.INFO, Level.STRENGTH):
            first.setdefault(signal.about, signal.id)
    return tuple(first.values())[:MOST_SERIOUS]


def canonical(data: Any) -> bytes:
    """JSON with sorted keys, UTF-8, no spaces: the same content gives the same bytes."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def plain_answer(answer: Answer) -> Any:
    """An answer as an answers file writes it: bare where there is nothing but the value."""
    full = {
        "value": answer.value,
        "unsure": answer.unsure,
        "not_applicable": answer.not_applicable,
        "motivation": answer.motivation,
        "owner": answer.owner,
        "due": answer.due,
        "other_views": list(answer.other_views),
    }
    filled = {key: value for key, value in full.items() if value not in (None, "", []) and value is not False}
    return filled["value"] if list(filled) == ["value"] else filled


class _Writer:
    """Words for what a walk found, in one language."""

    def __init__(self, edition: Edition, way: Walk, language: Language, trees: Sequence[Tree]) -> None:
        self.edition, self.way, self.language, self.trees = edition, way, language, trees
        self.words = {key: word(HEADINGS, key, language) for key in HEADINGS}
        self.answers = {step.question.id: step.answer for step in way.steps}

    def outcome(self) -> OutcomeEntry:
        kind, n = self.way.outcome.kind, self.way.outcome.open_questions
        return OutcomeEntry(
            id=kind,
            says=word(OUTCOMES, kind, self.language),
            explains=word(OUTCOME_EXPLAINED, kind, self.language).format(n=n),
            open_questions=n,
        )

    def because(self, questions: Iterable[str]) -> tuple[Because, ...]:
        return tuple(
            Because(question=id, ask=self.ask(id), answer=self.answer_text(id))
            for id in questions
            if id in self.answers
        )

    def ask(self, question: str) -> str:
        return self.edition.questions[question].ask[self.language]

    def answer_text(self, question: str) -> str:
        """The answer in one short line."""
        return answer_text(self.edition.questions[question], self.answers[question], self.language)

    def signal(self, raised: Raised) -> SignalEntry:
        signal = raised.signal
        _, theme = self.edition.homes[signal.about]
        return SignalEntry(
            id=signal.id,
            code=signal.code,
            level=signal.level,
            level_says=word(LEVELS, signal.level, self.language),
            certainty="certain" if raised.certain else "possible",
            gate=raised.gate,
            gate_says=word(GATES, raised.gate, self.language),
            counts=raised.counts,
            superseded_by=raised.superseded_by,
            about=signal.about,
            theme=theme.title[self.language],
            says=signal.says[self.language],
            action=signal.action[self.language] if signal.action else "",
            because=self.because(raised.because),
            sources=signal.refs,
        )

    def conclusions(self) -> Iterator[Conclusion]:
        for concluded in self.way.conclusions:
            outcome = concluded.outcome
            says = outcome.says[self.language] if outcome else word(OUTCOMES, "not_finished", self.language)
            yield Conclusion(
                tree=concluded.tree,
                tree_says=self.edition.tree_ids[concluded.tree].title[self.language],
                id=outcome.id if outcome else "not_finished",
                says=says,
                certain=concluded.certain,
            )

    def facts(self) -> Iterator[Named]:
        possibly = {"nl": "mogelijk", "en": "possibly"}[self.language]
        for id, certain in self.way.facts.items():
            says = self.edition.facts[id].says[self.language]
            yield Named(id=id, says=says if certain else f"{says} ({possibly})")

    def open_point(self, point: OpenPoint) -> OpenEntry:
        says = word(MARKS, point.mark, self.language)
        if point.cells:
            says = self.words["cells_open"].format(n=point.cells)
        return OpenEntry(
            question=point.question,
            ask=self.ask(point.question),
            says=says,
            owner=point.owner,
            due=written_date(point.due, self.language),
        )

    def other_views(self) -> Iterator[ViewEntry]:
        for step in self.way.steps:
            for view in step.answer.other_views:
                yield ViewEntry(question=step.question.id, ask=self.ask(step.question.id), view=view)

    def set_aside(self) -> Iterator[SetAside]:
        for step in self.way.steps:
            if step.mark is Mark.NOT_APPLICABLE:
                id = step.question.id
                yield SetAside(question=id, ask=self.ask(id), reason=step.answer.not_applicable)

    def themes(self) -> Iterator[ThemeEntry]:
        for tree in self.trees:
            for theme in tree.themes:
                steps = [s for s in self.way.steps if s.tree == tree.id and s.theme == theme.id]
                if steps:
                    yield ThemeEntry(
                        tree=tree.id,
                        tree_says=tree.title[self.language],
                        theme=theme.id,
                        title=theme.title[self.language],
                        gate=theme.gate,
                        answers=tuple(map(self.answer, steps)),
                    )

    def answer(self, step: Step) -> AnswerEntry:
        question, answer = step.question, step.answer
        header, rows = table(question, answer, self.language)
        return AnswerEntry(
            deliberation=question.deliberation,
            question=question.id,
            code=question.code,
            ask=question.ask[self.language],
            mark=step.mark,
            mark_says=word(MARKS, step.mark, self.language),
            certain=step.certain,
            lines=tuple(answer_lines(question, answer, self.language)),
            header=header,
            rows=rows,
            motivation=answer.motivation,
            not_applicable=answer.not_applicable,
            owner=answer.owner,
            due=written_date(answer.due, self.language),
            other_views=answer.other_views,
        )

    def not_asked(self) -> Iterator[NotAsked]:
        """By theme: how many questions were left out, and the answers that did it."""
        program, state = self.edition.program, self.way.state
        for tree in self.trees:
            for theme in tree.themes:
                off = [question.id for question in theme.questions if state.paths[question.id] is NO]
                if not off:
                    continue
                texts = [
                    t for id in off for t in (*program.asked[id].opening_texts, *program.asked[id].condition_texts)
                ]
                asks = [self.ask(id) for id in because(program, state, *dict.fromkeys(texts))]
                one = self.words["not_asked_one"]
                yield NotAsked(
                    tree_says=tree.title[self.language],
                    title=theme.title[self.language],
                    questions=len(off),
                    says=one if len(off) == 1 else self.words["not_asked_theme"].format(n=len(off)),
                    because=self.words["because_of"].format(asks=" / ".join(asks)) if asks else "",
                )

    def edition_entry(self) -> EditionEntry:
        return EditionEntry(
            hash=self.edition.hash,
            trees=tuple(
                Named(id=id, says=tree.title[self.language])
                for id, tree in ((tree.id, tree) for tree in self.trees)
                if id in self.way.trees
            ),
            thresholds=tuple(
                Named(id=id, says=f"{threshold.value}: {threshold.says[self.language]}")
                for id, threshold in self.edition.thresholds.items()
            ),
        )

    def sources(self, signals: Iterable[SignalEntry]) -> Iterator[SourceEntry]:
        for key in dict.fromkeys(key for signal in signals for key in signal.sources):
            source = self.edition.references[key]
            yield SourceEntry(
                key=key,
                title=source.title[self.language],
                says=source.says[self.language],
                where=source.where,
                certainty=source.certainty,
                certainty_says=word(SOURCE_CERTAINTIES, source.certainty, self.language),
                checked=written_date(source.checked, self.language),
            )


def answer_text(question: Question, answer: Answer, language: Language) -> str:
    """An answer in one short line: its value, or that it is not known, or why it does not apply."""
    lines = answer_lines(question, answer, language)
    if answer.not_applicable:
        return f"{word(MARKS, 'not_applicable', language)}: {shortened(answer.not_applicable)}"
    if answer.unsure:
        lines = [*lines, word(MARKS, "partly" if lines else "unsure", language)]
    return shortened(", ".join(lines)) or word(MARKS, "missing", language)


def table(
    question: Question, answer: Answer, language: Language
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The header and cells of a table's answer, in words; both empty for other kinds."""
    if not question.columns or not answer.has_value:
        return (), ()
    header = tuple(column.label[language] for column in question.columns)
    rows = tuple(
        tuple(cell_text(column, row.get(column.id), language) for column in question.columns) for row in answer.value
    )
    return header, rows
