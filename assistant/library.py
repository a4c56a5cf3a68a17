"""The library of examples as everyone sees it: what the package brings, what was approved here, what was imported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from sqlalchemy import Engine

from assistant.onward.words import ADVICES, DECISIONS
from assistant.search_terms import Term, count_found
from assistant.sharing.model import Example
from assistant.sharing.shipped import find_case, shipped_examples
from assistant.sharing.words import WORDS as SHARING
from assistant.store.library import Kept, find_kept, list_kept
from assistant.trees.model import Language
from assistant.words import Catalogue

SHIPPED: Final = "shipped"
BECAME: Final[Catalogue] = {**DECISIONS, "closed": SHARING["closed"]}  # how what an entry is about ended


@dataclass(frozen=True, slots=True)
class Entry:
    """A line. `text`: what it was about and what was learned. `field`, `outcome`, `advice`, `became`: ids or empty.

    `became`: go_on, change, stop or closed.
    """

    id: str
    source: Literal["shipped", "case", "own", "imported"]
    language: str
    title: str
    text: str = field(repr=False)
    field: str
    outcome: str
    advice: str
    became: str

    @property
    def path(self) -> str:
        """Where its page is, without the language in front."""
        return f"/library/{self.id}"


def list_library(engine: Engine, language: Language) -> list[Entry]:
    """Every entry: what was kept here first, then what the package brings, in this language."""
    kept = (_of_kept(one) for one in list_kept(engine))
    return [*kept, *(_of_shipped(id, one) for id, one in shipped_examples(language).items())]


def find_entry(engine: Engine, id: str, language: Language) -> tuple[Entry, Example]:
    """One entry and all it holds. Raises NotFound."""
    shipped = shipped_examples(language).get(id)
    if shipped:
        return _of_shipped(id, shipped), shipped
    kept, example = find_kept(engine, id)
    return _of_kept(kept), example


def search_entries(entries: Iterable[Entry], terms: Sequence[Term]) -> list[Entry]:
    """Those that hold every term, the ones with most of them in the title first; none without terms."""
    found = [one for one in entries if terms and count_found(f"{one.title} | {one.text}", terms) == len(terms)]
    return sorted(found, key=lambda one: -count_found(one.title, terms))


def filter_entries(entries: Iterable[Entry], field: str, outcome: str) -> list[Entry]:
    """Those of a field of work and with an outcome; empty: all."""
    return [one for one in entries if field in ("", one.field) and outcome in ("", one.outcome)]


def _of_kept(kept: Kept) -> Entry:
    source: Literal["own", "imported"] = "own" if kept.source == "own" else "imported"
    return Entry(kept.id, source, kept.language, kept.title, kept.text, *_ids(kept))


def _ids(kept: Kept) -> tuple[str, str, str, str]:
    """What another installation calls by a name that has no word here stays out of lists."""
    advice = kept.advice if kept.advice in ADVICES else ""
    return kept.field, kept.outcome, advice, kept.became if kept.became in BECAME else ""


def _of_shipped(id: str, one: Example) -> Entry:
    named = (part.id if part else "" for part in (one.field, one.outcome, one.advice, one.became))
    text = "\n\n".join(filter(None, (one.about, one.learned)))
    return Entry(id, "case" if find_case(id) else "shipped", one.language, one.title, text, *named)
