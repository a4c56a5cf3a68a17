"""The facilitator's running screen: one round at a time, every button, and a whole day on paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import IntegerConverter, Rule

from assistant import clock
from assistant.accounts.sealed import load_seal_key
from assistant.accounts.tokens import fingerprint
from assistant.demo import PEOPLE
from assistant.opening import Shell
from assistant.store.workshop import door, notes, rounds, running
from assistant.workshop.ballots import LONGEST_NOTE

from .client import Client, Page
from .hall import Hall, open_hall, prepare
from .pressing import press

WALL = "wall_before"


@pytest.fixture
def hall(app: Flask, shell: Shell) -> Hall:
    hall = open_hall(app, shell)
    hall.lead = Client(app, "en", "facilitator")
    return hall


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


class TestOneRound:
    def test_it_says_where_we_are_and_what_to_say(self, hall: Hall) -> None:
        hall.go_to(WALL)
        page, now = run(hall), hall.workshop.now
        assert page.h1 == now.title.en
        assert "part 1 of 15" in page.text
        assert "round 2 of 27" in page.text
        for text in (now.says.en, now.listen.en, *(prompt.en for prompt in now.prompts[:3])):
            assert " ".join(text.split()) in page.text
        assert all(item.says.en in page.text for item in now.items)

    def test_the_story_and_the_house_rules_are_there_to_read_out(self, hall: Hall) -> None:
        assert all(rule.en in run(hall).text for rule in hall.shell.playbook.workshop.house_rules)
        hall.go_to("the_case")
        assert all(fact.en in run(hall).text for fact in hall.workshop.story.facts)

    def test_the_news_comes_with_its_round_and_not_before(self, hall: Hall) -> None:
        twist = hall.workshop.story.twist
        assert twist
        assert twist.en not in run(hall).text
        hall.go_to(next(one.key for one in hall.workshop.rounds if one.news))
        assert twist.en in run(hall).text

    def test_the_projector_opens_beside_it(self, hall: Hall) -> None:
        [link] = [a for a in run(hall).all("a") if "/screen/" in a.get("href", "")]
        assert (link.get("target"), link.get("rel")) == ("_blank", "noopener")
        assert "another tab" in link.text_content()

    def test_every_round_of_the_day_has_one_big_button(self, hall: Hall) -> None:
        for number in range(len(hall.workshop.rounds)):
            page = run(hall)
            main = [
                one for one in page.tree.find_class("run-main")[0].iter("button", "a") if "primary" in one.get("class")
            ]
            assert len(main) == 1, hall.workshop.now.key
            running.go_to(hall.shell.engine, hall.id, number, number + 1)

    def test_it_says_when_the_day_ends(self, hall: Hall) -> None:
        assert "That is as planned" in run(hall).text
        running.go_to(hall.shell.engine, hall.id, 0, 5)
        assert "minutes to spare" in run(hall).text


class TestAnswering:
    def test_open_close_and_show(self, hall: Hall) -> None:
        page = open_with(hall, WALL, *["agree"] * 4, *["disagree"] * 3)
        assert "7 are in" in page.text
        assert "7 are ready" in page.text
        assert not page.all("table")  # no figures before the round is closed
        press(hall.lead, page, "Close and show")
        page = run(hall)
        first = page.all("tbody")[0].findall("tr")[0]
        assert [cell.text for cell in first.findall("td")] == ["0", "3", "0", "4", "0", "7"]
        assert press(hall.lead, page, "Next:")
        assert hall.workshop.at == hall.place(WALL) + 1

    def test_too_few_shows_nothing_and_it_can_be_tried_again(self, hall: Hall) -> None:
        press(hall.lead, open_with(hall, WALL, *["agree"] * 4), "Close and show")
        page = run(hall)
        assert "fewer than 5 answered" in page.text
        assert not page.all("table")
        press(hall.lead, page, "Open once more")
        cast(hall, *["agree"] * 6)
        press(hall.lead, run(hall), "Close and show")
        assert state(hall) == "shown"

    @pytest.mark.parametrize(("button", "after"), [("Show anyway", "shown"), ("Talk without the figures", "withheld")])
    def test_all_but_one_agree(self, hall: Hall, button: str, after: str) -> None:
        press(hall.lead, open_with(hall, stance(hall), *["never"], *["only_if"] * 6), "Close and show")
        page = run(hall)
        assert state(hall) == "held"
        assert "may point at one person" in page.text
        assert not page.all("table")
        press(hall.lead, page, button)
        assert state(hall) == after
        assert bool(run(hall).all("table")) is (after == "shown")

    def test_a_button_of_an_old_page_changes_nothing(self, hall: Hall) -> None:
        hall.go_to(WALL)
        old = run(hall)
        press(hall.lead, old, "Open for answers")
        cast(hall, "agree")
        press(hall.lead, old, "Open for answers")
        assert rounds.count_in(hall.shell.engine, hall.id, hall.workshop.at) == (1, 1)
        opened = run(hall)
        press(hall.lead, opened, "Close and show")
        press(hall.lead, opened, "Close and show")
        assert state(hall) == "withheld"
        hall.go_to("ladder")
        press(hall.lead, old, "Open for answers")
        assert state(hall) == ""

    def test_only_a_round_with_phones_can_be_opened(self, hall: Hall) -> None:
        token = run(hall).value("csrf_token")[0]
        hall.lead.post(f"{hall.url}/round", {"csrf_token": token, "do": "open", "number": "0"})
        assert state(hall) == ""

    def test_before_and_after_stand_side_by_side(self, hall: Hall) -> None:
        for key, chosen in ((WALL, "agree"), ("wall_after", "disagree")):
            press(hall.lead, open_with(hall, key, *[chosen] * 5, "neutral", "neutral"), "Close and show")
        assert run(hall).texts("caption") == ["7 people answered", "Before: 7 people answered"]

    def test_what_changes_by_itself(self, hall: Hall) -> None:
        open_with(hall, WALL, "agree", "agree")
        where = f"/en{hall.url}/run/now"
        answer = hall.lead.browser.get(where)
        assert answer.json == {"version": hall.workshop.version, "in": 2, "ready": 2, "left": None}
        tag = {"If-None-Match": answer.headers["ETag"]}
        assert hall.lead.browser.get(where, headers=tag).status_code == 304
        cast(hall, "agree")
        assert hall.lead.browser.get(where, headers=tag).json["ready"] == 3
        running.set_timer(hall.shell.engine, hall.id, clock.now() + timedelta(minutes=3))
        assert 170 < hall.lead.browser.get(where, headers=tag).json["left"] <= 180


class TestMoving:
    def test_two_tabs_pressing_next_move_one_round(self, hall: Hall) -> None:
        one, other = run(hall), run(hall)
        press(hall.lead, one, "Next:")
        press(hall.lead, other, "Next:")
        assert hall.workshop.at == 1

    def test_skip_back_and_anywhere(self, hall: Hall) -> None:
        hall.go_to(WALL)
        press(hall.lead, run(hall), "Skip this round")
        assert hall.workshop.at == 2
        press(hall.lead, run(hall), "Back to the round before")
        assert hall.workshop.at == 1
        press(hall.lead, run(hall), hall.workshop.rounds[4].title.en)
        assert hall.workshop.at == 4

    @pytest.mark.parametrize("do", ["goto:999", "goto:x", "goto:", "goto:²", "elsewhere", ""])
    def test_nowhere_is_nowhere(self, hall: Hall, do: str) -> None:
        page = run(hall)
        fields = {"csrf_token": page.value("csrf_token")[0], "do": do, "at": "0"}
        hall.lead.post(f"{hall.url}/run/move", fields)
        hall.lead.post(f"{hall.url}/run/move", fields | {"at": "x"})
        assert hall.workshop.at == 0

    def test_leaving_answers_behind_is_asked_first(self, hall: Hall) -> None:
        page = open_with(hall, WALL, *["agree"] * 6)
        asked = press(hall.lead, page, "Skip this round", status=200)
        assert "destroyed" in asked.text
        assert hall.workshop.at == hall.place(WALL)
        press(hall.lead, asked, "Go on without showing")
        assert hall.workshop.at == hall.place(WALL) + 1
        kept = rounds.find_round(hall.shell.engine, hall.id, hall.place(WALL))
        assert kept
        assert kept.state == "withheld"
        assert kept.tally is None

    def test_an_open_round_without_answers_is_left_at_once(self, hall: Hall) -> None:
        press(hall.lead, open_with(hall, WALL), "Skip this round")
        assert hall.workshop.at == hall.place(WALL) + 1

    def test_it_goes_on_to_where_the_workshop_is(self, hall: Hall) -> None:
        prepared = prepare(hall.shell)
        assert f"/workshops/{prepared}" in _location(hall.lead.get(f"/workshops/{prepared}/run", 302))
        running.end(hall.shell.engine, hall.id, clock.now())
        assert hall.url in _location(hall.lead.get(f"{hall.url}/run", 302))


def _location(page: Page) -> str:
    return page.response.headers["Location"]


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
        assert hall.url in _location(press(hall.lead, asked, "End the day"))  # twice ends once
        fields = {"csrf_token": asked.value("csrf_token")[0], "do": "reopen"}
        assert _location(hall.lead.post(f"{hall.url}/end", fields)).endswith("/run")
        assert hall.workshop.state == "open"
        assert hall.workshop.at == hall.place(WALL)

    def test_after_the_end_every_button_leads_on(self, hall: Hall) -> None:
        page, park = run(hall), {"text": "x", "minutes": "3", "do": "open", "number": "1", "phone": "1"}
        running.end(hall.shell.engine, hall.id, clock.now())
        fields = park | {"csrf_token": page.value("csrf_token")[0], "at": "0"}
        before = hall.workshop
        for where in ("round", "door", "phones", "time", "parking", "run/move", "rates"):
            assert "/run" in _location(hall.lead.post(f"{hall.url}/{where}", fields))
        assert hall.workshop == before


class TestPaper:
    def paper(self, hall: Hall, key: str) -> Page:
        hall.go_to(key)
        return hall.lead.get(f"{hall.url}/rounds/{hall.workshop.at}/paper")

    def test_one_fast_line(self, hall: Hall) -> None:
        door.close_door(hall.shell.engine, hall.id)
        key = stance(hall)
        item = key.partition(":")[2]
        page = self.paper(hall, key)
        saved = hall.lead.follow(press(hall.lead, page, "Save", **{f"line-{item}": "0 2 5 1 3"}))
        assert [td.text for td in saved.all("td")] == ["0", "2", "5", "1", "3"]
        assert "On paper: 11 people" in saved.text
        press(hall.lead, saved, "Close and show")
        assert state(hall) == "shown"
        assert [td.text for td in run(hall).all("td")] == ["0", "2", "5", "1", "3"]

    @pytest.mark.parametrize(
        ("line", "says"),
        [
            ("0 2 vijf 1 3", "whole numbers"),
            ("0 2 5 1", "5 numbers belong here and 4 are typed. The order is: Never"),
            ("0 2 5 1 3 3", "and 6 are typed"),
            ("0 2 5 1 999", "more than 500 forms"),
            ("0 2 5 -1 3", "whole numbers"),
        ],
    )
    def test_what_is_wrong_is_said_and_everything_typed_stays(self, hall: Hall, line: str, says: str) -> None:
        key = stance(hall)
        name = f"line-{key.partition(':')[2]}"
        page = press(hall.lead, self.paper(hall, key), "Save", 422, **{name: line})
        assert says in page.errors[name]
        assert page.value(name) == [line]
        assert state(hall) == ""

    def test_one_wrong_line_of_twelve_loses_none(self, hall: Hall) -> None:
        page = self.paper(hall, "ladder")
        typed = {f"line-{item.id}": "1 2 3 4 5" for item in hall.workshop.now.items} | {"line-sweeper_route": "1 2"}
        again = press(hall.lead, page, "Save", 422, **typed)
        assert {name: again.value(name)[0] for name in typed} == typed
        assert set(again.errors) == {"line-sweeper_route"}

    def test_where_one_may_choose_more_the_forms_are_counted_too(self, hall: Hall) -> None:
        page = self.paper(hall, "values_silent")
        many = len(hall.workshop.now.options)
        line = " ".join(["4", "3", "2"] + ["0"] * (many - 3))
        wrong = press(hall.lead, page, "Save", 422, **{"line-values": line, "forms": "2"})
        assert "forms" in wrong.errors
        assert wrong.value("line-values") == [line]
        too_many = press(hall.lead, page, "Save", 422, **{"line-values": line, "forms": "3"})
        assert "more people than there are forms" in too_many.errors["forms"]
        for typed in ("", "drie", "9999999", "501"):
            assert "forms" in press(hall.lead, page, "Save", 422, **{"line-values": line, "forms": typed}).errors
        press(hall.lead, page, "Save", **{"line-values": line, "forms": "6"})
        press(hall.lead, run(hall), "Close and show")
        kept = rounds.find_round(hall.shell.engine, hall.id, hall.workshop.at)
        assert kept
        assert kept.tally
        assert kept.tally.people == 6

    def test_too_few_forms_show_nothing(self, hall: Hall) -> None:
        key = stance(hall)
        item = key.partition(":")[2]
        press(hall.lead, self.paper(hall, key), "Save", **{f"line-{item}": "0 2 1 1 0"})
        page = run(hall)
        assert not page.all("table")
        assert "fewer than 5" in page.text
        assert not [one for one in page.texts("button") if one == "Close and show"]

    def test_paper_and_phones_are_counted_together(self, hall: Hall) -> None:
        key = stance(hall)
        item = key.partition(":")[2]
        open_with(hall, key, "never", "certainly", "certainly")
        press(hall.lead, self.paper(hall, key), "Save", **{f"line-{item}": "0 2 0 0 0"})
        press(hall.lead, run(hall), "Close and show")
        assert [td.text for td in run(hall).all("td")] == ["1", "2", "0", "0", "2"]

    def test_a_round_that_was_shown_takes_no_more(self, hall: Hall) -> None:
        key = stance(hall)
        item = f"line-{key.partition(':')[2]}"
        page = self.paper(hall, key)
        press(hall.lead, page, "Save", **{item: "0 2 5 1 3"})
        press(hall.lead, run(hall), "Close and show")
        late = press(hall.lead, page, "Save", 409, **{item: "9 9 9 9 9"})
        assert "is counted" in late.text
        assert "9 9 9 9 9" in late.text
        assert [td.text for td in run(hall).all("td")] == ["0", "2", "5", "1", "3"]

    def test_forms_can_be_typed_in_after_the_room_went_on(self, hall: Hall) -> None:
        key = stance(hall)
        page, item = self.paper(hall, key), key.partition(":")[2]
        hall.go_to("harvest")
        saved = hall.lead.follow(press(hall.lead, page, "Save", **{f"line-{item}": "0 2 5 1 3"}))
        assert "Go to this round" in saved.text

    def test_talk_has_no_forms(self, hall: Hall) -> None:
        for number in (0, 999):
            hall.lead.get(f"{hall.url}/rounds/{number}/paper", 404)
        hall.lead.get(f"{hall.url}/rounds/{hall.place(WALL)}/notes", 404)

    def test_the_language_can_be_switched_with_a_line_half_typed(self, hall: Hall) -> None:
        page = self.paper(hall, WALL)
        name = f"line-{hall.workshop.now.items[0].id}"
        [button] = page.all("button", value="show")
        fields = page.fields("paper") | {name: ["1 2"], "do": ["show"]}
        assert hall.lead.open(button.get("formaction"), "POST", data=fields).value(name) == ["1 2"]

    def test_a_whole_day_without_a_phone(self, app: Flask, shell: Shell) -> None:
        hall = open_hall(app, shell, door_open=False)
        hall.lead, shown = Client(app, "en", "facilitator"), 0
        for number, planned in enumerate(hall.workshop.rounds):
            assert hall.workshop.at == number
            page = run(hall)
            if planned.by_phone:
                [link] = [a for a in page.all("a") if a.get("href", "").endswith(f"/rounds/{number}/paper")]
                form = hall.lead.get(link.get("href"))
                press(hall.lead, form, "Save", **_filled(form, len(planned.options)))
                press(hall.lead, run(hall), "Close and show")
                assert state(hall) == "shown", planned.key
                shown, page = shown + 1, run(hall)
            if planned.by_table:
                hall.lead.get(f"{hall.url}/tables/1")
            if number < len(hall.workshop.rounds) - 1:
                press(hall.lead, page, "Next:")
        assert shown == sum(one.by_phone for one in hall.workshop.rounds) > 10
        press(hall.lead, hall.lead.get(f"{hall.url}/end"), "End the day")
        assert hall.workshop.state == "ended"
        assert not door.list_seats(shell.engine, hall.id)


def _filled(form: Page, options: int) -> dict[str, Any]:
    line = " ".join(["3", "4"] + ["0"] * (options - 2))
    return {one.get("name"): "7" if one.get("name") == "forms" else line for one in form.all("input", type="text")}


class TestReasons:
    def reasons(self, hall: Hall) -> str:
        return next(one.key for one in hall.workshop.rounds if one.typed)

    def page(self, hall: Hall) -> Page:
        return hall.lead.get(f"{hall.url}/rounds/{hall.workshop.at}/notes")

    def test_they_are_grouped_and_taken_away(self, hall: Hall) -> None:
        press(hall.lead, open_with(hall, self.reasons(hall), *(f"Reden {n}" for n in range(6))), "Close and show")
        found = notes.list_notes(hall.shell.engine, hall.id, hall.workshop.at)
        assert len(found) == 12
        one, other, third = (note.id for note in found[:3])
        page = self.page(hall)
        given = {f"heading-{one}": "Zorg", f"heading-{other}": "Zorg", "gone": [third]}
        page = hall.lead.follow(hall.lead.send(page, form="notes", **given))
        after = {note.id: note.heading for note in notes.list_notes(hall.shell.engine, hall.id)}
        assert (after[one], after[other]) == ("Zorg", "Zorg")
        assert third not in after
        assert len(after) == 11
        assert [option.get("value") for option in page.all("option")] == ["Zorg"]
        assert "Zorg" in run(hall).text

    def test_two_screens_that_group_do_not_undo_each_other(self, hall: Hall) -> None:
        hall.go_to(self.reasons(hall))
        for text in ("De ene", "De andere"):
            notes.add_note(hall.shell.engine, hall.id, hall.workshop.at, "for", text)
        one, other = (note.id for note in notes.list_notes(hall.shell.engine, hall.id))
        mine, theirs = self.page(hall), self.page(hall)
        hall.lead.send(mine, form="notes", **{f"heading-{one}": "Zorg"})
        hall.lead.send(theirs, form="notes", **{f"heading-{other}": "Geld"})
        assert {n.id: n.heading for n in notes.list_notes(hall.shell.engine, hall.id)} == {one: "Zorg", other: "Geld"}

    def test_from_paper_to_the_projector(self, hall: Hall) -> None:
        hall.go_to(self.reasons(hall))
        hall.lead.send(
            self.page(hall), form="notes", **{"new-for": "Een kind wacht niet", "new-against": " Een stempel blijft "}
        )
        found = notes.list_notes(hall.shell.engine, hall.id, hall.workshop.at)
        assert [(note.side, note.text) for note in found] == [
            ("for", "Een kind wacht niet"),
            ("against", "Een stempel blijft"),
        ]
        assert "Een kind" not in run(hall).text  # not counted yet
        form = hall.lead.get(f"{hall.url}/rounds/{hall.workshop.at}/paper")
        press(hall.lead, form, "Save", forms="8")
        press(hall.lead, run(hall), "Close and show")
        assert "Een kind wacht niet" in run(hall).text

    @pytest.mark.parametrize("wrong", ["x" * (LONGEST_NOTE + 1), "a\0b"])
    def test_nothing_typed_is_lost(self, hall: Hall, wrong: str) -> None:
        hall.go_to(self.reasons(hall))
        notes.add_note(hall.shell.engine, hall.id, hall.workshop.at, "for", "De ene")
        [note] = notes.list_notes(hall.shell.engine, hall.id)
        heading = f"heading-{note.id}"
        given = {heading: "Zorg", "gone": [note.id], "new-for": "Goed", "new-against": wrong}
        page = hall.lead.send(self.page(hall), 422, form="notes", **given)
        assert page.value(heading) == ["Zorg"]
        assert page.value("gone") == [note.id]
        assert page.value("new-for") == ["Goed"]
        assert set(page.errors) == {"new-against"}
        assert len(notes.list_notes(hall.shell.engine, hall.id)) == 1


class TestOthers:
    def test_a_workshop_of_somebody_else_is_not_there(self, app: Flask, shell: Shell, hall: Hall) -> None:
        theirs = prepare(shell, owner=PEOPLE["team"].id)
        running.start(shell.engine, theirs, clock.now())
        token = run(hall).value("csrf_token")[0]
        asked = [rule for rule in app.url_map.iter_rules() if "workshop" in rule.arguments]
        assert len(asked) > 15
        for rule in asked:
            path, adapter = _address(rule, theirs), app.url_map.bind("localhost")
            for method in {"GET", "POST"} & (rule.methods or set()):
                assert adapter.match(path, method)[0] == rule.endpoint
                page = hall.lead.open(path, method, data={"csrf_token": token} if method == "POST" else None)
                assert page.status == 404, (rule, method)

    @pytest.mark.parametrize("person", ["team", "officer"])
    def test_who_is_no_facilitator_finds_nothing(self, app: Flask, hall: Hall, person: str) -> None:
        Client(app, "nl", person).get(f"{hall.url}/run", 404)


def _address(rule: Rule, workshop: str) -> str:
    def value(name: str) -> Any:
        converter = rule._converters[name]
        if isinstance(converter, IntegerConverter):
            return 1
        items = getattr(converter, "items", None)
        return {"language": "nl", "workshop": workshop, "question": "sources"}.get(name) or (
            sorted(items)[0] if items else "x"
        )

    built = rule.build({name: value(name) for name in rule.arguments})
    assert built
    return built[1]
