"""The first tables: organisation, edition, dossier, its events and its history."""

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

revision = "0001"
down_revision = None


def _text(name: str) -> Column[str]:
    return Column(name, Text(), nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, Integer(), nullable=False, autoincrement=False)


def _belongs_to(table: str, other: str, column: str, key: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint([column], [f"{other}.{key}"], name=f"fk_{table}_{other}")


def _chain() -> list[Column[str]]:
    return [_text("digest"), _text("previous"), _text("hash")]


def upgrade() -> None:
    organisation = op.create_table(
        "organisation",
        _number("id"),
        _number("version"),
        _text("head"),
        CheckConstraint("version >= 0", name=op.f("ck_organisation_version")),
        PrimaryKeyConstraint("id", name="pk_organisation"),
    )
    op.bulk_insert(organisation, [{"id": 1, "version": 0, "head": ""}])
    op.create_table(
        "organisation_event",
        _number("organisation_id"),
        _number("seq"),
        *map(_text, ("at", "actor", "kind", "subject")),
        *_chain(),
        _belongs_to("organisation_event", "organisation", "organisation_id", "id"),
        PrimaryKeyConstraint("organisation_id", "seq", name="pk_organisation_event"),
    )
    op.create_table(
        "numbering",
        *map(_number, ("organisation_id", "year", "last")),
        _belongs_to("numbering", "organisation", "organisation_id", "id"),
        PrimaryKeyConstraint("organisation_id", "year", name="pk_numbering"),
    )
    op.create_table(
        "edition",
        *map(_text, ("hash", "body", "saved_at")),
        PrimaryKeyConstraint("hash", name="pk_edition"),
    )
    _create_dossier()


def _create_dossier() -> None:
    op.create_table(
        "dossier",
        _text("id"),
        _number("organisation_id"),
        *map(_text, ("number", "title", "phase", "language", "edition_hash", "salt")),
        _number("version"),
        *map(_text, ("head", "document", "created_at", "updated_at")),
        CheckConstraint("language IN ('nl', 'en')", name=op.f("ck_dossier_language")),
        CheckConstraint("version >= 1", name=op.f("ck_dossier_version")),
        _belongs_to("dossier", "edition", "edition_hash", "hash"),
        _belongs_to("dossier", "organisation", "organisation_id", "id"),
        PrimaryKeyConstraint("id", name="pk_dossier"),
        UniqueConstraint("organisation_id", "number", name="uq_dossier_organisation_id_number"),
    )
    listed = ["organisation_id", "updated_at", "id"]
    op.create_index("ix_dossier_organisation_id_updated_at_id", "dossier", listed)
    op.create_table(
        "event",
        _text("dossier_id"),
        _number("seq"),
        *map(_text, ("at", "actor", "kind", "question")),
        *_chain(),
        _belongs_to("event", "dossier", "dossier_id", "id"),
        PrimaryKeyConstraint("dossier_id", "seq", name="pk_event"),
    )
    op.create_table(
        "answer_history",
        _text("dossier_id"),
        _number("version"),
        *map(_text, ("question", "body")),
        _belongs_to("answer_history", "dossier", "dossier_id", "id"),
        PrimaryKeyConstraint("dossier_id", "version", "question", name="pk_answer_history"),
    )
