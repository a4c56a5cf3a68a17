"""What can be searched: a row of words for each kind of reader of a dossier; made again by `assistant reindex`."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field

from assistant.store.tables.base import Row, typed, word


class SearchEntryRow(Row, table=True):
    """The words of a dossier that the same people may read, folded. `layer`: work, version, advice or decision.

    On SQLite the table `search_match` follows it by triggers, on PostgreSQL a column of that name is made of `words`.
    """

    __tablename__ = "search_entry"
    __table_args__ = (
        ForeignKeyConstraint(["dossier_id"], ["dossier.id"]),
        UniqueConstraint("dossier_id", "layer"),
        CheckConstraint("layer IN ('work', 'version', 'advice', 'decision')", name="layer"),
    )
    id: int | None = Field(default=None, primary_key=True)
    dossier_id: str = word()
    layer: str = word()
    title: str = typed()
    words: str = typed()
    at: str = word()
