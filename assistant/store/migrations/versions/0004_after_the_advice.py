"""After the advice: decisions, lines of the register without a dossier, and the end of a dossier."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, Text

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
    _create_destruction()


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


def _create_destruction() -> None:
    op.create_table(
        "hold",
        *(Column(name, Text(), nullable=False) for name in ("dossier_id", "reason", "person_id", "at")),
        ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_hold_dossier"),
        PrimaryKeyConstraint("dossier_id", name="pk_hold"),
    )
    op.create_table(
        "destruction",
        Column("id", Text(), nullable=False),
        Column("organisation_id", Integer(), nullable=False),
        *(Column(name, Text(), nullable=False) for name in ("state", "ground")),
        Column("years", Integer(), nullable=False),
        *(Column(name, Text(), nullable=False) for name in ("made_by", "made_at", "settled_by", "settled_at")),
        ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_destruction_organisation"),
        PrimaryKeyConstraint("id", name="pk_destruction"),
        CheckConstraint("state IN ('proposed', 'approved', 'refused')", name="ck_destruction_state"),
    )
    names = ("destruction_id", "number", "dossier", "begun_on", "closed_on", "destroyed_at", "left_as")
    op.create_table(
        "destruction_item",
        *(Column(name, Text(), nullable=False) for name in names),
        ForeignKeyConstraint(["destruction_id"], ["destruction.id"], name="fk_destruction_item_destruction"),
        PrimaryKeyConstraint("destruction_id", "number", name="pk_destruction_item"),
    )
