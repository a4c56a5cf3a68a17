"""Examples for others: the one that is made of a dossier, and the library they stand in."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint

from assistant.store.tables.base import Row, key, typed, word


class ExampleRow(Row, table=True):
    """What is made of a dossier for others; goes with it. `draft`: what the owner chose; `body`: as it was sent.

    `issue` counts what was approved; `reason`: why the officer gave it back. `id` leads to nothing outside this row.
    """

    __tablename__ = "example"
    __table_args__ = (
        ForeignKeyConstraint(["dossier_id"], ["dossier.id"]),
        UniqueConstraint("dossier_id"),
        CheckConstraint("state IN ('draft', 'sent', 'returned', 'approved')", name="state"),
        Index(None, "state"),
    )
    id: str = key()
    dossier_id: str = word()
    state: str = word()
    draft: str = typed()
    body: str = typed()
    hash: str = word()
    issue: int
    reason: str = typed()
    rev: int
    made_by: str = word()
    made_at: str = word()
    settled_by: str = word()
    settled_at: str = word()


class LibraryEntryRow(Row, table=True):
    """An example in the library: approved here or read from a file. Of nobody, and of no dossier: it outlives them.

    `body`: its data, `hash`: their SHA-256. What a list shows of it stands beside.
    """

    __tablename__ = "library_entry"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        UniqueConstraint("organisation_id", "example"),
        CheckConstraint("source IN ('own', 'imported')", name="source"),
    )
    id: str = key()
    organisation_id: int
    example: str = word()  # the key that every issue of it has
    issue: int
    source: str = word()
    hash: str = word()
    body: str = typed()
    language: str = word()
    title: str = typed()
    text: str = typed()
    field: str = word()
    outcome: str = word()
    advice: str = word()
    became: str = word()
    made_by: str = word()
    made_at: str = word()
