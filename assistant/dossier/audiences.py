"""What each audience gets: the team all of it, who decides one page, the public facts and reasons."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.display import shortened
from assistant.dossier.model import (
    AlternativeEntry,
    Alternatives,
    AnswerEntry,
    Audience,
    DeciderPage,
    Dossier,
    EndingEntry,
    SignalEntry,
    ThemeEntry,
    fingerprint,
)
from assistant.dossier.writer import Ended, build_ending
from assistant.trees.model import Decider, Language, Level
from assistant.walk import Mark

MOST_SERIOUS = 3
MOST_VIEWS = 3  # on the decider's page
SHORT_REASON = 240  # characters there
_NOT_ON_ONE_PAGE = ("strengths", "themes", "later", "not_asked", "set_aside", "open_points", "to_confirm", "sources")


def for_audience(whole: Dossier, audience: Audience, decider: Decider) -> Dossier:
    """The team's dossier as this audience gets it."""
    if audience == "decider":
        return for_decider(whole, decider)
    return for_public(whole) if audience == "public" else whole


def for_decider(whole: Dossier, decider: Decider) -> Dossier:
    """One page: the three signals, the minority's view, and the answers chosen for it."""
    entries = {answer.question: answer for theme in whole.themes for answer in theme.answers}

    def page(ids: Iterable[str]) -> tuple[AnswerEntry, ...]:
        return tuple(entries[id] for id in ids if id in entries and entries[id].mark is not Mark.MISSING)

    views = tuple(view.model_copy(update={"view": shortened(view.view, 160)}) for view in whole.other_views)
    return whole.model_copy(
        update={
            "audience": "decider",
            "decider": DeciderPage(
                question=page(decider.question), people=page(decider.people), asked=page(decider.asked)
            ),
            "signals": tuple(signal for signal in whole.signals if signal.id in whole.matters_most),
            "other_views": views[:MOST_VIEWS],
            **dict.fromkeys(_NOT_ON_ONE_PAGE, ()),
            "alternatives": whole.alternatives and _in_one_line(whole.alternatives),
            "answers": {},
        }
    )


def _in_one_line(weighed: Alternatives) -> Alternatives:
    """Which ones, and why in short."""
    others = (
        AlternativeEntry(number=one.number, title=one.title, stands=one.stands, stands_says=one.stands_says)
        for one in weighed.laid_aside
    )
    return Alternatives(reason=shortened(weighed.reason, SHORT_REASON), laid_aside=tuple(others))


def for_public(whole: Dossier) -> Dossier:
    """Facts and reasons: no other views, no deliberation, nobody who finds something out."""
    inward = {answer.question for theme in whole.themes for answer in theme.answers if answer.deliberation}
    left = {"other_views": (), "owner": "", "due": ""}

    def outward(theme: ThemeEntry) -> ThemeEntry:
        kept = (answer for answer in theme.answers if not answer.deliberation)
        return theme.model_copy(update={"answers": tuple(answer.model_copy(update=left) for answer in kept)})

    ids = {signal.id for signal in whole.signals if signal.about not in inward}
    signals = tuple(
        signal.model_copy(
            update={
                "because": tuple(reason for reason in signal.because if reason.question not in inward),
                "superseded_by": signal.superseded_by if signal.superseded_by in ids else "",
                "ending": signal.ending and _outward_ending(signal.ending, whole.language),
            }
        )
        for signal in whole.signals
        if signal.id in ids
    )
    hidden = ("owner", "due", "other_views")
    answers = {
        id: {key: value for key, value in answer.items() if key not in hidden} if isinstance(answer, dict) else answer
        for id, answer in whole.answers.items()
        if id not in inward
    }
    named = {key for signal in signals for key in signal.sources}
    return whole.model_copy(
        update={
            "audience": "public",
            "hand_in": None,
            # Another dossier's title and answers, which nobody looked at for this, and a reason that is deliberation.
            "alternatives": None,
            "other_views": (),
            "themes": tuple(theme for theme in map(outward, whole.themes) if theme.answers),
            "signals": signals,
            "matters_most": most_serious(signals),
            "strengths": tuple(id for id in whole.strengths if id in ids),
            "open_points": tuple(
                point.model_copy(update={"owner": "", "due": ""})
                for point in whole.open_points
                if point.question not in inward
            ),
            "to_confirm": tuple(entry for entry in whole.to_confirm if entry.id not in inward),
            "set_aside": tuple(entry for entry in whole.set_aside if entry.question not in inward),
            "later": tuple(question for question in whole.later if question.id not in inward),
            "path": tuple(id for id in whole.path if id not in inward),
            "answers": answers,
            "answers_hash": fingerprint(answers),  # of what is public: the other could give away a short answer
            "sources": tuple(source for source in whole.sources if source.key in named),
        }
    )


def _outward_ending(ending: EndingEntry, language: Language) -> EndingEntry:
    """That it ended, and when; why is deliberation."""
    return build_ending(Ended(ending.how, certain=True, reason="", by="", on=ending.on), language)


def most_serious(signals: Iterable[SignalEntry]) -> tuple[str, ...]:
    """The three to lead with, one a question, so that one unknown does not crowd out the rest.

    What the team said comes before what hangs on something it does not know: a page that opens with three doubts
    says nothing about the plan itself. One doubt stays on it, since a possible stop is what a decider may not miss.
    """
    first: dict[str, SignalEntry] = {}
    for signal in sorted(signals, key=_weight):
        if signal.counts and signal.level not in (Level.INFO, Level.STRENGTH):
            first.setdefault(signal.about, signal)
    leading, rest = list(first.values())[:MOST_SERIOUS], list(first.values())[MOST_SERIOUS:]
    doubt = next((signal for signal in rest if signal.level is Level.STOP), None)
    if doubt and leading[-1].level is not Level.STOP:
        leading[-1] = doubt
    return tuple(signal.id for signal in leading)


def _weight(signal: SignalEntry) -> tuple[bool, bool, int]:
    """Certain stops, certain highs, possible stops, possible highs; then the same of what is less serious."""
    return signal.level.rank > Level.HIGH.rank, signal.certainty == "possible", signal.level.rank
