"""The days of a dossier as a calendar file (RFC 5545): what kind of day, and where to look. Nothing of what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

LONGEST: Final = 75  # bytes of a line, without its end


@dataclass(frozen=True)
class Day:
    """A day to keep. `id` is the same as long as the thing is; `summary` says its kind; `url` where to look."""

    id: str
    day: date
    summary: str
    url: str


def build_calendar(days: Iterable[Day], made_at: datetime, host: str) -> bytes:
    """One event a day, all day long: many calendars hide to-dos. `host` makes the ids worldwide unique."""
    stamp = f"{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ethical Review Assistant//EN", "CALSCALE:GREGORIAN"]
    for one in days:
        lines += _event(one, stamp, host)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event(one: Day, stamp: str, host: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{one.id}@{host}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(one.summary)}",
        f"URL:{one.url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    plain = "".join(sign for sign in text if sign >= " " or sign == "\n")
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Pieces of at most 75 bytes, never within a letter; each but the first begins with a space."""
    piece, size = "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LONGEST:
            yield piece
            piece, size = " ", 1
        piece, size = piece + sign, size + width
    yield piece
