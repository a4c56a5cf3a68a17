"""Wrong tries: how many count in which time, for whom, and what is kept of them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from assistant.errors import TooManyTries
from assistant.store.throttle import LIMITS, NETWORK, begin_code, begin_sign_in, network_of, take_back

from .samples import AT, KEY, rows

HERE, NEIGHBOUR, ELSEWHERE = "192.0.2.7", "192.0.2.201", "198.51.100.7"


def count(attempt: Callable[[datetime], object], seconds: int, step: int = 1) -> list[int]:
    """The seconds at which a try was looked at, of somebody who tries at every step."""
    looked_at = []
    for second in range(0, seconds, step):
        with suppress(TooManyTries):
            attempt(AT + timedelta(seconds=second))
            looked_at.append(second)
    return looked_at


def most_in(looked_at: list[int], window: int) -> int:
    return max(sum(begin <= at < begin + window for at in looked_at) for begin in looked_at)


def test_a_thousand_tries_at_one_name_are_five_in_a_quarter_of_an_hour_and_ever_slower(engine: Engine) -> None:
    looked_at = count(lambda at: begin_sign_in(engine, KEY, "anna", HERE, at), 3_000, 3)
    assert looked_at[:5] == [0, 3, 6, 36, 156]
    assert most_in(looked_at, 900) == 5


def test_it_makes_no_difference_from_how_many_networks(engine: Engine) -> None:
    looked_at = count(lambda at: begin_sign_in(engine, KEY, "anna", f"10.{at.second}.{at.minute}.9", at), 900, 3)
    assert len(looked_at) == 5


def test_a_network_tries_twenty_names_in_a_quarter_of_an_hour(engine: Engine) -> None:
    looked_at = count(lambda at: begin_sign_in(engine, KEY, f"name {at}", HERE, at), 1_800, 5)
    assert most_in(looked_at, 900) == LIMITS[NETWORK].waits.index(900) + 1 == 20


def test_who_signed_in_here_before_is_not_kept_waiting_by_others(engine: Engine) -> None:
    take_back(engine, begin_sign_in(engine, KEY, "anna", HERE, AT), AT)
    later = AT + timedelta(hours=2)
    for address in (ELSEWHERE, HERE):
        for n in range(25):
            with pytest.raises(TooManyTries) if n >= 20 else nullcontext():
                begin_sign_in(engine, KEY, f"name {address} {n}", address, later)
    for _ in range(3):
        begin_sign_in(engine, KEY, "anna", ELSEWHERE, later + timedelta(hours=1))
    with pytest.raises(TooManyTries):
        begin_sign_in(engine, KEY, "anna", ELSEWHERE, later + timedelta(hours=1))
    begin_sign_in(engine, KEY, "anna", NEIGHBOUR, later + timedelta(hours=1))


def test_after_the_wait_the_right_one_works_and_wipes_the_slate(engine: Engine) -> None:
    for _ in range(3):
        begin_sign_in(engine, KEY, "anna", HERE, AT)
    with pytest.raises(TooManyTries) as told:
        begin_sign_in(engine, KEY, "anna", HERE, AT)
    later = AT + timedelta(seconds=told.value.wait)
    take_back(engine, begin_sign_in(engine, KEY, "anna", HERE, later), later)
    for _ in range(3):
        begin_sign_in(engine, KEY, "anna", HERE, later)


def test_right_tries_of_others_count_for_nobody(engine: Engine) -> None:
    for n in range(200):
        take_back(engine, begin_sign_in(engine, KEY, f"colleague {n}", HERE, AT), AT)
    assert rows(engine, "SELECT tries FROM throttle WHERE kind = 'network'") == [(0,)]
    assert rows(engine, "SELECT count(*) FROM throttle WHERE kind IN ('person', 'pair')") == [(0,)]


def test_forty_at_once_are_counted_one_by_one(engine: Engine) -> None:
    def attempt(_: int) -> bool:
        try:
            begin_code(engine, KEY, "anna", AT)
        except TooManyTries:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(40))) == 3


def test_no_name_and_no_address_is_kept(engine: Engine) -> None:
    take_back(engine, begin_sign_in(engine, KEY, "anna@oeverland.example", HERE, AT), AT)
    begin_sign_in(engine, KEY, "bram@oeverland.example", HERE, AT)
    kept = str(rows(engine, "SELECT * FROM throttle"))
    assert "oeverland" not in kept
    assert "192.0" not in kept


def test_what_is_over_is_swept_away(engine: Engine) -> None:
    for n in range(5):
        begin_sign_in(engine, KEY, f"name {n}", f"198.51.{n}.7", AT)
    begin_sign_in(engine, KEY, "anna", HERE, AT + timedelta(hours=2))
    assert rows(engine, "SELECT count(*) FROM throttle") == [(2,)]


@pytest.mark.parametrize(
    ("address", "network"),
    [("192.0.2.7", "192.0.2.0/24"), ("2001:db8:1:2::9", "2001:db8:1::/48"), ("", ""), ("unix", "unix")],
)
def test_a_network(address: str, network: str) -> None:
    assert network_of(address) == network
