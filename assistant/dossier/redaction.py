"""Texts taken out of a frozen dossier: whole, or the words that were named. Pure.

What was typed is found by where it stands, so that no question, choice or id is ever changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from assistant.dossier.model import canonical, fingerprint
from assistant.trees.model import Language
from assistant.words import Catalogue, word

PERSONAL, CONFIDENTIAL = "personal", "confidential"
KINDS: Final = (PERSONAL, CONFIDENTIAL)
SHORTEST: Final = 3  # characters of a word to take out: shorter ones stand everywhere
MOST_WORDS: Final = 20
MARKERS: Final[Catalogue] = {
    PERSONAL: ("[weggelaten: persoonsgegevens]", "[left out: personal data]"),
    CONFIDENTIAL: ("[weggelaten: vertrouwelijk]", "[left out: confidential]"),
}
Where = Literal["project", "hand_in", "ending", "alternative", "answer"]
_LINES: Final = ("motivation", "not_applicable", "owner")
_SHOWN: Final = (*_LINES, "lines", "rows", "other_views", "view", "reason")
_OF_VALUE: Final = ("value", "lines", "rows")
_NOT_TYPED: Final = ("id", "due", "confirmed_in")
_PROJECT: Final = ("title", "organisation")
_HAND_IN: Final = ("note", "decider", "by")


@dataclass(frozen=True, slots=True)
class TypedText:
    """A text that somebody typed. `about`: a question's id, a signal's id, or a field; `ask`: what it answers."""

    key: str
    where: Where
    about: str
    text: str = field(repr=False)
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """What is taken out: texts by key, words wherever somebody typed them, and as what."""

    kind: str
    texts: frozenset[str] = frozenset()
    words: tuple[str, ...] = field(default=(), repr=False)

    def without(self, text: str, marker: str) -> str:
        """A text without the words."""
        for one in self.words:
            text = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", lambda _: marker, text, flags=re.IGNORECASE)
        return text


@dataclass(frozen=True, slots=True)
class Taken:
    """A text before and after."""

    typed: TypedText
    after: str = field(repr=False)


def list_texts(body: bytes) -> list[TypedText]:
    """Every text of a frozen dossier that somebody typed, in reading order."""
    return list(_texts(json.loads(body)))


def list_taken(body: bytes, cut: Cut) -> list[Taken]:
    """The texts that would read differently."""
    marker = marker_of(cut.kind, json.loads(body)["language"])
    found = []
    for one in list_texts(body):
        after = marker if one.key in cut.texts else cut.without(one.text, marker)
        if after != one.text:
            found.append(Taken(one, after))
    return found


def redact(body: bytes, cut: Cut) -> bytes:
    """The bytes without those texts; everything else as it was."""
    data, taken = json.loads(body), list_taken(body, cut)
    marker = marker_of(cut.kind, data["language"])
    by_question: dict[str, dict[str, str]] = {}
    for one in taken:
        if one.typed.where == "answer":
            by_question.setdefault(one.typed.about, {})[one.typed.text] = one.after
    for question, texts in by_question.items():
        _redact_question(data, question, texts, marker)
    for one in taken:
        if one.typed.where != "answer":
            _redact_beside(data, one)
    data["answers_hash"] = fingerprint(data["answers"])
    return canonical(data)


def marker_of(kind: str, language: Language) -> str:
    """What stands in the place of a text."""
    return word(MARKERS, kind, language)


def swap(value: Any, texts: Mapping[str, str]) -> Any:
    """An answer's value as a file writes it, with these whole texts replaced; ids of rows are left."""
    if isinstance(value, str):
        return texts.get(value, value)
    if isinstance(value, list):
        return [swap(one, texts) for one in value]
    if isinstance(value, dict):
        return {name: one if name in _NOT_TYPED else swap(one, texts) for name, one in value.items()}
    return value


def _texts(data: Mapping[str, Any]) -> Iterator[TypedText]:
    yield from _beside("project", data["project"], _PROJECT)
    if data.get("hand_in"):
        yield from _beside("hand_in", data["hand_in"], _HAND_IN)
    for theme in data["themes"]:
        for answer in theme["answers"]:
            raw = data["answers"].get(answer["question"], {})
            for number, text in enumerate(dict.fromkeys(_typed_in(answer, raw))):
                key = f"answer/{answer['question']}/{number}"
                yield TypedText(key, "answer", answer["question"], text, answer["ask"])
    for signal in data["signals"]:
        ending = signal.get("ending") or {}
        if ending.get("reason"):
            yield TypedText(f"ending/{signal['id']}", "ending", signal["id"], ending["reason"], signal["says"])
    if data.get("alternatives"):
        yield from _weighed(data["alternatives"])


