"""Tokens of other systems that fetch what was handed in."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, Text

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    said = ("system", "scope", "expires_on", "made_by", "made_at", "agreed_by", "agreed_at", "ended_by", "ended_at")
    op.create_table(
        "access_token",
        Column("id", Text(), nullable=False),
        Column("organisation_id", Integer(), nullable=False),
        *(Column(name, Text(), nullable=False) for name in (*said, "used_on")),
        ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_access_token_organisation"),
        PrimaryKeyConstraint("id", name="pk_access_token"),
        CheckConstraint("scope IN ('register', 'dossiers')", name="ck_access_token_scope"),
    )
