"""How questions, signals and sources read in two editions: each text before and after, word by word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from assistant.compare.model import Line
from assistant.compare.words import changed_lines
from assistant.trees.against import find_differences
from assistant.trees.edition import Edition
from assistant.trees.model import Choice, Language, Part, Question, Reference, Signal
from assistant.words import LEVELS, SOURCE_CERTAINTIES, word

P = TypeVar("P", bound=Part)
Texts: TypeAlias = Mapping[str, Sequence[str]]  # by the name of its field, the lines of each text


@dataclass(frozen=True, slots=True)
class Reworded:
    """Something that is in both editions and reads differently: the texts that changed, by their field."""

    id: str
    title: str  # as it now reads
    parts: tuple[tuple[str, tuple[Line, ...]], ...]


@dataclass(frozen=True, slots=True)
class SourceChanges:
    """Sources that came, went or read differently; of the first two the titles."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    reworded: tuple[Reworded, ...]


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """What reads differently in another edition, whatever was answered."""

    questions: tuple[Reworded, ...]
    signals: tuple[Reworded, ...]
    sources: SourceChanges


def compare_editions(old: Edition, new: Edition, language: Language) -> EditionChanges:
    """Only what somebody reads: that a condition changed shows in the path."""
    changed: dict[str, set[str]] = {}
    for one in find_differences(old, new):
        changed.setdefault(one.kind, set()).add(one.id)

    def between(
        kind: str, was: Mapping[str, P], now: Mapping[str, P], tell: Callable[[P], Texts]
    ) -> Iterator[Reworded]:
        for id in now:
            if id in changed.get(kind, ()) and id in was:
                texts = tell(now[id])
                parts = tuple(_parts(tell(was[id]), texts))
                if parts:
                    yield Reworded(id, next(iter(texts.values()))[0], parts)

    sources = old.references, new.references
    return EditionChanges(
        tuple(between("question", old.questions, new.questions, tell_question(language))),
        tuple(between("signal", old.signals, new.signals, tell_signal(language))),
        SourceChanges(
            tuple(_titles(sources[1], sources[0], language)),
            tuple(_titles(*sources, language)),
            tuple(between("source", *sources, tell_source(language))),
        ),
    )


def tell_question(language: Language) -> Callable[[Question], Texts]:
    """What a team reads of a question."""

    def tell(question: Question) -> Texts:
        scale, unit, more = question.scale, question.unit, question.more
        return {
            "ask": (question.ask[language],),
            "why": (question.why[language],),
            "choices": _labels(question.options, language),
            "columns": [
                ": ".join(filter(None, (column.label[language], ", ".join(_labels(column.options, language)))))
                for column in question.columns
            ],
            "scale": (scale.low[language], scale.high[language]) if scale else (),
            "unit": (unit[language],) if unit else (),
            "more": more[language].splitlines() if more else (),
        }

    return tell


def tell_signal(language: Language) -> Callable[[Signal], Texts]:
    """What a reader reads of a signal."""
    return lambda signal: {
        "says": (signal.says[language],),
        "level": (word(LEVELS, signal.level, language),),
        "action": (signal.action[language],) if signal.action else (),
        "sources": signal.refs,
    }


def tell_source(language: Language) -> Callable[[Reference], Texts]:
    """What a reader reads of a source."""
    return lambda source: {
        "title": (source.title[language],),
        "says": (source.says[language],),
        "where": (source.where,),
        "certainty": (word(SOURCE_CERTAINTIES, source.certainty, language),),
    }


def _labels(options: Sequence[Choice], language: Language) -> list[str]:
    return [choice.label[language] for choice in options]


def _parts(before: Texts, after: Texts) -> Iterator[tuple[str, tuple[Line, ...]]]:
    for name, lines in after.items():
        if list(before[name]) != list(lines):
            yield name, tuple(changed_lines(before[name], lines))


def _titles(of: Mapping[str, Reference], but: Mapping[str, Reference], language: Language) -> Iterator[str]:
    return (f"{key}: {of[key].title[language]}" for key in of if key not in but)
