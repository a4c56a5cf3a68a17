"""Dossiers and their drafts, and a way to see that nothing in a draft was made up."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from assistant.answers_file import read_answers
from assistant.dossier import Dossier, ProjectFacts, build_dossier
from assistant.dossier.model import ThemeEntry
from assistant.onward.model import Draft, Register
from assistant.onward.register import build_register
from assistant.onward.words import ADVICES, DECISIONS, PROBLEMS, WORDS
from assistant.trees.load import shipped_edition, shipped_onward
from assistant.trees.model import Language

from ..exports.samples import SCENARIOS, TODAY, dossier_of

LANGUAGES: Final[tuple[Language, ...]] = ("nl", "en")
EDITION, MAPPING = shipped_edition(), shipped_onward()
SCHOOL = SCENARIOS / "early-school-leaving.yaml"
ALL = sorted(path.stem for path in SCENARIOS.glob("*.yaml"))


def scenario(name: str, language: Language | None = None) -> Dossier:
    return dossier_of(SCENARIOS / f"{name}.yaml", language)


def school() -> Dossier:
    return dossier_of(SCHOOL)


def with_answers(language: Language = "nl", title: str = "Naam", **said: Any) -> Dossier:
    """A dossier with these answers alone, as an answers file writes them."""
    raw = json.dumps({"format": 1, "project": {"title": title}, "answers": said})
    read = read_answers(raw.encode(), "answers.yaml", EDITION)
    return build_dossier(EDITION, read.answers, ProjectFacts(title), TODAY, language)


def register(dossier: Dossier, typed_in: Language = "nl") -> Register:
    return build_register(MAPPING, dossier, EDITION, typed_in)


def texts_of(part: Any) -> Iterator[str]:
    """Every text in it, however deep."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from texts_of(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from texts_of(value)


def with_canary(dossier: Dossier) -> Dossier:
    """The same with a word that must not get out: as another view, as who finds out, and by when."""
    left = {"owner": "kanarie", "due": "kanarie", "other_views": ("kanarie",)}

    def marked(theme: ThemeEntry) -> ThemeEntry:
        return theme.model_copy(update={"answers": tuple(one.model_copy(update=left) for one in theme.answers)})

    return dossier.model_copy(update={"themes": tuple(map(marked, dossier.themes))})


def known_texts(dossier: Dossier) -> set[str]:
    """What may stand in a draft: the dossier's own texts, the mapping's, and fixed words; the gaps of forms apart."""
    fixed = [text for words in (WORDS, ADVICES, DECISIONS, PROBLEMS) for pair in words.values() for text in pair]
    parts = [piece for text in fixed for piece in re.split(r"\{\w+\}", text)]
    texts = [*texts_of(dossier.model_dump()), *dossier.words.values(), *texts_of(MAPPING.model_dump()), *parts]
    return {" ".join(text.split()) for text in texts}


def made_up(text: str, known: set[str]) -> str:
    """What is left of a text without what is known, longest first: nothing but punctuation if all is."""
    rest = " ".join(text.split())
    if rest in known:
        return ""
    for one in sorted((one for one in known if len(one) > 3 and one in rest), key=len, reverse=True):
        rest = rest.replace(one, " ")
    return " ".join(token for token in re.findall(r"\w+", rest) if token not in known)


def said_texts(draft: Draft) -> list[str]:
    """Every text that the sections say."""
    return [text for section in draft.sections for said in section.says for text in texts_of(said.model_dump())]
