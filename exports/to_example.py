"""An example as one HTML page: no script, no request, and its data inside, for people and for other installations."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from markupsafe import Markup

from assistant.sharing.model import DATA_BEGINS, DATA_ENDS, Example
from assistant.sharing.words import WORDS
from assistant.words import word
from exports.templates import environment
from exports.to_html import typed

MEDIA_TYPE: Final = "text/html; charset=utf-8"


def render(example: Example) -> bytes:
    """A UTF-8 page; the same example gives the same bytes."""
    env = environment(autoescape=True, typed=typed)
    style = Markup(env.get_template("dossier.css").render())  # noqa: S704  our own file, no typed text
    words, marks = words_of(example), (DATA_BEGINS, DATA_ENDS)
    template = env.get_template("example.html.jinja")
    return template.render(example=example, words=words, style=style, marks=marks).encode()


def fingerprint(example: Example) -> str:
    """SHA-256 of the file, in hexadecimal."""
    return sha256(render(example)).hexdigest()


def words_of(example: Example) -> dict[str, str]:
    """The fixed words around it, in its language."""
    return {key: word(WORDS, key, example.language) for key in WORDS}
