"""The typeface of the PDF: DejaVu Sans, in the package, so that every machine makes the same file."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
FILES: Final = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
SIGN: Final = "\u25a1"  # stands where the typeface has no glyph
MOST_MARKS: Final = 4  # on one letter; languages need three

# Joiners, marks of direction, variants of an emoji: nothing is seen of them, so nothing stands in their place.
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]")
_SHAPELESS: Final = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")  # Co, private use, is what PDF/A-3a refuses


def fitted(text: str) -> tuple[str, int]:
    """The text with one sign for each character that can't be printed, and how many those are."""
    text = _UNSEEN.sub("", text.replace("\t", " "))
    drawn = _unprintable().sub(SIGN, text)
    drawn = _marked().sub(_kept, drawn)
    return drawn, drawn.count(SIGN) - text.count(SIGN)


def _kept(match: re.Match[str]) -> str:
    """Accents and vowel points stay on a letter of their script; elsewhere the typeface has no ground for them."""
    base, marks = match.groups()
    fits = base.isalpha() and len(marks) <= MOST_MARKS and {"COMBINING", _script(base)}.issuperset(map(_script, marks))
    return base + (marks if fits else SIGN * len(marks))


def _script(character: str) -> str:
    return unicodedata.name(character, "").split(" ")[0]


@cache
def marks() -> str:
    """What stands on the letter before it, as the inside of a character class: a line may not break in front of one."""
    return _spans({n for n in _drawn() if unicodedata.category(chr(n)).startswith("M")})


@cache
def _unprintable() -> re.Pattern[str]:
    return re.compile(f"[^\\n{_spans(_drawn())}]")


@cache
def _marked() -> re.Pattern[str]:
    return re.compile(f"([^{marks()}]?)([{marks()}]+)")


def _drawn() -> set[int]:
    """The code points that both files draw and a PDF/A may hold."""
    both = set.intersection(*({n for low, high in ranges(file) for n in range(low, high + 1)} for file in FILES))
    return {n for n in both if unicodedata.category(chr(n)) not in _SHAPELESS}


def _spans(numbers: set[int]) -> str:
    """The same numbers as the inside of a character class."""
    starts = sorted(n for n in numbers if n - 1 not in numbers)
    ends = sorted(n for n in numbers if n + 1 not in numbers)
    return "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in zip(starts, ends, strict=True))


def ranges(file: str) -> Iterator[tuple[int, int]]:
    """The code points a font file draws: its character map, format 12 (OpenType specification, table cmap)."""
    data = (FOLDER / file).read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    records = (struct.unpack_from(">4sLLL", data, 12 + 16 * n) for n in range(tables))
    cmap = next(offset for name, _, offset, _ in records if name == b"cmap")
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    subtables = (struct.unpack_from(">HHL", data, cmap + 4 + 8 * n) for n in range(count))
    at = cmap + next(offset for platform, encoding, offset in subtables if (platform, encoding) == (3, 10))
    (groups,) = struct.unpack_from(">L", data, at + 12)
    for n in range(groups):
        low, high = struct.unpack_from(">LL", data, at + 16 + 12 * n)
        yield low, high
