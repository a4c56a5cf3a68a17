"""What an event says of rows it wrote: the id of each and a salted digest, so that a row changed later is seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Table

from assistant.store.changes import digest_text


def write_about(salt: str, *changed: tuple[Table, Iterable[Mapping[str, Any]]]) -> str:
    """ "<id> <digest>" for each row of these tables, a space between."""
    return " ".join(f"{row['id']} {digest_row(salt, table, row)}" for table, rows in changed for row in rows)


def digest_row(salt: str, table: Table, row: Mapping[Any, Any]) -> str:
    """Of every column as it now is, by name."""
    return digest_text(salt, *(f"{column.name}={row[column.name]}" for column in table.columns))
