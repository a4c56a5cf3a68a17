"""Rounds of a room, opened and closed without the facilitator's pages; and what a phone's page says."""

from __future__ import annotations

import re

from assistant.accounts.sealed import load_seal_key
from assistant.store.workshop import rounds

from .client import Client, Page
from .hall import Hall

WALL, VALUES, LADDER, STORY, HUNDRED = "wall_before", "values_silent", "ladder", "the_case", "hundred"
STANCE, AGAIN, REASONS = "stance:ring_the_bell", "stance_again:ring_the_bell", "arguments:ring_the_bell"
ITEM = "ring_the_bell"


def open_now(hall: Hall, key: str) -> None:
    hall.go_to(key)
    rounds.open_round(hall.shell.engine, hall.id, hall.workshop.at, load_seal_key(hall.shell.settings.seal_key_path))


def close_now(hall: Hall, *, show: bool = True) -> str:
    keys, at = load_seal_key(hall.shell.settings.seal_key_path), hall.workshop.at
    state = rounds.close_round(hall.shell.engine, hall.id, at, hall.workshop.now, hall.workshop.smallest, keys)
    if state == rounds.HELD and show:
        rounds.decide(hall.shell.engine, hall.id, at, show=True)
    return state


def tally(hall: Hall) -> dict[str, dict[str, int]]:
    found = rounds.find_round(hall.shell.engine, hall.id, hall.workshop.at)
    assert found
    assert found.tally
    return found.tally.counts


def numbers(page: Page) -> set[str]:
    return set(re.findall(r"\d+", page.text))


def english(phone: Client) -> Page:
    return phone.get("/en/room")
