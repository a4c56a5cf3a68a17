"""Advices on a frozen version, by its hash. Once given, an advice stays as it is: no statement here changes one.

A proposal waits for a second reader; agreeing makes it given. Another proposal of the same kind on the same
version takes its place: the first is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Engine, RowMapping, and_, bindparam, insert, or_, select, update

from assistant.access import Action, State
from assistant.errors import Conflict, NotFound, Refused
from assistant.store.chain import write_time
from assistant.store.changes import Change, Saved, Signed, check_id, lock_dossier, save_change
from assistant.store.database import reading, writing
from assistant.store.reviews import lock_version
from assistant.store.sealed_rows import write_about
from assistant.store.search_index import index_advices
from assistant.store.summaries import move_summary
from assistant.store.tables import advices, conditions, versions
from assistant.store.versions import ADVISED, about_version

OUTCOMES: Final = ("go_on", "go_on_with_conditions", "dpia_first", "board_first", "do_not")
PART: Final = "part"
PROPOSED, GIVEN, DROPPED = "proposed", "given", "dropped"

_LIST: Final = (
    select(*advices.c, versions.c.number)
    .join_from(advices, versions, advices.c.version_id == versions.c.id)
    .where(advices.c.dossier_id == bindparam("dossier"), advices.c.state != DROPPED)
    .order_by(versions.c.number.desc(), advices.c.at.desc(), advices.c.id)
)
_NOTED: Final = select(advices.c.dossier_id, advices.c.state, advices.c.standing_id).where(
    advices.c.dossier_id.in_(bindparam("dossiers", expanding=True)),
    or_(advices.c.state == PROPOSED, and_(advices.c.state == GIVEN, advices.c.standing_id != "")),
)
_HASH: Final = select(versions.c.hash).where(versions.c.id == bindparam("version"))
_INSERT: Final = insert(advices)
_INSERT_CONDITIONS: Final = insert(conditions)
_THIS: Final = select(*advices.c).where(
    advices.c.id == bindparam("advice"), advices.c.dossier_id == bindparam("dossier")
)
_PROPOSALS: Final = select(*advices.c).where(
    advices.c.version_id == bindparam("version"),
    advices.c.kind == bindparam("kind"),
    advices.c.theme == bindparam("of_theme"),
    advices.c.state == PROPOSED,
)
_SETTLE: Final = update(advices).where(advices.c.id == bindparam("advice"), advices.c.state == PROPOSED)
_END_VERSION: Final = update(versions).where(versions.c.id == bindparam("version"))
_VERSION: Final = select(*(column for column in versions.c if column.name != "body")).where(
    versions.c.id == bindparam("version")
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition as an officer writes it: what, which function does it, and by which day (ISO, or none)."""

    text: str = field(repr=False)
    owner: str = field(default="", repr=False)
    due: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What someone advises. `kind`: po, fg or part (of `theme`); `again_on`: look again on this day (ISO)."""

    kind: str
    outcome: str
    motivation: str = field(default="", repr=False)
    conditions: tuple[Asked, ...] = field(default=(), repr=False)
    theme: str = ""
    again_on: str = ""
    function: str = field(default="", repr=False)
    thought_along: bool = False
    standing: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """An advice as it was given, or proposed to a second reader. `number`: of the version it is about."""

    id: str
    dossier: str
    version: str
    version_hash: str
    kind: str
    theme: str
    outcome: str
    motivation: str = field(repr=False)
    person: str
    function: str = field(repr=False)
    thought_along: bool
    standing: str
    again_on: str
    state: str
    read_by: str
    at: datetime
    number: int

    @property
    def is_given(self) -> bool:
        """No second reader has to agree any more."""
        return self.state == GIVEN


def give_advice(
    engine: Engine, dossier: str, version: str, opinion: Opinion, *, signed: Signed, needs_reader: bool = False
) -> str:
    """Give an advice on a version, or propose it to a second reader; its id.

    Raises Conflict when that version is no longer the one at hand, Refused when it is not the time for it.
    """
    with writing(engine) as connection:
        return add_advice(connection, dossier, version, opinion, signed.actor, signed, needs_reader=needs_reader)


def add_advice(
    connection: Connection,
    dossier: str,
    version: str,
    opinion: Opinion,
    person: str,
    signed: Signed,
    *,
    needs_reader: bool,
) -> str:
    """As `give_advice`, in a transaction of yours; `person`: whose advice it is."""
    action = Action.PART_ADVISE if opinion.kind == PART else Action.ADVISE
    row, said = lock_version(connection, dossier, version, action)
    made = _advice_row(connection, dossier, version, opinion, person, signed)
    made["state"] = PROPOSED if needs_reader else GIVEN
    dropped = _drop_others(connection, made)
    connection.execute(_INSERT, made)
    asked = [_condition_row(made, one) for one in opinion.conditions]
    if asked:
        connection.execute(_INSERT_CONDITIONS, asked)
    about = write_about(row["salt"], (advices, [made, *dropped]), (conditions, asked))
    _save(connection, row, made, Change(_event_kind(made), about, said), signed)
    return str(made["id"])


def agree_with(engine: Engine, dossier: str, advice: str, *, signed: Signed) -> None:
    """A second reader agrees: the proposal is given. Not its writer, unless it comes of a standing advice."""
    with writing(engine) as connection:
        state = lock_dossier(connection, dossier)[0]["state"]
        found = connection.execute(_THIS, {"advice": check_id(advice), "dossier": dossier}).mappings().one_or_none()
        if found is None:
            raise NotFound(advice)
        if found["person_id"] == signed.actor and not found["standing_id"]:
            raise Refused(Action.ADVISE, state)
        row, said = lock_version(connection, dossier, found["version_id"], Action.ADVISE)
        read = {"state": GIVEN, "read_by": signed.actor}
        if not connection.execute(_SETTLE.values(**read), {"advice": advice}).rowcount:
            raise Conflict(["dossier"])
        about = write_about(row["salt"], (advices, [{**found, **read}]))
        _save(connection, row, {**found, **read}, Change("advice_agreed", about, said), signed)


def list_advices(engine: Engine, dossier: str) -> list[Advice]:
    """Every advice of a dossier, those on the newest version first; proposals too, what was dropped not."""
    with reading(engine) as connection:
        return [_build(row) for row in connection.execute(_LIST, {"dossier": dossier}).mappings()]


def find_noted(engine: Engine, dossiers: Iterable[str]) -> dict[str, tuple[bool, bool]]:
    """Of these dossiers those with a proposal, or with a standing advice: whether it is the one, and the other."""
    found: dict[str, tuple[bool, bool]] = {}
    with reading(engine) as connection:
        for dossier, state, standing in connection.execute(_NOTED, {"dossiers": list(dossiers)}):
            proposed, stands = found.get(dossier, (False, False))
            found[dossier] = proposed or state == PROPOSED, stands or bool(standing)
    return found


def _event_kind(made: Mapping[str, Any]) -> str:
    if made["standing_id"]:
        return "standing_advice"
    if made["kind"] == PART:
        return "part_advised"
    return "advised" if made["state"] == GIVEN else "advice_proposed"


def _drop_others(connection: Connection, made: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Proposals of this kind on this version make room."""
    given = {"version": made["version_id"], "kind": made["kind"], "of_theme": made["theme"]}
    others = [{**row, "state": DROPPED} for row in connection.execute(_PROPOSALS, given).mappings()]
    for other in others:
        connection.execute(_SETTLE.values(state=DROPPED), {"advice": other["id"]})
    return others