def _weighed(weighed: Mapping[str, Any]) -> Iterator[TypedText]:
    """Why this one was chosen, what the others are called, and what somebody typed there."""
    yield from _beside("alternative", weighed, ("reason",))
    for number, one in enumerate(weighed["laid_aside"]):
        if one.get("title"):
            yield TypedText(f"alternative/{number}", "alternative", f"{number}", one["title"], one["number"])
        for each in one.get("differing", ()):
            if each["typed"]:
                about = f"{number}/{each['question']}"
                yield TypedText(f"alternative/{about}", "alternative", about, each["theirs"], each["ask"])


def _beside(where: Where, fields: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[TypedText]:
    for name in names:
        if fields.get(name):
            yield TypedText(f"{where}/{name}", where, name, fields[name])


def _typed_in(answer: Mapping[str, Any], raw: Any) -> Iterator[str]:
    """What was typed stands in the answer as it is shown; a choice stands there in other words than its id."""
    yield from _typed_values(answer, raw)
    yield from (answer[name] for name in _LINES if answer[name])
    yield from answer["other_views"]


def _typed_values(answer: Mapping[str, Any], raw: Any) -> Iterator[str]:
    value = raw.get("value") if isinstance(raw, dict) else raw
    shown = {*answer["lines"], *(cell for row in answer.get("rows", ()) for cell in row)}
    yield from (text for text in _leaves(value) if text in shown)


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _leaves(one)


def _redact_question(data: dict[str, Any], question: str, texts: Mapping[str, str], marker: str) -> None:
    """Wherever the dossier repeats what was said to a question. A reason in one short line says the marker alone.

    A choice stays as it is, also where somebody explained it in its own words.
    """
    raw = data["answers"][question]
    entries = [one for theme in data["themes"] for one in theme["answers"] if one["question"] == question]
    values = {text: texts[text] for one in entries for text in _typed_values(one, raw) if text in texts}
    data["answers"][question] = _swap_parts(raw, texts, values) if isinstance(raw, dict) else swap(raw, values)
    entries += [one for name in ("open_points", "other_views", "set_aside") for one in data[name]]
    for entry in (one for one in entries if one["question"] == question):
        entry |= _swap_parts({name: entry[name] for name in _SHOWN if name in entry}, texts, values)
        if entry.get("rows"):
            entry["lines"] = [_within(line, values) for line in entry["lines"]]
    for signal in data["signals"]:
        for reason in signal["because"]:
            if reason["question"] == question:
                reason["answer"] = marker
    for each in _differing(data):
        if each["question"] == question:
            each["ours"] = marker


def _differing(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one in (data.get("alternatives") or {}).get("laid_aside", ()):
        yield from one.get("differing", ())


def _swap_parts(parts: Mapping[str, Any], texts: Mapping[str, str], values: Mapping[str, str]) -> dict[str, Any]:
    return {
        name: one if name in _NOT_TYPED else swap(one, values if name in _OF_VALUE else texts)
        for name, one in parts.items()
    }


def _within(line: str, texts: Mapping[str, str]) -> str:
    """A line that holds the cells of a row, the longest replaced first."""
    for text in sorted(texts, key=len, reverse=True):
        line = line.replace(text, texts[text])
    return line


def _redact_beside(data: dict[str, Any], taken: Taken) -> None:
    typed = taken.typed
    if typed.where == "ending":
        for signal in data["signals"]:
            if signal["id"] == typed.about:
                ending = signal["ending"]
                ending["in_words"] = ending["in_words"].replace(typed.text, taken.after)
                ending["reason"] = taken.after
        return
    if typed.where == "alternative":
        _redact_alternative(data["alternatives"], typed.about, taken.after)
        return
    data[typed.where][typed.about] = taken.after
    if typed.where == "hand_in":
        lines = data["hand_in"]["in_words"]
        data["hand_in"]["in_words"] = [line.replace(typed.text, taken.after) for line in lines]


def _redact_alternative(weighed: dict[str, Any], about: str, after: str) -> None:
    """`about`: the reason, an alternative by its place, or a question of one."""
    if about == "reason":
        weighed["reason"] = after
        return
    number, _slash, question = about.partition("/")
    one = weighed["laid_aside"][int(number)]
    if not question:
        one["title"] = after
    for each in one.get("differing", ()):
        if each["question"] == question:
            each["theirs"] = after
