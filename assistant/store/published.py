"""What other systems may know: dossiers by the version that was handed in last, and lines written down by hand.

Never what a team is writing: title and phase are those of the version.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Engine, Select, bindparam, func, literal, select, tuple_, union_all

from assistant.errors import NotFound
from assistant.store.changes import check_id
from assistant.store.database import reading
from assistant.store.register import GIVEN_ADVICE, LINE, Wanted, narrowed, newest
from assistant.store.tables import (
    ORGANISATION,
    advices,
    decisions,
    dossiers,
    events,
    organisation_events,
    register_lines,
    summaries,
)
from assistant.store.versions import WITHDRAWN, Version, find_version, list_versions

MOVES: Final = (  # the events that change what is published of a dossier; what a team saves is none of them
    "handed_in", "withdrawn", "returned", "advised", "advice_agreed", "standing_advice", "condition_done",
    "decided_go_on", "decided_change", "decided_stop", "closed", "reopened", "redacted",
)  # fmt: skip
_NO: Final = literal("")
_CHANGED: Final = (  # from the newest event back to the first of these, along the table's key
    select(events.c.at)
    .where(events.c.dossier_id == dossiers.c.id, events.c.kind.in_(MOVES))
    .order_by(events.c.seq.desc())
    .limit(1)
    .correlate(dossiers)
    .scalar_subquery()
)
_DOSSIERS: Final = select(
    dossiers.c.id,
    dossiers.c.number,
    summaries.c.title,
    dossiers.c.state,
    summaries.c.phase,
    summaries.c.domain,
    summaries.c.outcome,
    func.coalesce(newest(advices, advices.c.outcome, *GIVEN_ADVICE), "").label("advice"),
    func.coalesce(newest(decisions, decisions.c.outcome), "").label("decision"),
    func.coalesce(newest(decisions, decisions.c.decided_by), "").label("owner"),
    func.coalesce(newest(decisions, decisions.c.reference), "").label("reference"),
    func.coalesce(newest(decisions, decisions.c.look_again), "").label("look_again"),
    func.coalesce(_CHANGED, summaries.c.waiting_since).label("changed_at"),
).join_from(summaries, dossiers, summaries.c.dossier_id == dossiers.c.id)
_WRITTEN: Final = (
    select(organisation_events.c.subject, func.max(organisation_events.c.at).label("at"))
    .where(organisation_events.c.organisation_id == ORGANISATION, organisation_events.c.kind == "register_line")
    .group_by(organisation_events.c.subject)
    .subquery()
)
_LINES: Final = (
    select(
        register_lines.c.id,
        _NO.label("number"),
        register_lines.c.title,
        literal(LINE).label("state"),
        *(_NO.label(name) for name in ("phase", "domain", "outcome", "advice", "decision")),
        register_lines.c.owner,
        register_lines.c.reference,
        register_lines.c.look_again,
        func.coalesce(_WRITTEN.c.at, register_lines.c.made_at).label("changed_at"),
    )
    .select_from(register_lines.outerjoin(_WRITTEN, _WRITTEN.c.subject == register_lines.c.id))
    .where(register_lines.c.organisation_id == ORGANISATION)
)
_EVERY: Final = union_all(_DOSSIERS, _LINES).subquery()
_THIS: Final = _DOSSIERS.where(dossiers.c.id == bindparam("dossier"))


@dataclass(frozen=True, slots=True)
class Published:
    """A dossier or a line as it stands. `changed_at`: when that last changed; a dossier's team changes nothing of it.

    Empty: not there. `owner`: who decided, or of a line whoever it is typed to be; `look_again`: a day in ISO.
    """

    id: str
    number: str
    title: str = field(repr=False)
    state: str
    phase: str
    domain: str
    outcome: str
    advice: str
    decision: str
    owner: str = field(repr=False)
    reference: str = field(repr=False)
    look_again: str
    changed_at: str


def list_published(
    engine: Engine, wanted: Wanted, limit: int, since: str = "", after: tuple[str, str] | None = None
) -> list[Published]:
    """What changed longest ago first, `since` that moment or later; a page begins `after` a moment and id.

    What changes while somebody turns pages comes back on a later page; nothing is passed over.
    """
    entries = _EVERY.c
    statement: Select[Any] = narrowed(select(_EVERY), entries, wanted)
    if since:
        statement = statement.where(entries.changed_at >= since)
    if after:
        statement = statement.where(tuple_(entries.changed_at, entries.id) > after)
    with reading(engine) as connection:
        rows = connection.execute(statement.order_by(entries.changed_at, entries.id).limit(limit)).mappings()
        return [Published(**row) for row in rows]


def find_published(engine: Engine, id: str) -> Published:
    """A dossier of which something was handed in, and not taken back. Raises NotFound."""
    with reading(engine) as connection:
        row = connection.execute(_THIS, {"dossier": check_id(id)}).mappings().one_or_none()
    if row is None:
        raise NotFound(id)
    return Published(**row)


def list_published_versions(engine: Engine, id: str) -> list[Version]:
    """Versions that were not taken back, the newest first, without their bytes."""
    return [one for one in list_versions(engine, id) if one.ended_as != WITHDRAWN]


def find_published_version(engine: Engine, id: str, number: int) -> Version:
    """A version that was not taken back. Raises NotFound."""
    found = find_version(engine, id, number)
    if found.ended_as == WITHDRAWN:
        raise NotFound(id)
    return found
