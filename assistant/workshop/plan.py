"""The rounds of one workshop, in order, ready to be shown: built from a run sheet, a story and what was chosen."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from assistant.trees.cases import Dilemma, RunSheet, Step
from assistant.trees.edition import Edition
from assistant.trees.model import Choice, Part, Text
from assistant.trees.playbook import Playbook
from assistant.trees.rounds import BY_PHONE, BY_TABLE, Exhibit, Item, Kind, Option, Round
from assistant.workshop.story import CHOSEN, Story

MOST_KEPT: Final = 5  # values that a table keeps together
_SIDES: Final = (
    Item(id="for", says=Text(nl="De sterkste reden om het wel te doen", en="The strongest reason to do it")),
    Item(id="against", says=Text(nl="De sterkste reden om het niet te doen", en="The strongest reason not to do it")),
)


class DayPart(Part):
    """A part of the day: a block of rounds, a talk, a break."""

    title: Text
    does: Text
    begins: int  # minutes from the start
    minutes: int


class Planned(Part):
    """One round as it will be played. `key` stays the same whatever is left out around it."""

    key: str
    part: int  # its place in the parts of the day
    kind: Kind
    minutes: int
    title: Text
    asks: Text
    says: Text
    listen: Text
    prompts: tuple[Text, ...]
    options: tuple[Option, ...] = ()
    items: tuple[Item, ...] = ()
    most: int = 1
    exhibit: Exhibit | None = None
    reveal: Text | None = None
    between: tuple[Text, ...] = ()  # the two values that pull at a dilemma
    again: str = ""  # the key of the round it is laid beside
    news: Text | None = None
    tells: str = ""  # story: the room reads the story, of which `lines` are the facts; rules: `lines` are house rules
    lines: tuple[Text, ...] = ()
    off: bool = False  # left out by the facilitator

    @property
    def by_phone(self) -> bool:
        """Everyone answers for oneself, unseen."""
        return self.kind in BY_PHONE

    @property
    def by_table(self) -> bool:
        """A table answers together; its note taker writes."""
        return self.kind in BY_TABLE

    @property
    def typed(self) -> bool:
        """What is answered is text, not a choice."""
        return self.kind == "arguments"


class Plan(Part):
    """A day: its parts, and its rounds in order."""

    parts: tuple[DayPart, ...]
    rounds: tuple[Planned, ...]

    @property
    def played(self) -> tuple[Planned, ...]:
        """The rounds that were not left out."""
        return tuple(one for one in self.rounds if not one.off)

    @property
    def minutes(self) -> int:
        """How long it takes, breaks and talks included."""
        talks = sum(part.minutes for n, part in enumerate(self.parts) if all(one.part != n for one in self.rounds))
        return talks + sum(one.minutes for one in self.played)


@dataclass(frozen=True)
class Chosen:
    """What a facilitator chose: dilemmas by id (none: the first two), minutes by key, keys that are left out."""

    dilemmas: Sequence[str] = ()
    minutes: Mapping[str, int] = field(default_factory=dict)
    without: Collection[str] = ()


def build_plan(playbook: Playbook, edition: Edition, sheet: RunSheet, story: Story, chosen: Chosen) -> Plan:
    """The day. A part without rounds is a talk by itself, so that every part has its place in the order."""
    builder = _Builder(playbook, edition, story, chosen)
    rounds = [one for number, step in enumerate(sheet.steps) for one in builder.rounds_of(number, step)]
    parts = (
        DayPart(title=step.title, does=step.does, begins=step.minutes[0], minutes=step.minutes[1] - step.minutes[0])
        for step in sheet.steps
    )
    return Plan(parts=tuple(parts), rounds=tuple(rounds))


def dilemmas_of(story: Story, chosen: Chosen) -> list[Dilemma]:
    """The dilemmas that are played, in the story's order."""
    wanted = set(chosen.dilemmas) or {one.id for one in story.dilemmas[:CHOSEN]}
    return [one for one in story.dilemmas if one.id in wanted]


