"""The projector, one thing at a time: what does not fit at 32 pixels is divided over slides. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from textwrap import wrap
from typing import Final, TypeVar

from assistant.store.workshop.kept import OPEN
from assistant.store.workshop.rounds import SHOWN
from assistant.trees.model import Language
from assistant.trees.rounds import Item
from assistant.web.stage import Stage

LINES: Final = 15.0  # of text under the title
WIDE, LIST, HALF = 60, 48, 23  # letters that fit on a line, in a list, and in one of two columns
BAR: Final = 1.3  # lines that a bar takes
GAP: Final = 0.3  # and the room under a thing
T = TypeVar("T")


@dataclass(frozen=True)
class Reason:
    """A note on the projector, under its heading."""

    heading: str
    text: str


@dataclass(frozen=True)
class Slide:
    """One thing. `kind`: join, news, ask, texts, items, bars, people, reasons, reveal, or a workshop that is not open.

    `first`: the number of the first statement.
    """

    kind: str
    items: tuple[Item, ...] = ()
    first: int = 1
    texts: tuple[str, ...] = ()
    reasons: Mapping[str, Sequence[Reason]] = field(default_factory=dict)


def lines_of(text: str, width: int = LIST) -> int:
    """How many lines a text takes, roughly."""
    return max(1, ceil(len(text) * 1.08 / width))


def pack(things: Sequence[T], height: Callable[[T], float], room: float) -> list[list[T]]:
    """In order, as few parts as there is room for, and evenly if that fits; at least one part."""
    parts = _fill(things, height, room)
    many = max(1, ceil(len(things) / len(parts)))
    even = [[*things[start : start + many]] for start in range(0, len(things), many)]
    return even if even and all(sum(map(height, part)) <= room for part in even) else parts


def _fill(things: Sequence[T], height: Callable[[T], float], room: float) -> list[list[T]]:
    parts: list[list[T]] = [[]]
    left = room
    for thing in things:
        needs = height(thing)
        if parts[-1] and needs > left:
            parts.append([])
            left = room
        parts[-1].append(thing)
        left -= needs
    return parts


def build_slides(stage: Stage, language: Language, *, joining: bool) -> list[Slide]:
    """The slides of this moment, in order; at least one. The first round says how to join, if the door is open."""
    if stage.workshop.state != OPEN:
        return [Slide(stage.workshop.state)]
    first = [Slide("join")] if joining and stage.number == 0 else []
    return [*first, *(_shown(stage, language) if stage.state == SHOWN else _asked(stage, language))]


def _asked(stage: Stage, language: Language) -> Iterator[Slide]:
    planned = stage.planned
    is_list = len(planned.items) > 1 and not planned.typed
    lines = [line[language] for line in planned.lines]
    parts = pack(lines, lambda text: lines_of(text) + GAP, LINES - 2)
    fits = len(parts) == 1 and planned.tells != "story"
    if planned.news:
        yield Slide("news", texts=(planned.news[language],))
    if planned.exhibit or not is_list:
        yield Slide("ask", () if is_list else planned.items, texts=tuple(lines) if fits else ())
    if planned.tells == "story":
        yield from (Slide("texts", texts=(text,)) for text in wrap(stage.workshop.story.story[language], LIST * 12))
    if lines and not fits:
        yield from (Slide("texts", texts=tuple(part)) for part in parts)
    if is_list:
        options = lines_of(" · ".join(option.label[language] for option in planned.options))
        yield from _items("items", planned.items, lambda item: lines_of(item.says[language]) + GAP, LINES - 2 - options)


def _shown(stage: Stage, language: Language) -> Iterator[Slide]:
    planned = stage.planned
    if planned.typed:
        yield from _reasons(stage)
        return
    legend = lines_of("      ".join(option.label[language] for option in planned.options))
    room = LINES - 0.5 - legend - (1 if stage.before else 0)

    def height(item: Item) -> float:
        return lines_of(item.says[language], WIDE) + BAR * (2 if stage.before else 1) + GAP

    if len(planned.items) > 1:
        yield from _items("bars", planned.items, height, room)
    else:
        yield Slide("bars", planned.items)
    if planned.kind == "hundred":
        yield Slide("people")
    if planned.reveal:
        yield Slide("reveal", texts=(planned.reveal[language],))


def _items(kind: str, items: Sequence[Item], height: Callable[[Item], float], room: float) -> Iterator[Slide]:
    first = 1
    for part in pack(items, height, room):
        yield Slide(kind, tuple(part), first)
        first += len(part)


def _reasons(stage: Stage) -> Iterator[Slide]:
    """For and against side by side, however many there are."""
    sides = {
        side: pack(
            [Reason(heading, note.text) for heading, notes in groups for note in notes],
            lambda one: lines_of(one.text, HALF) + bool(one.heading) + GAP,
            LINES - 4,
        )
        for side, groups in stage.groups.items()
    }
    for n in range(max(len(parts) for parts in sides.values())):
        yield Slide("reasons", reasons={side: parts[n] if n < len(parts) else [] for side, parts in sides.items()})
