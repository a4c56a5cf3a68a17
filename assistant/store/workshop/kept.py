"""A workshop: made, prepared, found by who made it, and forgotten with everything that was said in it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Engine, RowMapping, bindparam, delete, insert, select, update

from assistant.errors import Conflict, NotFound
from assistant.store.chain import write_time
from assistant.store.changes import check_id
from assistant.store.database import reading, wipe_log, writing
from assistant.store.tables import (
    ORGANISATION,
    workshop_ballots,
    workshop_notes,
    workshop_rounds,
    workshop_seats,
    workshop_tables,
    workshops,
)
from assistant.workshop.ballots import USUAL
from assistant.workshop.hundred import Rates
from assistant.workshop.plan import Chosen, Plan, Planned
from assistant.workshop.story import Story

PREPARED, OPEN, ENDED = "prepared", "open", "ended"
MOST_TABLES: Final = 8
_FIND: Final = select(*workshops.c).where(workshops.c.id == bindparam("id"))
_MINE: Final = (
    select(
        workshops.c.id,
        workshops.c.title,
        workshops.c.state,
        workshops.c.made_at,
        workshops.c.ended_at,
        workshops.c.sheet,
    )
    .where(workshops.c.owner_id == bindparam("owner"))
    .order_by(workshops.c.made_at.desc(), workshops.c.id)
    .limit(200)
)
_ENDED_BEFORE: Final = select(workshops.c.id).where(
    workshops.c.state == ENDED, workshops.c.ended_at < bindparam("moment")
)
_OPENED_BEFORE: Final = select(workshops.c.id).where(
    workshops.c.state == OPEN, workshops.c.opened_at < bindparam("moment")
)
_ABOUT: Final = select(workshops.c.id).where(workshops.c.about_dossier == bindparam("dossier"))
_CHILDREN: Final = (workshop_ballots, workshop_notes, workshop_seats, workshop_tables, workshop_rounds)


@dataclass(frozen=True, slots=True)
class Workshop:
    """A workshop as it is kept. `at`: the place in `rounds` where the room is; `smallest`: people shown together.

    `code` empty: the door is closed. `ends_at` None: no timer. `chosen` and `plan` stay as they were prepared.
    """

    id: str
    owner: str
    title: str = field(repr=False)
    language: str
    edition_hash: str
    sheet: str
    case: str
    about_dossier: str
    story: Story = field(repr=False)
    chosen: Chosen = field(repr=False)
    plan: Plan = field(repr=False)
    smallest: int
    tables: int
    state: str
    at: int
    version: int
    code: str
    code_until: datetime | None
    join_key: str = field(repr=False)
    screen_key: str = field(repr=False)
    ends_at: datetime | None
    parked: tuple[str, ...] = field(repr=False)
    rates: Rates
    made_at: datetime
    opened_at: datetime | None
    ended_at: datetime | None

    @property
    def rounds(self) -> tuple[Planned, ...]:
        """The rounds that are played, in order."""
        return self.plan.played

    @property
    def now(self) -> Planned:
        """The round that the room is in."""
        return self.rounds[min(self.at, len(self.rounds) - 1)]

    @property
    def is_last(self) -> bool:
        """No round follows."""
        return self.at >= len(self.rounds) - 1


@dataclass(frozen=True, slots=True)
class WorkshopLine:
    """A workshop in a list."""

    id: str
    title: str = field(repr=False)
    state: str
    made_at: datetime
    ended_at: datetime | None
    sheet: str


@dataclass(frozen=True)
class Preparation:
    """What a facilitator prepares; kept together, so that the plan always fits the story and the choices."""

    title: str
    language: str
    edition_hash: str
    sheet: str
    case: str
    story: Story
    chosen: Chosen
    plan: Plan
    smallest: int = USUAL
    tables: int = 1
    about_dossier: str = ""

    @property
    def row(self) -> dict[str, Any]:
        """As columns."""
        return {
            "title": self.title,
            "language": self.language,
            "edition_hash": self.edition_hash,
            "sheet": self.sheet,
            "case_id": self.case,
            "about_dossier": self.about_dossier,
            "story": _write(self.story),
            "chosen": write_chosen(self.chosen),
            "plan": _write(self.plan),
            "smallest": self.smallest,
            "tables": self.tables,
        }


def create_workshop(engine: Engine, owner: str, prepared: Preparation, at: datetime) -> str:
    """A new one; its id."""
    id = str(uuid4())
    row = {
        "id": id,
        "organisation_id": ORGANISATION,
        "owner_id": owner,
        "state": PREPARED,
        "at": 0,
        "version": 1,
        "screen_key": secrets.token_urlsafe(16),
        "parked": "[]",
        "rates": json.dumps(vars(Rates())),
        "made_at": write_time(at),
        **dict.fromkeys(("code", "code_until", "join_key", "ends_at", "opened_at", "ended_at"), ""),
        **prepared.row,
    }
    with writing(engine) as connection:
        connection.execute(insert(workshops), row)
    return id


def save_preparation(engine: Engine, id: str, version: int, prepared: Preparation) -> None:
    """Change what is prepared. Raises Conflict when it was changed since, or the workshop began."""
    with writing(engine) as connection:
        changed = connection.execute(
            update(workshops)
            .where(workshops.c.id == check_id(id), workshops.c.version == version, workshops.c.state == PREPARED)
            .values(version=version + 1, **prepared.row)
        )
        if not changed.rowcount:
            raise Conflict(["workshop"])


def find_workshop(engine: Engine, id: str, owner: str | None = None) -> Workshop:
    """The workshop; with `owner`, only if it is theirs. Raises NotFound."""
    with reading(engine) as connection:
        row = connection.execute(_FIND, {"id": check_id(id)}).mappings().one_or_none()
    if row is None or owner not in (None, row["owner_id"]):
        raise NotFound(id)
    return build_workshop(row)


def list_workshops(engine: Engine, owner: str) -> list[WorkshopLine]:
    """Somebody's workshops, the newest first."""
    with reading(engine) as connection:
        return [
            WorkshopLine(id, title, state, _moment(made) or datetime.min, _moment(ended), sheet)
            for id, title, state, made, ended, sheet in connection.execute(_MINE, {"owner": owner})
        ]


