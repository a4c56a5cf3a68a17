"""Why to look at a dossier again: a day, three years, a next phase, a source, a signal, or what happened. Pure.

Nothing is remembered for it: a dossier as it is now lies beside the version that the newest advice was on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, TypeAlias

from assistant.dossier.model import Dossier
from assistant.trees.model import Level

SOURCES: Final = "sources"  # the question about where the data come from, a row a source
YEARS: Final = 3  # without an agreed day
HEAVY: Final = (Level.STOP, Level.HIGH)
Why: TypeAlias = Literal["day", "years", "phase", "source", "signal", "happened"]


@dataclass(frozen=True, slots=True)
class Reason:
    """`on`: the day from which it holds; None: now. `says`: phases, sources, signals or texts, in words."""

    why: Why
    on: date | None = None
    says: tuple[str, ...] = field(default=(), repr=False)

    def is_due(self, today: date) -> bool:
        """Whether it holds already."""
        return self.on is None or self.on <= today


def find_reasons(
    then: Dossier, now: Dossier, agreed: Iterable[date], settled: date, happened: Iterable[str]
) -> tuple[Reason, ...]:
    """`then`: what was advised on. `agreed`: days to look again; without any, three years after it was `settled`."""
    days = [Reason("day", day) for day in sorted({*agreed})]
    found = (
        *(days or [Reason("years", in_years(settled, YEARS))]),
        Reason("phase", says=_next_phase(then, now)),
        Reason("source", says=_new(_sources(then), _sources(now))),
        Reason("signal", says=_new(_heavy(then), _heavy(now))),
        Reason("happened", says=tuple(happened)),
    )
    return tuple(one for one in found if one.on or one.says)


def in_years(day: date, years: int) -> date:
    """The same day some years on; of 29 February the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _next_phase(then: Dossier, now: Dossier) -> tuple[str, ...]:
    return () if then.project.phase.id == now.project.phase.id else (now.project.phase.says,)


def _sources(made: Dossier) -> dict[str, str]:
    """Rows of the table, by the name in the first column, in small letters."""
    answers = (answer for theme in made.themes for answer in theme.answers if answer.question == SOURCES)
    return {row[0].casefold(): row[0] for answer in answers for row in answer.rows if row and row[0]}


def _heavy(made: Dossier) -> dict[str, str]:
    return {one.id: one.says for one in made.signals if one.level in HEAVY and not one.superseded_by}


def _new(then: dict[str, str], now: dict[str, str]) -> tuple[str, ...]:
    return tuple(says for key, says in now.items() if key not in then)
