"""The tables of docs/conditions.md, so that what they say is what happens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistant.trees.logic import Truth

PAGE = Path(__file__).resolve().parents[2] / "docs" / "conditions.md"


def rows(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, its head row first."""
    text = PAGE.read_text(encoding="utf-8")
    section = text.split(f"# {heading}\n", 1)[1].split("\n#", 1)[0]
    return list(_cells(section))


def _cells(section: str) -> Iterator[list[str]]:
    for line in section.splitlines():
        if line.startswith("|") and not line.startswith("|---"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def truth(cell: str) -> Truth:
    return Truth[cell.strip("*").upper()]


def code(cell: str) -> str:
    return cell.strip("`")
