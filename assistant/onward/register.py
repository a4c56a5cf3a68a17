"""A draft for the Algorithm Register, in the fields of its publication standard, and what is still wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assistant.answers import is_iso_date
from assistant.dossier.audiences import for_public
from assistant.dossier.model import Dossier
from assistant.onward.fitted import Block, as_html, as_plain, blocks_of, cut, cut_text, length
from assistant.onward.gather import Gatherer, facts_of
from assistant.onward.model import Problem, Register, Said, Section
from assistant.onward.words import PROBLEMS
from assistant.steps import Mark
from assistant.trees.edition import Edition
from assistant.trees.model import Kind, Language
from assistant.trees.onward import Assessment, Entry, Onward
from assistant.words import word

TYPED = (Kind.TEXT, Kind.LONG_TEXT)


def build_register(
    onward: Onward, dossier: Dossier, edition: Edition, typed_in: Language, told_in: Language | None = None
) -> Register:
    """Every field, from the public answers. `typed_in`: by the team; `told_in`: the problems, when not as the rest.

    The register is in Dutch, so the dossier should be too.
    """
    outward = for_public(dossier)
    gatherer, told = Gatherer(outward, edition, inward=False), told_in or dossier.language
    fields = [_Field(entry, gatherer, told) for entry in onward.algorithm_register]
    values = {field.entry.key: value for field in fields if (value := field.value()) not in ("", None, [])}
    problems = [problem for field in fields for problem in field.problems(filled=field.entry.key in values)]
    if typed_in != "nl":
        says = word(PROBLEMS, "language", told)
        problems.insert(0, Problem(key="lang", field="", kind="language", says=says))
    return Register(
        **facts_of("algorithm_register", outward),
        sections=tuple(field.section(values.get(field.entry.key)) for field in fields),
        values=values,
        problems=tuple(problems),
    )


class _Field:
    """One field of the register with what a dossier has for it."""

    def __init__(self, entry: Entry, gatherer: Gatherer, told: Language) -> None:
        self.entry, self.gatherer, self.told = entry, gatherer, told
        self.said = tuple(gatherer.said(entry))

    def section(self, value: Any) -> Section:
        """For a reader: what the answers say, or the value where that follows from them."""
        says = self.said
        if self.entry.project and value:
            says = (Said(label="", lines=says[0].lines),)
        elif self.entry.kind not in ("text", "rich") and value:
            lines = (value,) if isinstance(value, str) else tuple(_in_words(one) for one in value)
            says = (Said(label="", code=", ".join(self._codes()), lines=lines),)
        gaps = tuple(self.gatherer.gaps(self.entry))
        shown = gaps if not value else tuple(gap for gap in gaps if gap.question)
        return Section(
            key=self.entry.key, title=self.entry.label[self.gatherer.dossier.language], says=says, gaps=shown
        )

    def value(self) -> Any:
        """As the standard has it; empty where nothing is known."""
        match self.entry.kind:
            case "fixed":
                return self.entry.fixed
            case "text":
                return cut_text(self._plain(), self.entry.most or 0)
            case "rich":
                return as_html(cut(self._blocks(), self.entry.most or 0))
            case "choice":
                found = self._chosen()
                return found[0] if len(found) == 1 else None
            case "choices":
                return self._chosen()
            case "month":
                days = (self.gatherer.raw(id) for id in self.entry.questions)
                return next((day[:7] for day in days if is_iso_date(day)), None)
            case "tests":
                return [{"title": test.title} for test in self.entry.tests if self._is_done(test)]
            case "links":
                return []

    def problems(self, *, filled: bool) -> Iterator[Problem]:
        """What stands in the way of publishing, and what a person has to look at."""
        if not filled and self.entry.presence != "optional":
            empty = self._problem("missing" if self.entry.presence == "required" else "empty")
            hints = (f"{text[self.told]}." for text in self.entry.also)
            yield empty.model_copy(update={"says": " ".join((empty.says, *hints))})
        now = self._length()
        if self.entry.most and now > self.entry.most:
            question = self.entry.questions[0] if self.entry.questions else ""
            yield self._problem("cut", question, now=now, most=self.entry.most)
        if filled and self.entry.check:
            says, label = self.entry.check[self.told], self.entry.label[self.told]
            yield Problem(key=self.entry.key, field=label, kind="check", says=says)
        for one in self.gatherer.entries_at(self.entry):
            if one.mark is Mark.UNSURE:
                ask = self.gatherer.edition.questions[one.question].ask[self.told]
                yield self._problem("unsure", one.question, ask=ask)

    def _problem(self, kind: Any, question: str = "", **given: Any) -> Problem:
        says = word(PROBLEMS, kind, self.told).format(**given)
        label = self.entry.label[self.told]
        return Problem(key=self.entry.key, field=label, kind=kind, says=says, question=question)

    def _length(self) -> int:
        if self.entry.kind == "rich":
            return length(self._blocks())
        return len(self._plain()) if self.entry.kind == "text" else 0

    def _plain(self) -> str:
        return as_plain(" ".join(line for said in self.said for line in said.lines))

    def _blocks(self) -> list[Block]:
        return [block for said in self.said for block in self._blocks_of(said)]

    def _blocks_of(self, said: Said) -> Iterator[Block]:
        """What somebody typed stands alone; a choice stands behind its question, or nobody knows what it is about."""
        if self.gatherer.edition.questions[said.question].kind in TYPED:
            for line in said.lines:
                yield from blocks_of(line)
        elif said.rows:
            yield Block("p", (said.label,))
            yield Block("ul", tuple(_row(said.header, row) for row in said.rows))
        elif said.lines:
            yield Block("p", (f"{said.label} {'; '.join(said.lines)}.",))
        if said.lines or said.rows:
            yield from blocks_of(said.reason)

    def _chosen(self) -> list[str]:
        """The register's values that follow from answers and outcomes, each once, in the register's order."""
        found = set()
        for question, choices in self.entry.choices.items():
            raw = self.gatherer.raw(question)
            found |= {choices[id] for id in ([raw] if isinstance(raw, str) else raw or []) if id in choices}
        for one in self.gatherer.dossier.conclusions:
            if one.certain and one.id in self.entry.outcomes.get(one.tree, {}):
                found.add(self.entry.outcomes[one.tree][one.id])
        return [value for value in self.entry.values if value in found]

    def _is_done(self, test: Assessment) -> bool:
        if test.question:
            return self.gatherer.raw(test.question) in test.choices
        dossier = self.gatherer.dossier
        ends = {one.tree: one.id for one in dossier.conclusions}
        asked = {tree.id for tree in dossier.edition.trees}
        finished = dossier.outcome.id != "not_finished"
        return test.tree in asked and (ends[test.tree] != "not_finished" if test.tree in ends else finished)

    def _codes(self) -> list[str]:
        questions = [*self.entry.questions, *self.entry.choices, *(test.question for test in self.entry.tests)]
        entries = self.gatherer.entries
        return [entries[id].code for id in questions if id in entries and self.gatherer.raw(id)]


def _row(header: tuple[str, ...], row: tuple[str, ...]) -> str:
    return "; ".join(f"{name}: {cell}" for name, cell in zip(header, row, strict=True) if cell)


def _in_words(value: Any) -> str:
    return str(value["title"] if isinstance(value, dict) else value)
