"""A day on paper, typed in on one laptop; and the reasons, grouped."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from assistant.opening import Shell
from assistant.store.workshop import door, notes, rounds
from assistant.workshop.ballots import LONGEST_NOTE

from .client import Client, Page
from .hall import Hall, open_hall
from .leading import WALL, open_with, run, stance, state
from .pressing import press


@pytest.fixture
def hall(app: Flask, shell: Shell) -> Hall:
    return open_hall(app, shell, "en")


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
