"""What a question tree is made of. Frozen, closed to unknown keys, both languages in every text."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Language: TypeAlias = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")

Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
TreeId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
SourceKey: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9./:-]{0,39}$")]
Wording: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
IsoDay: TypeAlias = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$")]
Condition: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]

FORMAT = 1


class Part(BaseModel):
    """Base of every part: frozen, no unknown keys, and no typed text in an error message."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Phase(StrEnum):
    """Where a project stands. The six steps, and stopped, which is as honourable as running."""

    IDEA = "idea"
    EXPLORATION = "exploration"
    PROTOTYPE = "prototype"
    PILOT = "pilot"
    IN_USE = "in_use"
    CHANGE = "change"
    STOPPED = "stopped"

    @property
    def rank(self) -> int:
        """0 is the earliest."""
        return _PHASE_RANK[self]

    @property
    def is_early(self) -> bool:
        """Nothing is built yet: what only matters before a pilot may wait."""
        return self in (Phase.IDEA, Phase.EXPLORATION)


_PHASE_RANK = {phase: rank for rank, phase in enumerate(Phase)}

PHASE_QUESTION = "phase"  # the quick scan's first question is the one source of the phase


class Level(StrEnum):
    """How serious a signal is. Strength stands apart: something that is well arranged."""

    STOP = "stop"
    HIGH = "high"
    ATTENTION = "attention"
    INFO = "info"
    STRENGTH = "strength"

    @property
    def rank(self) -> int:
        """0 is the most serious."""
        return _LEVEL_RANK[self]


_LEVEL_RANK = {level: rank for rank, level in enumerate(Level)}


class Gate(StrEnum):
    """The moment before which something has to be settled."""

    REAL_DATA = "real_data"
    PILOT = "pilot"


class Kind(StrEnum):
    """What an answer looks like."""

    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    SCALE = "scale"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    LONG_TEXT = "long_text"
    TABLE = "table"


class Depth(StrEnum):
    """How much of an opened tree is asked: its core questions, or all."""

    CORE = "core"
    ALL = "all"


class Certainty(StrEnum):
    """How sure the team is of a source: read in the original, read about it, or general knowledge."""

    ORIGINAL = "original"
    SECONDARY = "secondary"
    GENERAL = "general"


class Text(Part):
    """One text in both languages; they mean the same."""

    nl: Wording
    en: Wording

    def __getitem__(self, language: Language) -> str:
        return self.nl if language == "nl" else self.en


class LongText(Part):
    """Explanation in Markdown, in both languages."""

    nl: Annotated[str, StringConstraints(min_length=1, max_length=4_000)]
    en: Annotated[str, StringConstraints(min_length=1, max_length=4_000)]

    def __getitem__(self, language: Language) -> str:
        return self.nl if language == "nl" else self.en


class Choice(Part):
    """One thing to pick. An exclusive choice rules out the others; a suggested one waits to be confirmed."""

    id: Id
    label: Text
    exclusive: bool = False
    suggest: Condition | None = None


class Scale(Part):
    """The two ends of a scale from 1 to 5, in words."""

    low: Text
    high: Text


YES_NO = (
    Choice(id="yes", label=Text(nl="Ja", en="Yes")),
    Choice(id="no", label=Text(nl="Nee", en="No")),
)


class Column(Part):
    """One typed column of a table. A cell left blank counts as not known yet, unless optional."""

    id: Id
    label: Text
    kind: Literal["choice", "choices", "yes_no", "scale", "number", "date", "text"]
    choices: tuple[Choice, ...] = ()
    choices_from: Literal["values"] | None = None
    optional: bool = False

    @property
    def options(self) -> tuple[Choice, ...]:
        """What can be picked in this column."""
        return YES_NO if self.kind == "yes_no" else self.choices


