"""A line a dossier for the queue and its search: derived from its newest version, rebuilt by `assistant reindex`."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, update

from assistant.access import State
from assistant.dossier.model import Dossier
from assistant.search_terms import fold
from assistant.store.chain import write_time
from assistant.store.tables import ORGANISATION, summaries, summary_words
from assistant.trees.model import Level

NO_DAY: Final = "9999-12-31"  # no wanted start: sorts last
DOMAIN_QUESTION: Final = "legal_task"  # whose first choice says in which field of work a project is
LIGHT: Final = ("go_on", "go_on_with_agreements")  # outcomes an officer may close in one step
_WORD: Final = re.compile(r"\w[\w-]*")

_INSERT: Final = insert(summaries)
_INSERT_WORDS: Final = insert(summary_words)
_FORGET: Final = delete(summaries).where(summaries.c.dossier_id == bindparam("dossier"))
_FORGET_WORDS: Final = delete(summary_words).where(summary_words.c.dossier_id == bindparam("dossier"))
_MOVE: Final = update(summaries).where(summaries.c.dossier_id == bindparam("dossier"))
_MOVE_WORDS: Final = update(summary_words).where(summary_words.c.dossier_id == bindparam("dossier"))


@dataclass(frozen=True, slots=True)
class Summary:
    """What the queue shows of a version. `stops` and `highs`: signals that count, certain or possible."""

    number: str
    title: str = field(repr=False)
    phase: str
    domain: str
    outcome: str
    stops: int
    highs: int
    open_points: int
    wanted_start: str
    is_light: bool


def build_summary(made: Dossier, wanted_start: str) -> Summary:
    """The line of a frozen dossier."""
    counting = [signal.level for signal in made.signals if signal.counts]
    said = made.answers.get(DOMAIN_QUESTION)
    value = said.get("value") if isinstance(said, dict) else said
    domain = value[0] if isinstance(value, list) and value else value if isinstance(value, str) else ""
    stops, highs = counting.count(Level.STOP), counting.count(Level.HIGH)
    return Summary(
        number=made.project.number,
        title=made.project.title,
        phase=made.project.phase.id,
        domain=domain,
        outcome=made.outcome.id,
        stops=stops,
        highs=highs,
        open_points=len(made.open_points),
        wanted_start=wanted_start or NO_DAY,
        is_light=made.outcome.id in LIGHT and not stops and not highs,
    )


def save_summary(
    connection: Connection, dossier: str, summary: Summary, state: State, at: datetime, taken_by: str
) -> None:
    """Write the line, in the transaction of what made it."""
    forget_summary(connection, dossier)
    row = asdict(summary) | {"is_light": int(summary.is_light), "dossier_id": dossier, "state": state.value}
    row |= {"organisation_id": ORGANISATION, "waiting_since": write_time(at), "taken_by": taken_by}
    connection.execute(_INSERT, row)
    words = [
        {"word": word, "state": state.value, "wanted_start": summary.wanted_start, "dossier_id": dossier}
        for word in sorted({*words_of(summary.title), *words_of(summary.number)})
    ]
    connection.execute(_INSERT_WORDS, words)


def move_summary(connection: Connection, dossier: str, **columns: str) -> None:
    """Change `state`, `waiting_since` or `taken_by` of a line, in the transaction of what did."""
    connection.execute(_MOVE.values(**columns), {"dossier": dossier})
    if "state" in columns:
        connection.execute(_MOVE_WORDS.values(state=columns["state"]), {"dossier": dossier})


def words_of(text: str) -> list[str]:
    """The words of a text as they are searched: folded, without accents. `2026-014` is one word."""
    return [word[:60] for word in _WORD.findall(fold(text))]


def forget_summary(connection: Connection, dossier: str) -> None:
    """The line is no longer true: nothing of the dossier is with an officer, or ever was."""
    connection.execute(_FORGET_WORDS, {"dossier": dossier})
    connection.execute(_FORGET, {"dossier": dossier})
