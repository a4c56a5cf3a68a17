"""What an example holds: a dossier as others may read it, in one language, with its questions' own words."""

from __future__ import annotations

import hashlib
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field, JsonValue, StringConstraints

from assistant.dossier.model import Named, canonical
from assistant.trees.model import Id, Language, Level, Part

DATA_BEGINS: Final = '<pre id="data">'  # between these two the file carries its data
DATA_ENDS: Final = "</pre>"

Line: TypeAlias = Annotated[str, StringConstraints(max_length=2_000)]
Typed: TypeAlias = Annotated[str, StringConstraints(max_length=20_000)]
Key: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Hash: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Title: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Month: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]


class Told(Part):
    """A question and what was said to it. `answer`: with what another dossier may begin, as an answers file writes it.

    `is_short`: something was typed here too, and stayed at home.
    """

    question: Id
    code: Line
    ask: Line
    mark_says: Line = ""
    lines: tuple[Typed, ...] = ()
    header: tuple[Line, ...] = ()
    rows: tuple[tuple[Typed, ...], ...] = ()
    reason: Typed = ""
    is_short: bool = False
    answer: JsonValue = None


class Chapter(Part):
    """The questions of one theme."""

    title: Line
    answers: tuple[Told, ...]


class Raised(Part):
    """A signal; `ending`: how it ended, in words."""

    id: Id
    level: Level
    level_says: Line
    is_possible: bool = False
    says: Line
    action: Line = ""
    because: tuple[Line, ...] = ()
    ending: Line = ""


class Advice(Part):
    """What the officer advised."""

    id: Line
    says: Line
    motivation: Typed = ""
    conditions: tuple[Typed, ...] = ()


class Became(Part):
    """What became of it: what was decided, or that it was closed."""

    id: Line
    says: Line
    reason: Typed = ""


class Example(Part):
    """All of it. `key` and `issue` tell a newer issue of the same example; they lead to nobody and no dossier."""

    format: Literal[1]
    kind: Literal["example"]
    key: Key
    issue: Annotated[int, Field(ge=1, le=100_000)]
    language: Language
    title: Title
    about: Typed = ""
    learned: Typed = ""
    municipality: Line = ""
    month: Month
    month_says: Line
    phase: Named
    field: Named | None = None
    outcome: Named | None = None
    explains: Line = ""
    facts: tuple[Named, ...] = ()
    signals: tuple[Raised, ...] = ()
    themes: tuple[Chapter, ...] = ()
    advice: Advice | None = None
    became: Became | None = None
    edition: Hash
    trees: tuple[Named, ...] = ()

    @property
    def body(self) -> bytes:
        """Canonical JSON; what is empty stays out, so that a later release may add to the format."""
        return canonical(self.model_dump(mode="json", exclude_defaults=True))

    @property
    def hash(self) -> str:
        """SHA-256 of the body, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()
