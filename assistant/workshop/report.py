"""What a workshop gave, on one page: what the room showed, what each table answered and takes home. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.trees.model import Language
from assistant.workshop.ballots import Tally
from assistant.workshop.plan import Planned


@dataclass(frozen=True)
class Shown:
    """A round that the room saw: the tally, and that of the round before it where there is one."""

    planned: Planned
    tally: Tally
    before: Tally | None = None


@dataclass(frozen=True)
class Said:
    """What a table said to one question, in words. `known`: False for "we don't know yet"."""

    ask: str
    answer: str = field(repr=False)
    known: bool
    other_views: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Todo:
    """Something somebody does: `owner` is a function, `due` a day in ISO or nothing."""

    text: str = field(repr=False)
    owner: str = ""
    due: str = ""


@dataclass(frozen=True)
class TableReport:
    """A table. `values`: the labels it kept; `choice`, `question`, `tomorrow`: its harvest."""

    number: int
    said: tuple[Said, ...] = ()
    values: tuple[str, ...] = ()
    choice: str = field(default="", repr=False)
    question: str = field(default="", repr=False)
    tomorrow: str = field(default="", repr=False)
    todo: tuple[Todo, ...] = ()


@dataclass(frozen=True)
class Report:
    """Everything in the workshop's language. `reasons`: per dilemma the grouped reasons, for and against."""

    title: str
    day: str  # ISO
    language: Language
    people: int  # phones that were in at the end; 0 on paper
    shown: tuple[Shown, ...] = ()
    tables: tuple[TableReport, ...] = ()
    reasons: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = field(default=(), repr=False)
    parked: tuple[str, ...] = field(default=(), repr=False)
