"""What the owner chose for an example: its own title and texts, and which typed texts go along, rewritten or not."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from assistant.sharing.model import Hash, Typed
from assistant.trees.model import Part

TITLE, ABOUT, LEARNED = "title", "about", "learned"
OWN: Final = (TITLE, ABOUT, LEARNED)  # texts written for the example itself
TextKey = Annotated[str, StringConstraints(max_length=200)]


class Along(Part):
    """A typed text that goes along as `text`. `of`: hash of what it was made of; once that is another, it stays."""

    text: Typed
    of: Hash


class Draft(Part):
    """The choices. `cleared`: texts of which somebody said that what was found in them is no personal data, hashed."""

    title: Annotated[str, StringConstraints(max_length=200)] = ""
    about: Typed = ""
    learned: Typed = ""
    is_named: bool = False
    texts: dict[TextKey, Along] = Field(default_factory=dict)
    cleared: dict[TextKey, Hash] = Field(default_factory=dict)

    @property
    def body(self) -> str:
        """As it is kept."""
        return self.model_dump_json(exclude_defaults=True)


def read_draft(body: str) -> Draft:
    """The draft that was kept."""
    return Draft.model_validate_json(body)


def fingerprint(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return sha256(text.encode()).hexdigest()
