"""Texts as the Algorithm Register takes them: plain or with a few HTML tags, no longer than a field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Literal

from assistant.plain_text import Bullets, blocks

LONGEST_WORD = 40  # a longer one may be cut in two

_TAG_START = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY_START = re.compile(r"&(?=#?\w+;)")


@dataclass(frozen=True)
class Block:
    """A paragraph, or a list with its items."""

    tag: Literal["p", "ul"]
    texts: tuple[str, ...]


def blocks_of(text: str) -> list[Block]:
    """Typed text as blocks; the lines of a paragraph become one."""
    return [
        Block("ul", found.items) if isinstance(found, Bullets) else Block("p", (" ".join(found.lines),))
        for found in blocks(text)
    ]


def length(parts: Iterable[Block]) -> int:
    """Characters as the register counts them: without tags, the texts joined by a space."""
    return len(" ".join(text for block in parts for text in block.texts))


def cut(parts: Iterable[Block], most: int) -> list[Block]:
    """The beginning that fits; a text that is cut ends between words, with a sign that more was said."""
    kept: list[Block] = []
    left = most
    for block in parts:
        texts: list[str] = []
        for text in block.texts:
            fitting = cut_text(text, left)
            if fitting:
                texts.append(fitting)
            left -= len(fitting) + 1
            if fitting != text:
                return [*kept, Block(block.tag, tuple(texts))] if texts else kept
        kept.append(Block(block.tag, tuple(texts)))
    return kept


def cut_text(text: str, most: int) -> str:
    """The same for one text; empty where not even a word fits."""
    if len(text) <= most:
        return text
    beginning = text[: max(most - 2, 0)]
    if not text[len(beginning)].isspace() and (" " in beginning or len(beginning) <= LONGEST_WORD):
        beginning = beginning.rpartition(" ")[0]
    return f"{beginning.rstrip()} …" if beginning.strip() else ""


def as_html(parts: Iterable[Block]) -> str:
    """In the tags that the register keeps; whatever was typed stays text."""
    return "".join(_html(block) for block in parts)


def _html(block: Block) -> str:
    if block.tag == "p":
        return f"<p>{escape(block.texts[0], quote=False)}</p>"
    items = "".join(f"<li>{escape(text, quote=False)}</li>" for text in block.texts)
    return f"<ul>{items}</ul>"


def as_plain(text: str) -> str:
    """On one line. The register reads a plain field as HTML too, so nothing in it may look like a tag or an entity."""
    line = " ".join(text.split())
    return _ENTITY_START.sub("& ", _TAG_START.sub("< ", line))
