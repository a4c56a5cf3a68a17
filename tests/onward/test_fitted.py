"""Texts made to fit the register: never longer than a field, cut between words, and never markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.onward.fitted import as_html, as_plain, blocks_of, cut, cut_text, length

from ..exports.payloads import PAYLOADS
from ..strategies import texts
from .standard import TAGS, read_html


@given(texts(), st.integers(min_value=0, max_value=300))
def test_what_is_cut_fits_and_begins_the_same(text: str, most: int) -> None:
    made = cut_text(text, most)
    assert len(made) <= most
    assert made == text if len(text) <= most else text.startswith(made.removesuffix(" …"))


@given(texts(), st.integers(min_value=0, max_value=300))
def test_blocks_that_are_cut_fit_as_the_register_counts(text: str, most: int) -> None:
    made = cut(blocks_of(text), most)
    assert length(made) <= most
    tags, nodes = read_html(as_html(made))
    assert set(tags) <= TAGS
    assert len(" ".join(nodes)) <= most
    if length(blocks_of(text)) <= most:
        assert made == blocks_of(text)


def test_it_is_cut_between_words() -> None:
    assert cut_text("een twee drie vier", 12) == "een twee …"
    assert as_html(cut(blocks_of("een twee\n\n- drie\n- vier vijf"), 18)) == "<p>een twee</p><ul><li>drie</li></ul>"
    assert cut_text("een", 1) == ""


@pytest.mark.parametrize("text", [*PAYLOADS, "a < b && c &lt; d &#60; e"])
def test_what_was_typed_stays_text(text: str) -> None:
    tags, nodes = read_html(as_html(blocks_of(text)))
    assert set(tags) <= TAGS
    assert "".join(" ".join(nodes).split()) == "".join(text.removeprefix("- ").split())
    plain_tags, plain_nodes = read_html(as_plain(text))
    assert (plain_tags, "".join(plain_nodes)) == ([], as_plain(text))


@given(texts())
def test_a_plain_text_is_read_as_it_is(text: str) -> None:
    tags, nodes = read_html(as_plain(text))
    assert (tags, "".join(nodes)) == ([], as_plain(text))
    assert as_plain(text).replace(" ", "") == "".join(text.split())
