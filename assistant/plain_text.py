"""What people type is plain text: paragraphs, line breaks, and lines that start with "- ". Every format draws these."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """Lines that were typed with a dash in front, without it."""

    items: tuple[str, ...]


Block: TypeAlias = Paragraph | Bullets


def blocks(text: str) -> list[Block]:
    """The paragraphs and lists of a typed text, in order. Linear in its length."""
    found: list[Block] = []
    lines = (line.strip() for line in text.replace("\r\n", "\n").split("\n"))
    for kind, group in groupby(lines, key=lambda line: "list" if line.startswith("- ") else bool(line)):
        if kind == "list":
            found.append(Bullets(tuple(line[2:].strip() for line in group)))
        elif kind:
            found.append(Paragraph(tuple(group)))
    return found
