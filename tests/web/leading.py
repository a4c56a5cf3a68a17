"""A facilitator who runs a day: the running screen, and rooms that answer."""

from __future__ import annotations

from assistant.accounts.sealed import load_seal_key
from assistant.accounts.tokens import fingerprint
from assistant.store.workshop import door, rounds

from .client import Page
from .hall import Hall
from .pressing import press

WALL = "wall_before"


def run(hall: Hall) -> Page:
    return hall.lead.get(f"{hall.url}/run")


def stance(hall: Hall, nth: int = 0) -> str:
    return [one.key for one in hall.workshop.rounds if one.key.startswith("stance:")][nth]


def cast(hall: Hall, *chosen: str) -> None:
    """Phones that answer every item of this round alike, or one reason for and one against."""
    keys, now = load_seal_key(hall.shell.settings.seal_key_path), hall.workshop.now
    for one in chosen:
        seat = fingerprint(door.take_seat(hall.shell.engine, hall.id, 1))
        ballot = {item.id: [one] for item in now.items}
        rounds.cast(hall.shell.engine, seat, hall.workshop.at, ballot, keys)


def open_with(hall: Hall, key: str, *chosen: str) -> Page:
    hall.go_to(key)
    press(hall.lead, run(hall), "Open for answers")
    cast(hall, *chosen)
    return run(hall)


def state(hall: Hall) -> str:
    kept = rounds.find_round(hall.shell.engine, hall.id, hall.workshop.at)
    return kept.state if kept else ""


def location(page: Page) -> str:
    return page.response.headers["Location"]
