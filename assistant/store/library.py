"""The library of examples: approved here, or read from a file of another installation. One entry an example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Engine, RowMapping, bindparam, delete, insert, select, update

from assistant.errors import Conflict, NotFound
from assistant.sharing.model import Example
from assistant.store.chain import write_time
from assistant.store.changes import Signed, check_id
from assistant.store.database import reading, writing
from assistant.store.documents import write_json
from assistant.store.organisation import lock_organisation
from assistant.store.people import save_people_event
from assistant.store.tables import ORGANISATION, library_entries

OWN, IMPORTED = "own", "imported"
_SHOWN: Final = ("id", "source", "language", "title", "text", "field", "outcome", "advice", "became")
_LIST: Final = select(*(library_entries.c[name] for name in _SHOWN)).order_by(
    library_entries.c.title, library_entries.c.id
)
_THIS: Final = select(*library_entries.c).where(library_entries.c.id == bindparam("entry"))
_OF: Final = select(*library_entries.c).where(library_entries.c.example == bindparam("of"))
_UPDATE: Final = update(library_entries).where(library_entries.c.id == bindparam("entry"))
_DELETE: Final = delete(library_entries).where(library_entries.c.id == bindparam("entry"))


class Place(StrEnum):
    """What an example from a file is to the library."""

    NEW = "new"
    NEWER = "newer"  # of one that is here: it may take its place
    SAME = "same"
    OLDER = "older"
    OTHER = "other"  # says it is the same issue, and is not
    OWN = "own"  # was made here


CAN_BE_KEPT: Final = (Place.NEW, Place.NEWER)


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as a list shows it. `text`: what it was about and what was learned; ids for the rest, or empty."""

    id: str
    source: str
    language: str
    title: str
    text: str = field(repr=False)
    field: str
    outcome: str
    advice: str
    became: str


def list_kept(engine: Engine) -> list[Kept]:
    """Every entry, by title."""
    with reading(engine) as connection:
        return [Kept(**row) for row in connection.execute(_LIST).mappings()]


def find_kept(engine: Engine, id: str) -> tuple[Kept, Example]:
    """One entry with all it holds. Raises NotFound."""
    with reading(engine) as connection:
        row = connection.execute(_THIS, {"entry": check_id(id)}).mappings().one_or_none()
    if row is None:
        raise NotFound(id)
    return Kept(**{name: row[name] for name in _SHOWN}), Example.model_validate_json(row["body"])


def find_place(engine: Engine, example: Example) -> tuple[Place, str]:
    """What an example from a file is to the library, and the id of the entry that is there, or empty."""
    with reading(engine) as connection:
        return _place(_find(connection, example.key), example)


def keep_imported(engine: Engine, example: Example, *, signed: Signed) -> str:
    """Put it in the library, in place of an older issue; its id. The same once more changes nothing.

    Raises Conflict when what is here may not be replaced by it.
    """
    with writing(engine) as connection:
        lock_organisation(connection)
        row = _find(connection, example.key)
        place, id = _place(row, example)
        if place is Place.SAME:
            return id
        if place not in CAN_BE_KEPT:
            raise Conflict(["library"])
        return _put(connection, row, example, IMPORTED, signed)


def put_own(connection: Connection, example: Example, signed: Signed) -> str:
    """One that was approved here, in a transaction of yours."""
    lock_organisation(connection)
    return _put(connection, _find(connection, example.key), example, OWN, signed)


def take_own(connection: Connection, key: str, signed: Signed) -> None:
    """It is no longer approved: out of the library, if it is there, in a transaction of yours."""
    lock_organisation(connection)
    row = _find(connection, key)
    if row is not None:
        _remove(connection, row["id"], signed)


def forget_entry(engine: Engine, id: str, *, signed: Signed) -> None:
    """Out of the library. Raises NotFound."""
    with writing(engine) as connection:
        lock_organisation(connection)
        _remove(connection, check_id(id), signed)


def write_entry(row: Mapping[Any, Any]) -> str:
    """What an entry is, as its event seals it: all of the row but who added it; the body by its own SHA-256."""
    said = {name: row[name] for name in (*_SHOWN, "example", "issue", "hash")}
    return write_json(said | {"body": sha256(row["body"].encode()).hexdigest()})


def _find(connection: Connection, key: str) -> RowMapping | None:
    return connection.execute(_OF, {"of": key}).mappings().one_or_none()


def _place(row: RowMapping | None, example: Example) -> tuple[Place, str]:
    if row is None:
        return Place.NEW, ""
    if row["hash"] == example.hash:
        return Place.SAME, row["id"]
    if row["source"] == OWN:
        return Place.OWN, row["id"]
    if row["issue"] == example.issue:
        return Place.OTHER, row["id"]
    return (Place.NEWER if row["issue"] < example.issue else Place.OLDER), row["id"]


def _put(connection: Connection, old: RowMapping | None, example: Example, source: str, signed: Signed) -> str:
    row = _build_row(old["id"] if old else str(uuid4()), example, source, signed)
    if old:
        connection.execute(_UPDATE.values(**{name: row[name] for name in row if name != "id"}), {"entry": row["id"]})
    else:
        connection.execute(insert(library_entries), row)
    save_people_event(connection, "library_entry", row["id"], write_entry(row), signed)
    return str(row["id"])


def _remove(connection: Connection, id: str, signed: Signed) -> None:
    if not connection.execute(_DELETE, {"entry": id}).rowcount:
        raise NotFound(id)
    save_people_event(connection, "library_entry_removed", id, "", signed)


def _build_row(id: str, example: Example, source: str, signed: Signed) -> dict[str, Any]:
    return {
        "id": id,
        "organisation_id": ORGANISATION,
        "example": example.key,
        "issue": example.issue,
        "source": source,
        "hash": example.hash,
        "body": example.body.decode(),
        "language": example.language,
        "title": example.title,
        "text": "\n\n".join(filter(None, (example.about, example.learned))),
        "field": example.field.id if example.field else "",
        "outcome": example.outcome.id if example.outcome else "",
        "advice": example.advice.id if example.advice else "",
        "became": example.became.id if example.became else "",
        "made_by": signed.actor,
        "made_at": write_time(signed.at),
    }
