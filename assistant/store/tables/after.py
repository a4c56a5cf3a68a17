"""After the advice: what was decided, what else runs, and the end of a dossier."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint

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


class HoldRow(Row, table=True):
    """A dossier that is not to be destroyed as long as this stands."""

    __tablename__ = "hold"
    __table_args__ = (ForeignKeyConstraint(["dossier_id"], ["dossier.id"]),)
    dossier_id: str = key()
    reason: str = typed()
    person_id: str = word()
    at: str = word()


class DestructionRow(Row, table=True):
    """A list of dossiers to destroy: proposed by one, approved by another. It stays, as the record of it."""

    __tablename__ = "destruction"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        CheckConstraint("state IN ('proposed', 'approved', 'refused')", name="state"),
    )
    id: str = key()
    organisation_id: int
    state: str = word()
    ground: str = typed()
    years: int
    made_by: str = word()
    made_at: str = word()
    settled_by: str = word()
    settled_at: str = word()


class DestructionItemRow(Row, table=True):
    """One dossier of a list, by number and dates; `dossier`, its id, goes with it. `left_as`: why it is still there."""

    __tablename__ = "destruction_item"
    __table_args__ = (ForeignKeyConstraint(["destruction_id"], ["destruction.id"]),)
    destruction_id: str = key()
    number: str = key()
    dossier: str = word()
    begun_on: str = word()
    closed_on: str = word()
    destroyed_at: str = word()
    left_as: str = word()


class VariantRow(Row, table=True):
    """A dossier that began as a copy. `of_dossier`: what it is laid beside or follows, which may be destroyed first."""

    __tablename__ = "variant"
    __table_args__ = (
        ForeignKeyConstraint(["dossier_id"], ["dossier.id"]),
        UniqueConstraint("dossier_id"),
        CheckConstraint("kind IN ('variant', 'next')", name="kind"),
        CheckConstraint("became IN ('', 'chosen', 'weighed')", name="became"),
        Index(None, "of_dossier"),
    )
    id: str = key()
    dossier_id: str = word()
    of_dossier: str = word()
    kind: str = word()
    became: str = word()
    made_at: str = word()


class WeighingRow(Row, table=True):
    """Why this dossier was chosen to go on. `laid_aside`: JSON, `[id, number]` of each one that was not; no more of
    those, which may be destroyed first."""

    __tablename__ = "weighing"
    __table_args__ = (ForeignKeyConstraint(["dossier_id"], ["dossier.id"]), UniqueConstraint("dossier_id"))
    id: str = key()
    dossier_id: str = word()
    reason: str = typed()
    laid_aside: str = word()
    rev: int
    at: str = word()