def _save(connection: Connection, row: Saved, made: Mapping[str, Any], change: Change, signed: Signed) -> None:
    """An advice that is given ends the wait. A part of one, a proposal, or a second one moves nothing."""
    if made["state"] == GIVEN:
        index_advices(connection, row["id"])
    if made["state"] == GIVEN and made["kind"] != PART and row["state"] == State.OFFICER:
        about = _end_version(connection, row, made["version_id"], write_time(signed.at))
        move_summary(connection, row["id"], state=State.ADVISED.value, waiting_since=write_time(signed.at))
        change = replace(change, about=f"{change.about} {about}", columns={"state": State.ADVISED.value})
    save_change(connection, row, change, signed)


def _end_version(connection: Connection, row: Saved, version: str, at: str) -> str:
    """The version was advised on; what the event says of its row as it now is."""
    ended = {"ended_as": ADVISED, "ended_at": at}
    found = connection.execute(_VERSION, {"version": version}).mappings().one()
    connection.execute(_END_VERSION.values(**ended), {"version": version})
    return about_version(row["salt"], {**found, **ended})


def _advice_row(
    connection: Connection, dossier: str, version: str, opinion: Opinion, person: str, signed: Signed
) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "dossier_id": dossier,
        "version_id": version,
        "version_hash": connection.scalar(_HASH, {"version": version}),
        "kind": opinion.kind,
        "theme": opinion.theme,
        "outcome": opinion.outcome,
        "motivation": opinion.motivation,
        "person_id": person,
        "function": opinion.function,
        "thought_along": int(opinion.thought_along),
        "standing_id": opinion.standing,
        "again_on": opinion.again_on,
        "read_by": "",
        "at": write_time(signed.at),
    }


def _condition_row(advice: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
    ids = {"id": str(uuid4()), "advice_id": advice["id"], "dossier_id": advice["dossier_id"]}
    empty = dict.fromkeys(("done_at", "done_by", "done_note", "done_reference"), "")
    return {**ids, "text": asked.text, "owner": asked.owner, "due": asked.due, **empty}


def _build(row: RowMapping) -> Advice:
    return Advice(
        id=row["id"],
        dossier=row["dossier_id"],
        version=row["version_id"],
        version_hash=row["version_hash"],
        kind=row["kind"],
        theme=row["theme"],
        outcome=row["outcome"],
        motivation=row["motivation"],
        person=row["person_id"],
        function=row["function"],
        thought_along=bool(row["thought_along"]),
        standing=row["standing_id"],
        again_on=row["again_on"],
        state=row["state"],
        read_by=row["read_by"],
        at=datetime.fromisoformat(row["at"]),
        number=row["number"],
    )
