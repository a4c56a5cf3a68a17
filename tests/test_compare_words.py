"""What changed in a text: word by word, whole both ways, and in time whatever was typed."""

from __future__ import annotations

import time
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import MAX_TEXT
from assistant.compare import Line, Span
from assistant.compare.model import SpanKind
from assistant.compare.words import changed_lines, changed_words

from .strategies import texts


def drawn(line: Line) -> str:
    signs = {"same": "{}", "removed": "[-{}-]", "added": "[+{}+]"}
    return "".join(signs[span.kind].format(span.text) for span in line)


def before_of(line: Line) -> str | None:
    """How the line read; None where it was not there."""
    kept = [span.text for span in line if span.kind != "added"]
    return "".join(kept) if kept else None


def after_of(line: Line) -> str | None:
    return before_of(turned(line))


def turned(line: Line) -> Line:
    other: dict[SpanKind, SpanKind] = {"same": "same", "removed": "added", "added": "removed"}
    return tuple(Span(other[span.kind], span.text) for span in line)


def came(lines: Iterable[Line]) -> list[str]:
    return [span.text for line in lines for span in line if span.kind == "added"]


WORDS = st.lists(st.sampled_from(["de", "het", "gegevens", "mentor", "kiest", ",", ".", "\n", "-", "é", "🙂", "a"]))
typed = st.one_of(texts(), WORDS.map(" ".join), WORDS.map("".join))


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and what somebody made of it; or two texts that have nothing to do with each other."""
    words = draw(WORDS)
    at, to = sorted(draw(st.tuples(*[st.integers(0, len(words))] * 2)))
    return " ".join(words), draw(st.one_of(typed, st.just(" ".join([*words[:at], *draw(WORDS), *words[to:]]))))


@given(edited())
def test_both_texts_can_be_read_back_from_the_words(pair: tuple[str, str]) -> None:
    before, after = pair
    line = changed_words(before, after)
    assert (before_of(line) or "") == before
    assert (after_of(line) or "") == after


@given(edited())
def test_the_other_way_round_what_came_is_what_went(pair: tuple[str, str]) -> None:
    before, after = pair
    there, back = changed_words(before, after), changed_words(after, before)
    for kind in ("same", "added", "removed"):
        assert [s.text for s in there if s.kind == kind] == [s.text for s in turned(back) if s.kind == kind]


@given(st.lists(typed, max_size=5), st.lists(typed, max_size=5), st.permutations(range(5)))
def test_every_line_can_be_read_back(before: list[str], new: list[str], order: list[int]) -> None:
    after = [[*before, *new][at] for at in order if at < len(before) + len(new)]
    lines = list(changed_lines(before, after))
    assert [text for text in map(before_of, lines) if text is not None] == before
    assert [text for text in map(after_of, lines) if text is not None] == after
    assert came(lines) == came(map(turned, changed_lines(after, before)))


@given(typed)
def test_a_text_that_stayed_is_one_stretch(text: str) -> None:
    assert changed_words(text, text) == (Span("same", text),)


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("Alleen onze gegevens.", "Onze gegevens.", "[-Alleen onze-][+Onze+] gegevens."),
        ("Wij hebben onze bron.", "Wij hebben de bron van het CBS.", "Wij hebben [-onze-][+de+] bron[+ van het CBS+]."),
        ("De mentor belt.", "De mentor belt, en schrijft.", "De mentor belt[+, en schrijft+]."),
        ("Ja", "Nee", "[-Ja-][+Nee+]"),
        ("Wij delen gegevens", "Wij delen geen gegevens", "Wij delen [+geen +]gegevens"),
        ("Twee jaar.\nDan niet meer.", "Twee jaar.\n\nDan niet meer.", "Twee jaar.[-\n-][+\n\n+]Dan niet meer."),
        ("Cafe\u0301 dicht", "Cafe dicht", "[-Cafe\u0301-][+Cafe+] dicht"),
        ("Een kort en oud antwoord.", "Heel anders gezegd, en langer dan eerst.", None),
        ("", "Nieuw", "[+Nieuw+]"),
        ("Het is een, twee keer.", "Het is drie, vier keer.", "Het is [-een, twee-][+drie, vier+] keer."),
        ("De lijst gaat weg.", "De lijst gaat weg. Altijd.", "De lijst gaat weg.[+ Altijd.+]"),
        (
            "Wij bewaren het een jaar, want dat staat in de selectielijst.",
            "Wij bewaren de uitkomst zes maanden. De jurist heeft dat gevraagd, want langer is niet nodig.",
            None,
        ),
    ],
)
def test_words_are_marked_as_a_person_would(before: str, after: str, line: str | None) -> None:
    assert drawn(changed_words(before, after)) == (line or f"[-{before}-][+{after}+]")


def hostile() -> dict[str, tuple[str, str]]:
    """Texts that make a usual comparison slow, cut off at what may be typed."""
    many = range(MAX_TEXT // 4)
    signs = range(0x4E00, 0x9F00)  # Chinese: a word each
    pairs = {
        "every other word": (" ".join(f"x u{n}" for n in many), " ".join(f"x v{n}" for n in many)),
        "the same word": ("x " * MAX_TEXT, "x " * (MAX_TEXT // 3) + "y " * MAX_TEXT),
        "a chain": (
            "".join(f"{chr(n + 1)} {chr(n)} " for n in signs),
            "".join(f"{chr(n + 1)} , {chr(n)} " for n in signs),
        ),
        "backwards": (" ".join(map(str, many)), " ".join(map(str, reversed(many)))),
        "in turns": ("a b " * MAX_TEXT, "b a " * MAX_TEXT),
        "signs": ("(" * MAX_TEXT, ")(" * MAX_TEXT),
        "lines": ("- a\n" * MAX_TEXT, "\n- b" * MAX_TEXT),
    }
    return {name: (before[:MAX_TEXT], after[:MAX_TEXT]) for name, (before, after) in pairs.items()}


@pytest.mark.parametrize("shape", hostile())
def test_a_text_made_to_be_slow_is_not(shape: str) -> None:
    """Some tens of milliseconds; difflib takes minutes over the first."""
    before, after = hostile()[shape]
    began = time.process_time()
    line = changed_words(before, after)
    assert time.process_time() - began < 1
    assert (before_of(line), after_of(line)) == (before, after)


def test_words_are_found_deep_in_a_long_text() -> None:
    sentences = [f"Zin {n} gaat over thema {n % 7} en over de gegevens van dienst {n % 5}." for n in range(300)]
    before = " ".join(sentences)
    after = before.replace("thema 3 en", "thema 3 en ook").replace("Zin 250 ", "Zin 250a ")
    line = changed_words(before, after)
    assert {span.text.strip() for span in line if span.kind == "added"} == {"ook", "250a"}
    assert [span.text for span in line if span.kind == "removed"] == ["250"]
