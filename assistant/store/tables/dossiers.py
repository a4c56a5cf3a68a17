"""The dossiers: what they say, their events and their history; the organisation's own chain."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field

from assistant.store.tables.base import Row

IS_DRAFT = text("state IN ('new', 'team')")


class OrganisationRow(Row, table=True):
    """One an installation. `version` and `head` are the length and the last hash of its chain."""

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint("version >= 0", name="version"),)
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    version: int
    head: str = Field(sa_type=Text)


class NumberingRow(Row, table=True):
    """The last number given out in a year: a destroyed dossier's number is never given out again."""

    __tablename__ = "numbering"
    __table_args__ = (ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),)
    organisation_id: int = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last: int


class EditionRow(Row, table=True):
    """An edition as canonical JSON; `hash` is the SHA-256 of those bytes."""

    __tablename__ = "edition"
    hash: str = Field(primary_key=True, sa_type=Text)
    body: str = Field(sa_type=Text, repr=False)
    saved_at: str = Field(sa_type=Text)


class DossierRow(Row, table=True):
    """A dossier. `title` and `phase` repeat what the document says, for lists; `head` is its last event's hash."""

    __tablename__ = "dossier"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        ForeignKeyConstraint(["edition_hash"], ["edition.hash"]),
        UniqueConstraint("organisation_id", "number"),
        CheckConstraint("language IN ('nl', 'en')", name="language"),
        CheckConstraint("version >= 1", name="version"),
        Index(None, "organisation_id", "updated_at", "id"),
        Index(
            "ix_dossier_draft", "organisation_id", "updated_at", "id", sqlite_where=IS_DRAFT, postgresql_where=IS_DRAFT
        ),
    )
    id: str = Field(primary_key=True, sa_type=Text)
    organisation_id: int
    number: str = Field(sa_type=Text)
    title: str = Field(sa_type=Text, repr=False)
    phase: str = Field(sa_type=Text)
    language: str = Field(sa_type=Text)
    edition_hash: str = Field(sa_type=Text)
    salt: str = Field(sa_type=Text, repr=False)
    version: int
    head: str = Field(sa_type=Text)
    document: str = Field(sa_type=Text, repr=False)
    created_at: str = Field(sa_type=Text)
    updated_at: str = Field(sa_type=Text)
    state: str = Field(sa_type=Text, sa_column_kwargs={"server_default": "new"})
    taken_by: str = Field(sa_type=Text, sa_column_kwargs={"server_default": ""})


class EventRow(Row, table=True):
    """One save of a dossier, without its content: `seq` is the version it made."""

    __tablename__ = "event"
    __table_args__ = (ForeignKeyConstraint(["dossier_id"], ["dossier.id"]),)
    dossier_id: str = Field(primary_key=True, sa_type=Text)
    seq: int = Field(primary_key=True)
    at: str = Field(sa_type=Text)
    actor: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    question: str = Field(sa_type=Text)
    digest: str = Field(sa_type=Text)
    previous: str = Field(sa_type=Text)
    hash: str = Field(sa_type=Text)


class AnswerHistoryRow(Row, table=True):
    """What was replaced: content, so it may be erased. `version` is the one in which it had been given."""

    __tablename__ = "answer_history"
    __table_args__ = (ForeignKeyConstraint(["dossier_id"], ["dossier.id"]),)
    dossier_id: str = Field(primary_key=True, sa_type=Text)
    version: int = Field(primary_key=True)
    question: str = Field(primary_key=True, sa_type=Text)
    body: str = Field(sa_type=Text, repr=False)


class OrganisationEventRow(Row, table=True):
    """People, settings, and what became of dossiers. `subject` is an id or a number, never a name."""

    __tablename__ = "organisation_event"
    __table_args__ = (ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),)
    organisation_id: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    at: str = Field(sa_type=Text)
    actor: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    subject: str = Field(sa_type=Text)
    digest: str = Field(sa_type=Text)
    previous: str = Field(sa_type=Text)
    hash: str = Field(sa_type=Text)
