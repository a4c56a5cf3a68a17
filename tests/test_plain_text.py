"""Typed text as paragraphs and lists: what every format draws."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.plain_text import Block, Bullets, Paragraph, blocks

from .strategies import texts

LINES = st.lists(st.sampled_from(["- een", " - twee ", "-", "drie", "", "\t", "vier\r"]), max_size=12).map("\n".join)
ANY_TEXT = st.text(st.sampled_from("ab -\n\r\t#*")) | LINES | st.text() | texts()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("  \n\n ", []),
        ("een", [Paragraph(("een",))]),
        ("een\ntwee", [Paragraph(("een", "twee"))]),
        ("een\n\ntwee", [Paragraph(("een",)), Paragraph(("twee",))]),
        ("een\r\n\r\ntwee", [Paragraph(("een",)), Paragraph(("twee",))]),
        ("- een\n- twee", [Bullets(("een", "twee"))]),
        ("kop:\n- een\nstaart", [Paragraph(("kop:",)), Bullets(("een",)), Paragraph(("staart",))]),
        ("- een\n\n- twee", [Bullets(("een",)), Bullets(("twee",))]),
        ("  -  een  ", [Bullets(("een",))]),
        ("-een\n-", [Paragraph(("-een", "-"))]),
        ("-5 graden", [Paragraph(("-5 graden",))]),
        ("# geen kop\n* geen punt", [Paragraph(("# geen kop", "* geen punt"))]),
    ],
)
def test_a_text_falls_apart_into_paragraphs_and_lists(text: str, found: list[Block]) -> None:
    assert blocks(text) == found


def signs(text: str) -> list[str]:
    """All but what makes a list or a line: dashes and white space."""
    return [sign for sign in text if sign != "-" and not sign.isspace()]


@given(ANY_TEXT)
def test_no_word_is_lost_or_made_up(text: str) -> None:
    said = "".join("".join(b.items if isinstance(b, Bullets) else b.lines) for b in blocks(text))
    assert signs(said) == signs(text)


@given(ANY_TEXT)
def test_what_is_drawn_typed_again_is_drawn_the_same(text: str) -> None:
    drawn = blocks(text)
    typed = [
        "".join(f"\n- {item}" for item in b.items) if isinstance(b, Bullets) else "\n".join(b.lines) for b in drawn
    ]
    assert blocks("\n\n".join(typed)) == drawn


@pytest.mark.parametrize("text", ["- x\n" * 5_000, "x\n\n" * 6_666, "-" * 20_000, " " * 20_000, "\n" * 20_000])
def test_twenty_thousand_hostile_characters_take_less_than_a_tenth_of_a_second(text: str) -> None:
    def seconds() -> float:
        started = time.process_time()
        blocks(text)
        return time.process_time() - started

    assert min(seconds() for _ in range(3)) < 0.1  # so that a busy machine does not count
