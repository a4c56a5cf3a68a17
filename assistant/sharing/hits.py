"""What in a text may point at somebody: personal data, and names, numbers and days that only this place knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from assistant.personal_data import find_personal_data
from assistant.sharing.build import letter_through
from assistant.sharing.draft import OWN, Draft, fingerprint
from assistant.sharing.model import Example
from assistant.sharing.origin import Origin

SHORTEST: Final = 3  # letters of a name; shorter ones stand in every text
_MONTHS: Final = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|january|february|march"
    "|may|june|july|august|october|jan|feb|mrt|apr|jun|jul|aug|sept?|okt|oct|nov|dec"
)
_DAY: Final = re.compile(
    rf"(?<!\w)(?:\d{{1,2}}(?:e|ste|st|nd|rd|th)?\.? (?:of )?(?:{_MONTHS})\b(?: \d{{4}}\b)?"
    rf"|(?:{_MONTHS})\.? \d{{1,2}}(?!\d)"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?!\w)|\d{4}-\d\d-\d\d(?!\w))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Known:
    """What this installation knows and no example may tell: people, the organisation, numbers and references."""

    names: tuple[str, ...] = field(default=(), repr=False)
    organisation: str = ""
    references: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Hit:
    """A place in a text, as offsets in characters, and of what kind."""

    kind: str
    start: int
    end: int


def find_hits(text: str, known: Known) -> list[Hit]:
    """Every place to look at, in order and without overlap."""
    found = [Hit(one.kind, one.start, one.end) for one in find_personal_data(text)]
    for kind, words in (("name", _parts(known.names)), ("organisation", [known.organisation]),
                        ("reference", known.references)):  # fmt: skip
        found += _find_words(kind, words, text)
    found += [Hit("day", *match.span()) for match in _DAY.finditer(text)]
    return list(_apart(sorted(found, key=lambda hit: (hit.start, -hit.end))))


def _parts(names: Iterable[str]) -> set[str]:
    """Names, and the parts of them that begin with a capital."""
    return {part for name in names for part in (name, *(one for one in name.split() if one[:1].isupper()))}


def _find_words(kind: str, words: Iterable[str], text: str) -> Iterator[Hit]:
    wanted = sorted({word for word in words if len(word) >= SHORTEST}, key=len, reverse=True)
    if wanted:
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, wanted))})(?!\w)", re.IGNORECASE)
        yield from (Hit(kind, *match.span()) for match in pattern.finditer(text))


def _apart(hits: Iterable[Hit]) -> Iterator[Hit]:
    end = 0
    for hit in hits:
        if hit.start >= end:
            yield hit
            end = hit.end


def texts_along(origin: Origin, draft: Draft) -> dict[str, str]:
    """Every text of people that the example would hold, by key."""
    let = letter_through(origin, draft)
    own = {key: getattr(draft, key) for key in OWN}
    return {key: text for key, text in (own | {key: let(key) for key in draft.texts}).items() if text}


def hits_in(example: Example, known: Known) -> list[tuple[str, list[Hit]]]:
    """The texts of an example in which something is found, for who reads it with fresh eyes."""
    found = ((text, find_hits(text, known)) for text in dict.fromkeys(texts_in(example)))
    return [(text, hits) for text, hits in found if hits]


def texts_in(example: Example) -> Iterator[str]:
    """Every text in it that people typed, with what stands where they do."""
    yield from (example.title, example.about, example.learned)
    for told in (told for chapter in example.themes for told in chapter.answers):
        yield from (*told.lines, told.reason, *(cell for row in told.rows for cell in row))
    if example.advice:
        yield from (example.advice.motivation, *example.advice.conditions)
    if example.became:
        yield example.became.reason


def open_hits(origin: Origin, draft: Draft, known: Known) -> dict[str, list[Hit]]:
    """By key: what is still to be changed, or to be called no personal data."""
    found = {key: find_hits(text, known) for key, text in texts_along(origin, draft).items()}
    texts = texts_along(origin, draft)
    return {key: hits for key, hits in found.items() if hits and draft.cleared.get(key) != fingerprint(texts[key])}
