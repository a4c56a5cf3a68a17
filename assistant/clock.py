"""The only place that reads the clock, so that the core stays a function of what it is given."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def today(time_zone: str = "Europe/Amsterdam") -> date:
    """The date where the municipality is."""
    return datetime.now(ZoneInfo(time_zone)).date()


def date_of(moment: datetime, time_zone: str = "Europe/Amsterdam") -> date:
    """The date of a moment where the municipality is."""
    return moment.astimezone(ZoneInfo(time_zone)).date()
