"""Words for what a walk found, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answers import CARRIED, REWORDED, Answer
from assistant.display import answer_lines, cell_text, shortened, written_date
from assistant.dossier.model import (
    AnswerEntry,
    Because,
    Conclusion,
    EditionEntry,
    EndingEntry,
    Named,
    NotAsked,
    OpenEntry,
    OutcomeEntry,
    SetAside,
    SignalEntry,
    SourceEntry,
    ThemeEntry,
    ViewEntry,
)
from assistant.trees.because import because
from assistant.trees.edition import Edition
from assistant.trees.logic import NO
from assistant.trees.model import Language, Question, Tree
from assistant.walk import Mark, OpenPoint, Raised, Step, Walk
from assistant.words import (
    ABOUT,
    ENDINGS,
    GATES,
    HEADINGS,
    LEVELS,
    LIMITS,
    MARKS,
    OUTCOME_EXPLAINED,
    OUTCOMES,
    PHASES,
    SOURCE_CERTAINTIES,
    word,
)


@dataclass(frozen=True)
class Ended:
    """How a signal ended: `how` (solved, accepted or contested), whether it was certain then, why, by whom and when.

    `by` is a function, never a name; `on` an ISO date.
    """

    how: str
    certain: bool
    reason: str
    by: str
    on: str


def build_ending(one: Ended, language: Language) -> EndingEntry:
    """An ending in words: how, why, and between brackets who and when."""
    says = word(ENDINGS, one.how, language)
    aside = ", ".join(part for part in (one.by, written_date(one.on, language)) if part)
    in_words = (f"{says}: {one.reason}" if one.reason else says) + f" ({aside})"
    return EndingEntry(how=one.how, in_words=in_words, reason=one.reason, by=one.by, on=one.on)


class Writer:
    """Words for what a walk found, in one language."""

    def __init__(
        self, edition: Edition, way: Walk, language: Language, trees: Sequence[Tree], ended: Mapping[str, Ended]
    ) -> None:
        self.edition, self.way, self.language, self.trees = edition, way, language, trees
        self.words = {key: word(HEADINGS, key, language) for key in HEADINGS}
        self.ended = ended
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
            ending=self._ending(raised),
        )

    def _ending(self, raised: Raised) -> EndingEntry | None:
        if not raised.ended:
            return None
        one = self.ended[raised.signal.id]
        return build_ending(one, self.language)

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

    def to_confirm(self) -> Iterator[Named]:
        for id in self.way.to_confirm:
            yield Named(id=id, says=self.ask(id))

    def project_step(self) -> str:
        """Which of the steps of a data project the phase is; empty when it is none."""
        steps = self.edition.steps
        here = next((n for n, step in enumerate(steps, start=1) if self.way.phase in step.phases), 0)
        if not here:
            return ""
        label = steps[here - 1].label[self.language]
        return self.words["project_step"].format(n=here, all=len(steps), step=label)

    def limits(self) -> tuple[str, ...]:
        """What the assistant does not claim."""
        return tuple(word(ABOUT, key, self.language) for key in LIMITS)

    def other_views(self) -> Iterator[ViewEntry]:
        for step in self.way.steps:
            for view in step.answer.other_views:
                yield ViewEntry(question=step.question.id, ask=self.ask(step.question.id), view=view)

    def later(self) -> Iterator[Named]:
        for question in (*(step.question for step in self.way.later), *self.way.undecided):
            yield Named(id=question.id, says=question.ask[self.language])

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
            to_confirm=self.given_in(step),
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

    def given_in(self, step: Step) -> str:
        """That an answer is of an earlier phase or dossier, if it may no longer hold."""
        if not step.to_confirm:
            return ""
        if step.answer.confirmed_in in (CARRIED, REWORDED):
            return self.words[step.answer.confirmed_in]
        return self.words["given_in"].format(phase=word(PHASES, step.answer.confirmed_in, self.language))

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
