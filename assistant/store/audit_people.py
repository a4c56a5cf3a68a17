"""Whether people, settings, phrases, tokens, the library and other rows of the organisation are what its events say."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from typing import Final

from sqlalchemy import Connection, select

from assistant.store.access_tokens import write_token
from assistant.store.chain import Event
from assistant.store.library import write_entry
from assistant.store.people import digest_about
from assistant.store.register import write_line
from assistant.store.standing import write_said
from assistant.store.tables import (
    access_tokens,
    library_entries,
    people,
    phrases,
    register_lines,
    settings,
    standing_advices,
)

_SAYS: Final = {  # the kinds of event that say what a row holds: the newest counts
    "person": ("person_came", "roles"),
    "setting": ("setting",),
    "phrase": ("phrase_added", "phrase_removed"),
    "standing advice": ("standing_advice_made",),
    "register line": ("register_line", "register_line_removed"),
    "token": ("access_token_made", "access_token_agreed", "access_token_ended"),
    "library entry": ("library_entry", "library_entry_removed"),
}
_ENDED: Final = "standing_advice_ended"
_UNSET: Final = "null"  # what an event seals of a setting that was taken away; nothing else may be absent


def check_people(connection: Connection, events: Iterable[Event], key: bytes) -> Iterator[str]:
    """What is wrong, a sentence each. Names, functions and addresses may change and are sealed nowhere."""
    newest = {(what, event.about): event for event in events for what, kinds in _SAYS.items() if event.kind in kinds}
    ended = {event.about for event in events if event.kind == _ENDED}
    held = dict(_held(connection, ended))
    absent = {place: _UNSET for place, event in newest.items() if not event.kind.endswith("_removed")}
    for (what, id), said in (absent | held).items():
        event = newest.get((what, id))
        if event is None or not hmac.compare_digest(event.digest, digest_about(key, event.kind, id, said)):
            yield f"a {what} is not what its events say: {id[:8]}"


def _held(connection: Connection, ended: set[str]) -> Iterator[tuple[tuple[str, str], str]]:
    """Every row by what it is and its id, as its event seals it."""
    for id, roles in connection.execute(select(people.c.id, people.c.roles)):
        yield ("person", id), roles
    for name, value in connection.execute(select(settings.c.name, settings.c.value)):
        yield ("setting", name), value
    for id, text in connection.execute(select(phrases.c.id, phrases.c.text)):
        yield ("phrase", id), text
    for row in connection.execute(select(*register_lines.c)).mappings():
        yield ("register line", row["id"]), write_line(dict(row))
    for row in connection.execute(select(*access_tokens.c)).mappings():
        yield ("token", row["id"]), write_token(dict(row))
    for row in connection.execute(select(*library_entries.c)).mappings():
        yield ("library entry", row["id"]), write_entry(row)
    for row in connection.execute(select(*standing_advices.c)).mappings():
        is_right = bool(row["ended_at"]) == (row["id"] in ended)
        yield ("standing advice", row["id"]), write_said(dict(row)) if is_right else _UNSET
