"""Typed text as paragraphs and lists: what every format draws."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.plain_text import Block, Bullets, Paragraph, blocks


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


@given(st.text(st.sampled_from("ab -\n\r\t#*")))
def test_no_word_is_lost_or_made_up(text: str) -> None:
    said = "".join("".join(b.items if isinstance(b, Bullets) else b.lines) for b in blocks(text))
    assert [c for c in said if c in "ab#*"] == [c for c in text if c in "ab#*"]


@pytest.mark.parametrize("text", ["- x\n" * 5_000, "x\n\n" * 6_666, "-" * 20_000, " " * 20_000, "\n" * 20_000])
def test_twenty_thousand_hostile_characters_take_less_than_a_tenth_of_a_second(text: str) -> None:
    started = time.perf_counter()
    blocks(text)
    assert time.perf_counter() - started < 0.1
