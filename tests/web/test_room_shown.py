"""What a phone may see of the answers, and when."""

from __future__ import annotations

import re

import pytest

from assistant.store.workshop import rounds

from .checks import CANARY
from .hall import Hall
from .rooms import (
    AGAIN,
    HUNDRED,
    ITEM,
    REASONS,
    STANCE,
    WALL,
    close_now,
    english,
    numbers,
    open_now,
)


class TestWhatIsShown:
    @pytest.fixture
    def voted(self, hall: Hall) -> Hall:
        """Seven phones chose; four of them one thing."""
        phones = hall.fill(7)
        open_now(hall, STANCE)
        for phone, chosen in zip(phones, ["never"] * 4 + ["certainly"] * 2 + ["only_if"], strict=True):
            hall.vote(phone, **{ITEM: chosen})
        return hall

    def test_no_count_before_the_round_is_shown(self, voted: Hall) -> None:
        """The only numbers on an open page are those of the phone, its table and the texts themselves."""
        phone = voted.phones[6]
        allowed = {"7", "1"} | set(re.findall(r"\d+", voted.workshop.now.asks.nl))
        assert numbers(phone.get("/room")) <= allowed
        assert phone.get("/room").value(ITEM) == ["only_if"]
        assert not phone.get("/room").all("table")
        assert not phone.get("/room").all("svg")

    def test_then_as_a_table_with_the_bars_after_it(self, voted: Hall) -> None:
        assert close_now(voted) == rounds.SHOWN
        page = english(voted.phones[0])
        [table] = page.all("table")
        cells = {row[0]: row[1] for row in ([*words] for words in rows_of(table))}
        assert cells == {"Never": "4", "Rather not": "0", "Only if": "1", "Rather yes": "0", "Certainly": "2"}
        assert page.source.index("<table") < page.source.index('<svg class="bar')

    def test_held_back_it_shows_nothing(self, hall: Hall) -> None:
        phones = hall.fill(6)
        open_now(hall, STANCE)
        for number, phone in enumerate(phones):
            hall.vote(phone, **{ITEM: "certainly" if number else "never"})
        assert close_now(hall, show=False) == rounds.HELD
        page = english(phones[0])
        assert "The facilitator looks first" in page.text
        assert not page.all("table")
        rounds.decide(hall.shell.engine, hall.id, hall.workshop.at, show=False)
        page = english(phones[0])
        assert "not shown" in page.text
        assert not page.all("table")

    def test_too_few_are_never_shown(self, hall: Hall) -> None:
        phones = hall.fill(4)
        open_now(hall, STANCE)
        for phone in phones:
            hall.vote(phone, **{ITEM: "never"})
        assert close_now(hall) == rounds.WITHHELD
        assert not phones[0].get("/room").all("table")

    def test_a_statement_that_too_few_answered_has_no_numbers(self, hall: Hall) -> None:
        phones = hall.fill(6)
        open_now(hall, WALL)
        for number, phone in enumerate(phones):
            hall.vote(
                phone,
                use_to_help="agree" if number % 2 else "disagree",
                **({"no_names": "agree"} if number < 3 else {}),
            )
        assert close_now(hall) == rounds.SHOWN
        page = english(phones[0])
        assert "too few answered" in page.text
        [table] = page.all("table")
        assert [row for row in rows_of(table) if row[0].startswith("Without names")] == [
            ["Without names data are anonymous.", "too few answered"]
        ]

    def test_before_and_after_stand_side_by_side(self, voted: Hall) -> None:
        close_now(voted)
        open_now(voted, AGAIN)
        assert not voted.phones[0].get("/room").all("table")
        for phone in voted.phones:
            hall_vote = "only_if" if phone is voted.phones[0] else "rather_not" if phone is voted.phones[1] else "never"
            voted.vote(phone, **{ITEM: hall_vote})
        close_now(voted)
        [table] = english(voted.phones[0]).all("table")
        assert [["Never", "4", "5"], ["Rather not", "0", "1"], ["Only if", "1", "1"]] == rows_of(table)[:3]

    def test_reasons_are_nobodys(self, hall: Hall) -> None:
        phones = hall.fill(5)
        open_now(hall, REASONS)
        for number, phone in enumerate(phones):
            hall.vote(phone, **{"for": f"{CANARY} reden {number}", "against": ""})
            others = [other.get("/room") for other in phones if other is not phone]
            assert not [page for page in others if f"reden {number}" in page.source]
        close_now(hall)
        page = phones[0].get("/room")
        assert all(f"{CANARY} reden {number}" in page.text for number in range(5))

    def test_what_fits_and_what_it_was_about_are_told_only_then(self, hall: Hall) -> None:
        phones, now = hall.fill(5), next(one for one in hall.workshop.rounds if one.key == HUNDRED)
        assert now.reveal
        open_now(hall, HUNDRED)
        page = phones[0].get("/room")
        assert now.reveal.nl not in page.text
        assert not page.all("svg")
        for phone, option in zip(phones, now.options, strict=True):
            hall.vote(phone, one=option.id)
        close_now(hall)
        page = phones[0].get("/room")
        assert now.reveal.nl in page.text
        people = page.all("svg", kind="people")[0]
        assert len(list(people.iter("circle"))) + len(list(people.iter("path"))) == 100 + 13  # crosses in circles
        assert [one for one in page.all("th") if "5 tot en met 8 (dit past)" in one.text_content()]


def rows_of(table: object) -> list[list[str]]:
    body = table.find("tbody")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in body]
