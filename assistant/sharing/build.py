"""From a dossier and the owner's choices to an example. What nobody let through is not in it."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.display import written_month
from assistant.dossier.model import Named, SignalEntry
from assistant.onward.words import ADVICES, DECISIONS
from assistant.sharing.draft import Draft, fingerprint
from assistant.sharing.model import Advice, Became, Chapter, Example, Raised
from assistant.sharing.origin import Origin
from assistant.sharing.read import without_odd
from assistant.sharing.said import Let, tell, value_of
from assistant.sharing.words import WORDS
from assistant.steps import Mark
from assistant.trees.shelf import FIELD_QUESTION
from assistant.words import ENDINGS, word


def letter_through(origin: Origin, draft: Draft) -> Let:
    """Gives the text that goes along for a key, or nothing: not switched on, or what was typed there is another now."""

    def let(key: str) -> str:
        along, original = draft.texts.get(key), origin.texts.get(key)
        return along.text if along and original and along.of == fingerprint(original.text) else ""

    return let


def build_example(origin: Origin, draft: Draft, key: str, issue: int) -> Example:
    """The example as it would be given to others."""
    made, let, language = origin.made, letter_through(origin, draft), origin.made.language
    return Example(
        format=1,
        kind="example",
        key=key,
        issue=issue,
        language=language,
        title=draft.title or word(WORDS, "example", language),
        about=draft.about,
        learned=draft.learned,
        municipality=without_odd(made.project.organisation) if draft.is_named else "",
        month=origin.month,
        month_says=written_month(f"{origin.month}-01", language),
        phase=made.project.phase,
        field=_field(origin),
        outcome=Named(id=made.outcome.id, says=made.outcome.says),
        explains=made.outcome.explains,
        facts=made.facts,
        signals=tuple(_raised(one, origin) for one in made.signals if not one.superseded_by),
        themes=tuple(_chapters(origin, let)),
        advice=_advice(origin, let),
        became=_became(origin, let),
        edition=made.edition.hash,
        trees=made.edition.trees,
    )


def _field(origin: Origin) -> Named | None:
    """The field of work, in words; None when that question was not asked or answered."""
    value = value_of(origin.made.answers.get(FIELD_QUESTION))
    question = origin.edition.questions.get(FIELD_QUESTION)
    first = value[0] if isinstance(value, list) and value else value
    labels = {one.id: one.label[origin.made.language] for one in question.options} if question else {}
    return Named(id=first, says=labels[first]) if isinstance(first, str) and first in labels else None


def _raised(one: SignalEntry, origin: Origin) -> Raised:
    return Raised(
        id=one.id,
        level=one.level,
        level_says=one.level_says,
        is_possible=one.certainty == "possible",
        says=one.says,
        action=one.action,
        because=tuple(reason.ask for reason in one.because),
        ending=word(ENDINGS, one.ending.how, origin.made.language) if one.ending else "",
    )


def _chapters(origin: Origin, let: Let) -> Iterator[Chapter]:
    made, questions = origin.made, origin.edition.questions
    for theme in made.themes:
        told = tuple(
            tell(questions[one.question], one, made.answers.get(one.question), let, made.language)
            for one in theme.answers
            if one.mark is not Mark.MISSING
        )
        if told:
            yield Chapter(title=theme.title, answers=told)


def _advice(origin: Origin, let: Let) -> Advice | None:
    if origin.advised is None:
        return None
    keys = (f"advice-condition-{number}" for number in range(1, len(origin.advised.conditions) + 1))
    return Advice(
        id=origin.advised.outcome,
        says=word(ADVICES, origin.advised.outcome, origin.made.language),
        motivation=let("advice-motivation"),
        conditions=tuple(filter(None, map(let, keys))),
    )


def _became(origin: Origin, let: Let) -> Became | None:
    if not origin.became:
        return None
    catalogue = DECISIONS if origin.became in DECISIONS else WORDS
    says = word(catalogue, origin.became, origin.made.language)
    return Became(id=origin.became, says=says, reason=let("decision-reason"))
