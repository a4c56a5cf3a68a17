"""Words as they are searched, queries read into terms, and what was found marked in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.search_terms import MOST_TERMS, Term, count_found, extract, read_query, words_in

anything = st.text(max_size=80)


def one(*words: str) -> Term:
    return Term(words)


def begin(*words: str) -> Term:
    return Term(words, is_prefix=True)


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("", ()),
        ('  "" - ** ', ()),
        ("jeugd", (begin("jeugd"),)),
        ("Jeugd ZORG", (one("jeugd"), begin("zorg"))),
        ('"jeugd zorg"', (one("jeugd", "zorg"),)),
        ('"jeugd zorg" wij', (one("jeugd", "zorg"), begin("wij"))),
        ('wij "jeugd zorg"', (one("wij"), one("jeugd", "zorg"))),
        ('"nooit dicht', (one("nooit"), begin("dicht"))),
        ("2026-014", (begin("2026", "014"),)),
        ("één Café", (one("een"), begin("cafe"))),
        ("NEAR(a b) OR c* AND -d", (one("near", "a"), one("b"), one("or"), one("c"), one("and"), begin("d"))),
        ("jeugd jeugd x", (one("jeugd"), begin("x"))),
    ],
)
def test_a_query_is_read(typed: str, terms: tuple[Term, ...]) -> None:
    assert read_query(typed) == terms


@given(anything)
def test_no_query_is_wrong(typed: str) -> None:
    terms = read_query(typed)
    assert len(terms) <= MOST_TERMS
    assert all(word.isalnum() for term in terms for word in term.words)


@given(anything, st.lists(st.sampled_from(["jeugd", "zorg", "é"]), max_size=4).map(" ".join))
def test_an_extract_says_what_the_text_says(text: str, query: str) -> None:
    whole = f"{text} Jeugd zorg {text}"
    pieces = extract(whole, read_query(query), room=500)
    assert "".join(piece for piece, _ in pieces).strip("… ") in whole
    assert all(words_in(piece) for piece, is_mark in pieces if is_mark)


def test_what_was_found_is_marked_accents_or_not() -> None:
    text = "Wij kijken in het cafe\u0301 naar jeugdhulp; Jeugd en zorg."
    marked = [piece for piece, is_mark in extract(text, read_query('café "jeugd en" jeugd')) if is_mark]
    assert marked == ["cafe\u0301", "jeugdhulp", "Jeugd en"]


def test_a_long_text_is_cut_around_the_first_find() -> None:
    pieces = extract("woord " * 100 + "zeldzaam " + "woord " * 100, read_query("zeldzaam"), room=60)
    assert pieces[0] == ("… ", False)
    assert ("zeldzaam", True) in pieces
    assert pieces[-1] == (" …", False)
    assert sum(len(piece) for piece, _ in pieces) < 100


def test_a_text_without_a_find_begins_where_it_begins() -> None:
    assert extract("Niets hier", read_query("elders")) == (("Niets hier", False),)


def test_counting_finds() -> None:
    assert count_found("Jeugdhulp per buurt", read_query('"per buurt" jeugd')) == 2
    assert count_found("Jeugdhulp per buurt", read_query('jeugd "per buurt"')) == 1  # only the last word may go on
