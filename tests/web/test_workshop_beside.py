"""Beside the rounds: the timer, the door, the parking lot, phones, the early end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from assistant import clock
from assistant.opening import Shell
from assistant.store.workshop import door, running

from .hall import Hall, open_hall
from .leading import WALL, location, open_with, run
from .pressing import press


@pytest.fixture
def hall(app: Flask, shell: Shell) -> Hall:
    return open_hall(app, shell, "en")


class TestBeside:
    def test_the_timer(self, hall: Hall) -> None:
        press(hall.lead, run(hall), "Start the timer", minutes="7")
        ends = hall.workshop.ends_at
        assert ends
        assert timedelta(minutes=6, seconds=50) < ends - clock.now() <= timedelta(minutes=7)
        press(hall.lead, run(hall), "2 minutes more")
        later = hall.workshop.ends_at
        assert later
        assert later - ends == timedelta(minutes=2)
        press(hall.lead, run(hall), "Timer off")
        assert hall.workshop.ends_at is None

    @pytest.mark.parametrize(("typed", "minutes"), [("0", 1), ("-4", 1), ("99999", 240), ("soon", 10), ("", 10)])
    def test_minutes_that_make_no_sense(self, hall: Hall, typed: str, minutes: int) -> None:
        press(hall.lead, run(hall), "Start the timer", minutes=typed)
        ends = hall.workshop.ends_at
        assert ends
        assert round((ends - clock.now()).total_seconds() / 60) == minutes

    def test_the_parking_lot(self, hall: Hall) -> None:
        for text in ("Wie betaalt dit?", "De wet van '98 & <later>"):
            press(hall.lead, run(hall), "Park it", text=text)
        assert hall.workshop.parked == ("Wie betaalt dit?", "De wet van '98 & <later>")
        press(hall.lead, run(hall), "Take off: De wet")
        assert hall.workshop.parked == ("Wie betaalt dit?",)

    @pytest.mark.parametrize("text", ["", "   ", "x" * 201])
    def test_what_cannot_be_parked_stays_in_its_field(self, hall: Hall, text: str) -> None:
        page = press(hall.lead, run(hall), "Park it", 422, text=text)
        assert "text" in page.errors
        assert page.tree.find(".//title").text.startswith("Error: ")
        assert page.value("text") == [text.strip()]
        assert hall.workshop.parked == ()

    def test_a_full_parking_lot_keeps_what_was_typed(self, hall: Hall) -> None:
        for number in range(running.MOST_PARKED):
            running.park(hall.shell.engine, hall.id, f"{number}")
        page = press(hall.lead, run(hall), "Park it", 422, text="Nog iets")
        assert page.value("text") == ["Nog iets"]
        assert "full" in page.errors["text"]

    def test_the_door(self, hall: Hall) -> None:
        first = hall.workshop.code
        assert door.written_code(first) in run(hall).text
        press(hall.lead, run(hall), "Another code")
        assert hall.workshop.code not in ("", first)
        press(hall.lead, run(hall), "Close the door")
        page = run(hall)
        assert hall.workshop.code == ""
        assert "nobody else comes in" in page.text
        press(hall.lead, page, "Open the door")
        assert hall.workshop.code

    def test_a_code_that_ran_out_is_not_shown(self, hall: Hall) -> None:
        door.open_door(hall.shell.engine, hall.id, clock.now() - door.LONGEST)
        assert door.written_code(hall.workshop.code) not in run(hall).text

    def test_a_phone_is_sent_out(self, hall: Hall) -> None:
        open_with(hall, WALL, "agree", "agree")
        page = hall.lead.get(f"{hall.url}/phones")
        assert "Phone 1 · table 1" in page.text
        assert "Phone 2 · table 1" in page.text
        press(hall.lead, page, "Send out: Phone 1")
        press(hall.lead, page, "Send out: Phone 1")  # of an old page
        assert [number for number, _ in door.list_seats(hall.shell.engine, hall.id)] == [2]
        assert "1 are in · 1 are ready" in run(hall).text

    def test_the_hundred_people(self, hall: Hall) -> None:
        hall.go_to("hundred")
        press(hall.lead, run(hall), "Draw it so", flagged="30", cases="10", hits="9")
        assert vars(hall.workshop.rates) == {"flagged": 30, "cases": 10, "hits": 9}
        assert "Flagged for nothing: 21. Missed: 1. Left alone: 69." in run(hall).text

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            (("20", "5", "6"), "hits"),
            (("60", "60", "10"), "hits"),
            (("101", "5", "1"), "flagged"),
            (("20", "", "1"), "cases"),
            (("20", "5", "-1"), "hits"),
            (("20", "5", "zes"), "hits"),
        ],
    )
    def test_people_that_cannot_be(self, hall: Hall, typed: tuple[str, str, str], field: str) -> None:
        hall.go_to("hundred")
        given = dict(zip(("flagged", "cases", "hits"), typed, strict=True))
        page = press(hall.lead, run(hall), "Draw it so", 422, **given)
        assert field in page.errors
        assert {name: page.value(name) for name in given} == {name: [text] for name, text in given.items()}
        assert hall.workshop.rates.flagged == 20

    def test_ending_asks_first_and_can_be_undone(self, hall: Hall) -> None:
        open_with(hall, WALL, *["agree"] * 6)
        asked = hall.lead.get(f"{hall.url}/end")
        assert "destroyed unseen" in asked.text
        assert "25 rounds were not played" in asked.text
        assert hall.workshop.state == "open"
        press(hall.lead, asked, "End the day")
        assert hall.workshop.state == "ended"
        assert hall.url in location(press(hall.lead, asked, "End the day"))  # twice ends once
        fields = {"csrf_token": asked.value("csrf_token")[0], "do": "reopen"}
        assert location(hall.lead.post(f"{hall.url}/end", fields)).endswith("/run")
        assert hall.workshop.state == "open"
        assert hall.workshop.at == hall.place(WALL)

    def test_after_the_end_every_button_leads_on(self, hall: Hall) -> None:
        page, park = run(hall), {"text": "x", "minutes": "3", "do": "open", "number": "1", "phone": "1"}
        running.end(hall.shell.engine, hall.id, clock.now())
        fields = park | {"csrf_token": page.value("csrf_token")[0], "at": "0"}
        before = hall.workshop
        for where in ("round", "door", "phones", "time", "parking", "run/move", "rates"):
            assert "/run" in location(hall.lead.post(f"{hall.url}/{where}", fields))
        assert hall.workshop == before
