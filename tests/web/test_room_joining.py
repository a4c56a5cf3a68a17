"""Coming into a workshop: by code, link or QR; guessing gets nowhere, and keeps nobody else out."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from assistant import clock
from assistant.errors import NotFound, TooManyTries
from assistant.opening import Shell
from assistant.store.tables import throttles, workshop_seats
from assistant.store.throttle import begin_join
from assistant.store.workshop import door, running

from .client import Client, Page
from .hall import Hall, open_hall, prepare


@pytest.fixture
def phone(app: Flask) -> Client:
    return Client(app, "nl", person="")


def try_code(phone: Client, code: str, status: int) -> Page:
    return phone.send(phone.get("/room/join"), status, form="join", code=code)


def rows(hall: Hall) -> list[tuple[int, int, str, str]]:
    columns = (workshop_seats.c.number, workshop_seats.c.place, workshop_seats.c.discipline, workshop_seats.c.card)
    with hall.shell.engine.connect() as connection:
        found = connection.execute(select(*columns).order_by(workshop_seats.c.number))
        return [(number, place, discipline, card) for number, place, discipline, card in found]


class TestByCode:
    def test_the_code_opens_the_page_of_the_link(self, hall: Hall, phone: Client) -> None:
        moved = try_code(phone, door.written_code(hall.workshop.code), 302)
        page = phone.follow(moved)
        assert page.path == f"/nl/room/join/{hall.workshop.join_key}"
        assert phone.follow(phone.send(page, form="join")).path == "/nl/room"

    @pytest.mark.parametrize("typed", ["{0}{1}", "{0} {1}", " {0}-{1} ", "{0}--{1}"])
    def test_dashes_spaces_and_small_letters_do_not_matter(self, hall: Hall, phone: Client, typed: str) -> None:
        code = hall.workshop.code
        for written in (typed.format(code[:4], code[4:]), typed.format(code[:4], code[4:]).lower()):
            assert try_code(phone, written, 302).status == 302

    def test_the_short_link_fills_the_code_in_and_is_no_try(self, hall: Hall, phone: Client) -> None:
        code = door.written_code(hall.workshop.code)
        for _ in range(30):
            moved = phone.open(f"/./j/{code}")
            assert moved.status == 302
        page = phone.follow(moved)
        assert page.value("code") == [code]
        other = next(link for link in page.all("button", lang="en"))
        assert f"code={code}" in other.get("formaction")
        with hall.shell.engine.connect() as connection:
            assert not connection.execute(select(throttles)).all()

    def test_a_short_link_that_is_none_leads_to_an_empty_field(self, hall: Hall, phone: Client) -> None:
        assert phone.follow(phone.open("/./j/nonsense")).value("code") == [""]

    @pytest.mark.parametrize("how", ["wrong", "closed", "renewed", "late", "ended"])
    def test_every_code_that_opens_nothing_gets_the_same_answer(
        self, hall: Hall, phone: Client, how: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        code, engine = hall.workshop.code, hall.shell.engine
        match how:
            case "wrong":
                code = door.new_code()
            case "closed":
                door.close_door(engine, hall.id)
            case "renewed":
                door.open_door(engine, hall.id, clock.now())
            case "late":
                late = clock.now() + door.LONGEST
                monkeypatch.setattr(clock, "now", lambda: late)
            case "ended":
                running.end(engine, hall.id, clock.now())
        page = try_code(phone, code, 422)
        assert page.errors == {"code": "Deze code opent niets. Kijk nog eens op het scherm."}
        assert page.value("code") == [code]

    def test_what_cannot_be_a_code_is_refused_without_a_try(self, hall: Hall, phone: Client) -> None:
        for typed in ("", "AEIO-UAEI", "BCDF", "x" * 500):
            try_code(phone, typed, 422)
        with hall.shell.engine.connect() as connection:
            assert not connection.execute(select(throttles)).all()

    def test_another_language_keeps_what_was_typed(self, hall: Hall, phone: Client) -> None:
        page = phone.get("/room/join")
        english = phone.post("/en/room/join", page.fields("join") | {"code": ["bcdf"], "do": ["show"]}, 200)
        assert english.h1 == "Join a workshop"
        assert english.value("code") == ["bcdf"]


class TestGuessing:
    def test_a_hundred_guesses_get_ten_answers_and_then_none(self, hall: Hall, phone: Client) -> None:
        seen = [try_any(phone, door.new_code()) for _ in range(100)]
        assert [page.status for page in seen] == [422] * 10 + [429] * 90
        assert "10 minuten" in seen[-1].text
        assert "QR" in seen[-1].text
        assert int(seen[-1].response.headers["Retry-After"]) <= 600

    def test_who_sits_beside_the_guesser_comes_in_by_link(self, hall: Hall, phone: Client) -> None:
        for _ in range(20):
            try_any(phone, door.new_code())
        assert try_any(phone, hall.workshop.code).status == 429
        assert hall.enter().get("/room").h1 == hall.workshop.now.title.nl

    def test_a_right_code_is_no_wrong_try(self, hall: Hall, phone: Client) -> None:
        assert [try_any(phone, hall.workshop.code).status for _ in range(25)] == [302] * 25

    def test_ten_thousand_guesses_get_no_further_than_the_throttle(self, hall: Hall) -> None:
        """Ten a second, from ever other networks: at most sixty a minute are looked at, whoever asks."""
        engine, at = hall.shell.engine, clock.now()
        looked = 0
        for n in range(10_000):
            try:
                begin_join(
                    engine, hall.shell.audit_key, f"10.{n % 250}.{n // 250 % 250}.7", at + timedelta(seconds=n / 10)
                )
            except TooManyTries:
                continue
            looked += 1
            with pytest.raises(NotFound):
                door.find_by_code(engine, door.new_code(), at)
        assert 60 <= looked <= 60 * (10_000 / 10 / 60 + 1)


def try_any(phone: Client, code: str) -> Page:
    page = phone.get("/room/join")
    return phone.open("/room/join", "POST", data=page.fields("join") | {"code": [code], "do": ["save"]})


class TestByLink:
    def test_it_says_what_is_kept_before_anybody_joins(self, hall: Hall, phone: Client) -> None:
        page = phone.get(f"/en/room/join/{hall.workshop.join_key}")
        for said in ("never who", "No account and no name", "fewer than 5 people"):
            assert said in page.text
        assert not rows(hall)

    def test_a_discipline_a_table_or_nothing_at_all(self, hall: Hall) -> None:
        key = hall.workshop.join_key
        for given in ({}, {"table": "2", "who": "policy"}, {"table": "99", "who": "made up"}, {"table": "x"}):
            phone = Client(hall.app, "nl", person="")
            phone.send(phone.get(f"/room/join/{key}"), form="join", **given)
        assert rows(hall) == [(1, 1, "", ""), (2, 2, "policy", ""), (3, 2, "", ""), (4, 1, "", "")]

    def test_role_cards_are_drawn_the_least_used_first(self, hall: Hall) -> None:
        roles, many = hall.workshop.story.roles, 2 * len(hall.workshop.story.roles)
        for _ in range(many):
            phone = Client(hall.app, "nl", person="")
            phone.send(phone.get(f"/room/join/{hall.workshop.join_key}"), form="join", who="draw")
        drawn = [card for _, _, _, card in rows(hall)]
        assert sorted(drawn) == sorted([*roles, *roles])
        assert sorted(drawn[: len(roles)]) == sorted(roles)
        card = hall.shell.playbook.workshop.cards[drawn[-1]]
        assert card.title.nl in phone.get("/room").text
        assert card.says.nl in phone.get("/room").text

    def test_without_roles_none_can_be_drawn(self, hall: Hall, app: Flask, shell: Shell) -> None:
        story = hall.workshop.story.model_copy(update={"roles": ()})
        other = open_hall(app, shell, story=story)
        page = Client(app, "nl", person="").get(f"/room/join/{other.workshop.join_key}")
        assert not page.all("input", value="draw")

    def test_one_table_is_not_asked_for(self, app: Flask, shell: Shell) -> None:
        alone = open_hall(app, shell, tables=1)
        page = Client(app, "nl", person="").get(f"/room/join/{alone.workshop.join_key}")
        assert not page.all("input", type="radio", name="table")

    def test_who_is_in_goes_straight_on_and_keeps_the_seat(self, hall: Hall) -> None:
        phone = hall.enter()
        for _ in range(3):
            assert phone.open(f"/room/join/{hall.workshop.join_key}").response.headers["Location"] == "/nl/room"
        assert len(rows(hall)) == 1

    def test_a_phone_is_in_one_workshop_at_a_time(self, hall: Hall, app: Flask, shell: Shell) -> None:
        phone, other = hall.enter(), open_hall(app, shell)
        phone.send(phone.get(f"/room/join/{other.workshop.join_key}"), form="join")
        assert not door.list_seats(shell.engine, hall.id)
        assert len(door.list_seats(shell.engine, other.id)) == 1

    @pytest.mark.parametrize("how", ["made up", "closed", "renewed", "ended"])
    def test_a_link_that_opens_nothing_has_a_way_on(self, hall: Hall, phone: Client, how: str) -> None:
        key, engine = hall.workshop.join_key, hall.shell.engine
        match how:
            case "made up":
                key = secrets.token_urlsafe(16)
            case "closed":
                door.close_door(engine, hall.id)
            case "renewed":
                door.open_door(engine, hall.id, clock.now())
            case "ended":
                running.end(engine, hall.id, clock.now())
        page = phone.get(f"/room/join/{key}", 404)
        assert [link for link in page.all("a") if link.get("href") == "/nl/room/join"]

    def test_a_workshop_that_did_not_begin_has_no_door(self, app: Flask, shell: Shell, phone: Client) -> None:
        prepare(shell)
        phone.get("/room/join/", 404)

    def test_another_language_keeps_what_was_chosen(self, hall: Hall, phone: Client) -> None:
        path = f"/room/join/{hall.workshop.join_key}"
        fields = phone.get(path).fields("join") | {"table": ["2"], "who": ["policy"], "do": ["show"]}
        english = phone.post(f"/en{path}", fields, 200)
        assert english.value("table") == ["2"]
        assert english.value("who") == ["policy"]
        assert not rows(hall)

    def test_nothing_of_the_phone_is_kept(self, hall: Hall, told: list[str]) -> None:
        """No address, no browser, no moment; and no log says who joined."""
        hall.enter()
        assert {column.name for column in workshop_seats.c} == {
            "id", "workshop_id", "number", "place", "discipline", "card",
        }  # fmt: skip
        assert not [line for line in told if "127.0.0.1" in line or "werkzeug" in line.lower()]
