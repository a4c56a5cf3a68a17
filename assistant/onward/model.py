"""What a text to go on with is made of: sections, what each says and where that comes from, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from assistant.trees.model import Language, Part

Kind: TypeAlias = Literal["dpia", "algorithm_register", "record"]


@dataclass(frozen=True)
class Planned:
    """Something that will be done: what, by which function, by when (ISO or empty)."""

    text: str = field(repr=False)
    owner: str = field(default="", repr=False)
    due: str = ""
    done: bool = False


@dataclass(frozen=True)
class Given:
    """An advice on a version. `kind`: po or fg; `by`: a function; `on`: an ISO date."""

    kind: str
    outcome: str
    on: str
    version: int
    by: str = field(default="", repr=False)
    motivation: str = field(default="", repr=False)


@dataclass(frozen=True)
class Decided:
    """What was decided, by which function or body, on which day (ISO)."""

    outcome: str
    by: str = field(repr=False)
    on: str
    departs: bool = False
    reason: str = field(default="", repr=False)
    reference: str = field(default="", repr=False)


@dataclass(frozen=True)
class Beside:
    """What was recorded beside the answers."""

    actions: tuple[Planned, ...] = ()
    conditions: tuple[Planned, ...] = ()
    advices: tuple[Given, ...] = ()
    decision: Decided | None = None


NOTHING = Beside()


class Said(Part):
    """One thing that a text says. `question` and `code`: the answer it comes from, if it is one."""

    label: str
    question: str = ""
    code: str = ""
    lines: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    reason: str = ""
    notes: tuple[str, ...] = ()  # not known yet, not applicable, done by whom
    views: tuple[str, ...] = ()
    is_open: bool = False  # they don't know yet


class Gap(Part):
    """Something still to be filled in; `question` is empty when none asks it."""

    says: str
    question: str = ""
    code: str = ""


class Section(Part):
    """A section of a DPIA, a field of the register, an element of the record."""

    key: str
    title: str
    says: tuple[Said, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def is_begun(self) -> bool:
        """Whether it says anything but that it is not known yet."""
        return any(not one.is_open for one in self.says)

    @property
    def still_open(self) -> tuple[Gap, ...]:
        """What nobody answered, and what they don't know yet."""
        unsure = (Gap(says=one.label, question=one.question, code=one.code) for one in self.says if one.is_open)
        return (*self.gaps, *unsure)


class Problem(Part):
    """What is still wrong with a field of the register, in words; `question`: where it can be mended."""

    key: str
    field: str
    kind: Literal["missing", "empty", "cut", "check", "unsure", "language"]
    says: str
    question: str = ""


class Draft(Part):
    """A text to go on with. `words`: its fixed words."""

    kind: Kind
    language: Language
    title: str
    organisation: str
    number: str
    version: int
    made_on: str
    made_on_says: str
    sections: tuple[Section, ...]
    words: dict[str, str]


class Register(Draft):
    """A draft for the Algorithm Register: `values` by the keys of its standard, and what is wrong with them."""

    values: dict[str, Any]
    problems: tuple[Problem, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the register would take it."""
        return not any(problem.kind == "missing" for problem in self.problems)
