"""What goes to the archive of a closed dossier, gathered; and that it was exported, in its chain."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, Engine, bindparam, func, select

from assistant.access import Action
from assistant.archive import Asked, Decided, Given, Happening, Package, PackedVersion
from assistant.dossier.read import read_dossier
from assistant.errors import Conflict, NotFound
from assistant.store.advices import Advice, list_advices
from assistant.store.changes import Change, Signed, lock_open, save_change
from assistant.store.conditions import Condition, list_conditions
from assistant.store.database import reading, writing
from assistant.store.decisions import Decision, list_decisions
from assistant.store.destruction import CLOSES
from assistant.store.dossiers import find_dossier
from assistant.store.org_settings import find_archive, find_retention
from assistant.store.people import find_functions
from assistant.store.redactions import list_redactions
from assistant.store.tables import events
from assistant.store.versions import RETURNED, WITHDRAWN, Version, find_version, list_versions

EVENT: Final = "archived"
_TOLD: Final = (
    "created", "copied", "variant_made", "advised", "advice_agreed", "standing_advice", "decided_go_on",
    "decided_change", "decided_stop", "closed", "reopened", EVENT,
)  # fmt: skip
_EVENTS: Final = (
    select(events.c.kind, events.c.at, events.c.actor, events.c.question)
    .where(events.c.dossier_id == bindparam("dossier"), events.c.kind.in_(_TOLD))
    .order_by(events.c.seq)
)
_LAST: Final = (
    select(events.c.dossier_id, func.max(events.c.at))
    .where(events.c.dossier_id.in_(bindparam("dossiers", expanding=True)), events.c.kind == EVENT)
    .group_by(events.c.dossier_id)
)


def gather_package(engine: Engine, dossier: str, *, signed: Signed) -> Package:
    """Everything of a dossier that goes to the archive, as it is at this moment. Raises NotFound if that is nothing."""
    kept, versions = find_dossier(engine, dossier), list_for_archive(engine, dossier)
    with reading(engine) as connection:
        told = [
            (kind, datetime.fromisoformat(at), actor, about) for kind, at, actor, about in _told(connection, dossier)
        ]
    people = find_functions(
        engine, {actor for _, _, actor, _ in told} | {one.made_by for one in versions} | {signed.actor}
    )
    happenings = [
        Happening(kind, at, people.get(actor, ""), about if kind == EVENT else "") for kind, at, actor, about in told
    ]
    closed = max((at for kind, at, _, _ in told if kind in CLOSES), default=signed.at)
    return Package(
        id=dossier,
        number=kept.number,
        title=read_dossier(find_version(engine, dossier, versions[-1].number).body).project.title,
        language=kept.language,
        closed_on=closed.date(),
        made_at=signed.at,
        based_on=kept.version,
        years=find_retention(engine).years,
        settings=find_archive(engine),
        versions=tuple(_pack(engine, one, people.get(one.made_by, "")) for one in versions),
        decisions=tuple(map(_decided, list_decisions(engine, dossier))),
        happenings=(*happenings, Happening(EVENT, signed.at, people.get(signed.actor, ""))),
    )


def list_for_archive(engine: Engine, dossier: str) -> list[Version]:
    """The versions that an officer saw, without their bytes: what was withdrawn is the team's own. Raises NotFound."""
    found = [one for one in reversed(list_versions(engine, dossier)) if one.ended_as != WITHDRAWN]
    if not found:
        raise NotFound(dossier)
    return found


def save_export(engine: Engine, dossier: str, body: bytes, *, based_on: int, signed: Signed) -> None:
    """It was exported: who and when, and the SHA-256 of the package.

    Raises Refused when it is no longer closed, Conflict when it is no longer at version `based_on`: a text may have
    been taken out of it since it was gathered, and the package would take that along.
    """
    with writing(engine) as connection:
        row, said = lock_open(connection, dossier, Action.ARCHIVE)
        if row["version"] != based_on:
            raise Conflict(["dossier"])
        save_change(connection, row, Change(EVENT, sha256(body).hexdigest(), said), signed)


def find_exports(engine: Engine, dossiers: list[str]) -> dict[str, date]:
    """Of these dossiers the day on which each was last exported; those that never were are left out."""
    with reading(engine) as connection:
        rows = connection.execute(_LAST, {"dossiers": dossiers})
        return {id: datetime.fromisoformat(at).date() for id, at in rows}


def _told(connection: Connection, dossier: str) -> list[tuple[str, str, str, str]]:
    return [(row.kind, row.at, row.actor, row.question) for row in connection.execute(_EVENTS, {"dossier": dossier})]


def _pack(engine: Engine, version: Version, function: str) -> PackedVersion:
    whole = find_version(engine, version.dossier, version.number)
    asked = [one for one in list_conditions(engine, version.dossier) if one.is_given]
    given = [one for one in list_advices(engine, version.dossier) if one.is_given and one.version == version.id]
    ended = datetime.fromisoformat(version.ended_at) if version.ended_at else None
    redacted = [one for one in reversed(list_redactions(engine, version.dossier)) if one.version == version.id]
    frozen_as = redacted[0].old_hash if redacted else whole.hash
    happenings = [Happening("handed_in", version.made_at, function, f"SHA-256 {frozen_as}")]
    if ended and version.ended_as == RETURNED:
        happenings.append(Happening(RETURNED, ended))
    happenings += [Happening("advised", one.at, one.function) for one in reversed(given)]
    happenings += [
        Happening("redacted", one.at, result=f"SHA-256 {one.new_hash}, was {one.old_hash}: {one.reason}")
        for one in redacted
    ]
    return PackedVersion(
        id=version.id,
        number=version.number,
        body=whole.body,
        hash=whole.hash,
        made_at=version.made_at,
        ended_as=version.ended_as,
        ended_at=ended,
        advices=tuple(_given(one, asked) for one in given),
        happenings=tuple(happenings),
    )


def _given(one: Advice, asked: list[Condition]) -> Given:
    conditions = tuple(_asked(condition) for condition in asked if condition.advice == one.id)
    return Given(one.kind, one.theme, one.outcome, one.motivation, one.function, one.at, one.version_hash, conditions)


def _asked(one: Condition) -> Asked:
    return Asked(one.text, one.owner, one.due, one.done_at[:10], one.done_note, one.done_reference)


def _decided(one: Decision) -> Decided:
    return Decided(one.outcome, one.decided_by, one.decided_on, one.departs, one.reason, one.reference)