class _Builder:
    def __init__(self, playbook: Playbook, edition: Edition, story: Story, chosen: Chosen) -> None:
        self.workshop, self.values, self.edition = playbook.workshop, playbook.values, edition
        self.story, self.chosen = story, chosen
        self.dilemmas = dilemmas_of(story, chosen)

    def rounds_of(self, part: int, step: Step) -> Iterator[Planned]:
        """The rounds of one part of the day, its minutes divided over them."""
        about: Sequence[Dilemma | None] = self.dilemmas if step.each_dilemma and self.dilemmas else [None]
        ids = [(id, one) for one in about for id in step.rounds if self.can_play(self.workshop.rounds[id])]
        if not ids:
            yield self._talk(part, step)
            return
        weights = [self.workshop.rounds[id].minutes for id, _ in ids]
        for (id, dilemma), minutes in zip(ids, _share(step.minutes[1] - step.minutes[0], weights), strict=True):
            yield self._round(part, id, dilemma, minutes)

    def can_play(self, one: Round) -> bool:
        """A round on the news needs news; one on dilemmas a dilemma; a staircase its question."""
        if one.news and self.story.twist is None:
            return False
        if one.question and one.question not in self.edition.questions:
            return False
        return bool(self.dilemmas) or one.kind not in ("stance", "arguments")

    def _talk(self, part: int, step: Step) -> Planned:
        key = f"part_{part}"
        minutes = self.chosen.minutes.get(key, step.minutes[1] - step.minutes[0])
        nothing = Text(nl="-", en="-")
        return Planned(
            key=key, part=part, kind="talk", minutes=minutes, title=step.title, asks=step.does, says=step.does,
            listen=nothing, prompts=(), off=key in self.chosen.without,
        )  # fmt: skip

    def _round(self, part: int, id: str, dilemma: Dilemma | None, minutes: int) -> Planned:
        one = self.workshop.rounds[id]
        if dilemma is None and one.kind in ("stance", "arguments"):
            dilemma = self.dilemmas[0]
        key = f"{id}:{dilemma.id}" if dilemma else id
        again = (f"{one.again}:{dilemma.id}" if dilemma else one.again) if one.again else ""
        return Planned(
            key=key,
            part=part,
            kind=one.kind,
            minutes=self.chosen.minutes.get(key, minutes),
            title=one.title,
            asks=dilemma.asks if dilemma else one.asks,
            says=one.says,
            listen=one.listen,
            prompts=one.prompts or self.workshop.prompts,
            options=self._options(one),
            items=self._items(one, dilemma),
            most=one.most,
            exhibit=one.exhibit,
            reveal=one.reveal,
            between=tuple(self._value(value) for value in dilemma.between) if dilemma else (),
            again=again,
            news=self.story.twist if one.news else None,
            tells=one.tells,
            lines=self._lines(one),
            off=key in self.chosen.without,
        )

    def _options(self, one: Round) -> tuple[Option, ...]:
        if one.kind in ("values", "values_together"):
            return _as_options(self.values)
        if one.kind == "staircase" and one.question:
            return _as_options(self.edition.questions[one.question].options)
        return one.options

    def _items(self, one: Round, dilemma: Dilemma | None) -> tuple[Item, ...]:
        match one.kind:
            case "arguments":
                return _SIDES
            case "stance" if dilemma:
                return (Item(id=dilemma.id, says=dilemma.asks),)
            case "values" | "staircase":
                return (Item(id=one.kind, says=one.asks),)
            case _:
                return one.items

    def _lines(self, one: Round) -> tuple[Text, ...]:
        return {"story": self.story.facts, "rules": self.workshop.house_rules}.get(one.tells, ())

    def _value(self, id: str) -> Text:
        return next((value.label for value in self.values if value.id == id), Text(nl=id, en=id))


def _as_options(choices: Sequence[Choice]) -> tuple[Option, ...]:
    return tuple(Option(id=choice.id, label=choice.label) for choice in choices)


def _share(minutes: int, weights: Sequence[int]) -> list[int]:
    """Whole minutes by weight that add up, at least one each."""
    total, given, shared = sum(weights), 0, []
    for number in range(len(weights)):
        until = max(round(minutes * sum(weights[: number + 1]) / total), given + 1)
        shared.append(until - given)
        given = until
    return shared
