"""Workshops: what is prepared, where a room is, what was answered. No name, no address, no moment of a participant."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlmodel import Field

from assistant.store.tables.base import Row, key, typed, word


class WorkshopRow(Row, table=True):
    """A workshop. `at`: the round the room is in, by its place in the plan; `version` moves with what can be seen."""

    __tablename__ = "workshop"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        ForeignKeyConstraint(["edition_hash"], ["edition.hash"]),
        CheckConstraint("state IN ('prepared', 'open', 'ended')", name="state"),
        CheckConstraint("smallest BETWEEN 3 AND 10", name="smallest"),
        Index(None, "owner_id", "made_at"),
        Index(None, "code"),
        Index(None, "join_key"),
        Index(None, "screen_key", unique=True),
    )
    id: str = key()
    organisation_id: int
    owner_id: str = word()
    title: str = typed()
    language: str = word()
    edition_hash: str = word()
    sheet: str = word()
    case_id: str = word()
    about_dossier: str = word()
    story: str = typed()
    chosen: str = word()
    plan: str = typed()
    smallest: int
    tables: int
    state: str = word()
    at: int
    version: int
    code: str = word()  # empty: the door is closed
    code_until: str = word()
    join_key: str = word()
    screen_key: str = word()
    ends_at: str = word()  # of the round, by the clock; empty: no timer
    parked: str = typed()
    rates: str = word()
    made_at: str = word()
    opened_at: str = word()
    ended_at: str = word()


class WorkshopRoundRow(Row, table=True):
    """A round that was opened. `round_key`, sealed, is gone when the round closes; `tally` is what may be kept."""

    __tablename__ = "workshop_round"
    __table_args__ = (
        ForeignKeyConstraint(["workshop_id"], ["workshop.id"]),
        CheckConstraint("state IN ('open', 'held', 'shown', 'withheld')", name="state"),
    )
    workshop_id: str = key()
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    state: str = word()
    round_key: str = word()
    paper: str = word()
    tally: str = word()


class WorkshopBallotRow(Row, table=True):
    """An answer in an open round, sealed; `voter` is a digest under the round's key. Rows lie in the digests' order."""

    __tablename__ = "workshop_ballot"
    __table_args__ = (ForeignKeyConstraint(["workshop_id"], ["workshop.id"]), {"sqlite_with_rowid": False})
    workshop_id: str = key()
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    voter: str = key()
    body: str = typed()


class WorkshopSeatRow(Row, table=True):
    """A phone that is in. `place` is its table; nothing says who or when."""

    __tablename__ = "workshop_seat"
    __table_args__ = (
        ForeignKeyConstraint(["workshop_id"], ["workshop.id"]),
        Index(None, "workshop_id", "number", unique=True),
        {"sqlite_with_rowid": False},
    )
    id: str = key()
    workshop_id: str = word()
    number: int
    place: int
    discipline: str = word()
    card: str = word()


class WorkshopTableRow(Row, table=True):
    """A table: the note taker's link while the workshop is open, and what the table said together."""

    __tablename__ = "workshop_table"
    __table_args__ = (ForeignKeyConstraint(["workshop_id"], ["workshop.id"]), Index(None, "pen"))
    workshop_id: str = key()
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    pen: str = word()
    version: int
    body: str = typed()


class WorkshopNoteRow(Row, table=True):
    """A reason for or against, from nobody in particular; `heading` is how the facilitator grouped it."""

    __tablename__ = "workshop_note"
    __table_args__ = (
        ForeignKeyConstraint(["workshop_id"], ["workshop.id"]),
        Index(None, "workshop_id", "number"),
        {"sqlite_with_rowid": False},
    )
    id: str = key()
    workshop_id: str = word()
    number: int
    side: str = word()
    text: str = typed()
    heading: str = typed()


class DossierOriginRow(Row, table=True):
    """A dossier that a workshop gave. The workshop may be gone; the day stays, for the question eight weeks later."""

    __tablename__ = "dossier_origin"
    __table_args__ = (ForeignKeyConstraint(["dossier_id"], ["dossier.id"]),)
    dossier_id: str = key()
    workshop_id: str = word()
    place: int
    day: str = word()
