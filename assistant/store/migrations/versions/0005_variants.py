"""Dossiers that began as a copy of another: variants, and those of next year."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, PrimaryKeyConstraint, Text, UniqueConstraint

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    names = ("id", "dossier_id", "of_dossier", "kind", "became", "made_at")
    op.create_table(
        "variant",
        *(Column(name, Text(), nullable=False) for name in names),
        ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_variant_dossier"),
        PrimaryKeyConstraint("id", name="pk_variant"),
        UniqueConstraint("dossier_id", name="uq_variant_dossier_id"),
        CheckConstraint("kind IN ('variant', 'next')", name="ck_variant_kind"),
        CheckConstraint("became IN ('', 'chosen', 'weighed')", name="ck_variant_became"),
    )
    op.create_index("ix_variant_of_dossier", "variant", ["of_dossier"])
