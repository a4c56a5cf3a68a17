"""An outbox, and who wants a weekly mail."""

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

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    before = ("id", "person_id", "kind", "about", "language", "sealed", "state", "due_at")
    after = ("next_try_at", "claimed_until", "sent_at", "failure")
    op.create_table(
        "mail",
        *(Column(name, Text(), nullable=False) for name in before),
        Column("tries", Integer(), nullable=False),
        *(Column(name, Text(), nullable=False) for name in after),
        PrimaryKeyConstraint("id", name="pk_mail"),
        UniqueConstraint("person_id", "kind", "about", name="uq_mail_person_id_kind_about"),
        CheckConstraint("kind IN ('digest', 'invitation')", name="ck_mail_kind"),
        CheckConstraint("state IN ('waiting', 'sent', 'empty', 'given_up')", name="ck_mail_state"),
    )
    op.create_index("ix_mail_state_next_try_at", "mail", ["state", "next_try_at"])
    op.create_table(
        "mail_choice",
        Column("person_id", Text(), nullable=False),
        Column("wants", Integer(), nullable=False),
        Column("weekday", Integer(), nullable=False),
        Column("language", Text(), nullable=False),
        ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_mail_choice_person"),
        PrimaryKeyConstraint("person_id", name="pk_mail_choice"),
    )
