"""What is to be mailed, and who wants a weekly mail. No address and no text: those are looked up when it is sent."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint

from assistant.store.tables.base import Row, key, typed, word


class MailRow(Row, table=True):
    """A mail to send, once for each person, kind and `about`: a week, as 2026-W48, or an invitation's id.

    `sealed` holds the secret of an invitation's link until it is sent. `claimed_until`: somebody is sending it.
    `failure` is a kind of failure, never what a server said.
    """

    __tablename__ = "mail"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "about"),
        CheckConstraint("kind IN ('digest', 'invitation')", name="kind"),
        CheckConstraint("state IN ('waiting', 'sent', 'empty', 'given_up')", name="state"),
        Index(None, "state", "next_try_at"),
    )
    id: str = key()
    person_id: str = word()  # whose mail; of an invitation: nobody's yet, so empty
    kind: str = word()
    about: str = word()
    language: str = word()
    sealed: str = typed()
    state: str = word()
    due_at: str = word()
    tries: int
    next_try_at: str = word()
    claimed_until: str = word()
    sent_at: str = word()
    failure: str = word()


class MailChoiceRow(Row, table=True):
    """What someone chose about the weekly mail: whether, on which day (0 is Monday), in which language."""

    __tablename__ = "mail_choice"
    __table_args__ = (ForeignKeyConstraint(["person_id"], ["person.id"]),)
    person_id: str = key()
    wants: int
    weekday: int
    language: str = word()
