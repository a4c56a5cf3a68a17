"""Every text that people read, in both languages: of trees, sources, cases and screens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from pydantic import BaseModel

from assistant import event_words, words
from assistant.mail import words as mail_words
from assistant.trees.load import case_files, load_edition, load_file, shipped_folder
from assistant.trees.model import LANGUAGES, Language, LongText, Text

ROOT = Path(__file__).parent.parent
DUTCH = ROOT / "assistant/web/translations/nl/LC_MESSAGES/messages.po"
WRITTEN_BY_MACHINE = re.compile(r"\*\*|`|^\s*[-*]\s+", re.MULTILINE)
# what ends a sentence, with what closes behind it; not the dot in "art. 5" or "3.100"
END = re.compile(r"(?<=[.?!])[”’\")]*\s+(?=[\W\d]*[A-ZÀ-Ý0-9“‘\"(])|\n\s*\n|\n(?=\s*[-*]\s)")
WORD = re.compile(r"[A-Za-zÀ-ÿ0-9][\w’'.%/-]*")


@dataclass(frozen=True)
class Said:
    """One text. `kind`: what it is for, such as why or action; `place`: where it stands."""

    kind: str
    place: str
    nl: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.nl if language == "nl" else self.en

    def sentences(self, language: Language) -> list[str]:
        """Its sentences, without Markdown."""
        plain = WRITTEN_BY_MACHINE.sub("", self[language])
        return [" ".join(part.split()) for part in END.split(plain) if part and part.strip()]


def length(sentence: str) -> int:
    """How many words it has."""
    return len(WORD.findall(sentence))


def all_texts() -> list[Said]:
    """Everything, in the order of the files."""
    return [*_of_trees(), *_of_cases(), *_of_screens(), *_of_catalogues()]


def _of_trees() -> Iterator[Said]:
    edition = load_edition(shipped_folder())
    for tree in edition.trees:
        yield from _of_part(tree, tree.id)
    for key, source in edition.references.items():
        yield from _of_part(source, f"references/{key}", prefix="source ")
    for id, threshold in edition.thresholds.items():
        yield Said("threshold", f"settings/{id}", threshold.says.nl, threshold.says.en)
    for id, function in edition.functions.items():
        yield Said("function", f"settings/{id}", function.nl, function.en)


def _of_cases() -> Iterator[Said]:
    for path in case_files(shipped_folder()):
        part = load_file(path).part
        assert part is not None, path
        yield from _of_part(part, f"cases/{path.name.removesuffix('.yaml')}", prefix="case ")


def _of_part(part: BaseModel, place: str, prefix: str = "") -> Iterator[Said]:
    """Every text in a part, named after the key it stands under and the id of what it belongs to."""
    for key in type(part).model_fields:
        yield from _of_value(getattr(part, key), key, place, prefix)


def _of_value(value: Any, key: str, place: str, prefix: str) -> Iterator[Said]:
    match value:
        case Text() | LongText():
            yield Said(prefix + key, f"{place}/{key}", value.nl, value.en)
        case BaseModel():
            id = getattr(value, "id", "")
            yield from _of_part(value, f"{place}/{id}" if isinstance(id, str) and id else place, prefix)
        case tuple():
            for number, one in enumerate(value):
                yield from _of_value(one, key, place if getattr(one, "id", "") else f"{place}/{key} {number}", prefix)
        case dict():
            for name, one in value.items():
                yield from _of_value(one, key, f"{place}/{name}", prefix)


def _of_screens() -> Iterator[Said]:
    with DUTCH.open("rb") as file:
        catalogue = read_po(file, locale="nl")
    for message in catalogue:
        if message.id:
            yield from _of_message(message.id, message.string)


def _of_message(id: str | Iterable[str], string: str | Iterable[str]) -> Iterator[Said]:
    english = [id] if isinstance(id, str) else list(id)
    dutch = [string] if isinstance(string, str) else list(string)
    for en, nl in zip(english, dutch, strict=True):
        yield Said("screen", f"screens/{en[:60]}", nl, en)


def _of_catalogues() -> Iterator[Said]:
    for name, catalogue in (vars(words) | vars(event_words) | vars(mail_words)).items():
        if name.isupper() and isinstance(catalogue, dict):
            for key, (nl, en) in catalogue.items():
                yield Said("fixed words", f"words/{name}/{key}", nl, en)


__all__ = ["LANGUAGES", "ROOT", "Said", "all_texts", "length"]
