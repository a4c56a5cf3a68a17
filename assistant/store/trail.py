"""The events of a dossier as a reader sees them: who, what and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Engine, bindparam, select

from assistant.store.database import reading
from assistant.store.tables import events

PAGE: Final = 50
KINDS: Final = (  # every kind of event of a dossier; words for each are in `assistant.words`
    "created", "copied", "variant_made", "variant_chosen", "variant_weighed", "weighing_changed", "edition_moved",
    "edition_moved_back", "answered", "answered_by_link", "other_view", "project", "trees", "member", "member_left",
    "link_made", "link_ended", "remarked", "remark_settled", "remark_reopened", "remark_assigned", "action_made",
    "action_changed", "action_done", "action_reopened", "signal_solved", "signal_accepted", "signal_contested",
    "signal_reopened", "handed_in", "withdrawn", "returned", "taken", "judged", "advised", "advice_proposed",
    "advice_agreed", "part_advised", "standing_advice", "condition_done", "decided_go_on", "decided_change",
    "decided_stop", "held", "hold_ended", "closed", "reopened", "example_begun", "example_changed", "example_sent",
    "example_withdrawn", "example_returned", "example_approved", "archived", "redacted",
)  # fmt: skip
_LIST: Final = (
    select(events.c.seq, events.c.at, events.c.actor, events.c.kind, events.c.question)
    .where(events.c.dossier_id == bindparam("dossier"))
    .order_by(events.c.seq.desc())
    .limit(PAGE)
)
_ABOUT_QUESTIONS: Final = ("answered", "answered_by_link", "other_view", "link_made")


@dataclass(frozen=True, slots=True)
class TrailEvent:
    """One event. `actor`: a person's id, or empty where nobody is to be known; `questions`: ids it is about."""

    seq: int
    at: datetime
    actor: str
    kind: str
    questions: tuple[str, ...]


def list_events(engine: Engine, dossier: str, before: int | None = None) -> list[TrailEvent]:
    """A page of events, the newest first; `before`: only those with a lower number."""
    statement = _LIST if before is None else _LIST.where(events.c.seq < before)
    with reading(engine) as connection:
        return [
            TrailEvent(seq, datetime.fromisoformat(at), actor, kind, tuple(about.split()) if _is_about(kind) else ())
            for seq, at, actor, kind, about in connection.execute(statement, {"dossier": dossier})
        ]


def _is_about(kind: str) -> bool:
    return kind in _ABOUT_QUESTIONS
