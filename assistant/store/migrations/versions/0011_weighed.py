"""Why one of the alternatives was chosen, and which were laid aside."""

from alembic import op
from sqlalchemy import Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, Text, UniqueConstraint

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    names = ("id", "dossier_id", "reason", "laid_aside", "at")
    op.create_table(
        "weighing",
        *(Column(name, Text(), nullable=False) for name in names),
        Column("rev", Integer(), nullable=False),
        ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_weighing_dossier"),
        PrimaryKeyConstraint("id", name="pk_weighing"),
        UniqueConstraint("dossier_id", name="uq_weighing_dossier_id"),
    )
