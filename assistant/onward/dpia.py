"""A draft of a DPIA in the order of the national model: the answers, and what was recorded beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from assistant.display import written_date
from assistant.dossier.model import AlternativeEntry, Dossier, RaisedEntry, SignalEntry
from assistant.onward.gather import Gatherer, build_draft
from assistant.onward.model import NOTHING, Beside, Draft, Gap, Planned, Said, Section
from assistant.onward.words import ADVICES, DECISIONS
from assistant.trees.edition import Edition
from assistant.trees.model import PHASE_QUESTION, Level
from assistant.trees.onward import Chapter, Onward, Piece
from assistant.words import word

RISKS: Final = (Level.STOP, Level.HIGH, Level.ATTENTION)


def build_dpia(onward: Onward, dossier: Dossier, edition: Edition, beside: Beside = NOTHING) -> Draft:
    """Every section of the model, filled or to be filled in; for team and officer, in the dossier's language."""
    writer = _Writer(dossier, edition, beside)
    return build_draft("dpia", dossier, tuple(map(writer.section, onward.dpia)))


class _Writer:
    def __init__(self, dossier: Dossier, edition: Edition, beside: Beside) -> None:
        self.gatherer = Gatherer(dossier, edition, inward=True)
        self.dossier, self.beside = dossier, beside
        self.words, self.language = self.gatherer.words, dossier.language

    def section(self, chapter: Chapter) -> Section:
        found = [part for piece in chapter.parts for part in _PIECES[piece](self)]
        says = [part for part in found if isinstance(part, Said)]
        gaps = [part for part in found if isinstance(part, Gap)]
        return Section(
            key=str(chapter.number),
            title=chapter.title[self.language],
            says=(*says, *self.gatherer.said(chapter, views=chapter.views)),
            gaps=(*gaps, *self.gatherer.gaps(chapter)),
        )

    def day(self, iso: str) -> str:
        return written_date(iso, self.language)

    def conclusions(self) -> Iterator[Said]:
        for one in self.dossier.conclusions:
            if one.id == "not_finished":
                continue
            doubt = "" if one.certain else f" ({self.dossier.words['possible']})"
            yield Said(label=one.tree_says, lines=(one.says + doubt,))

    def signals(self) -> Iterator[Said]:
        """A table for each level: there can be dozens."""
        risks = [one for one in self.dossier.signals if one.level in RISKS and not one.superseded_by]
        header = tuple(self.words[key] for key in ("signal", "risk", "comes_from"))
        for level in dict.fromkeys(map(self.level_of, sorted(risks, key=_weight))):
            rows = tuple(self.risk(one) for one in risks if self.level_of(one) == level)
            yield Said(label=level, header=header, rows=rows)

    def risk(self, signal: SignalEntry) -> tuple[str, str, str]:
        """A signal with how it ended, and the codes of the answers that raise it."""
        ending = f"\n{signal.ending.in_words}" if signal.ending else ""
        entries = self.gatherer.entries
        codes = (entries[reason.question].code for reason in signal.because if reason.question in entries)
        return signal.code, signal.says + ending, ", ".join(codes)

    def level_of(self, signal: SignalEntry | RaisedEntry) -> str:
        doubt = f" ({self.dossier.words['possible']})" if signal.certainty == "possible" else ""
        return signal.level_says + doubt

    def outcome(self) -> Iterator[Said]:
        one = self.dossier.outcome
        if one.id != "not_finished":
            yield Said(label=self.words["outcome"], lines=(f"{one.says}. {one.explains}",))
        leading = tuple(self.dossier.signal(id).says for id in self.dossier.matters_most)
        if leading:
            yield Said(label=self.words["matters_most"], lines=leading)

    def project(self) -> Iterator[Said]:
        project = self.dossier.project
        version = str(project.version) if project.version else ""
        phase = project.phase.says if PHASE_QUESTION in self.dossier.answers else ""  # without it: taken to be an idea
        said = {"number": project.number, "version": version, "made_on": self.dossier.made_on_says, "phase": phase}
        for key, text in said.items():
            if text:
                yield Said(label=self.words[key], lines=(text,))

    def actions(self) -> Iterator[Said]:
        yield from self.planned("actions", self.beside.actions)

    def conditions(self) -> Iterator[Said]:
        yield from self.planned("conditions", self.beside.conditions)

    def planned(self, key: str, things: Iterable[Planned]) -> Iterator[Said]:
        for one in things:
            by = self.words["by"].format(due=self.day(one.due)) if one.due else ""
            note = " · ".join(filter(None, (one.owner, by, self.words["done"] if one.done else "")))
            yield Said(label=self.words[key], lines=(one.text,), notes=(note,) if note else ())

    def alternatives(self) -> Iterator[Said]:
        """What was weighed against it: why this one, and of each alternative what differs and what it would raise."""
        weighed = self.dossier.alternatives
        if not weighed:
            return
        words = self.dossier.words
        if weighed.reason:
            yield Said(label=words["why_chosen"], lines=(weighed.reason,), notes=(self.words["from_weighing"],))
        for one in weighed.laid_aside:
            yield from self.alternative(one)

    def alternative(self, one: AlternativeEntry) -> Iterator[Said]:
        words, name = self.dossier.words, f"{one.number}: {one.title}" if one.title else one.number
        where = (self.words["from_alternative"].format(number=one.number),)
        label = f"{words['alternative']} {name}"
        if one.stands_says:
            yield Said(label=label, lines=(one.stands_says,))
        if one.differing:
            header = (words["question"], words["this_dossier"], words["alternative"])
            rows = tuple((f"{each.code} {each.ask}", each.ours, each.theirs) for each in one.differing)
            more = (words["and_more"].format(n=one.more_differing),) if one.more_differing else ()
            yield Said(label=label, header=header, rows=rows, notes=(*more, *where))
        here = (self.words["from_beside"].format(number=one.number),)
        yield from self.raised(one, "raised_there", one.raised_there, one.more_there, where)
        yield from self.raised(one, "raised_here", one.raised_here, one.more_here, here)

    def raised(
        self, one: AlternativeEntry, key: str, signals: Iterable[RaisedEntry], more: int, notes: tuple[str, ...]
    ) -> Iterator[Said]:
        words = self.dossier.words
        lines = [f"{self.level_of(signal)}: {signal.says}" for signal in signals]
        lines += [words["and_more"].format(n=more)] if more else []
        if lines:
            yield Said(label=f"{words['alternative']} {one.number}. {words[key]}", lines=tuple(lines), notes=notes)

    def advice(self) -> Iterator[Said | Gap]:
        """What the officer was asked and said; only a recorded advice of the FG stands for one."""
        for one in self.beside.advices:
            says = word(ADVICES, one.outcome, self.language)
            version = f"{self.words['version']} {one.version}"
            notes = (", ".join(filter(None, (one.by, self.day(one.on), version))),)
            yield Said(label=self.words[one.kind], lines=(says,), reason=one.motivation, notes=notes)
        if not any(one.kind == "fg" for one in self.beside.advices):
            yield Gap(says=self.words["fg"])

    def decision(self) -> Iterator[Said | Gap]:
        one = self.beside.decision
        if one is None:
            yield Gap(says=self.words["decision"])
            return
        notes = [", ".join(filter(None, (one.by, self.day(one.on), one.reference)))]
        notes += [self.words["departs"]] if one.departs else []
        says = word(DECISIONS, one.outcome, self.language)
        yield Said(label=self.words["decision"], lines=(says,), reason=one.reason, notes=tuple(notes))


def _weight(signal: SignalEntry) -> tuple[int, bool]:
    return signal.level.rank, signal.certainty == "possible"


_Maker: TypeAlias = Callable[[_Writer], Iterable[Said | Gap]]
_PIECES: Final[Mapping[Piece, _Maker]] = {
    "conclusions": _Writer.conclusions,
    "signals": _Writer.signals,
    "outcome": _Writer.outcome,
    "project": _Writer.project,
    "actions": _Writer.actions,
    "conditions": _Writer.conditions,
    "advice": _Writer.advice,
    "decision": _Writer.decision,
    "alternatives": _Writer.alternatives,
}
