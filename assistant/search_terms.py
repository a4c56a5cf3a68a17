"""Words as they are searched, folded; a query read into terms; a text with what was found marked. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias

MOST_QUERY: Final = 200  # characters that are looked at
MOST_TERMS: Final = 12
LONGEST_WORD: Final = 60  # characters
_WORD: Final = re.compile(r"[^\W_]+")
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")  # few, so looking at these alone takes a fraction of the time
_PIECE: Final = re.compile(r'"([^"]*)"|([^\s"]+)')
_WITH_MARKS: Final = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")  # a letter and an accent of its own are one sign

Extract: TypeAlias = tuple[tuple[str, bool], ...]  # pieces of a text, and whether a piece was searched for


@dataclass(frozen=True, slots=True)
class Term:
    """Words that follow each other; `is_prefix`: the last one may go on."""

    words: tuple[str, ...]
    is_prefix: bool = False

    def fits(self, words: Sequence[str], place: int) -> bool:
        """Whether it stands at this place of a text's words."""
        there = tuple(words[place : place + len(self.words)])
        if len(there) < len(self.words) or there[:-1] != self.words[:-1]:
            return False
        return there[-1].startswith(self.words[-1]) if self.is_prefix else there[-1] == self.words[-1]


def fold(text: str) -> str:
    """Small letters without accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return _NOT_ASCII.sub(lambda sign: "" if unicodedata.combining(sign[0]) else sign[0], plain)


def words_in(text: str) -> list[str]:
    """The words of a text, folded: letters and digits alone, so that they mean nothing to a query language."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text))]


def read_query(text: str) -> tuple[Term, ...]:
    """Words and "quoted phrases"; the last word may be the beginning of one. Whatever is typed, there is no wrong one.

    A word with a sign in it, as 2026-014, is a phrase.
    """
    pieces = list(islice(_PIECE.finditer(text[:MOST_QUERY]), MOST_TERMS))
    terms = []
    for piece in pieces:
        words = tuple(words_in(piece[0])[:MOST_TERMS])
        if words:
            terms.append(Term(words, is_prefix=piece is pieces[-1] and piece[2] is not None))
    return tuple(dict.fromkeys(terms))


def count_found(text: str, terms: Iterable[Term]) -> int:
    """How many of these terms stand in a text."""
    words = words_in(text)
    return sum(any(term.fits(words, place) for place in range(len(words))) for term in terms)


def extract(text: str, terms: Iterable[Term], room: int = 180) -> Extract:
    """A piece of a text around what was found first, every find in it marked; its beginning when nothing was."""
    found = _find_spans(text, tuple(terms))
    first = found[0][0] if found else 0
    begin = _word_start(text, max(0, first - room // 3))
    end = min(len(text), begin + room)
    pieces: list[tuple[str, bool]] = [("… ", False)] if begin else []
    place = begin
    for start, stop in found:
        if place <= start and start < end:
            pieces += [(text[place:start], False), (text[start:stop], True)]
            place = stop
    pieces += [(text[place:end], False), (" …" if end < len(text) else "", False)]
    return tuple((piece, marked) for piece, marked in pieces if piece)


def _word_start(text: str, place: int) -> int:
    """The first word that begins here or later."""
    while 0 < place < len(text) and not text[place - 1].isspace():
        place += 1
    return place


def _find_spans(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """From where to where each find goes, the first leading."""
    spans = [(match.span(), word) for match in _WITH_MARKS.finditer(text) for word in words_in(match[0])]
    words = [word for _, word in spans]
    found = {
        (spans[place][0][0], spans[place + len(term.words) - 1][0][1])
        for place in range(len(words))
        for term in terms
        if term.fits(words, place)
    }
    return sorted(found, key=lambda span: (span[0], -span[1]))  # of two that begin here, the longer
