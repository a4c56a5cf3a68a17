"""Workshops: preparing, joining, rounds, tables; where a dossier came from."""

from typing import Any

from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, Text

revision = "0003"
down_revision = "0002"


def _columns(names: str) -> list[Column[Any]]:
    """Columns in order: text, or a number where `:int` says so."""
    return [_column(*name.split(":")) for name in names.split()]


def _column(name: str, kind: str = "") -> Column[Any]:
    return Column(name, Integer() if kind else Text(), nullable=False, autoincrement=False)


def _belongs_to(table: str, other: str, column: str, to: str = "id") -> ForeignKeyConstraint:
    return ForeignKeyConstraint([column], [f"{other}.{to}"], name=f"fk_{table}_{other}")


def upgrade() -> None:
    op.create_table(
        "workshop",
        *_columns(
            "id organisation_id:int owner_id title language edition_hash sheet case_id about_dossier story chosen plan "
            "smallest:int tables:int state at:int version:int code code_until join_key screen_key ends_at parked rates "
            "made_at opened_at ended_at"
        ),
        _belongs_to("workshop", "organisation", "organisation_id"),
        _belongs_to("workshop", "edition", "edition_hash", "hash"),
        PrimaryKeyConstraint("id", name="pk_workshop"),
        CheckConstraint("state IN ('prepared', 'open', 'ended')", name="ck_workshop_state"),
        CheckConstraint("smallest BETWEEN 3 AND 10", name="ck_workshop_smallest"),
    )
    op.create_index("ix_workshop_owner_id_made_at", "workshop", ["owner_id", "made_at"])
    op.create_index("ix_workshop_code", "workshop", ["code"])
    op.create_index("ix_workshop_join_key", "workshop", ["join_key"])
    op.create_index("ix_workshop_screen_key", "workshop", ["screen_key"], unique=True)
    op.create_table(
        "workshop_round",
        *_columns("workshop_id number:int state round_key paper tally"),
        _belongs_to("workshop_round", "workshop", "workshop_id"),
        PrimaryKeyConstraint("workshop_id", "number", name="pk_workshop_round"),
        CheckConstraint("state IN ('open', 'held', 'shown', 'withheld')", name="ck_workshop_round_state"),
    )
    _create_answers()
    op.create_table(
        "dossier_origin",
        *_columns("dossier_id workshop_id place:int day"),
        _belongs_to("dossier_origin", "dossier", "dossier_id"),
        PrimaryKeyConstraint("dossier_id", name="pk_dossier_origin"),
    )


def _create_answers() -> None:
    op.create_table(
        "workshop_ballot",
        *_columns("workshop_id number:int voter body"),
        _belongs_to("workshop_ballot", "workshop", "workshop_id"),
        PrimaryKeyConstraint("workshop_id", "number", "voter", name="pk_workshop_ballot"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "workshop_seat",
        *_columns("id workshop_id number:int place:int discipline card"),
        _belongs_to("workshop_seat", "workshop", "workshop_id"),
        PrimaryKeyConstraint("id", name="pk_workshop_seat"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_workshop_seat_workshop_id_number", "workshop_seat", ["workshop_id", "number"], unique=True)
    op.create_table(
        "workshop_table",
        *_columns("workshop_id number:int pen version:int body"),
        _belongs_to("workshop_table", "workshop", "workshop_id"),
        PrimaryKeyConstraint("workshop_id", "number", name="pk_workshop_table"),
    )
    op.create_index("ix_workshop_table_pen", "workshop_table", ["pen"])
    op.create_table(
        "workshop_note",
        *_columns("id workshop_id number:int side text heading"),
        _belongs_to("workshop_note", "workshop", "workshop_id"),
        PrimaryKeyConstraint("id", name="pk_workshop_note"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_workshop_note_workshop_id_number", "workshop_note", ["workshop_id", "number"])
