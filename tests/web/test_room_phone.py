"""A phone in a workshop: what it is asked, what it may see and when, and that it counts once."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import event

from assistant import clock
from assistant.accounts.sealed import load_seal_key
from assistant.opening import Shell
from assistant.store.workshop import door, kept, rounds, running
from assistant.workshop.ballots import LONGEST_NOTE

from .checks import CANARY
from .client import Client
from .hall import Hall
from .rooms import (
    AGAIN,
    ITEM,
    REASONS,
    STANCE,
    STORY,
    VALUES,
    WALL,
    close_now,
    english,
    open_now,
    tally,
)


class TestEveryRound:
    def test_each_round_of_the_day_has_its_page_in_both_languages(self, hall: Hall) -> None:
        phone = hall.enter()
        for one in hall.workshop.rounds:
            hall.go_to(one.key)
            for language, page in (("nl", phone.get("/room")), ("en", english(phone))):
                assert page.h1 == one.title[language]
                assert one.asks[language] in page.text
                assert not page.all("form", id="vote")
            if one.by_phone:
                open_now(hall, one.key)
                assert phone.get("/room").form("vote") is not None
                close_now(hall)

    def test_story_and_news_come_with_their_rounds_and_not_before(self, hall: Hall) -> None:
        phone, story = hall.enter(), hall.workshop.story
        assert story.twist
        assert story.twist.nl not in phone.get("/room").text
        hall.go_to(STORY)
        page = phone.get("/room").text
        assert all(fact.nl in page for fact in story.facts)
        assert story.twist.nl not in page
        hall.go_to("turn:ring_the_bell")
        assert story.twist.nl in phone.get("/room").text

    def test_the_quick_scan_is_a_press_away_and_leads_back(self, hall: Hall) -> None:
        phone = hall.enter()
        hall.go_to("own_work")
        assert [link for link in phone.get("/room").all("a") if link.get("href") == "/nl/scan"]
        phone.get("/scan")
        assert phone.get("/room").h1 == hall.workshop.now.title.nl

    def test_without_javascript_a_link_looks_again(self, hall: Hall) -> None:
        phone = hall.enter()
        for key in (WALL, STANCE, "values_together"):
            hall.go_to(key)
            assert [one for one in english(phone).all("a") if one.text == "Look if there is something new"]


class TestVoting:
    def test_an_answer_is_taken_shown_again_and_can_be_changed(self, hall: Hall) -> None:
        phones = hall.fill(6)
        open_now(hall, STANCE)
        for phone in phones:
            hall.vote(phone, **{ITEM: "never"})
        page = english(phones[0])
        assert "Your answer is in" in page.text
        assert page.value(ITEM) == ["never"]
        hall.vote(phones[0], **{ITEM: "certainly"})
        hall.vote(phones[0], **{ITEM: "certainly"})
        assert phones[0].get("/room").value(ITEM) == ["certainly"]
        assert close_now(hall) == rounds.HELD
        assert tally(hall) == {ITEM: {"never": 5, "certainly": 1}}

    def test_leaving_it_open_is_no_answer_and_is_said_so(self, hall: Hall) -> None:
        phone = hall.enter()
        open_now(hall, STANCE)
        assert phone.get("/room").value(ITEM) == []
        hall.vote(phone, **{ITEM: "never"})
        hall.vote(phone, **{ITEM: ""})
        page = english(phone)
        assert "You leave this one open" in page.text
        assert page.value(ITEM) == [""]
        assert rounds.count_in(hall.shell.engine, hall.id, hall.workshop.at) == (1, 1)
        phone.get("/room", 200)
        assert close_now(hall) == rounds.WITHHELD

    def test_some_statements_may_be_left_open(self, hall: Hall) -> None:
        phone = hall.enter()
        open_now(hall, WALL)
        hall.vote(phone, use_to_help="agree", no_names="")
        page = phone.get("/room")
        assert page.value("use_to_help") == ["agree"]
        assert page.value("no_names") == [""]
        assert page.value("whom_to_ask") == [""]

    def test_more_values_than_may_be_chosen_are_refused_and_stay_ticked(self, hall: Hall) -> None:
        phone = hall.enter()
        open_now(hall, VALUES)
        many = [option.id for option in hall.workshop.now.options[:4]]
        page = hall.vote(phone, status=422, values=many)
        assert list(page.errors) == ["values"]
        assert page.value("values") == many
        hall.vote(phone, values=many[:3])
        assert phone.get("/room").value("values") == many[:3]

    def test_a_reason_that_is_too_long_is_kept_to_shorten(self, hall: Hall) -> None:
        phone = hall.enter()
        open_now(hall, REASONS)
        long = "x" * (LONGEST_NOTE + 1)
        page = hall.vote(phone, status=422, **{"for": long, "against": "Ouders schrikken"})
        assert list(page.errors) == ["for"]
        assert page.value("for") == [long]
        assert page.value("against") == ["Ouders schrikken"]
        hall.vote(phone, **{"for": long[1:], "against": ""})
        assert phone.get("/room").value("for") == [long[1:]]

    def test_made_up_answers_are_no_answers(self, hall: Hall) -> None:
        *phones, liar = hall.fill(6)
        open_now(hall, STANCE)
        for phone, chosen in zip(phones, ("never", "never", "only_if", "only_if", "certainly"), strict=True):
            hall.vote(phone, **{ITEM: chosen})
        hall.vote(liar, **{ITEM: "made up"})
        assert "You leave this one open" in english(liar).text
        assert close_now(hall) == rounds.SHOWN
        assert tally(hall) == {ITEM: {"never": 2, "only_if": 2, "certainly": 1}}

    def test_another_language_keeps_what_was_chosen_and_takes_nothing(self, hall: Hall) -> None:
        phone = hall.enter()
        open_now(hall, REASONS)
        fields = phone.get("/room").fields("vote") | {"for": ["Het helpt"], "do": ["show"]}
        other = next(one for one in phone.get("/room").all("button", lang="en"))
        page = phone.post(other.get("formaction"), fields, 200)
        assert page.h1 == hall.workshop.now.title.en
        assert page.value("for") == ["Het helpt"]
        assert page.all("div", kind="phone")[0].get("data-touched") is not None
        assert rounds.count_in(hall.shell.engine, hall.id, hall.workshop.at) == (1, 0)

    def test_the_promise_stands_there_until_the_first_answer_of_the_day(self, hall: Hall) -> None:
        phone = hall.enter()
        open_now(hall, STANCE)
        assert "may guess" in english(phone).text
        assert "fewer than 5 people" in english(phone).text
        hall.vote(phone, **{ITEM: "never"})
        assert "may guess" not in english(phone).text


class TestTooLate:
    def test_a_form_of_another_round_is_not_taken(self, hall: Hall) -> None:
        phone = hall.enter()
        open_now(hall, STANCE)
        page = phone.get("/room")
        open_now(hall, AGAIN)
        moved = phone.send(page, 409, form="vote", **{ITEM: "never"})
        assert moved.h1 == hall.workshop.now.title.nl
        assert rounds.count_in(hall.shell.engine, hall.id, hall.workshop.at) == (1, 0)
        phone.send(moved, form="vote", **{ITEM: "never"})
        assert rounds.count_in(hall.shell.engine, hall.id, hall.workshop.at) == (1, 1)

    @pytest.mark.parametrize("how", ["closed", "moved", "ended", "sent out"])
    def test_reasons_that_came_too_late_are_still_there(self, hall: Hall, how: str) -> None:
        phone = hall.enter()
        open_now(hall, REASONS)
        page, engine = phone.get("/room"), hall.shell.engine
        match how:
            case "closed":
                close_now(hall)
            case "moved":
                hall.go_to(AGAIN)
            case "ended":
                running.end(engine, hall.id, clock.now())
            case "sent out":
                door.forget_seat(engine, hall.id, 1, load_seal_key(hall.shell.settings.seal_key_path))
        late = phone.send(page, 409 if how in ("closed", "moved") else 200, form="vote", **{"for": f"{CANARY} reden"})
        assert f"{CANARY} reden" in late.text
        assert not late.all("form", id="vote")

    def test_a_round_that_is_not_open_takes_nothing(self, hall: Hall) -> None:
        phone = hall.enter()
        token = phone.get("/room").value("csrf_token")[0]
        for key in (STANCE, STORY, "values_together"):
            hall.go_to(key)
            fields = {"csrf_token": token, "number": str(hall.workshop.at), ITEM: "never", "do": "save"}
            phone.post("/room/vote", fields, 409)


class TestComingAndGoing:
    def test_a_reload_keeps_a_phone_in(self, hall: Hall) -> None:
        phone = hall.enter()
        assert [phone.get("/room").status for _ in range(3)] == [200] * 3
        assert len(door.list_seats(hall.shell.engine, hall.id)) == 1

    def test_who_never_joined_is_led_to_the_door(self, hall: Hall) -> None:
        stranger = Client(hall.app, "nl", person="")
        assert stranger.open("/room").response.headers["Location"] == "/nl/room/join"
        token = stranger.get("/room/join").value("csrf_token")[0]
        assert stranger.post("/room/vote", {"csrf_token": token}).response.headers["Location"] == "/nl/room/join"

    def test_leaving_takes_the_answer_along(self, hall: Hall) -> None:
        phone = hall.enter()
        open_now(hall, STANCE)
        hall.vote(phone, **{ITEM: "never"})
        [leave] = [form for form in phone.get("/room").all("form") if form.get("action") == "/nl/room/leave"]
        phone.post("/room/leave", {one.get("name"): one.get("value") for one in leave.iter("input")})
        assert rounds.count_in(hall.shell.engine, hall.id, hall.workshop.at) == (0, 0)
        assert phone.open("/room").response.headers["Location"] == "/nl/room/join"

    def test_who_was_sent_out_is_told_kindly_and_may_come_back(self, hall: Hall) -> None:
        phone = hall.enter()
        door.forget_seat(hall.shell.engine, hall.id, 1, load_seal_key(hall.shell.settings.seal_key_path))
        page = english(phone)
        assert page.h1 == "This phone is out of the workshop"
        assert [link for link in page.all("a") if link.get("href") == "/en/room/join"]
        phone.send(phone.get(f"/room/join/{hall.workshop.join_key}"), form="join")
        assert phone.get("/room").h1 == hall.workshop.now.title.nl

    def test_at_the_end_there_is_thanks_and_the_report(self, hall: Hall) -> None:
        phone = hall.enter()
        running.end(hall.shell.engine, hall.id, clock.now())
        page = english(phone)
        assert page.h1 == "Thank you for thinking along"
        [link] = [one.get("href") for one in page.all("a") if one.get("href", "").endswith("/report")]
        assert phone.get(link).h1 == hall.workshop.title

    def test_a_workshop_that_is_gone_leaves_no_link(self, hall: Hall) -> None:
        phone = hall.enter()
        kept.forget_workshop(hall.shell.engine, hall.id)
        assert not [one for one in phone.get("/room").all("a") if one.get("href", "").endswith("/report")]


class TestPolling:
    @pytest.fixture
    def statements(self, shell: Shell) -> Iterator[list[str]]:
        said: list[str] = []

        def hear(_c: object, _cursor: object, statement: str, *_more: object) -> None:
            said.append(statement)

        event.listen(shell.engine, "before_cursor_execute", hear)
        yield said
        event.remove(shell.engine, "before_cursor_execute", hear)

    def test_one_statement_no_cookie_and_nothing_but_a_version(self, hall: Hall, statements: list[str]) -> None:
        phone = hall.enter()
        statements.clear()
        response = phone.open("/room/now").response
        assert len([one for one in statements if one.startswith("SELECT")]) == 1
        assert "Set-Cookie" not in response.headers
        assert json.loads(response.data) == {"version": hall.workshop.version}

    def test_nothing_new_is_a_304(self, hall: Hall) -> None:
        phone = hall.enter()
        etag = phone.open("/room/now").response.headers["ETag"]
        same = phone.open("/room/now", headers={"If-None-Match": etag})
        assert same.status == 304
        assert not same.response.data
        hall.go_to(STANCE)
        assert phone.open("/room/now", headers={"If-None-Match": etag}).status == 200

    def test_the_answers_of_others_are_no_news(self, hall: Hall) -> None:
        phone, other = hall.fill(2)
        open_now(hall, STANCE)
        etag = phone.open("/room/now").response.headers["ETag"]
        hall.vote(other, **{ITEM: "never"})
        hall.enter()
        assert phone.open("/room/now", headers={"If-None-Match": etag}).status == 304

    def test_who_is_not_in_gets_a_404_as_json(self, hall: Hall) -> None:
        phone = hall.enter()
        running.end(hall.shell.engine, hall.id, clock.now())
        for one in (phone, Client(hall.app, "nl", person="")):
            page = one.open("/room/now")
            assert page.status == 404
            assert json.loads(page.response.data) == {"version": 0}
            assert "Set-Cookie" not in page.response.headers

    def test_the_page_says_where_to_ask_and_which_version_it_shows(self, hall: Hall) -> None:
        phone = hall.enter()
        [live] = phone.get("/room").all("div", kind="phone")
        assert live.get("data-live") == "/nl/room/now"
        assert live.get("data-version") == str(hall.workshop.version)
