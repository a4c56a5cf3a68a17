"""Settings of the organisation, kept in the database; each change is an event in its chain."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Engine, bindparam, delete, select, text

from assistant.archive import ArchiveSettings
from assistant.store.changes import Signed
from assistant.store.database import reading, writing
from assistant.store.people import save_people_event
from assistant.store.tables import ORGANISATION, settings

SECOND_READER: Final = "second_reader"  # none, or the level from which a second officer reads along
SECOND_READERS: Final = ("none", "high", "stop")
WORKSHOP_WEEKS: Final = "workshop_weeks"  # how long what was said in a workshop is kept after it
USUAL_WEEKS: Final = 8
RETENTION: Final = "retention"  # for how many years a closed dossier is kept, and on which ground
ARCHIVE: Final = "archive"  # what only the municipality knows of its archive
EDITION: Final = "edition"  # the hash of the edition for new dossiers; none: the shipped one
CONTACTS: Final = "contacts"  # whose installation it is, and whom people may ask
_FIND: Final = select(settings.c.value).where(
    settings.c.organisation_id == ORGANISATION, settings.c.name == bindparam("name")
)
_SAVE: Final = text(  # the same words in both databases
    "INSERT INTO setting (organisation_id, name, value) VALUES (:organisation, :name, :value) "
    "ON CONFLICT (organisation_id, name) DO UPDATE SET value = excluded.value"
)
_FORGET: Final = delete(settings).where(
    settings.c.organisation_id == ORGANISATION, settings.c.name == bindparam("named")
)


@dataclass(frozen=True, slots=True)
class Retention:
    """For how long a dossier is kept after it was closed. `years` 0: nothing is ever proposed for destruction."""

    years: int = 0
    ground: str = ""  # where the term stands: a selection list and its number


@dataclass(frozen=True, slots=True)
class Contacts:
    """Whose installation this is, and whom to ask: an e-mail address, a web page or a telephone number."""

    organisation: str = ""
    privacy: str = ""
    accessibility: str = ""


def find_contacts(engine: Engine) -> Contacts:
    """Whom the organisation named."""
    return Contacts(**find_setting(engine, CONTACTS, {}))


def find_retention(engine: Engine) -> Retention:
    """What the organisation set."""
    return Retention(**find_setting(engine, RETENTION, {}))


def find_archive(engine: Engine) -> ArchiveSettings:
    """What the organisation said for its archive; empty where it said nothing."""
    return ArchiveSettings(**find_setting(engine, ARCHIVE, {}))


def find_setting(engine: Engine, name: str, default: Any = None) -> Any:
    """What was set, else the default."""
    with reading(engine) as connection:
        return read_setting(connection, name, default)


def read_setting(connection: Connection, name: str, default: Any = None) -> Any:
    """As `find_setting`, in a transaction of yours."""
    value = connection.scalar(_FIND, {"name": name})
    return default if value is None else json.loads(value)


def save_setting(engine: Engine, name: str, value: Any, *, signed: Signed) -> bool:
    """Set it; None: as if it had never been set. Whether that changed anything: else there is no event either."""
    with writing(engine) as connection:
        if read_setting(connection, name) == value:
            return False
        said = json.dumps(value, sort_keys=True, ensure_ascii=False)
        if value is None:
            connection.execute(_FORGET, {"named": name})
        else:
            connection.execute(_SAVE, {"organisation": ORGANISATION, "name": name, "value": said})
        save_people_event(connection, "setting", name, said, signed)
    return True


def find_second_reader(engine: Engine) -> str:
    """From which level a second officer reads along: none, high or stop."""
    return str(find_setting(engine, SECOND_READER, SECOND_READERS[0]))


def find_workshop_weeks(engine: Engine) -> int:
    """For how many weeks after a workshop what was said in it is kept."""
    return int(find_setting(engine, WORKSHOP_WEEKS, USUAL_WEEKS))
