"""The language of trees, cases and screens stays plain: gates with limits, and exceptions that give a reason."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from assistant.trees.model import LANGUAGES, Language
from assistant.trees.yaml import read_yaml

from .texts import Said, all_texts, length

CORPORA = Path(__file__).parent / "corpora"
MEND = "Write it plainer; or add an exception with a reason to tests/corpora/language_exceptions.yaml."

MEAN, LONGEST = 12, 20  # words in a sentence
# One sentence by design, so there is nothing to split: why a question is asked, and what a law says.
WIDER: Final = {"why": (14, 20), "source says": (18, 26)}
PASSIVES: Final[dict[Language, float]] = {"nl": 0.10, "en": 0.25}  # of the sentences of one kind
FEW = 4  # passive sentences that any kind may have
MOST_HARD_WORDS = 300
NAMES = ("source title",)  # the official names of laws, which are what they are

_AFTER = r"(?:\W+\w+){0,8}?\W+(?:\w*ge|be|ver|ont|her)\w{2,}(?:d|t|en)\b"
_BEFORE = r"\b(?:ge|be|ver|ont|her)\w{2,}(?:d|t|en)\W+"
PASSIVE: Final[dict[Language, re.Pattern[str]]] = {
    "nl": re.compile(rf"\b(?:wordt|worden|werd|werden)\b{_AFTER}|{_BEFORE}(?:wordt|worden|werd|werden)\b", re.I),
    "en": re.compile(
        r"\b(?:is|are|was|were|be|been|being)\b(?:\W+(?:not|also|often|still|\w+ly))?\W+"
        r"(?:\w{2,}ed|made|given|taken|shown|kept|told|seen|done|used|known|held|sent|found|chosen|built|written)\b",
        re.I,
    ),
}
ABBREVIATION = re.compile(r"\b(?:[A-Z][A-Z0-9]{1,5}|Awb|Pw|Wgs|Wlz|Wmo|Woo)\b")
CODE = re.compile(r"\b[A-Z]{2,3}\d\d\b")  # of a question
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


@dataclass(frozen=True)
class Finding:
    """What a gate holds against one text."""

    gate: str
    language: Language
    place: str
    reason: str


Gate = Callable[[Said, Language], Iterator[str]]


@cache
def texts() -> tuple[Said, ...]:
    return tuple(all_texts())


def load(name: str) -> Any:
    read = read_yaml((CORPORA / name).read_bytes(), name)
    assert not read.faults
    return read.data


HARD_WORDS: Final[dict[Language, dict[str, str]]] = load("hard_words.yaml")
ABBREVIATIONS: Final[dict[Language, dict[str, Any]]] = load("abbreviations.yaml")
EXCEPTIONS: Final[list[dict[str, str]]] = load("language_exceptions.yaml") or []


def long_sentences(text: Said, language: Language) -> Iterator[str]:
    most = WIDER.get(text.kind, (MEAN, LONGEST))[1]
    for sentence in text.sentences(language):
        if length(sentence) > most:
            yield f"{length(sentence)} words: {sentence}"


def hard_words(text: Said, language: Language) -> Iterator[str]:
    if text.kind not in NAMES:
        for word in re.findall(r"[a-zà-ÿ]+", text[language].lower()):
            if word in HARD_WORDS[language]:
                yield f"'{word}'; plainer: {HARD_WORDS[language][word]}"


def untranslated(text: Said, language: Language) -> Iterator[str]:
    if language == "en" and text.nl == text.en:
        yield f"the same in both languages: {text.nl}"


def unequal_placeholders(text: Said, language: Language) -> Iterator[str]:
    if language == "en" and sorted(PLACEHOLDER.findall(text.nl)) != sorted(PLACEHOLDER.findall(text.en)):
        yield f"{PLACEHOLDER.findall(text.nl)} against {PLACEHOLDER.findall(text.en)}"


def home(text: Said) -> str:
    """The question with its choices, the signal, the source or the screen that a text belongs to."""
    if text.kind in ("screen", "fixed words"):
        return text.place
    return "/".join(text.place.split("/")[:-1][:3])


@cache
def together(language: Language) -> dict[str, str]:
    """What stands together on a page, by its home; a tree's id is the home of its title and first words."""
    found: dict[str, list[str]] = defaultdict(list)
    for text in texts():
        found[home(text)].append(text[language])
    return {place: " ".join(" ".join(said).split()).casefold() for place, said in found.items()}


