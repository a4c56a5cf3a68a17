"""Preparing, the door, moving on, the tables, the end."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from assistant.accounts.tokens import fingerprint
from assistant.answers import Answer
from assistant.errors import Conflict, NotFound, TooManyTries
from assistant.store.forgetting import forget_dossier
from assistant.store.throttle import begin_join, take_back
from assistant.store.workshop import door, kept, running, tables
from assistant.store.workshop.origins import find_origin, list_results, save_origin
from assistant.store.workshop.rounds import open_round
from assistant.workshop.hundred import Rates
from assistant.workshop.plan import Chosen

from ..desk import add_people
from ..samples import KEY, rows, start
from .days import AT, KEYS, OWNER, STANCE, begin, make, prepare, seats, vote

TOKEN_BITS = 128


def test_a_workshop_comes_back_as_it_was_prepared(engine: Engine) -> None:
    chosen = Chosen(dilemmas=("tell",), minutes={"wall": 12}, without={"stairs"})
    id = make(engine, chosen=chosen, smallest=4)
    found = kept.find_workshop(engine, id, OWNER)
    assert (found.title, found.smallest, found.tables, found.state, found.at) == ("Middag", 4, 2, kept.PREPARED, 0)
    assert found.chosen == Chosen(("tell",), {"wall": 12}, frozenset({"stairs"}))
    assert found.now.key == "part_0"
    assert "stance:tell" in {one.key for one in found.rounds}


def test_a_workshop_is_its_facilitators_alone(engine: Engine) -> None:
    id = make(engine)
    with pytest.raises(NotFound):
        kept.find_workshop(engine, id, "22222222-0000-4000-8000-000000000002")
    with pytest.raises(NotFound):
        kept.find_workshop(engine, "22222222-0000-4000-8000-000000000002", OWNER)
    assert [line.id for line in kept.list_workshops(engine, OWNER)] == [id]
    assert kept.list_workshops(engine, "22222222-0000-4000-8000-000000000002") == []


def test_preparing_ends_when_the_day_begins_and_two_do_not_overwrite_each_other(engine: Engine) -> None:
    id = make(engine)
    found = kept.find_workshop(engine, id)
    changed = replace(prepare(found.edition_hash), title="Ochtend")
    kept.save_preparation(engine, id, found.version, changed)
    with pytest.raises(Conflict):
        kept.save_preparation(engine, id, found.version, changed)
    running.start(engine, id, AT)
    with pytest.raises(Conflict):
        kept.save_preparation(engine, id, kept.find_workshop(engine, id).version, changed)
    with pytest.raises(Conflict):
        running.start(engine, id, AT)


def test_a_code_has_eight_letters_that_nobody_misreads_and_is_read_as_people_type_it() -> None:
    codes = {door.new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 8 and not set(code) & set("AEIOUY01") for code in codes)
    assert len(door.LETTERS) == 28
    code = codes.pop()
    assert door.read_code(f" {door.written_code(code).lower()} ") == door.read_code(code) == code
    assert [door.read_code(typed) for typed in ("", "BCDF", "BCDF-GHJ0", "BCDFGHJKL", "é" * 8)] == [""] * 5


def test_the_door_opens_by_code_and_by_link_until_it_is_renewed_closed_or_late(engine: Engine) -> None:
    id = begin(engine)
    first = kept.find_workshop(engine, id)
    assert door.find_by_code(engine, first.code, AT).id == door.find_by_key(engine, first.join_key, AT).id == id
    door.open_door(engine, id, AT)
    second = kept.find_workshop(engine, id)
    late = AT + door.LONGEST + timedelta(seconds=1)
    for code, key, at in ((first.code, first.join_key, AT), (second.code, second.join_key, late), ("", "", AT)):
        with pytest.raises(NotFound):
            door.find_by_code(engine, code, at)
        with pytest.raises(NotFound):
            door.find_by_key(engine, key, at)
    door.close_door(engine, id)
    with pytest.raises(NotFound):
        door.find_by_code(engine, second.code, AT)
    with pytest.raises(NotFound):
        door.find_by_key(engine, second.join_key, AT)


def test_links_are_too_long_to_guess(engine: Engine) -> None:
    found = kept.find_workshop(engine, begin(engine))
    pen = tables.new_pen(engine, found.id, 1)
    assert all(len(token) * 6 >= TOKEN_BITS for token in (found.join_key, found.screen_key, pen))


def test_who_is_in_stays_in_when_the_code_changes(engine: Engine) -> None:
    id = begin(engine)
    token = door.take_seat(engine, id, 2, discipline="policy", card="parent")
    door.open_door(engine, id, AT)
    seat = door.find_seat(engine, token)
    assert (seat.number, seat.place, seat.discipline, seat.card, seat.workshop.id) == (1, 2, "policy", "parent", id)
    assert door.find_version(engine, token) == kept.find_workshop(engine, id).version
    assert door.find_version(engine, "other") is None
    assert door.list_seats(engine, id) == [(1, 2)]
    assert rows(engine, "SELECT id FROM workshop_seat") == [(fingerprint(token),)]


def test_a_seat_at_a_table_that_is_not_there_is_one_at_the_nearest(engine: Engine) -> None:
    id = begin(engine)
    places = [door.find_seat(engine, door.take_seat(engine, id, place)).place for place in (-1, 0, 1, 2, 9)]
    assert places == [1, 1, 1, 2, 2]


def test_nobody_sits_down_before_the_day_or_after_it(engine: Engine) -> None:
    id = make(engine)
    with pytest.raises(Conflict):
        door.take_seat(engine, id, 1)
    running.start(engine, id, AT)
    running.end(engine, id, AT)
    with pytest.raises(Conflict):
        door.take_seat(engine, id, 1)


def looked_at(engine: Engine, tries: Iterable[tuple[str, int]]) -> int:
    """How many of these tries, each from an address after so many milliseconds, got as far as the codes."""
    through = 0
    for address, after in tries:
        with suppress(TooManyTries):
            begin_join(engine, KEY, address, AT + timedelta(milliseconds=after))
            through += 1
    return through


def test_ten_thousand_guesses_get_no_further_than_the_throttle(engine: Engine) -> None:
    guesses = [(f"10.0.0.{number % 250}", number * 60) for number in range(10_000)]
    assert looked_at(engine, guesses) == 10  # in ten minutes, from one network


def test_guesses_from_everywhere_are_at_most_sixty_a_minute(engine: Engine) -> None:
    guesses = [(f"10.{number % 250}.{number // 250}.1", number * 59) for number in range(1_000)]
    assert looked_at(engine, guesses) == 60


def test_right_codes_from_one_network_are_not_counted(engine: Engine) -> None:
    for number in range(200):
        tried = begin_join(engine, KEY, f"10.0.0.{number}", AT)
        take_back(engine, tried, AT)
    begin_join(engine, KEY, "10.0.0.1", AT)


def test_two_presses_move_one_round(engine: Engine) -> None:
    id = begin(engine)
    running.go_to(engine, id, STANCE, STANCE + 1)
    running.go_to(engine, id, STANCE, STANCE + 1)
    running.go_to(engine, id, STANCE + 1, 99)
    running.go_to(engine, id, STANCE + 1, -1)
    assert kept.find_workshop(engine, id).at == STANCE + 1


def test_every_change_that_can_be_seen_makes_a_version(engine: Engine) -> None:
    id = begin(engine)
    seen = [kept.find_workshop(engine, id).version]
    for change in (
        lambda: running.extend_timer(engine, id, 5, AT),
        lambda: running.set_timer(engine, id, None),
        lambda: running.park(engine, id, "later"),
        lambda: running.take_from_park(engine, id, "later"),
        lambda: running.set_rates(engine, id, Rates(20, 10, 5)),
        lambda: open_round(engine, id, STANCE, KEYS),
        lambda: running.go_to(engine, id, STANCE, 1),
        lambda: running.end(engine, id, AT),
        lambda: running.reopen(engine, id),
    ):
        change()
        seen.append(kept.find_workshop(engine, id).version)
    assert seen == [*range(seen[0], seen[0] + 10)]


def test_answering_is_no_change_for_the_others(engine: Engine) -> None:
    id = begin(engine)
    open_round(engine, id, STANCE, KEYS)
    version = kept.find_workshop(engine, id).version
    vote(engine, seats(engine, id, 2), "never", "certainly")
    assert kept.find_workshop(engine, id).version == version


def test_the_timer_is_extended_from_what_is_left_or_from_now(engine: Engine) -> None:
    id = begin(engine)
    running.set_timer(engine, id, AT + timedelta(minutes=5))
    running.extend_timer(engine, id, 2, AT)
    assert kept.find_workshop(engine, id).ends_at == AT + timedelta(minutes=7)
    running.extend_timer(engine, id, 2, AT + timedelta(hours=1))
    assert kept.find_workshop(engine, id).ends_at == AT + timedelta(hours=1, minutes=2)


def test_a_note_takers_link_writes_at_one_table_as_long_as_the_day_lasts(engine: Engine) -> None:
    id = begin(engine)
    first, pen = tables.new_pen(engine, id, 2), tables.new_pen(engine, id, 2)
    found, place = tables.find_by_pen(engine, pen)
    assert (found.id, place) == (id, 2)
    for token in (first, "", "other"):
        with pytest.raises(NotFound):
            tables.find_by_pen(engine, token)
    running.end(engine, id, AT)
    with pytest.raises(NotFound):
        tables.find_by_pen(engine, pen)


def test_a_table_keeps_answers_views_values_and_harvest(engine: Engine) -> None:
    id = begin(engine)
    harvest = tables.Harvest("kiezen", "vragen", "morgen", (tables.HarvestAction("bellen", "jurist", "2026-12-01"),))
    tables.save_table_answer(engine, id, 1, "q", 0, Answer(value="a", motivation="omdat"))
    tables.save_table_answer(engine, id, 1, "w", 0, Answer(unsure=True, owner="jurist", due="2026-12-01"))
    tables.add_table_view(engine, id, 1, "q", "anders")
    tables.save_values(engine, id, 1, 0, ("care", "trust"))
    tables.save_harvest(engine, id, 1, 0, harvest)
    first, second = tables.list_tables(engine, id)
    assert (first.answers["q"].value, first.answers["q"].other_views) == ("a", ("anders",))
    assert (first.answers["w"].unsure, first.answers["w"].owner) == (True, "jurist")
    assert (first.values, first.harvest) == (("care", "trust"), harvest)
    assert (second.answers, second.values, second.harvest) == ({}, (), tables.Harvest())


def test_two_devices_at_one_table_overwrite_nothing_unseen(engine: Engine) -> None:
    id = begin(engine)
    tables.save_table_answer(engine, id, 1, "q", 0, Answer(value="a"))
    tables.save_table_answer(engine, id, 1, "q", 0, Answer(value="a"))
    with pytest.raises(Conflict):
        tables.save_table_answer(engine, id, 1, "q", 0, Answer(value="b"))
    rev = tables.find_table(engine, id, 1).answers["q"].rev
    tables.save_table_answer(engine, id, 1, "w", 0, Answer(value="c"))
    tables.save_table_answer(engine, id, 1, "q", rev, Answer(value="b"))
    tables.save_values(engine, id, 1, 0, ("care",))
    with pytest.raises(Conflict):
        tables.save_values(engine, id, 1, 0, ("trust",))
    assert tables.find_table(engine, id, 1).values == ("care",)


def test_a_day_typed_in_afterwards_may_still_be_written(engine: Engine) -> None:
    id = begin(engine)
    running.end(engine, id, AT)
    tables.save_values(engine, id, 1, 0, ("care",))
    assert tables.find_table(engine, id, 1).values == ("care",)


def test_tables_are_there_when_the_day_begins(engine: Engine) -> None:
    id = make(engine)
    with pytest.raises(NotFound):
        tables.find_table(engine, id, 1)
    running.start(engine, id, AT)
    assert [table.number for table in tables.list_tables(engine, id)] == [1, 2]


def test_a_forgotten_workshop_leaves_nothing_and_its_dossier_stays(engine: Engine) -> None:
    id, other = begin(engine), begin(engine)
    add_people(engine)
    dossier = start(engine, owner=OWNER)
    open_round(engine, id, STANCE, KEYS)
    vote(engine, seats(engine, id, 1), "never")
    tables.save_values(engine, id, 1, 0, ("care",))
    save_origin(engine, dossier.id, id, 1, AT.date())
    assert list_results(engine, id, OWNER) == [(1, dossier.id)]
    assert list_results(engine, id, "other") == []
    kept.forget_workshop(engine, id)
    for table in ("ballot", "seat", "table", "round", "note"):
        column = f"SELECT count(*) FROM workshop_{table} WHERE workshop_id = '{id}'"
        assert rows(engine, column) == [(0,)]
    assert [line.id for line in kept.list_workshops(engine, OWNER)] == [other]
    origin = find_origin(engine, dossier.id)
    assert origin
    assert origin.day == AT.date()


def test_a_destroyed_dossier_takes_the_workshops_about_it_along(engine: Engine) -> None:
    dossier = start(engine)
    about, other = begin(engine, about_dossier=dossier.id), begin(engine)
    tables.save_values(engine, about, 1, 0, ("care",))
    forget_dossier(engine, dossier.id, actor="", at=AT, audit_key=KEY)
    assert [line.id for line in kept.list_workshops(engine, OWNER)] == [other]


def test_workshops_are_forgotten_some_time_after_they_ended(engine: Engine) -> None:
    old, new, going_on = begin(engine), begin(engine), begin(engine)
    running.end(engine, old, AT)
    running.end(engine, new, AT + timedelta(days=2))
    assert kept.forget_workshops(engine, ended_before=AT + timedelta(days=1)) == 1
    assert {line.id for line in kept.list_workshops(engine, OWNER)} == {new, going_on}
    assert kept.list_left_open(engine, opened_before=AT + timedelta(days=1)) == [going_on]


@pytest.mark.parametrize(("days", "asks"), [(0, False), (55, False), (56, True), (112, True), (113, False)])
def test_a_dossier_asks_back_eight_weeks_later(engine: Engine, days: int, asks: bool) -> None:
    dossier = start(engine)
    save_origin(engine, dossier.id, "gone", 1, date(2026, 11, 25))
    origin = find_origin(engine, dossier.id)
    assert origin
    assert origin.asks_back(date(2026, 11, 25) + timedelta(days=days)) is asks
    assert find_origin(engine, start(engine).id) is None
