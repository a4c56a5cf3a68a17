"""A queue of any length, made at once: as many dossiers, each with its line and the words of its title."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Engine, insert, text

from assistant.access import State
from assistant.store.chain import write_time
from assistant.store.database import writing
from assistant.store.editions import save_edition
from assistant.store.summaries import words_of
from assistant.store.tables import ORGANISATION, dossiers, summaries, summary_words

STATES: Final = {State.OFFICER: 11, State.TEAM: 9, State.ADVISED: 50, State.RUNNING: 20, State.CLOSED: 10}
OUTCOMES: Final = ("go_on", "go_on_with_agreements", "solve_first", "do_not_start")
DOMAINS: Final = tuple(f"domain{number}" for number in range(12))
OFFICERS: Final = ("", "", "", "officer1", "officer2")
VOCABULARY: Final = tuple(f"woord{number:04}" for number in range(3000))
RARE: Final = "zeldzaam"  # in the first title alone
FIRST_DAY: Final = date(2027, 1, 1)


def fill(engine: Engine, count: int, seed: int = 1) -> None:
    """Insert them, a few thousand a statement, and let the database look at what it holds."""
    chance = Random(seed)
    made = [_line(number, chance) for number in range(1, count + 1)]
    with writing(engine) as connection:
        edition = save_edition(connection, b"{}")
        for begin in range(0, count, 5000):
            part = made[begin : begin + 5000]
            connection.execute(insert(dossiers), [_dossier(line, edition) for line in part])
            connection.execute(insert(summaries), part)
            connection.execute(insert(summary_words), [word for line in part for word in _words(line)])
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _line(number: int, chance: Random) -> dict[str, Any]:
    picked = (VOCABULARY[int(len(VOCABULARY) * chance.random() ** 4)] for _ in range(8))  # some words are everywhere
    start = (FIRST_DAY + timedelta(days=chance.randrange(400))).isoformat()
    return {
        "dossier_id": str(UUID(int=chance.getrandbits(128), version=4)),
        "organisation_id": ORGANISATION,
        "state": chance.choices(list(STATES), list(STATES.values()))[0].value,
        "number": f"2026-{number:03}",
        "title": " ".join(picked) + (f" {RARE}" if number == 1 else ""),
        "phase": "idea",
        "domain": chance.choice(DOMAINS),
        "outcome": chance.choice(OUTCOMES),
        "stops": 0,
        "highs": 1,
        "open_points": 2,
        "wanted_start": start if chance.random() < 0.8 else "9999-12-31",
        "waiting_since": write_time(datetime(2026, 11, 1, tzinfo=UTC)),
        "taken_by": chance.choice(OFFICERS),
        "is_light": 0,
    }


def _words(line: dict[str, Any]) -> list[dict[str, Any]]:
    place = {name: line[name] for name in ("state", "wanted_start", "dossier_id")}
    return [{"word": word} | place for word in sorted({*words_of(line["title"]), *words_of(line["number"])})]


def _dossier(line: dict[str, Any], edition: str) -> dict[str, Any]:
    same = {name: line[name] for name in ("organisation_id", "number", "title", "phase", "state", "taken_by")}
    moment = line["waiting_since"]
    return same | {
        "id": line["dossier_id"],
        "language": "nl",
        "edition_hash": edition,
        "version": 1,
        "head": "",
        "salt": "00",
        "document": "{}",
        "created_at": moment,
        "updated_at": moment,
    }