class Question(Part):
    """One thing asked once. Its id keeps its meaning for ever; a changed meaning takes a new id."""

    id: Id
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{1,9}$")]
    ask: Text
    why: Text
    more: LongText | None = None
    kind: Kind
    core: bool = False
    choices: tuple[Choice, ...] = ()
    choices_from: Literal["values"] | None = None
    max_choices: Annotated[int, Field(ge=1, le=100)] | None = None
    scale: Scale | None = None
    unit: Text | None = None
    columns: tuple[Column, ...] = ()
    when: Condition | None = None
    prefill: Condition | None = None
    motivation: Literal["none", "optional", "required"] = "optional"
    phases: tuple[Phase, ...] = tuple(Phase)
    confirm: tuple[Phase, ...] = ()  # where an answer of an earlier phase may no longer hold
    ask_also: tuple[Id, ...] = ()
    refs: tuple[SourceKey, ...] = ()
    deliberation: bool = False

    @property
    def options(self) -> tuple[Choice, ...]:
        """What can be picked: the tree's choices, or yes and no."""
        return YES_NO if self.kind is Kind.YES_NO else self.choices


class Theme(Part):
    """Questions that belong together in a talk."""

    id: Id
    title: Text
    gate: Gate = Gate.REAL_DATA
    when: Condition | None = None
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]


class Fact(Part):
    """A named condition, such as profiling."""

    when: Condition
    says: Text


class Signal(Part):
    """What answers raise: what is the matter, on what source it rests, what one can do about it."""

    id: Id
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{1,9}-[a-z]{1,2}$")]
    about: Id
    level: Level
    when: Condition
    says: Text
    action: Text | None = None
    refs: Annotated[tuple[SourceKey, ...], Field(min_length=1)]
    gate: Gate | None = None
    supersedes: tuple[Id, ...] = ()


class TreeOutcome(Part):
    """A conclusion of one tree's own, in words; the first whose condition holds, certainly or possibly."""

    id: Id
    level: Level
    when: Condition
    says: Text
    refs: tuple[SourceKey, ...] = ()


class Opens(Part):
    """These answers open another tree, at a depth."""

    tree: TreeId
    depth: Depth = Depth.ALL
    when: Condition


class Deepens(Part):
    """This takes an opened tree from its core questions to all of them."""

    tree: TreeId
    when: Condition


class Tree(Part):
    """One file of questions."""

    format: Literal[1]
    id: TreeId
    title: Text
    about: Text
    minutes: Annotated[int, Field(ge=1, le=600)]
    themes: Annotated[tuple[Theme, ...], Field(min_length=1)]
    facts: dict[Id, Fact] = {}
    signals: tuple[Signal, ...] = ()
    outcomes: tuple[TreeOutcome, ...] = ()
    opens: tuple[Opens, ...] = ()
    deepens: tuple[Deepens, ...] = ()

    @property
    def questions(self) -> Iterator[Question]:
        """Its questions in document order."""
        return (question for theme in self.themes for question in theme.questions)


class Reference(Part):
    """A source: a law, a ruling, a guideline; in our own words, with how sure we are of it."""

    title: Text
    says: Text
    where: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    certainty: Certainty
    checked: IsoDay
    check_by: IsoDay | Literal[""] = ""  # editions stored before there was such a date are read as they are


class DatedReference(Reference):
    """A source as references.yaml gives it: with the day by which somebody looks at it again."""

    check_by: IsoDay


class Threshold(Part):
    """A number that is our choice and not the law's; a municipality may set another."""

    value: Annotated[int, Field(ge=0, le=1_000_000)]
    says: Text


class References(Part):
    """The file references.yaml."""

    format: Literal[1]
    references: dict[SourceKey, DatedReference]


class Decider(Part):
    """Which answers stand on the one page for who decides: what it is, what it does to people, what is asked."""

    question: tuple[Id, ...] = ()
    people: tuple[Id, ...] = ()
    asked: tuple[Id, ...] = ()


class ProjectStep(Part):
    """One of the steps of a data project, and the phases in which a team stands there."""

    id: Id
    label: Text
    phases: tuple[Phase, ...]


class Settings(Part):
    """The file settings.yaml: the steps of a project, thresholds, functions one may ask, values, the decider's page."""

    format: Literal[1]
    steps: tuple[ProjectStep, ...] = ()
    decider: Decider = Decider()
    thresholds: dict[Id, Threshold] = {}
    functions: dict[Id, Text] = {}
    values: tuple[Choice, ...] = ()
