"""People and their ways in; remarks, versions, reviews and advice; where a dossier is."""

from typing import Any

from alembic import op
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
    text,
)

revision = "0002"
down_revision = "0001"
_DRAFT = text("state IN ('new', 'team')")


def _columns(names: str) -> list[Column[Any]]:
    """Columns in order: text, or a number where `:int` says so."""
    return [_column(*name.split(":")) for name in names.split()]


def _column(name: str, kind: str = "") -> Column[Any]:
    return Column(name, Integer() if kind else Text(), nullable=False, autoincrement=False)


def _belongs_to(table: str, other: str, column: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{other}")


def upgrade() -> None:
    op.add_column("dossier", Column("state", Text(), nullable=False, server_default="new"))
    op.add_column("dossier", Column("taken_by", Text(), nullable=False, server_default=""))
    op.create_index(
        "ix_dossier_draft",
        "dossier",
        ["organisation_id", "updated_at", "id"],
        sqlite_where=_DRAFT,
        postgresql_where=_DRAFT,
    )
    _create_people()
    _create_reviews()


def _create_people() -> None:
    op.create_table(
        "throttle",
        *_columns("kind subject tries:int since"),
        PrimaryKeyConstraint("kind", "subject", name="pk_throttle"),
    )
    op.create_table(
        "invitation",
        *_columns(
            "id organisation_id:int name email roles dossier_id relation until made_by made_at expires_at used_at"
        ),
        _belongs_to("invitation", "organisation", "organisation_id"),
        PrimaryKeyConstraint("id", name="pk_invitation"),
    )
    op.create_table(
        "person",
        *_columns("id organisation_id:int name email function roles passphrase totp totp_step:int ended_at created_at"),
        _belongs_to("person", "organisation", "organisation_id"),
        PrimaryKeyConstraint("id", name="pk_person"),
        UniqueConstraint("organisation_id", "email", name="uq_person_organisation_id_email"),
    )
    op.create_table(
        "setting",
        *_columns("organisation_id:int name value"),
        _belongs_to("setting", "organisation", "organisation_id"),
        PrimaryKeyConstraint("organisation_id", "name", name="pk_setting"),
    )
    op.create_table(
        "draft",
        *_columns("person_id dossier_id question rev:int body at"),
        _belongs_to("draft", "dossier", "dossier_id"),
        _belongs_to("draft", "person", "person_id"),
        PrimaryKeyConstraint("person_id", "dossier_id", "question", name="pk_draft"),
    )
    op.create_table(
        "identity",
        *_columns("issuer subject person_id"),
        _belongs_to("identity", "person", "person_id"),
        PrimaryKeyConstraint("issuer", "subject", name="pk_identity"),
    )
    op.create_table(
        "member",
        *_columns("dossier_id person_id relation theme until since"),
        _belongs_to("member", "dossier", "dossier_id"),
        _belongs_to("member", "person", "person_id"),
        CheckConstraint(
            "relation IN ('owner', 'editor', 'viewer', 'guest', 'adviser')", name=op.f("ck_member_relation")
        ),
        PrimaryKeyConstraint("dossier_id", "person_id", name="pk_member"),
    )
    op.create_index("ix_member_person_id_dossier_id", "member", ["person_id", "dossier_id"])
    op.create_table(
        "question_link",
        *_columns("id dossier_id question sent_to made_by made_at expires_at answered_at ended_at"),
        _belongs_to("question_link", "dossier", "dossier_id"),
        PrimaryKeyConstraint("id", name="pk_question_link"),
    )
    op.create_index("ix_question_link_dossier_id", "question_link", ["dossier_id"])
    op.create_table(
        "recovery_code",
        *_columns("person_id hash"),
        _belongs_to("recovery_code", "person", "person_id"),
        PrimaryKeyConstraint("person_id", "hash", name="pk_recovery_code"),
    )
    op.create_table(
        "session",
        *_columns("id person_id how began_at seen_at"),
        _belongs_to("session", "person", "person_id"),
        PrimaryKeyConstraint("id", name="pk_session"),
    )
    op.create_index("ix_session_person_id", "session", ["person_id"])


def _create_reviews() -> None:
    op.create_table(
        "phrase",
        *_columns("id organisation_id:int text made_by made_at"),
        _belongs_to("phrase", "organisation", "organisation_id"),
        PrimaryKeyConstraint("id", name="pk_phrase"),
    )
    op.create_table(
        "standing_advice",
        *_columns("id organisation_id:int title motivation conditions picks until used:int made_by made_at ended_at"),
        _belongs_to("standing_advice", "organisation", "organisation_id"),
        PrimaryKeyConstraint("id", name="pk_standing_advice"),
    )
    op.create_table(
        "action",
        *_columns("id dossier_id about text owner due made_by made_at done_at done_by done_note rev:int"),
        _belongs_to("action", "dossier", "dossier_id"),
        PrimaryKeyConstraint("id", name="pk_action"),
    )
    op.create_index("ix_action_dossier_id", "action", ["dossier_id"])
    op.create_table(
        "ending",
        *_columns("id dossier_id signal how certain:int reason person_id at lapsed_at"),
        _belongs_to("ending", "dossier", "dossier_id"),
        _belongs_to("ending", "person", "person_id"),
        PrimaryKeyConstraint("id", name="pk_ending"),
    )
    op.create_index("ix_ending_dossier_id_signal", "ending", ["dossier_id", "signal"])
    op.create_table(
        "remark",
        *_columns(
            "id dossier_id question kind answers text shared:int assigned made_by made_at settled_by settled_at rev:int"
        ),
        _belongs_to("remark", "dossier", "dossier_id"),
        PrimaryKeyConstraint("id", name="pk_remark"),
    )
    op.create_index("ix_remark_dossier_id_question", "remark", ["dossier_id", "question"])
    op.create_table(
        "summary",
        *_columns(
            "dossier_id organisation_id:int state number title phase domain outcome"
            " stops:int highs:int open_points:int wanted_start waiting_since taken_by is_light:int"
        ),
        _belongs_to("summary", "dossier", "dossier_id"),
        PrimaryKeyConstraint("dossier_id", name="pk_summary"),
    )
    for name in ("domain", "outcome", "taken_by"):
        op.create_index(
            f"ix_summary_{name}", "summary", ["organisation_id", "state", name, "wanted_start", "dossier_id"]
        )
    op.create_index("ix_summary_queue", "summary", ["organisation_id", "state", "wanted_start", "dossier_id"])
    op.create_table(
        "version",
        *_columns("id dossier_id number:int body hash note wanted_start decider made_by made_at ended_as ended_at"),
        _belongs_to("version", "dossier", "dossier_id"),
        PrimaryKeyConstraint("id", name="pk_version"),
        UniqueConstraint("dossier_id", "number", name="uq_version_dossier_id_number"),
    )
    op.create_table(
        "advice",
        *_columns(
            "id dossier_id version_id version_hash kind theme outcome motivation"
            " person_id function thought_along:int standing_id again_on state read_by at"
        ),
        _belongs_to("advice", "dossier", "dossier_id"),
        _belongs_to("advice", "person", "person_id"),
        _belongs_to("advice", "version", "version_id"),
        PrimaryKeyConstraint("id", name="pk_advice"),
    )
    op.create_index("ix_advice_dossier_id", "advice", ["dossier_id"])
    op.create_table(
        "summary_word",
        Column("word", Text().with_variant(Text(collation="C"), "postgresql"), nullable=False),
        *_columns("state wanted_start dossier_id"),
        _belongs_to("summary_word", "dossier", "dossier_id"),
        PrimaryKeyConstraint("word", "state", "wanted_start", "dossier_id", name="pk_summary_word"),
    )
    op.create_index("ix_summary_word_dossier_id_word", "summary_word", ["dossier_id", "word"])
    op.create_table(
        "stance",
        *_columns("version_id signal person_id dossier_id kind level reason at"),
        _belongs_to("stance", "dossier", "dossier_id"),
        _belongs_to("stance", "person", "person_id"),
        _belongs_to("stance", "version", "version_id"),
        PrimaryKeyConstraint("version_id", "signal", "person_id", name="pk_stance"),
    )
    op.create_table(
        "condition",
        *_columns("id advice_id dossier_id text owner due done_at done_by done_note done_reference"),
        _belongs_to("condition", "advice", "advice_id"),
        _belongs_to("condition", "dossier", "dossier_id"),
        PrimaryKeyConstraint("id", name="pk_condition"),
    )
    op.create_index("ix_condition_dossier_id", "condition", ["dossier_id"])
    op.create_index("ix_condition_due", "condition", ["due"])
