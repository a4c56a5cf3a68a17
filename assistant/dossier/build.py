"""From a walk to a dossier. Only what is on the path."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from assistant.answers import Answer, Answers
from assistant.display import written_date
from assistant.dossier.audiences import for_audience, most_serious
from assistant.dossier.model import Audience, Dossier, HandIn, Named, Project, fingerprint
from assistant.dossier.writer import Ended, Writer
from assistant.trees.edition import Edition
from assistant.trees.model import Language, Level
from assistant.walk import phase_of, walk
from assistant.words import ABOUT, PHASES, word


@dataclass(frozen=True)
class ProjectFacts:
    """What a dossier says of the project beside the answers."""

    title: str
    organisation: str = ""
    number: str = ""
    version: int = 0


@dataclass(frozen=True)
class HandInFacts:
    """What is said at hand-in. `by`, `decider`: functions; `person`: an id; `wanted_start`: ISO or empty."""

    by: str
    person: str
    wanted_start: str
    decider: str
    note: str


def build_hand_in(facts: HandInFacts, today: date, words: Mapping[str, str], language: Language) -> HandIn:
    """The same in words, a line each; what was left empty has none."""
    given = (
        ("handed_in", ", ".join(filter(None, (written_date(today.isoformat(), language), facts.by)))),
        ("wanted_start", written_date(facts.wanted_start, language)),
        ("decider", facts.decider),
        ("cover_note", facts.note),
    )
    lines = tuple(f"{words[key]}: {said}" for key, said in given if said)
    return HandIn(**asdict(facts), on=today.isoformat(), in_words=lines)


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
    hand_in: HandInFacts | None = None,
    ended: Mapping[str, Ended] | None = None,
) -> Dossier:
    """Everything that follows, worded in one language, for an audience. `only`: of these trees alone.

    `hand_in`: as it is frozen; a missing answer then counts as "we don't know yet". `ended`: signals that nobody
    waits for any more.
    """
    endings = ended or {}
    by_hand = tuple(open_by_hand)
    way = walk(
        edition,
        answers,
        phase_of(answers),
        today,
        open_by_hand=by_hand,
        only=only,
        handed_in=hand_in is not None,
        ended={id: one.certain for id, one in endings.items()},
    )
    writer = Writer(edition, way, language, [tree for tree in edition.trees if not only or tree.id in only], endings)
    said = {step.question.id: plain_answer(step.answer, step.to_confirm) for step in way.steps}
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
            step=writer.project_step(),
        ),
        outcome=writer.outcome(),
        fixed_sentence=writer.words["fixed_sentence"],
        matters_most=most_serious(signals),
        strengths=tuple(signal.id for signal in signals if signal.level is Level.STRENGTH),
        conclusions=tuple(writer.conclusions()),
        facts=tuple(writer.facts()),
        signals=signals,
        open_points=tuple(map(writer.open_point, way.open_points)),
        to_confirm=tuple(writer.to_confirm()),
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
        hand_in=build_hand_in(hand_in, today, writer.words, language) if hand_in else None,
        credits=word(ABOUT, "credits", language),
        limits=writer.limits(),
        words=writer.words,
    )
    return for_audience(whole, audience, edition.decider)


def plain_answer(answer: Answer, to_confirm: bool = False) -> Any:
    """An answer as an answers file writes it: bare where there is nothing but the value, and the phase is this one."""
    full = {
        "value": answer.value,
        "unsure": answer.unsure,
        "not_applicable": answer.not_applicable,
        "motivation": answer.motivation,
        "owner": answer.owner,
        "due": answer.due,
        "other_views": list(answer.other_views),
        "confirmed_in": answer.confirmed_in if to_confirm else "",
    }
    filled = {key: value for key, value in full.items() if value not in (None, "", []) and value is not False}
    return filled["value"] if list(filled) == ["value"] else filled
