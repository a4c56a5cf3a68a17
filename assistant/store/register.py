"""The register: every dossier that was handed in once, and what else runs; each with where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Engine, Select, bindparam, delete, func, insert, literal, or_, select, union_all, update

from assistant.errors import Conflict, NotFound
from assistant.store.advices import GIVEN, PART
from assistant.store.chain import write_time
from assistant.store.changes import Signed, check_id
from assistant.store.database import reading, writing
from assistant.store.documents import write_json
from assistant.store.people import save_people_event
from assistant.store.tables import ORGANISATION, advices, decisions, dossiers, register_lines, summaries, versions
from assistant.store.versions import ADVISED

LINE: Final = "line"  # stands where a state stands, for what has no dossier
MOST_LINES: Final = 5_000
SAID: Final = ("title", "owner", "reference", "look_again")  # of a line


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the register. Of a dossier: `id` and `number`; of another: `id`, `owner` and `reference`, typed.

    `advice` and `decision`: the newest outcomes, or empty. `look_again`: a day in ISO, or empty.
    """

    id: str
    number: str
    title: str = field(repr=False)
    state: str
    phase: str
    domain: str
    outcome: str
    advice: str
    decision: str
    owner: str = field(repr=False)
    reference: str = field(repr=False)
    look_again: str
    rev: int

    @property
    def is_dossier(self) -> bool:
        """Whether there is a dossier here."""
        return self.state != LINE


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to show; empty: all. `search`: a part of a title, number or reference."""

    state: str = ""
    domain: str = ""
    decision: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """A year: counts by kind, each outcome or domain with its number; `days`: the median with an officer, or None."""

    year: int
    handed_in: int
    by_domain: dict[str, int]
    by_outcome: dict[str, int]
    by_advice: dict[str, int]
    standing: int
    days: float | None


def newest(table: Any, column: Any, *which: Any) -> Any:
    """The column in the newest row of a dossier, as a part of a statement over dossiers."""
    return (
        select(column)
        .where(table.c.dossier_id == dossiers.c.id, *which)
        .order_by(table.c.at.desc(), table.c.id)
        .limit(1)
        .correlate(dossiers)
        .scalar_subquery()
    )


GIVEN_ADVICE: Final = (advices.c.state == GIVEN, advices.c.kind != PART)
_NO: Final = literal("")
_DOSSIERS: Final = select(
    dossiers.c.id,
    dossiers.c.number,
    dossiers.c.title,
    dossiers.c.state,
    dossiers.c.phase,
    summaries.c.domain,
    summaries.c.outcome,
    func.coalesce(newest(advices, advices.c.outcome, *GIVEN_ADVICE), "").label("advice"),
    func.coalesce(newest(decisions, decisions.c.outcome), "").label("decision"),
    func.coalesce(newest(decisions, decisions.c.decided_by), "").label("owner"),
    func.coalesce(newest(decisions, decisions.c.reference), "").label("reference"),
    func.coalesce(newest(decisions, decisions.c.look_again), "").label("look_again"),
    literal(0).label("rev"),
).join_from(summaries, dossiers, summaries.c.dossier_id == dossiers.c.id)
_LINES: Final = select(
    register_lines.c.id,
    _NO.label("number"),
    register_lines.c.title,
    literal(LINE).label("state"),
    *(_NO.label(name) for name in ("phase", "domain", "outcome", "advice", "decision")),
    register_lines.c.owner,
    register_lines.c.reference,
    register_lines.c.look_again,
    register_lines.c.rev,
).where(register_lines.c.organisation_id == ORGANISATION)
_EVERY: Final = union_all(_DOSSIERS, _LINES).subquery()
_THIS: Final = select(*register_lines.c).where(
    register_lines.c.id == bindparam("line"), register_lines.c.organisation_id == ORGANISATION
)
_HOW_MANY: Final = select(func.count()).where(register_lines.c.organisation_id == ORGANISATION)
_SUMMED: Final = select(summaries.c.domain, summaries.c.outcome, dossiers.c.created_at).join_from(
    summaries, dossiers, summaries.c.dossier_id == dossiers.c.id
)
_ADVISED: Final = select(advices.c.outcome, advices.c.standing_id).where(
    *GIVEN_ADVICE, advices.c.at >= bindparam("begin"), advices.c.at < bindparam("end")
)
_REVIEWED: Final = select(versions.c.made_at, versions.c.ended_at).where(
    versions.c.ended_as == ADVISED, versions.c.ended_at >= bindparam("begin"), versions.c.ended_at < bindparam("end")
)


def list_register(engine: Engine, wanted: Wanted, limit: int, offset: int = 0) -> list[Entry]:
    """A page by title; what looks the same stands in the order of its id."""
    entries = _EVERY.c
    statement = narrowed(select(_EVERY), entries, wanted)
    statement = statement.order_by(func.lower(entries.title), entries.id).limit(limit).offset(offset)
    with reading(engine) as connection:
        return [Entry(**row) for row in connection.execute(statement).mappings()]


def narrowed(statement: Select[Any], entries: Any, wanted: Wanted) -> Select[Any]:
    """The statement over these columns, with what is wanted alone."""
    for column, value in ((entries.state, wanted.state), (entries.domain, wanted.domain)):
        if value:
            statement = statement.where(column == value)
    if wanted.decision:
        statement = statement.where(entries.decision == wanted.decision)
    if wanted.search:
        part = f"%{_escaped(wanted.search)}%"
        texts = (entries.title, entries.number, entries.reference)
        statement = statement.where(or_(*(func.lower(text).like(func.lower(part), escape="\\") for text in texts)))
    return statement


def find_line(engine: Engine, id: str) -> Entry:
    """A line without a dossier. Raises NotFound."""
    with reading(engine) as connection:
        row = connection.execute(_THIS, {"line": check_id(id)}).mappings().one_or_none()
    if row is None:
        raise NotFound(id)
    empty = dict.fromkeys(("number", "phase", "domain", "outcome", "advice", "decision"), "")
    kept = {name: row[name] for name in ("id", "title", "owner", "reference", "look_again", "rev")}
    return Entry(**{**empty, **kept}, state=LINE)


def add_lines(engine: Engine, lines: Iterable[dict[str, str]], *, signed: Signed) -> int:
    """Write lines down: title, owner, reference, look_again each; how many. Raises Conflict when there are too many."""
    made = [_build_row(line, signed) for line in lines]
    with writing(engine) as connection:
        if int(connection.scalar(_HOW_MANY) or 0) + len(made) > MOST_LINES:
            raise Conflict(["register"])
        for row in made:
            connection.execute(insert(register_lines), row)
            save_people_event(connection, "register_line", row["id"], write_line(row), signed)
    return len(made)


def save_line(engine: Engine, id: str, rev: int, line: dict[str, str], *, signed: Signed) -> None:
    """Change a line. Raises Conflict when somebody changed it since."""
    with writing(engine) as connection:
        changed = connection.execute(
            update(register_lines)
            .where(register_lines.c.id == check_id(id), register_lines.c.rev == rev)
            .values(**line, rev=rev + 1)
        )
        if not changed.rowcount:
            raise Conflict(["line"])
        save_people_event(connection, "register_line", id, write_line(line), signed)


def forget_line(engine: Engine, id: str, *, signed: Signed) -> None:
    """It no longer runs, or has a dossier now."""
    with writing(engine) as connection:
        if not connection.execute(delete(register_lines).where(register_lines.c.id == check_id(id))).rowcount:
            raise NotFound(id)
        save_people_event(connection, "register_line_removed", id, "", signed)


def build_figures(engine: Engine, year: int) -> Figures:
    """What a year shows: dossiers that began in it, advice given in it, and how long the officers had them."""
    given = {"begin": f"{year}-", "end": f"{year + 1}-"}
    with reading(engine) as connection:
        began = [row for row in connection.execute(_SUMMED) if row.created_at.startswith(given["begin"])]
        advised = connection.execute(_ADVISED, given).all()
        reviewed = connection.execute(_REVIEWED, given).all()
    days = [(datetime.fromisoformat(ended) - datetime.fromisoformat(made)).days for made, ended in reviewed]
    return Figures(
        year=year,
        handed_in=len(began),
        by_domain=dict(Counter(row.domain for row in began)),
        by_outcome=dict(Counter(row.outcome for row in began)),
        by_advice=dict(Counter(outcome for outcome, _ in advised)),
        standing=sum(bool(standing) for _, standing in advised),
        days=median(days) if days else None,
    )


def write_line(line: Mapping[str, Any]) -> str:
    """What a line says, as its event seals it."""
    return write_json([line[name] for name in SAID])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _build_row(line: dict[str, str], signed: Signed) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "organisation_id": ORGANISATION,
        **line,
        "made_by": signed.actor,
        "made_at": write_time(signed.at),
        "rev": 1,
    }
