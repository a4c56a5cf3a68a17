"""A dossier with something of people in every place where there can be something, and an example made of it."""

from __future__ import annotations

from datetime import date
from functools import cache

from assistant.answers_file import read_answers
from assistant.dossier import Dossier, ProjectFacts, build_dossier
from assistant.sharing.build import build_example
from assistant.sharing.draft import Along, Draft, fingerprint
from assistant.sharing.model import Example
from assistant.sharing.origin import Advised, Origin
from assistant.trees.load import shipped_edition, shipped_folder
from assistant.trees.model import Language

KEY = "4f6c1f5e-0000-4000-8000-00000000000a"
HEAVY, LIGHT = "early-school-leaving", "library-visits-by-district"


@cache
def made(name: str = HEAVY, language: Language = "nl") -> Dossier:
    """A shipped scenario for the public."""
    file = f"{name}.yaml"
    read = read_answers((shipped_folder() / "scenarios" / file).read_bytes(), file, shipped_edition())
    facts = ProjectFacts(read.title, read.organisation, "2026-014", 3)
    day = date(2026, 11, 21)
    return build_dossier(
        shipped_edition(), read.answers, facts, day, language, open_by_hand=read.trees, audience="public"
    )


def origin(name: str = HEAVY, language: Language = "nl") -> Origin:
    advised = Advised("do_not", "Zo kan het niet.", ("Laat het gezin erbuiten.",))
    return Origin(made(name, language), shipped_edition(), "2026-11", advised, "stop", "Te zwaar.")


def with_all(source: Origin, **own: str) -> Draft:
    """Every typed text goes along as it is."""
    texts = {key: Along(text=one.text, of=fingerprint(one.text)) for key, one in source.texts.items()}
    return Draft(texts=texts, **own)


def example(draft: Draft | None = None, issue: int = 1, language: Language = "nl", name: str = HEAVY) -> Example:
    return build_example(origin(name, language), draft or Draft(title="Een titel"), KEY, issue)
