"""What a dossier holds for a place in a text: its answers, as they were given. Nothing is added."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assistant.dossier.model import AnswerEntry, Dossier
from assistant.onward.model import Draft, Gap, Kind, Said, Section
from assistant.onward.words import WORDS
from assistant.steps import Mark
from assistant.trees.edition import Edition
from assistant.trees.model import Language
from assistant.trees.onward import Place
from assistant.words import word


def words_of(language: Language) -> dict[str, str]:
    """All fixed words in one language."""
    return {key: word(WORDS, key, language) for key in WORDS}


def build_draft(kind: Kind, dossier: Dossier, sections: tuple[Section, ...]) -> Draft:
    """The text as a whole, with what it says of the project."""
    return Draft(**facts_of(kind, dossier), sections=sections)


def facts_of(kind: Kind, dossier: Dossier) -> dict[str, Any]:
    """What every text says of its project."""
    project = dossier.project
    return {
        "kind": kind,
        "language": dossier.language,
        "title": project.title,
        "organisation": project.organisation,
        "number": project.number,
        "version": project.version,
        "made_on": dossier.made_on,
        "made_on_says": dossier.made_on_says,
        "words": words_of(dossier.language),
    }


class Gatherer:
    """Reads one dossier. `inward`: for team and officer, so it says who finds out what is not known yet."""

    def __init__(self, dossier: Dossier, edition: Edition, *, inward: bool) -> None:
        self.dossier, self.edition, self.inward = dossier, edition, inward
        self.words = words_of(dossier.language)
        self.entries = {entry.question: entry for theme in dossier.themes for entry in theme.answers}

    def entries_at(self, place: Place) -> list[AnswerEntry]:
        """The entries of a place that are on the path, in its order."""
        return [self.entries[id] for id in place.questions if id in self.entries]

    def said(self, place: Place, *, views: bool = False) -> Iterator[Said]:
        """What the answers of a place say."""
        if place.project and (text := getattr(self.dossier.project, place.project)):
            yield Said(label=self.words[place.project], lines=(text,))
        for entry in self.entries_at(place):
            if entry.mark is not Mark.MISSING:
                yield self._answer(entry, place, views)

    def gaps(self, place: Place) -> Iterator[Gap]:
        """The questions of a place that nobody answered, and what no question asks."""
        for entry in self.entries_at(place):
            if entry.mark is Mark.MISSING:
                yield Gap(says=entry.ask, question=entry.question, code=entry.code)
        for text in place.also:
            yield Gap(says=text[self.dossier.language])

    def raw(self, question: str) -> Any:
        """The bare value of an answer on the path; None where there is none."""
        said = self.dossier.answers.get(question)
        return said.get("value") if isinstance(said, dict) else said

    def _answer(self, entry: AnswerEntry, place: Place, views: bool) -> Said:
        header, rows = self._columns(entry, place)
        return Said(
            label=entry.ask,
            question=entry.question,
            code=entry.code,
            lines=() if rows else entry.lines,
            header=header,
            rows=rows,
            reason=entry.motivation,
            notes=tuple(self._notes(entry)),
            views=entry.other_views if views else (),
            is_open=entry.mark is Mark.UNSURE,
        )

    def _columns(self, entry: AnswerEntry, place: Place) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """The columns that a place asks for; all of them where it names none."""
        wanted = place.columns.get(entry.question)
        if not wanted or not entry.header:
            return entry.header, entry.rows
        columns = self.edition.questions[entry.question].columns
        kept = [number for number, column in enumerate(columns) if column.id in wanted]

        def some(cells: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(cells[number] for number in kept)

        return some(entry.header), tuple(map(some, entry.rows))

    def _notes(self, entry: AnswerEntry) -> Iterator[str]:
        if entry.not_applicable:
            yield f"{self.words['not_applicable']} {entry.not_applicable}"
        if entry.mark is Mark.UNSURE:
            yield self.unsure(entry)
        elif entry.mark is Mark.PARTLY:
            yield entry.mark_says
        if entry.to_confirm:
            yield entry.to_confirm

    def unsure(self, entry: AnswerEntry) -> str:
        """That it is not known yet and, for who works on it, which function finds out by when."""
        words = self.words
        if not self.inward:
            return words["unsure"]
        if not entry.owner:
            return f"{words['unsure']} {words['nobody']}"
        finds = words["finds_out_by"] if entry.due else words["finds_out"]
        return f"{words['unsure']} {finds.format(owner=entry.owner, due=entry.due)}"