def forget_workshop(engine: Engine, id: str) -> bool:
    """The workshop with everything said in it; a dossier that came of it stays. As `forget_dossier` of the traces."""
    with writing(engine) as connection:
        _forget(connection, check_id(id))
    return wipe_log(engine)


def forget_workshops(engine: Engine, *, ended_before: datetime) -> int:
    """Those that ended before a moment; how many."""
    with writing(engine) as connection:
        ids = list(connection.scalars(_ENDED_BEFORE, {"moment": write_time(ended_before)}))
        for id in ids:
            _forget(connection, id)
    if ids:
        wipe_log(engine)
    return len(ids)


def list_left_open(engine: Engine, *, opened_before: datetime) -> list[str]:
    """Workshops that nobody ended."""
    with reading(engine) as connection:
        return list(connection.scalars(_OPENED_BEFORE, {"moment": write_time(opened_before)}))


def forget_about(connection: Connection, dossier: str) -> None:
    """Workshops about a dossier that is destroyed, since their story holds what it said; in a transaction of yours."""
    for id in list(connection.scalars(_ABOUT, {"dossier": dossier})):
        _forget(connection, id)


def _forget(connection: Connection, id: str) -> None:
    for table in _CHILDREN:
        connection.execute(delete(table).where(table.c.workshop_id == id))
    connection.execute(delete(workshops).where(workshops.c.id == id))


def lock_workshop(connection: Connection, id: str, *, state: str = OPEN) -> RowMapping:
    """The row, held until the transaction ends. Raises NotFound, or Conflict when it is in another state."""
    row = connection.execute(_FIND.with_for_update(), {"id": check_id(id)}).mappings().one_or_none()
    if row is None:
        raise NotFound(id)
    if row["state"] != state:
        raise Conflict(["workshop"])
    return row


def save_workshop(connection: Connection, row: RowMapping, **columns: Any) -> None:
    """Change a locked workshop; whoever looks at it sees a new version."""
    connection.execute(
        update(workshops).where(workshops.c.id == row["id"]).values(version=row["version"] + 1, **columns)
    )


def build_workshop(row: RowMapping | Mapping[str, Any]) -> Workshop:
    """The workshop that a row says."""
    return Workshop(
        id=row["id"],
        owner=row["owner_id"],
        title=row["title"],
        language=row["language"],
        edition_hash=row["edition_hash"],
        sheet=row["sheet"],
        case=row["case_id"],
        about_dossier=row["about_dossier"],
        story=_story(row["story"]),
        chosen=read_chosen(row["chosen"]),
        plan=read_plan(row["plan"]),
        smallest=row["smallest"],
        tables=row["tables"],
        state=row["state"],
        at=row["at"],
        version=row["version"],
        code=row["code"],
        code_until=_moment(row["code_until"]),
        join_key=row["join_key"],
        screen_key=row["screen_key"],
        ends_at=_moment(row["ends_at"]),
        parked=tuple(json.loads(row["parked"])),
        rates=Rates(**json.loads(row["rates"])),
        made_at=datetime.fromisoformat(row["made_at"]),
        opened_at=_moment(row["opened_at"]),
        ended_at=_moment(row["ended_at"]),
    )


@lru_cache(maxsize=64)  # it no longer changes once the room is in, and every phone asks for it
def read_plan(text: str) -> Plan:
    """A plan as it is kept."""
    return Plan.model_validate_json(text)


@lru_cache(maxsize=64)
def _story(text: str) -> Story:
    return Story.model_validate_json(text)


def _write(part: Story | Plan) -> str:
    return part.model_dump_json(exclude_defaults=True)


def write_chosen(chosen: Chosen) -> str:
    """As it is kept."""
    plain = {"dilemmas": [*chosen.dilemmas], "minutes": {**chosen.minutes}, "without": sorted(chosen.without)}
    return json.dumps(plain, sort_keys=True)


def read_chosen(text: str) -> Chosen:
    """What `write_chosen` wrote."""
    said = json.loads(text)
    return Chosen(tuple(said["dilemmas"]), said["minutes"], frozenset(said["without"]))


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
