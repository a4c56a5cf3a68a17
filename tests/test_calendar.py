"""A calendar file that other programs read, and that holds nothing of a dossier."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from assistant.calendar import LONGEST, Day, build_calendar

AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
DAY = Day("17", date(2026, 12, 31), "2026-014: actiepunt", "https://toets.example.nl/nl/dossiers/x")


def unfolded(raw: bytes) -> list[str]:
    """The lines as a reader sees them."""
    return raw.decode().replace("\r\n ", "").split("\r\n")


def test_a_day_is_an_event_that_ends_the_day_after() -> None:
    assert unfolded(build_calendar([DAY], AT, "toets.example.nl")) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Ethical Review Assistant//EN",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        "UID:17@toets.example.nl",
        "DTSTAMP:20261126T090000Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY:2026-014: actiepunt",
        "URL:https://toets.example.nl/nl/dossiers/x",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_an_empty_calendar_is_one() -> None:
    assert unfolded(build_calendar([], AT, "x"))[-2] == "END:VCALENDAR"


@given(st.text(max_size=300))
def test_any_text_stays_in_its_line_and_lines_are_short(text: str) -> None:
    text = text.encode(errors="ignore").decode()
    raw = build_calendar([Day("1", date(2026, 1, 1), text, "https://x.nl/")], AT, "x")
    assert all(len(line) <= LONGEST for line in raw.split(b"\r\n"))
    assert raw.count(b"BEGIN:VEVENT") == 1
    [summary] = [line for line in unfolded(raw) if line.startswith("SUMMARY:")]
    assert summary.replace("\\\\", "").replace("\\;", "").replace("\\,", "").replace("\\n", "").count("\\") == 0
