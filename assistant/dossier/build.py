"""From a walk to a dossier. Only what is on the path."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.answers import Answer, Answers
from assistant.display import written_date
from assistant.dossier.audiences import for_decider, for_public, most_serious
from assistant.dossier.model import Audience, Dossier, Named, Project, fingerprint
from assistant.dossier.writer import Writer
from assistant.trees.edition import Edition
from assistant.trees.model import Language, Level
from assistant.walk import phase_of, walk
from assistant.words import PHASES, word


@dataclass(frozen=True)
class ProjectFacts:
    """What a dossier says of the project beside the answers."""

    title: str
    organisation: str = ""
    number: str = ""
    version: int = 0


def build_dossier(
    edition: Edition,
    answers: Answers,
    project: ProjectFacts,
    today: date,
    language: Language,
    *,
    open_by_hand: Iterable[str] = (),
    only: Collection[str] = (),
    audience: Audience = "team",
) -> Dossier:
    """Everything that follows, worded in one language, for an audience. `only`: of these trees alone."""
    by_hand = tuple(open_by_hand)
    way = walk(edition, answers, phase_of(answers), today, open_by_hand=by_hand, only=only)
    writer = Writer(edition, way, language, [tree for tree in edition.trees if not only or tree.id in only])
    said = {step.question.id: plain_answer(step.answer) for step in way.steps}
    on_path = {id: plain for id, plain in said.items() if plain != {}}
    signals = tuple(map(writer.signal, way.signals))
    whole = Dossier(
        language=language,
        made_on=today.isoformat(),
        made_on_says=written_date(today.isoformat(), language),
        project=Project(
            title=project.title,
            organisation=project.organisation,
            number=project.number,
            version=project.version,
            phase=Named(id=way.phase, says=word(PHASES, way.phase, language)),
        ),
        outcome=writer.outcome(),
        fixed_sentence=writer.words["fixed_sentence"],
        matters_most=most_serious(signals),
        strengths=tuple(signal.id for signal in signals if signal.level is Level.STRENGTH),
        conclusions=tuple(writer.conclusions()),
        facts=tuple(writer.facts()),
        signals=signals,
        open_points=tuple(map(writer.open_point, way.open_points)),
        other_views=tuple(writer.other_views()),
        set_aside=tuple(writer.set_aside()),
        themes=tuple(writer.themes()),
        later=tuple(writer.later()),
        not_asked=tuple(writer.not_asked()),
        path=way.path,
        answers=on_path,
        trees=by_hand,
        answers_hash=fingerprint(on_path),
        edition=writer.edition_entry(),
        sources=tuple(writer.sources(signals)),
        words=writer.words,
    )
    if audience == "decider":
        return for_decider(whole, edition.decider)
    return for_public(whole) if audience == "public" else whole


def plain_answer(answer: Answer) -> Any:
    """An answer as an answers file writes it: bare where there is nothing but the value."""
    full = {
        "value": answer.value,
        "unsure": answer.unsure,
        "not_applicable": answer.not_applicable,
        "motivation": answer.motivation,
        "owner": answer.owner,
        "due": answer.due,
        "other_views": list(answer.other_views),
    }
    filled = {key: value for key, value in full.items() if value not in (None, "", []) and value is not False}
    return filled["value"] if list(filled) == ["value"] else filled
