"""The chosen dossier beside the alternatives that were laid aside: what they say otherwise, and what would be raised.

Both are given in one language. Answers are compared as values, so that a newer wording is no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from assistant.display import shortened
from assistant.dossier.model import (
    AlternativeEntry,
    Alternatives,
    AnswerEntry,
    Differing,
    Dossier,
    RaisedEntry,
    SignalEntry,
    Stands,
)
from assistant.trees.model import Level
from assistant.walk import Mark

MOST: Final = 10  # differences, and signals, of one alternative: the most serious
_SAID: Final = ("value", "unsure", "not_applicable")


@dataclass(frozen=True, slots=True)
class Alternative:
    """One that was not chosen; `made` only where what it says can be told."""

    number: str
    stands: Stands
    made: Dossier | None = field(default=None, repr=False)


def weigh(ours: Dossier, reason: str, others: Iterable[Alternative]) -> Alternatives:
    """Why `ours` was chosen, and each of the others in short."""
    return Alternatives(reason=reason, laid_aside=tuple(_entry(ours, one) for one in others))


def _entry(ours: Dossier, other: Alternative) -> AlternativeEntry:
    if other.made is None:
        says = ours.words[f"alternative_{other.stands}"]
        return AlternativeEntry(number=other.number, stands=other.stands, stands_says=says)
    theirs = other.made
    differing = sorted(_differing(ours, theirs), key=_gravity(ours, theirs))
    there, here = _only(theirs, ours), _only(ours, theirs)
    return AlternativeEntry(
        number=other.number,
        title=theirs.project.title,
        stands=other.stands,
        stands_says="" if differing else ours.words["same_answers"],
        differing=tuple(differing[:MOST]),
        more_differing=len(differing[MOST:]),
        raised_there=there[:MOST],
        more_there=len(there[MOST:]),
        raised_here=here[:MOST],
        more_here=len(here[MOST:]),
    )


def _differing(ours: Dossier, theirs: Dossier) -> Iterator[Differing]:
    """Questions that were answered otherwise, or that only one of the two asked and answered; ours first."""
    here, there = _entries(ours), _entries(theirs)
    for id in dict.fromkeys((*here, *there)):
        one, other = here.get(id), there.get(id)
        entry = one or other
        if entry is None or _said(ours, id) == _said(theirs, id):
            continue
        yield Differing(
            question=id,
            code=entry.code,
            ask=entry.ask,
            ours=_in_short(one, ours),
            theirs=_in_short(other, ours),
            typed=other is not None and _is_typed(other, _said(theirs, id)[0]),
        )


def _entries(made: Dossier) -> dict[str, AnswerEntry]:
    return {entry.question: entry for theme in made.themes for entry in theme.answers}


def _said(made: Dossier, question: str) -> tuple[Any, ...]:
    """What was answered, without reasons and who finds out; nothing where it was not asked or not answered."""
    plain = made.answers.get(question)
    full = plain if isinstance(plain, dict) else {"value": plain}
    return tuple(full.get(name) for name in _SAID)


def _in_short(entry: AnswerEntry | None, ours: Dossier) -> str:
    if entry is None:
        return ours.words["not_asked_there"]
    if entry.not_applicable:
        return f"{entry.mark_says}: {shortened(entry.not_applicable)}"
    mark = () if entry.mark is Mark.ANSWERED else (entry.mark_says,)
    return shortened(", ".join((*entry.lines, *mark)))


def _is_typed(entry: AnswerEntry, value: Any) -> bool:
    return bool(entry.rows or entry.not_applicable) or (isinstance(value, str) and value in entry.lines)


def _gravity(ours: Dossier, theirs: Dossier) -> Callable[[Differing], tuple[int, bool]]:
    """The key to sort by: how serious what either raises because of a question is; then what both were asked."""
    heaviest: dict[str, int] = {}
    for signal in (*ours.signals, *theirs.signals):
        for id in (signal.about, *(reason.question for reason in signal.because)):
            heaviest[id] = min(signal.level.rank, heaviest.get(id, signal.level.rank))
    asked = _entries(ours).keys() & _entries(theirs).keys()
    return lambda one: (heaviest.get(one.question, len(Level)), one.question not in asked)


def _only(made: Dossier, other: Dossier) -> tuple[RaisedEntry, ...]:
    """What one raises and the other does not, the most serious first; what is covered by another signal left out."""
    also = {signal.id for signal in other.signals}
    found = [one for one in made.signals if one.id not in also and not one.superseded_by]
    return tuple(map(_raised, sorted(found, key=_weight)))


def _weight(signal: SignalEntry) -> tuple[int, bool]:
    return signal.level.rank, signal.certainty == "possible"


def _raised(signal: SignalEntry) -> RaisedEntry:
    return RaisedEntry(
        id=signal.id,
        code=signal.code,
        level=signal.level,
        level_says=signal.level_says,
        certainty=signal.certainty,
        says=signal.says,
    )
