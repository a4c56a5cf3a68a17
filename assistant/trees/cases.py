"""Practice cases and what a facilitator needs around them: roles, run sheets, prompts. All of it data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, StringConstraints

from assistant.trees.model import Id, Part, SourceKey, Text
from assistant.trees.rounds import Finding, Round, round_findings
from assistant.trees.scope import closest
from assistant.trees.yaml import Path

CaseId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,59}$")]


class Dilemma(Part):
    """A question without a right answer, between two of the values."""

    id: Id
    between: tuple[Id, Id]
    asks: Text


class Case(Part):
    """A story of the fictional municipality, to be played in an hour or so."""

    format: Literal[1]
    case: CaseId
    title: Text
    domain: Id
    minutes: Annotated[int, Field(ge=10, le=240)]
    story: Text
    facts: Annotated[tuple[Text, ...], Field(min_length=2)]
    roles: Annotated[tuple[Id, ...], Field(min_length=3)]
    dilemmas: Annotated[tuple[Dilemma, ...], Field(min_length=3)]
    twist: Text  # news that comes in halfway
    questions: Annotated[tuple[Id, ...], Field(min_length=3)]  # of the trees, to answer for this case
    answers: dict[Id, Any] = Field(
        default_factory=dict
    )  # what the story itself already answers, so that the questions make sense
    lessons: tuple[SourceKey, ...]
    way_out: Text  # one answer that others found; for the facilitator, afterwards


class Role(Part):
    """What somebody does in a session."""

    title: Text
    does: Text


class Card(Part):
    """Somebody whom nobody at the table is: who it is, and how they look at it."""

    title: Text
    says: Text


class Step(Part):
    """One part of a session; `minutes` counts from the start, or from nine o'clock on a day."""

    minutes: tuple[Annotated[int, Field(ge=0, le=600)], Annotated[int, Field(ge=0, le=600)]]
    title: Text
    does: Text
    questions: tuple[Id, ...] = ()
    rounds: tuple[Id, ...] = ()  # none: this part is a talk, a break or a meal
    each_dilemma: bool = False  # its rounds are played for every dilemma that was chosen


class RunSheet(Part):
    """A session from beginning to end. Steps follow each other without gaps."""

    id: CaseId
    title: Text
    people: Text
    steps: Annotated[tuple[Step, ...], Field(min_length=3)]

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.steps[-1].minutes[1]


class Workshop(Part):
    """The file workshop.yaml. The values to weigh stand in settings.yaml."""

    format: Literal[1]
    house_rules: tuple[Text, ...]
    prompts: tuple[Text, ...]  # for when a talk stands still
    roles: dict[Id, Role]
    cards: dict[Id, Card]
    disciplines: dict[Id, Text] = Field(default_factory=dict)  # what somebody may say to be; never asked for
    checklist: tuple[Text, ...] = ()  # what to see to in the room
    rounds: dict[Id, Round] = Field(default_factory=dict)
    run_sheets: Annotated[tuple[RunSheet, ...], Field(min_length=1)]


@dataclass(frozen=True)
class CaseNames:
    """Every name that a case or a run sheet may use."""

    questions: Collection[str]
    values: Collection[str]
    cards: Collection[str]
    sources: Collection[str]


def case_findings(case: Case, names: CaseNames) -> Iterator[Finding]:
    """Names in a case that do not exist, and dilemmas that weigh a value against itself."""
    yield from _unknown(("questions",), case.questions, names.questions, "question")
    yield from _unknown(("roles",), case.roles, names.cards, "role card")
    yield from _unknown(("lessons",), case.lessons, names.sources, "source")
    yield from _unknown(("answers",), tuple(case.answers), names.questions, "question")
    for number, dilemma in enumerate(case.dilemmas):
        place: Path = ("dilemmas", number, "between")
        yield from _unknown(place, dilemma.between, names.values, "value")
        if len(set(dilemma.between)) < 2:
            yield place, "a dilemma is between two values", "name another one"
    ids = [dilemma.id for dilemma in case.dilemmas]
    yield from (
        (("dilemmas", n, "id"), "this id stands here twice", "rename one") for n in range(len(ids)) if ids[n] in ids[:n]
    )


def workshop_findings(workshop: Workshop, names: CaseNames) -> Iterator[Finding]:
    """Run sheets with gaps, questions and rounds that do not exist, rounds that cannot be played."""
    yield from round_findings(workshop.rounds, [*names.questions])
    for s, sheet in enumerate(workshop.run_sheets):
        end = 0
        for n, step in enumerate(sheet.steps):
            place: Path = ("run_sheets", s, "steps", n)
            yield from _unknown((*place, "questions"), step.questions, names.questions, "question")
            yield from _unknown((*place, "rounds"), step.rounds, workshop.rounds, "round")
            if step.minutes[0] != end or step.minutes[1] <= end:
                yield (*place, "minutes"), f"the step before ends at {end}", "begin there, and take some time"
            end = step.minutes[1]


def _unknown(place: Path, used: Sequence[str], known: Collection[str], kind: str) -> Iterator[Finding]:
    for number, name in enumerate(used):
        if name not in known:
            yield (*place, number), f"no {kind} is called '{name}'", closest(name, known)


def cards_of(workshops: Iterable[Workshop]) -> set[str]:
    """The role cards that cases may hand out."""
    return {id for workshop in workshops for id in workshop.cards}
