"""Where the room is: beginning, moving on, the timer, the parking lot, the end."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Engine, insert, select

from assistant.errors import Conflict
from assistant.store.chain import write_time
from assistant.store.database import wipe_log, writing
from assistant.store.tables import workshop_tables
from assistant.store.workshop.door import forget_seats
from assistant.store.workshop.kept import ENDED, OPEN, PREPARED, lock_workshop, read_plan, save_workshop
from assistant.store.workshop.rounds import drop_open_rounds
from assistant.workshop.hundred import Rates

MOST_PARKED: Final = 100


def start(engine: Engine, id: str, at: datetime) -> None:
    """The day begins, at its first round, with the door still closed. A second press changes nothing."""
    with writing(engine) as connection:
        row = lock_workshop(connection, id, state=PREPARED)
        _make_tables(connection, id, row["tables"])
        save_workshop(connection, row, state=OPEN, at=0, opened_at=write_time(at))


def _make_tables(connection: Connection, id: str, tables: int) -> None:
    there = set(connection.scalars(select(workshop_tables.c.number).where(workshop_tables.c.workshop_id == id)))
    for number in {*range(1, tables + 1)} - there:
        row = {"workshop_id": id, "number": number, "pen": "", "version": 1, "body": "{}"}
        connection.execute(insert(workshop_tables), row)


def go_to(engine: Engine, id: str, came_from: int, to: int) -> None:
    """To another round. A round left open is let go unseen. Pressed twice, or by two: the second changes nothing."""
    with writing(engine) as connection:
        row = lock_workshop(connection, id)
        last = len(read_plan(row["plan"]).played) - 1
        if row["at"] != came_from or not 0 <= to <= last or to == came_from:
            return
        drop_open_rounds(connection, id)
        save_workshop(connection, row, at=to, ends_at="")
    wipe_log(engine)


def set_timer(engine: Engine, id: str, ends_at: datetime | None) -> None:
    """The round ends at this moment, or has no timer. Nothing closes by itself."""
    with writing(engine) as connection:
        save_workshop(connection, lock_workshop(connection, id), ends_at=write_time(ends_at) if ends_at else "")


def extend_timer(engine: Engine, id: str, minutes: int, now: datetime) -> None:
    """Some minutes more: after what was left, or from now."""
    with writing(engine) as connection:
        row = lock_workshop(connection, id)
        left = datetime.fromisoformat(row["ends_at"]) if row["ends_at"] else now
        ends_at = max(left, now) + timedelta(minutes=minutes)
        save_workshop(connection, row, ends_at=write_time(ends_at))


def park(engine: Engine, id: str, text: str) -> None:
    """Something for later. Raises Conflict when the lot is full."""
    with writing(engine) as connection:
        row = lock_workshop(connection, id)
        parked = json.loads(row["parked"])
        if len(parked) >= MOST_PARKED:
            raise Conflict(["parked"])
        save_workshop(connection, row, parked=json.dumps([*parked, text], ensure_ascii=False))


def take_from_park(engine: Engine, id: str, text: str) -> None:
    """It was talked about, or it is not needed."""
    with writing(engine) as connection:
        row = lock_workshop(connection, id)
        parked = [one for one in json.loads(row["parked"]) if one != text]
        save_workshop(connection, row, parked=json.dumps(parked, ensure_ascii=False))


def set_rates(engine: Engine, id: str, rates: Rates) -> None:
    """How the hundred people are drawn."""
    with writing(engine) as connection:
        save_workshop(connection, lock_workshop(connection, id), rates=json.dumps(vars(rates)))


def end(engine: Engine, id: str, at: datetime) -> bool:
    """The day is over: every phone and every key goes; what was shown, typed and harvested stays. As `wipe_log`."""
    with writing(engine) as connection:
        row = lock_workshop(connection, id)
        drop_open_rounds(connection, id)
        forget_seats(connection, id)
        connection.execute(workshop_tables.update().where(workshop_tables.c.workshop_id == id).values(pen=""))
        closed = dict.fromkeys(("code", "code_until", "join_key", "ends_at"), "")
        save_workshop(connection, row, state=ENDED, ended_at=write_time(at), **closed)
    return wipe_log(engine)


def reopen(engine: Engine, id: str) -> None:
    """It was not over after all."""
    with writing(engine) as connection:
        row = lock_workshop(connection, id, state=ENDED)
        save_workshop(connection, row, state=OPEN, ended_at="")
