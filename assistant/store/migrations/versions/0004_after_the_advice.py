"""After the advice: decisions, and lines of the register without a dossier."""

from alembic import op
from sqlalchemy import Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, Text

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    names = ("id", "dossier_id", "outcome", "decided_by", "decided_on")
    more = ("reason", "reference", "look_again", "person_id", "at")
    op.create_table(
        "decision",
        *(Column(name, Text(), nullable=False) for name in names),
        Column("departs", Integer(), nullable=False),
        *(Column(name, Text(), nullable=False) for name in more),
        ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_decision_dossier"),
        ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_decision_person"),
        PrimaryKeyConstraint("id", name="pk_decision"),
    )
    op.create_index("ix_decision_dossier_id", "decision", ["dossier_id"])
    _create_register()


def _create_register() -> None:
    op.create_table(
        "register_line",
        Column("id", Text(), nullable=False),
        Column("organisation_id", Integer(), nullable=False),
        *(
            Column(name, Text(), nullable=False)
            for name in ("title", "owner", "reference", "look_again", "made_by", "made_at")
        ),
        Column("rev", Integer(), nullable=False),
        ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_register_line_organisation"),
        PrimaryKeyConstraint("id", name="pk_register_line"),
    )
    op.create_index("ix_register_line_organisation_id_title", "register_line", ["organisation_id", "title"])
