"""What a document on paper is made of: headings, paragraphs, lists and tables. PDF and Word draw these parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, TypeAlias

from assistant.plain_text import Bullets, blocks

WIDEST: Final = 6  # columns that still read well on a portrait page; wider tables are turned on their side
ABREAST: Final = 4  # rows of a turned table beside each other


@dataclass(frozen=True)
class Heading:
    """Level 1 to 3. `tag` is a signal's level in words, `weight` its id; `code` is how people refer to it."""

    level: int
    text: str
    code: str = ""
    tag: str = ""
    weight: str = ""
    kind: ClassVar = "heading"


@dataclass(frozen=True)
class Text:
    """A paragraph; a line end is a line break, `label` stands in bold before it.

    `style` is one of text, label, lead, note, box and small.
    """

    text: str
    label: str = ""
    style: str = "text"
    kind: ClassVar = "text"


@dataclass(frozen=True)
class Items:
    """A list of (label, text); the label is in bold, or the text where that is `stressed`."""

    items: tuple[tuple[str, str], ...]
    numbered: bool = False
    stressed: bool = False
    kind: ClassVar = "items"


@dataclass(frozen=True)
class Table:
    """Cells in words, with what the table holds for who can't see it. `widths` are relative, one a column."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    turned: bool = False  # the first column heads its row
    kind: ClassVar = "table"


Part: TypeAlias = Heading | Text | Items | Table


@dataclass(frozen=True)
class Paper:
    """A whole document. `subtitle` says for whom, when and in which phase."""

    title: str
    subtitle: str
    author: str
    language: str
    made_on: str
    one_page: bool
    parts: tuple[Part, ...]


def typed(text: str, label: str = "") -> Iterator[Part]:
    """Typed text as paragraphs and lists; the label goes before the first paragraph, or alone before a list."""
    for block in blocks(text):
        if isinstance(block, Bullets):
            if label:
                yield Text("", label=label)
            yield Items(tuple(("", item) for item in block.items))
        else:
            yield Text("\n".join(block.lines), label=label)
        label = ""


def table(caption: str, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[Part]:
    """A table as it fits a portrait page: a wide one is turned, a few rows abreast."""
    if len(header) <= WIDEST:
        yield Table(caption, header, tuple(rows), _widths(header, rows))
        return
    for start in range(0, len(rows), ABREAST):
        some = rows[start : start + ABREAST]
        if len(rows) > ABREAST:
            yield Text(f"{header[0]} {start + 1}–{start + len(some)} / {len(rows)}", style="label")
        first, *others = zip(header, *some, strict=True)
        yield Table(caption, first, tuple(others), (4, *[5] * len(some)), turned=True)


def _widths(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> tuple[int, ...]:
    columns = zip(header, *rows, strict=True)
    return tuple(max(10, min(36, max(map(len, column)))) for column in columns)
