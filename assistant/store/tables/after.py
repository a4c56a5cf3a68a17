"""After the advice: what was decided, and what else runs."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, Index

from assistant.store.tables.base import Row, key, typed, word


class DecisionRow(Row, table=True):
    """A decision, by a function or a body; written down by somebody here, and never changed: a new one follows it."""

    __tablename__ = "decision"
    __table_args__ = (
        ForeignKeyConstraint(["dossier_id"], ["dossier.id"]),
        ForeignKeyConstraint(["person_id"], ["person.id"]),
        Index(None, "dossier_id"),
    )
    id: str = key()
    dossier_id: str = word()
    outcome: str = word()
    decided_by: str = typed()
    decided_on: str = word()
    departs: int
    reason: str = typed()
    reference: str = typed()
    look_again: str = word()  # on this day, in ISO, or empty
    person_id: str = word()
    at: str = word()


class RegisterLineRow(Row, table=True):
    """Something that runs and has no dossier here, written down by hand or read from a file."""

    __tablename__ = "register_line"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        Index(None, "organisation_id", "title"),
    )
    id: str = key()
    organisation_id: int
    title: str = typed()
    owner: str = typed()
    reference: str = typed()
    look_again: str = word()
    made_by: str = word()
    made_at: str = word()
    rev: int
