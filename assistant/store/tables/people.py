"""People, their ways in, and what they have at hand in a dossier."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from assistant.store.tables.base import Row, key, typed, word


class PersonRow(Row, table=True):
    """Someone with an account. `roles`: words, a space between; `passphrase` and `totp` never leave the store.

    `function` is what they do in the organisation: in a frozen version people stand as function and id.
    """

    __tablename__ = "person"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        UniqueConstraint("organisation_id", "email"),
    )
    id: str = key()
    organisation_id: int
    name: str = typed()
    email: str = typed()
    function: str = typed()
    roles: str = word()
    passphrase: str = typed()
    totp: str = typed()
    totp_step: int
    ended_at: str = word()
    created_at: str = word()


class IdentityRow(Row, table=True):
    """Who someone is at an OpenID provider: its issuer and its own id for them, never an e-mail address."""

    __tablename__ = "identity"
    __table_args__ = (ForeignKeyConstraint(["person_id"], ["person.id"]),)
    issuer: str = key()
    subject: str = key()
    person_id: str = word()


class RecoveryCodeRow(Row, table=True):
    """A code for who lost the device; only its hash is kept, and it works once."""

    __tablename__ = "recovery_code"
    __table_args__ = (ForeignKeyConstraint(["person_id"], ["person.id"]),)
    person_id: str = key()
    hash: str = key()


class SessionRow(Row, table=True):
    """Someone signed in at a browser. `id` is the SHA-256 of what the cookie holds."""

    __tablename__ = "session"
    __table_args__ = (ForeignKeyConstraint(["person_id"], ["person.id"]), Index(None, "person_id"))
    id: str = key()
    person_id: str = word()
    how: str = word()
    began_at: str = word()
    seen_at: str = word()


class ThrottleRow(Row, table=True):
    """Wrong tries of a kind by an account or a network, hashed; right ones are never counted."""

    __tablename__ = "throttle"
    kind: str = key()
    subject: str = key()
    tries: int
    since: str = word()


class InvitationRow(Row, table=True):
    """A link that lets someone in, once. `id` is the SHA-256 of what the link holds."""

    __tablename__ = "invitation"
    __table_args__ = (ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),)
    id: str = key()
    organisation_id: int
    name: str = typed()
    email: str = typed()
    roles: str = word()
    dossier_id: str = word()
    relation: str = word()
    until: str = word()  # the last day of a guest in the dossier
    made_by: str = word()
    made_at: str = word()
    expires_at: str = word()
    used_at: str = word()


class MemberRow(Row, table=True):
    """Someone in a dossier: owner, editor, viewer, guest until a day, or adviser on a theme."""

    __tablename__ = "member"
    __table_args__ = (
        ForeignKeyConstraint(["dossier_id"], ["dossier.id"]),
        ForeignKeyConstraint(["person_id"], ["person.id"]),
        CheckConstraint("relation IN ('owner', 'editor', 'viewer', 'guest', 'adviser')", name="relation"),
        Index(None, "person_id", "dossier_id"),
    )
    dossier_id: str = key()
    person_id: str = key()
    relation: str = word()
    theme: str = word()
    until: str = word()
    since: str = word()


class QuestionLinkRow(Row, table=True):
    """One question sent to who knows. `id` is the SHA-256 of what the link holds."""

    __tablename__ = "question_link"
    __table_args__ = (ForeignKeyConstraint(["dossier_id"], ["dossier.id"]), Index(None, "dossier_id"))
    id: str = key()
    dossier_id: str = word()
    question: str = word()
    sent_to: str = typed()
    made_by: str = word()
    made_at: str = word()
    expires_at: str = word()
    answered_at: str = word()
    ended_at: str = word()


class DraftRow(Row, table=True):
    """What someone typed and has not saved: theirs alone, gone when they save."""

    __tablename__ = "draft"
    __table_args__ = (
        ForeignKeyConstraint(["dossier_id"], ["dossier.id"]),
        ForeignKeyConstraint(["person_id"], ["person.id"]),
    )
    person_id: str = key()
    dossier_id: str = key()
    question: str = key()
    rev: int
    body: str = typed()
    at: str = word()


class SettingRow(Row, table=True):
    """A setting of the organisation, as JSON; each change is an event."""

    __tablename__ = "setting"
    __table_args__ = (ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),)
    organisation_id: int = Field(primary_key=True)
    name: str = key()
    value: str = typed()
