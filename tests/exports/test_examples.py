"""exports/examples shows a small dossier in each format, and is true."""

from __future__ import annotations

import pytest

import exports

from .samples import EXAMPLES, dossier_of

READABLE = [
    name for name, format in exports.FORMATS.items() if format.media_type.startswith(("text/", "application/json"))
]


@pytest.mark.parametrize("name", READABLE)
def test_the_example_is_what_its_answers_make(name: str, update_examples: bool) -> None:
    format = exports.FORMATS[name]
    example = EXAMPLES / f"dossier{format.suffix}"
    made = format.render(dossier_of(EXAMPLES / "answers.yaml"))
    if update_examples:
        example.write_bytes(made)
    stands = example.read_bytes() if example.exists() else b""
    assert stands.decode() == made.decode(), "Run: make examples, then read the diff before you commit it."


def test_there_is_nothing_else_among_the_examples() -> None:
    expected = {"answers.yaml", *(f"dossier{format.suffix}" for format in exports.FORMATS.values())}
    assert {path.name for path in EXAMPLES.iterdir()} <= expected
