"""Texts taken out of frozen versions: the hash of what was there, and the reason."""

from alembic import op
from sqlalchemy import Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, Text

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    names = ("id", "dossier_id", "version_id", "old_hash", "new_hash", "kind", "reason", "person_id", "at")
    op.create_table(
        "redaction",
        *(Column(name, Text(), nullable=False) for name in names),
        Column("texts", Integer(), nullable=False),
        ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_redaction_dossier"),
        ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_redaction_version"),
        ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_redaction_person"),
        PrimaryKeyConstraint("id", name="pk_redaction"),
    )
    op.create_index("ix_redaction_dossier_id", "redaction", ["dossier_id"])
