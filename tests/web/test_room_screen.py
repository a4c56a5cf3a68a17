"""The projector: one thing at a time, the code in sight, nobody's name, and no number before its time."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from lxml import etree

from assistant import clock
from assistant.accounts.sealed import load_seal_key
from assistant.accounts.tokens import fingerprint
from assistant.opening import Shell
from assistant.store.workshop import door, notes, rounds, running, tables
from assistant.web.room.pages import LINES, lines_of, pack
from assistant.workshop.hundred import Rates
from assistant.workshop.plan import Planned

from .client import Client, Page
from .hall import Hall, prepare
from .rooms import AGAIN, ITEM, REASONS, STANCE, open_now


@pytest.fixture
def screen(app: Flask) -> Client:
    """Nobody: a laptop on a lectern."""
    return Client(app, "nl", person="")


def keys(hall: Hall) -> Any:
    return load_seal_key(hall.shell.settings.seal_key_path)


def close_with(hall: Hall, *ballots: dict[str, list[str]]) -> None:
    """These answers and no others; then shown."""
    engine, at = hall.shell.engine, hall.workshop.at
    for ballot in ballots:
        rounds.cast(engine, fingerprint(door.take_seat(engine, hall.id, 1)), at, ballot, keys(hall))
    if rounds.close_round(engine, hall.id, at, hall.workshop.now, 3, keys(hall)) == rounds.HELD:
        rounds.decide(engine, hall.id, at, show=True)


def answers(planned: Planned) -> list[dict[str, list[str]]]:
    """Six people who differ."""
    if planned.typed:
        return [{item.id: [f"reden {n} " + "lang " * 20] for item in planned.items} for n in range(6)]
    options = [option.id for option in planned.options]
    return [{item.id: [options[n % len(options)]][: planned.most] for item in planned.items} for n in range(6)]


def slides(screen: Client, path: str) -> list[Page]:
    """The page and every part that follows it."""
    pages = [screen.get(path)]
    while links := pages[-1].all("a", rel="next"):
        pages.append(screen.get(links[0].get("href")))
    return pages


class TestEveryRound:
    def test_every_part_of_every_round_in_both_languages(self, hall: Hall, screen: Client) -> None:
        for one in hall.workshop.rounds:
            hall.go_to(one.key)
            for language in ("nl", "en"):
                pages = slides(screen, f"/{language}{hall.screen}")
                text = " ".join(page.text for page in pages)
                assert one.title[language] in text
                assert one.asks[language] in text
                assert len(one.items) == 1 or all(item.says[language] in text for item in one.items)
                if one.by_phone and not one.typed:
                    names = [option.label[language].split(" - ")[0] for option in one.options]
                    assert all(name in text for name in names)
            if one.by_phone:
                open_now(hall, one.key)
                slides(screen, hall.screen)
                close_with(hall, *answers(one))
                text = " ".join(page.text for page in slides(screen, hall.screen))
                assert not one.reveal or one.reveal.nl in text

    def test_the_story_and_the_news_are_told_by_part(self, hall: Hall, screen: Client) -> None:
        story = hall.workshop.story
        assert story.twist
        hall.go_to("the_case")
        text = " ".join(page.text for page in slides(screen, hall.screen))
        assert " ".join(story.story.nl.split()) in text
        assert all(fact.nl in text for fact in story.facts)
        assert story.twist.nl not in text
        hall.go_to("turn:ring_the_bell")
        assert story.twist.nl in screen.get(hall.screen).text

    def test_a_part_of_another_round_is_the_first(self, hall: Hall, screen: Client) -> None:
        open_now(hall, "ladder")
        second = slides(screen, hall.screen)[1]
        address = second.response.request.full_path
        assert screen.get(address).text == second.text
        hall.go_to(STANCE)
        assert screen.get(address).text == screen.get(hall.screen).text
        for odd in ("99", "0", "-1", "x", "1e9", "٣"):
            screen.get(f"{hall.screen}?part={odd}")

    def test_before_and_after_the_day(self, hall: Hall, screen: Client, shell: Shell, app: Flask) -> None:
        other = Hall(app, shell, prepare(shell), hall.lead)
        assert screen.get(f"/en{other.screen}").text.startswith("Data Awareness-dag We begin in a moment.")
        running.end(shell.engine, hall.id, clock.now())
        page = screen.get(f"/en{hall.screen}")
        assert page.h1 == "Thank you"
        assert not page.all("img")

    def test_a_screen_that_is_none(self, screen: Client) -> None:
        for part in ("", "/now", "/code.svg", "/report"):
            screen.get(f"/screen/made-up{part}", 404)

    def test_it_has_no_header_and_no_name(self, hall: Hall, app: Flask) -> None:
        lead = Client(app, "nl", "facilitator")
        page = lead.get(hall.screen)
        assert not page.all("header")
        assert "Sign out" not in page.source
        assert not page.all("form")


class TestTheDoor:
    def test_code_short_link_and_qr_are_always_there(self, hall: Hall, screen: Client) -> None:
        code = door.written_code(hall.workshop.code)
        for one in hall.workshop.rounds:
            hall.go_to(one.key)
            page = screen.get(hall.screen)
            [beside] = page.all("aside")
            text = "".join(beside.itertext())
            assert code in text.split()
            assert f"localhost/j/{code}" in text
            assert page.all("img", kind="qr")[0].get("alt")

    def test_the_first_round_says_how_to_join(self, hall: Hall, screen: Client) -> None:
        page = screen.get(f"/en{hall.screen}")
        assert "Join with your phone" in page.text
        assert f"localhost/j/{door.written_code(hall.workshop.code)}" in page.text
        door.close_door(hall.shell.engine, hall.id)
        assert "Join with your phone" not in screen.get(f"/en{hall.screen}").text

    @pytest.mark.parametrize("how", ["closed", "late"])
    def test_with_the_door_closed_nothing_leads_in(
        self, hall: Hall, screen: Client, how: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        code = door.written_code(hall.workshop.code)
        if how == "closed":
            door.close_door(hall.shell.engine, hall.id)
        else:
            late = clock.now() + door.LONGEST
            monkeypatch.setattr(clock, "now", lambda: late)
        page = screen.get(hall.screen)
        assert code not in page.source
        assert not page.all("img")
        screen.get(f"{hall.screen}/code.svg", 404)

    def test_the_qr_is_a_drawing_of_the_link_and_not_of_the_code(self, hall: Hall, screen: Client) -> None:
        import segno

        response = screen.get(f"{hall.screen}/code.svg").response
        assert response.mimetype == "image/svg+xml"
        drawing = etree.fromstring(response.data)
        assert drawing.tag.endswith("svg")
        assert b"style" not in response.data
        link = f"http://localhost/nl/room/join/{hall.workshop.join_key}"
        [_, lines] = drawing.findall("{*}path")
        [_, expected] = etree.fromstring(
            segno.make_qr(link, error="m").svg_inline(border=2, omitsize=True, light="white").encode()
        ).findall("{*}path")
        assert lines.get("d") == expected.get("d")


class TestNumbers:
    def test_no_answer_before_it_is_shown_only_how_many_are_ready(self, hall: Hall, screen: Client) -> None:
        open_now(hall, STANCE)
        before = screen.get(hall.screen)
        engine, at = hall.shell.engine, hall.workshop.at
        for _ in range(7):
            seat = fingerprint(door.take_seat(engine, hall.id, 1))
            rounds.cast(engine, seat, at, {ITEM: ["never"]}, keys(hall))
        after = screen.get(hall.screen)
        assert before.source.replace('"in">0<', '"in">7<').replace('"ready">0<', '"ready">7<') == after.source
        assert not after.all("svg")

    def test_big_bars_with_their_numbers(self, hall: Hall, screen: Client) -> None:
        open_now(hall, STANCE)
        close_with(hall, *[{ITEM: [chosen]} for chosen in ("never", "never", "never", "certainly", "certainly")])
        page = screen.get(f"/en{hall.screen}")
        bars = {" ".join(row[0].text_content().split()): row[1].text_content().strip() for row in bars_of(page)}
        assert bars == {"Never": "3", "Rather not": "0", "Only if": "0", "Rather yes": "0", "Certainly": "2"}
        assert [float(row.find(".//rect").get("width")) for row in bars_of(page)] == [100, 0, 0, 0, 66.7]

    def test_before_and_after(self, hall: Hall, screen: Client) -> None:
        open_now(hall, STANCE)
        close_with(hall, *[{ITEM: [chosen]} for chosen in ("never", "never", "never", "certainly", "certainly")])
        open_now(hall, AGAIN)
        assert not screen.get(hall.screen).all("svg")
        close_with(hall, *[{ITEM: [chosen]} for chosen in ("never", "only_if", "only_if", "only_if", "certainly")])
        rows = {
            row[0].text_content().strip(): row[1].text_content().split()
            for row in bars_of(screen.get(f"/en{hall.screen}"))
        }
        assert rows["Never"] == ["before", "3", "now", "1"]
        assert rows["Only if"] == ["before", "0", "now", "3"]

    def test_each_statement_is_one_bar_and_a_lonely_answer_has_room_for_its_number(
        self, hall: Hall, screen: Client
    ) -> None:
        open_now(hall, "wall_before")
        items, options = hall.workshop.now.items, [option.id for option in hall.workshop.now.options]
        close_with(hall, *[{item.id: [options[0] if n else options[4]] for item in items} for n in range(120)])
        [page] = slides(screen, f"/en{hall.screen}")
        stacks = page.all("svg", kind="stack")
        assert len(stacks) == len(items)
        assert stacks[0].find("title").text == (
            "Strongly disagree 119, Disagree 0, In between 0, Agree 0, Strongly agree 1"
        )
        assert [text.text for text in stacks[0].findall("text")] == ["119", "1"]
        widths = [float(rect.get("width")) for rect in stacks[0].findall("rect")]
        assert widths[1] > 25
        assert sum(widths) == pytest.approx(918, abs=1)
        assert len({rect.get("fill") for rect in stacks[0].findall("rect")}) == 2

    def test_all_twelve_cards_of_the_ladder_with_the_rung_that_fits(self, hall: Hall, screen: Client) -> None:
        open_now(hall, "ladder")
        close_with(hall, *answers(hall.workshop.now))
        pages = slides(screen, hall.screen)
        stacks = [stack for page in pages for stack in page.all("svg", kind="stack")]
        assert len(stacks) == 12
        for stack, item in zip(stacks, hall.workshop.now.items, strict=True):
            [fits] = [option.label.nl for option in hall.workshop.now.options if option.id == item.right]
            assert re.search(rf"{fits} \d \(dit past\)", stack.find("title").text)
            assert [text for text in stack.findall("text") if text.text.endswith("✓")]

    def test_reasons_stand_side_by_side_under_their_headings_and_all_of_them(self, hall: Hall, screen: Client) -> None:
        open_now(hall, REASONS)
        close_with(hall, *answers(hall.workshop.now))
        found = notes.list_notes(hall.shell.engine, hall.id)
        notes.group_notes(hall.shell.engine, hall.id, hall.workshop.at, {found[0].id: "Vertrouwen"}, set())
        pages = slides(screen, hall.screen)
        assert len(pages) > 1
        text = " ".join(page.text for page in pages)
        assert len(re.findall(r"reden \d", text)) == 12
        assert "Vertrouwen" in text

    def test_a_hundred_people_differ_by_shape_and_fill(self, hall: Hall, screen: Client) -> None:
        open_now(hall, "hundred")
        close_with(hall, *answers(hall.workshop.now))
        running.set_rates(hall.shell.engine, hall.id, Rates(flagged=30, cases=10, hits=5))
        page = slides(screen, f"/en{hall.screen}")[1]
        people = page.all("svg", kind="people")[0]
        kinds = [(one.tag, one.get("class")) for one in people if one.tag in ("circle", "path")]
        assert kinds.count(("circle", "hit")) == 5
        assert kinds.count(("circle", "wrong")) == kinds.count(("path", "wrong")) == 25
        assert kinds.count(("path", "missed")) == 5
        assert kinds.count(("circle", "left")) == 65
        for words in ("5 flagged, and rightly", "25 flagged, and wrongly", "5 missed", "65 left alone, and rightly"):
            assert words in " ".join(people.find("title").text.split())
            assert words in page.text

    @pytest.mark.parametrize("show", [None, False])
    def test_what_is_held_or_let_go_stays_unseen(self, hall: Hall, screen: Client, show: bool | None) -> None:
        open_now(hall, STANCE)
        engine, at = hall.shell.engine, hall.workshop.at
        for chosen in ("never", "certainly", "certainly", "certainly", "certainly"):
            seat = fingerprint(door.take_seat(engine, hall.id, 1))
            rounds.cast(engine, seat, at, {ITEM: [chosen]}, keys(hall))
        assert rounds.close_round(engine, hall.id, at, hall.workshop.now, 5, keys(hall)) == rounds.HELD
        if show is False:
            rounds.decide(engine, hall.id, at, show=False)
        page = screen.get(f"/en{hall.screen}")
        assert ("not shown" if show is False else "looks first") in page.text
        assert not page.all("svg")


def bars_of(page: Page) -> list[Any]:
    return list(page.all("dl", kind="bars")[0])


class TestFitting:
    @pytest.mark.parametrize(
        ("heights", "parts"),
        [
            ([], [[]]),
            ([1], [[1]]),
            ([1] * 12, [[1] * 6] * 2),
            ([1] * 10, [[1] * 10]),
            ([9, 1, 9, 1], [[9, 1], [9, 1]]),
            ([4, 4, 4, 8, 2], [[4, 4], [4], [8, 2]]),
            ([20, 1], [[20], [1]]),
        ],
    )
    def test_as_few_parts_as_fit_and_evenly(self, heights: list[float], parts: list[list[float]]) -> None:
        assert pack(heights, float, 10) == parts

    def test_lines_are_counted_with_some_room(self) -> None:
        assert lines_of("") == lines_of("kort") == 1
        assert lines_of("x" * 200) > 200 // 48
        assert LINES * 40 <= 720 - 48 - 62


class TestPolling:
    def test_it_tells_the_version_and_three_numbers(self, hall: Hall, screen: Client) -> None:
        hall.fill(2)
        running.set_timer(hall.shell.engine, hall.id, clock.now() + timedelta(minutes=3))
        said = json.loads(screen.open(f"{hall.screen}/now").response.data)
        assert said.pop("left") in (179, 180)
        assert said == {"version": hall.workshop.version, "in": 2, "ready": 0}

    def test_nothing_new_is_a_304_though_time_goes_on(
        self, hall: Hall, screen: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        running.set_timer(hall.shell.engine, hall.id, clock.now() + timedelta(minutes=3))
        first = screen.open(f"{hall.screen}/now").response
        etag, later = first.headers["ETag"], clock.now() + timedelta(seconds=30)
        monkeypatch.setattr(clock, "now", lambda: later)
        assert screen.open(f"{hall.screen}/now", headers={"If-None-Match": etag}).status == 304
        running.extend_timer(hall.shell.engine, hall.id, 2, later)
        assert screen.open(f"{hall.screen}/now", headers={"If-None-Match": etag}).status == 200
        assert "Set-Cookie" not in first.headers

    def test_who_comes_in_and_who_is_ready_is_news(self, hall: Hall, screen: Client) -> None:
        open_now(hall, STANCE)
        etags = {screen.open(f"{hall.screen}/now").response.headers["ETag"]}
        phone = hall.enter()
        etags.add(screen.open(f"{hall.screen}/now").response.headers["ETag"])
        hall.vote(phone, **{ITEM: "never"})
        etags.add(screen.open(f"{hall.screen}/now").response.headers["ETag"])
        assert len(etags) == 3

    def test_the_timer_is_there_only_when_it_runs(self, hall: Hall, screen: Client) -> None:
        assert not screen.get(hall.screen).all("p", kind="clock")
        running.set_timer(hall.shell.engine, hall.id, clock.now() + timedelta(minutes=3))
        [shown] = screen.get(hall.screen).all("p", kind="clock")
        assert shown.text in ("3:00", "2:59")
        assert all(shown.get(f"data-{name}") for name in ("left", "full", "half", "minute", "over"))


class TestReport:
    def test_who_has_the_link_reads_what_was_shown_and_harvested(self, hall: Hall, screen: Client) -> None:
        open_now(hall, STANCE)
        close_with(hall, *[{ITEM: [chosen]} for chosen in ("never", "never", "never", "certainly", "certainly")])
        open_now(hall, REASONS)
        close_with(hall, *answers(hall.workshop.now))
        harvest = tables.Harvest(choice="Wij bellen niet aan", tomorrow="Ik bel de school")
        tables.save_harvest(hall.shell.engine, hall.id, 1, 0, harvest)
        open_now(hall, AGAIN)
        for language in ("nl", "en"):
            page = screen.get(f"/{language}{hall.screen}/report")
            assert "Wij bellen niet aan" in page.text
            assert len(re.findall(r"reden \d", page.text)) == 12
            assert hall.workshop.rounds[hall.place(STANCE)].title[language] in page.text
            assert hall.workshop.now.title[language] not in page.texts("h3")

    def test_nothing_of_it_before_anything_was_shown(self, hall: Hall, screen: Client) -> None:
        page = screen.get(f"{hall.screen}/report")
        assert not page.all("table")
