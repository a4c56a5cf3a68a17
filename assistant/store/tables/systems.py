"""Other systems that fetch what was handed in."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint

from assistant.store.tables.base import Row, key, typed, word


class AccessTokenRow(Row, table=True):
    """A token of a system. `id` is the SHA-256 of what the system holds; `used_on` is a day, no moment."""

    __tablename__ = "access_token"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        CheckConstraint("scope IN ('register', 'dossiers')", name="scope"),
    )
    id: str = key()
    organisation_id: int
    system: str = typed()
    scope: str = word()
    expires_on: str = word()  # the last day that it works
    made_by: str = word()
    made_at: str = word()
    agreed_by: str = word()
    agreed_at: str = word()
    ended_by: str = word()
    ended_at: str = word()
    used_on: str = word()
