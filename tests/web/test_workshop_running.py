"""The facilitator's running screen: one round at a time, every button."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from assistant import clock
from assistant.opening import Shell
from assistant.store.workshop import rounds, running

from .hall import Hall, open_hall, prepare
from .leading import WALL, cast, location, open_with, run, stance, state
from .pressing import press


@pytest.fixture
def hall(app: Flask, shell: Shell) -> Hall:
    return open_hall(app, shell, "en")


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
        assert f"/workshops/{prepared}" in location(hall.lead.get(f"/workshops/{prepared}/run", 302))
        running.end(hall.shell.engine, hall.id, clock.now())
        assert hall.url in location(hall.lead.get(f"{hall.url}/run", 302))
