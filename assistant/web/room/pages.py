"""What fits on a projector at 32 pixels: long rounds and many reasons are divided into parts. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, TypeVar

from assistant.trees.model import Language
from assistant.trees.rounds import Item
from assistant.web.stage import Stage

LINES: Final = 11.5  # of text under the title
WIDE, HALF = 46, 23  # letters that fit on a line, and on one of two columns
BAR, RIGHT = 1.2, 1.0  # lines that a bar takes, and the option that fits
T = TypeVar("T")


@dataclass(frozen=True)
class Reason:
    """A note on the projector, under its heading."""

    heading: str
    text: str


def lines_of(text: str, width: int = WIDE) -> int:
    """How many lines a text takes, roughly."""
    return max(1, ceil(len(text) * 1.08 / width))


def pack(things: Sequence[T], height: Callable[[T], float], room: float) -> list[list[T]]:
    """In order, as many to a part as there is room for; at least one."""
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


def item_parts(stage: Stage, language: Language) -> list[list[Item]]:
    """The statements of a round, a part each screen; with their bars once they are shown."""
    planned, shown = stage.planned, stage.state == "shown"
    legend = lines_of("     ".join(option.label[language] for option in planned.options)) if shown else 2

    def height(item: Item) -> float:
        bars = (BAR if shown else 0) + (BAR if stage.before else 0) + (RIGHT if shown and item.right else 0)
        return lines_of(item.says[language]) + bars + 0.4

    return pack(planned.items, height, LINES - legend)


def reason_parts(stage: Stage) -> list[dict[str, list[Reason]]]:
    """The reasons for and against, side by side, a part each screen."""
    sides = {
        side: pack(
            [Reason(heading, note.text) for heading, notes in groups for note in notes],
            lambda one: lines_of(one.text, HALF) + bool(one.heading),
            LINES - 2,
        )
        for side, groups in stage.groups.items()
    }
    many = max(len(parts) for parts in sides.values())
    return [{side: parts[n] if n < len(parts) else [] for side, parts in sides.items()} for n in range(many)]
