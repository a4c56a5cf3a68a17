"""Examples for others, and the library they stand in."""

from alembic import op
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)

revision = "0008"
down_revision = "0007"


def _texts(*names: str) -> list[Column[str]]:
    return [Column(name, Text(), nullable=False) for name in names]


def upgrade() -> None:
    op.create_table(
        "example",
        *_texts("id", "dossier_id", "state", "draft", "body", "hash"),
        Column("issue", Integer(), nullable=False),
        *_texts("reason"),
        Column("rev", Integer(), nullable=False),
        *_texts("made_by", "made_at", "settled_by", "settled_at"),
        ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_example_dossier"),
        PrimaryKeyConstraint("id", name="pk_example"),
        UniqueConstraint("dossier_id", name="uq_example_dossier_id"),
        CheckConstraint("state IN ('draft', 'sent', 'returned', 'approved')", name="ck_example_state"),
    )
    op.create_index("ix_example_state", "example", ["state"])
    op.create_table(
        "library_entry",
        *_texts("id"),
        Column("organisation_id", Integer(), nullable=False),
        *_texts("example"),
        Column("issue", Integer(), nullable=False),
        *_texts("source", "hash", "body", "language", "title", "text", "field", "outcome", "advice", "became"),
        *_texts("made_by", "made_at"),
        ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_library_entry_organisation"),
        PrimaryKeyConstraint("id", name="pk_library_entry"),
        UniqueConstraint("organisation_id", "example", name="uq_library_entry_organisation_id_example"),
        CheckConstraint("source IN ('own', 'imported')", name="ck_library_entry_source"),
    )