def unexplained_abbreviations(text: Said, language: Language) -> Iterator[str]:
    if text.kind in NAMES:
        return
    tree = text.place.partition("/")[0]
    around = together(language).get(home(text), "") + together(language).get(tree, "")
    for short in dict.fromkeys(ABBREVIATION.findall(CODE.sub("", text[language]))):
        entry = ABBREVIATIONS[language].get(short)
        if entry is None:
            yield f"'{short}' is in no list: explain it, then add it to tests/corpora/abbreviations.yaml"
        elif "known" not in entry and text.kind not in entry.get("known_in", ()):
            if not any(words.casefold() in around for words in entry["explained"]):
                yield f"'{short}' without one of: {', '.join(entry['explained'])}"


GATES: Final[dict[str, Gate]] = {
    "long_sentences": long_sentences,
    "hard_words": hard_words,
    "untranslated": untranslated,
    "unequal_placeholders": unequal_placeholders,
    "unexplained_abbreviations": unexplained_abbreviations,
}


@cache
def findings(gate: str) -> tuple[Finding, ...]:
    return tuple(
        Finding(gate, language, text.place, reason)
        for text in texts()
        for language in LANGUAGES
        for reason in GATES[gate](text, language)
    )


def lets_through(exception: dict[str, str], finding: Finding) -> bool:
    place = exception["place"]
    fits = finding.place.startswith(place[:-1]) if place.endswith("*") else finding.place == place
    languages = exception.get("languages", " ".join(LANGUAGES)).split()
    return fits and exception["gate"] == finding.gate and finding.language in languages


@pytest.mark.parametrize("gate", list(GATES))
def test_no_text_stops_at_a_gate(gate: str) -> None:
    held = [f for f in findings(gate) if not any(lets_through(exception, f) for exception in EXCEPTIONS)]
    assert not held, "\n".join([MEND, *(f"{f.language} {f.place}: {f.reason}" for f in held)])


@pytest.mark.parametrize("exception", EXCEPTIONS, ids=lambda one: f"{one['gate']} {one['place']}")
def test_an_exception_gives_a_reason_and_is_needed(exception: dict[str, str]) -> None:
    assert len(exception["reason"]) >= 20
    assert any(lets_through(exception, finding) for finding in findings(exception["gate"])), "Take it away."


def sentences(kind: str, language: Language) -> list[str]:
    return [sentence for text in texts() if text.kind == kind for sentence in text.sentences(language)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted({text.kind for text in texts()}))
def test_sentences_of_a_kind_are_short_and_active(kind: str, language: Language) -> None:
    said = sentences(kind, language)
    mean = sum(map(length, said)) / len(said)
    assert mean <= WIDER.get(kind, (MEAN, LONGEST))[0], f"{kind}: {mean:.1f} words a sentence"
    passive = [sentence for sentence in said if PASSIVE[language].search(sentence)]
    most = max(FEW, PASSIVES[language] * len(said))
    assert len(passive) <= most, "\n".join([f"{kind}: {len(passive)} of {len(said)} say who undergoes it", *passive])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_hard_word_has_a_plainer_one(language: Language) -> None:
    words = HARD_WORDS[language]
    assert sum(map(len, HARD_WORDS.values())) <= MOST_HARD_WORDS
    for word, plainer in words.items():
        assert re.fullmatch(r"[a-zà-ÿ]+", word), word
        assert plainer, word
        assert not set(re.findall(r"[a-zà-ÿ]+", plainer)) & set(words), f"{word}: {plainer} is hard too"


@pytest.mark.parametrize(
    ("gate", "nl", "en"),
    [
        ("long_sentences", "Kort. " + "woord " * 21, "Short."),
        ("hard_words", "Doe dit derhalve niet.", "So do not."),
        ("untranslated", "Hallo daar", "Hallo daar"),
        ("unequal_placeholders", "Nog {n} te gaan", "Still to go"),
        ("unexplained_abbreviations", "Vraag de XYZ.", "Ask them."),
    ],
)
def test_a_gate_stops_what_it_is_for(gate: str, nl: str, en: str) -> None:
    bad = Said("action", "somewhere/else", nl, en)
    assert [reason for language in LANGUAGES for reason in GATES[gate](bad, language)]


@pytest.mark.parametrize(
    ("language", "sentence", "passive"),
    [
        ("nl", "De gegevens worden door het bureau gebruikt.", True),
        ("nl", "Als er iets besloten wordt, hoort iemand dat.", True),
        ("nl", "Het bureau gebruikt de gegevens.", False),
        ("nl", "De groep wordt kleiner.", False),
        ("en", "The data are used by the agency.", True),
        ("en", "The agency uses the data.", False),
    ],
)
def test_passives_are_seen(language: Language, sentence: str, passive: bool) -> None:
    assert bool(PASSIVE[language].search(sentence)) is passive
