"""What came, went or changed among the entries of a list, and what about each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple, TypeVar

from pydantic import BaseModel

from assistant.compare.model import Difference, Move
from assistant.display import written_date
from assistant.dossier.model import AlternativeEntry, Conclusion, Dossier, EndingEntry, OutcomeEntry, SignalEntry
from assistant.trees.model import Language
from assistant.words import CERTAINTIES, HEADINGS, word

T = TypeVar("T")

# Of a signal: its wording, and where it comes from. Whatever else it has, also in later releases, is how it stands.
_NO_STANDING: Final = {"code", "about", "theme", "says", "action", "because", "sources"}


class Told(NamedTuple):
    """What counts about a field, and how it reads."""

    value: object
    says: str


Telling = Mapping[str, Told]


def moves(
    before: Iterable[T], after: Iterable[T], key: Callable[[T], str], tell: Callable[[T], Telling]
) -> Iterator[Move[T]]:
    """Those of `after` in their order, then those that went; `tell` says what about an entry counts."""
    was, now = {key(entry): entry for entry in before}, {key(entry): entry for entry in after}
    for id in dict.fromkeys((*now, *was)):
        move = moved(was.get(id), now.get(id), tell)
        if move:
            yield move


def moved(before: T | None, after: T | None, tell: Callable[[T], Telling]) -> Move[T] | None:
    """One entry's move; None where it stayed as it was."""
    if before is None or after is None:
        return Move(before, after)
    differences = tuple(differ(tell(before), tell(after))) if before != after else ()
    return Move(before, after, differences) if differences else None


def differ(before: Telling, after: Telling) -> Iterator[Difference]:
    """The fields whose value changed."""
    for name in before:
        if before[name].value != after[name].value:
            yield Difference(name, before[name].says, after[name].says)


def tell_fields(*names: str) -> Callable[[BaseModel], Telling]:
    """These fields, which are words themselves."""
    return lambda part: {name: Told(getattr(part, name), str(getattr(part, name))) for name in names}


def tell_project(dossier: Dossier) -> Telling:
    """What the project is called, whose it is, how far it is and what was said at hand-in of when and who decides."""
    project, hand_in = dossier.project, dossier.hand_in
    start, decider = (hand_in.wanted_start, hand_in.decider) if hand_in else ("", "")
    return {
        **tell_fields("title", "organisation")(project),
        "phase": Told(project.phase.id, project.phase.says),
        "wanted_start": Told(start, written_date(start, dossier.language)),
        "decider": Told(decider, decider),
    }


def tell_outcome(outcome: OutcomeEntry) -> Telling:
    return {"outcome": Told(outcome.id, outcome.says), **tell_fields("open_questions")(outcome)}


def tell_conclusion(language: Language) -> Callable[[Conclusion], Telling]:
    return lambda conclusion: {
        "conclusion": Told(conclusion.id, conclusion.says),
        "certainty": Told(conclusion.certain, _certainty(conclusion.certain, language)),
    }


def tell_signal(*dossiers: Dossier) -> Callable[[SignalEntry], Telling]:
    """How a signal stands: level, certainty, whether it counts, how it ended. The last dossier gives the language."""
    names = {signal.id: signal.says for dossier in dossiers for signal in dossier.signals}
    language = dossiers[-1].language

    def says(signal: SignalEntry, name: str, value: object) -> str:
        if name == "certainty":
            return _certainty(value == "certain", language)
        if isinstance(value, EndingEntry):
            return value.in_words
        if isinstance(value, bool):
            return word(HEADINGS, "yes" if value else "no", language)
        return str(getattr(signal, f"{name}_says", names.get(str(value), value or "")))

    return lambda signal: {
        name: Told(value, says(signal, name, value))
        for name, value in signal
        if name not in _NO_STANDING and not name.endswith("_says")
    }


def laid_aside(dossier: Dossier) -> tuple[AlternativeEntry, ...]:
    """The alternatives that it tells of."""
    return dossier.alternatives.laid_aside if dossier.alternatives else ()


def tell_alternative(one: AlternativeEntry) -> Telling:
    """What it is called, whether it can still be told of, and what the team answered there."""
    return {
        "title": Told(one.title, one.title),
        "stands": Told(one.stands, one.stands_says),
        "differing": Told(tuple((each.question, each.theirs) for each in one.differing), _asked(one)),
    }


def _asked(one: AlternativeEntry) -> str:
    return " / ".join(each.ask for each in one.differing)


def tell_reason(dossier: Dossier) -> Telling:
    """Why this one was chosen."""
    reason = dossier.alternatives.reason if dossier.alternatives else ""
    return {"reason": Told(reason, reason)}


def _certainty(certain: bool, language: Language) -> str:
    return word(CERTAINTIES, "certain" if certain else "possible", language)
