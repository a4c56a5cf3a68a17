"""What the tables share: one set of names for constraints, and the kinds of columns."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import MetaData, Table, Text
from sqlmodel import Field, SQLModel

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


class Row(SQLModel):
    """Base of every table; its metadata is ours, so that constraints have the same names everywhere."""

    metadata: ClassVar[MetaData] = METADATA


def key() -> Any:
    """An id, or a part of the primary key."""
    return Field(primary_key=True, sa_type=Text)


def word() -> Any:
    """An id, a moment, or a word of ours."""
    return Field(sa_type=Text)


def typed() -> Any:
    """What a person typed: kept out of what is printed."""
    return Field(sa_type=Text, repr=False)


def table_of(name: str) -> Table:
    """The table as statements use it."""
    return METADATA.tables[name]
