"""The library that the package brings: a light and a heavy example, and the practice cases. Data, no rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from assistant.answers import Answer, read_answer
from assistant.dossier import ProjectFacts, build_dossier
from assistant.dossier.model import Named
from assistant.sharing.build import build_example
from assistant.sharing.draft import Draft
from assistant.sharing.model import Example
from assistant.sharing.origin import Advised, Origin
from assistant.trees.cases import Case
from assistant.trees.edition import Edition
from assistant.trees.load import shipped_edition, shipped_playbook, shipped_shelf
from assistant.trees.model import Language
from assistant.trees.shelf import FIELD_QUESTION, Shelf, Story

TOWN: Final = "Oeverland"  # does not exist, so it can be named


@cache
def shipped_examples(language: Language) -> Mapping[str, Example]:
    """Every one by its name in an address. Built on the edition of the package, made once a language."""
    shelf, edition = shipped_shelf(), shipped_edition()
    stories = {f"example-{one.scenario}": _of_story(one, shelf, edition, language) for one in shelf.stories}
    cases = {f"case-{one.case}": _of_case(one, shelf, edition, language) for one in shipped_playbook().cases}
    return {**stories, **cases}


def find_case(name: str) -> Case | None:
    """The practice case with this name in an address."""
    return shipped_playbook().case_ids.get(name.removeprefix("case-")) if name.startswith("case-") else None


def _of_story(story: Story, shelf: Shelf, edition: Edition, language: Language) -> Example:
    """A whole dossier; what was typed in it stays out here too, as in every example."""
    origin = _origin(shelf, edition, story.answers, story.trees, language)
    advised = Advised(story.advice, story.motivation[language])
    origin = Origin(origin.made, edition, origin.month, advised, story.became)
    draft = Draft(title=story.title[language], about=story.about[language], learned=story.learned[language])
    example = build_example(origin, draft, _key(f"scenario:{story.scenario}"), 1)
    advice = example.advice and example.advice.model_copy(update={"motivation": story.motivation[language]})
    return example.model_copy(update={"municipality": TOWN, "advice": advice})


def _of_case(case: Case, shelf: Shelf, edition: Edition, language: Language) -> Example:
    """A story to talk about: it has the answers that it tells, no outcome and no advice."""
    facts = "\n".join(f"- {fact[language]}" for fact in case.facts)
    sources = (edition.references[key] for key in case.lessons)
    draft = Draft(
        title=case.title[language],
        about=f"{case.story[language]}\n\n{facts}",
        learned="\n".join(f"- {one.says[language]} ({one.title[language]})" for one in sources),
    )
    origin = _origin(shelf, edition, case.answers, (), language)
    example = build_example(origin, draft, _key(f"case:{case.case}"), 1)
    field = shelf.fields.get(case.domain)
    labels = {one.id: one.label[language] for one in edition.questions[FIELD_QUESTION].options}
    named = Named(id=field, says=labels[field]) if field else None
    return example.model_copy(update={"municipality": TOWN, "outcome": None, "explains": "", "field": named})


def _origin(
    shelf: Shelf, edition: Edition, said: Mapping[str, Any], trees: tuple[str, ...], language: Language
) -> Origin:
    answers: dict[str, Answer] = {id: read_answer(edition.questions[id], raw)[0] for id, raw in said.items()}
    day = date.fromisoformat(shelf.on)
    made = build_dossier(edition, answers, ProjectFacts("", TOWN), day, language, open_by_hand=trees, audience="public")
    return Origin(made, edition, shelf.on[:7])


def _key(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"urn:ethical-review-assistant:example:{name}"))
