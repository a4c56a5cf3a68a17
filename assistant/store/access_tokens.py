"""Tokens of other systems: asked for by an admin, agreed to by an officer, for a year at most, ended by either.

An admin sees no dossier, so no admin alone can open one to a system. The database keeps a token's SHA-256 alone, and
looks it up by that: how long it takes tells nothing about any token.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Engine, bindparam, insert, select, update

from assistant.accounts.tokens import fingerprint, new_token
from assistant.errors import NotFound
from assistant.store.chain import write_time
from assistant.store.changes import Signed
from assistant.store.database import reading, writing
from assistant.store.documents import write_json
from assistant.store.people import save_people_event
from assistant.store.tables import ORGANISATION, access_tokens

PREFIX: Final = "era_api_"  # what scanners for lost secrets look for, with 43 letters, digits, - and _ behind it
MOST_DAYS: Final = 366
SAID: Final = ("system", "scope", "expires_on", "made_by", "made_at", "agreed_by", "agreed_at", "ended_by", "ended_at")
_LIST: Final = (
    select(*access_tokens.c)
    .where(access_tokens.c.organisation_id == ORGANISATION)
    .order_by(access_tokens.c.made_at.desc(), access_tokens.c.id)
)
_THIS: Final = select(*access_tokens.c).where(access_tokens.c.id == bindparam("token"))
_LOCK: Final = _THIS.with_for_update()
_UPDATE: Final = update(access_tokens).where(access_tokens.c.id == bindparam("token"))


class Scope(StrEnum):
    """What a system may fetch; dossiers: the register too."""

    REGISTER = "register"
    DOSSIERS = "dossiers"


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A token by its fingerprint. Days and moments in ISO, empty until they are there."""

    id: str
    system: str = field(repr=False)
    scope: Scope
    expires_on: str
    made_by: str
    agreed_by: str
    ended_at: str
    used_on: str

    def state(self, today: date) -> str:
        """waiting for an officer, works, over (its last day has passed), or ended."""
        if self.ended_at:
            return "ended"
        if self.expires_on < today.isoformat():
            return "over"
        return "works" if self.agreed_by else "waiting"

    def opens(self, scope: Scope) -> bool:
        """Whether it may fetch this."""
        return scope in (self.scope, Scope.REGISTER)


def make_token(engine: Engine, system: str, scope: Scope, expires_on: date, *, signed: Signed) -> str:
    """A new token for a system, to be agreed to; it is known here and now alone."""
    token = PREFIX + new_token()
    made: dict[str, Any] = {
        **dict.fromkeys((*SAID, "used_on"), ""),
        "id": fingerprint(token),
        "organisation_id": ORGANISATION,
        "system": system,
        "scope": scope.value,
        "expires_on": expires_on.isoformat(),
        "made_by": signed.actor,
        "made_at": write_time(signed.at),
    }
    with writing(engine) as connection:
        connection.execute(insert(access_tokens), made)
        save_people_event(connection, "access_token_made", made["id"], write_token(made), signed)
    return token


def agree_token(engine: Engine, id: str, *, signed: Signed) -> None:
    """An officer agrees. Raises NotFound for who asked for it, and when there is nothing to agree to."""
    with writing(engine) as connection:
        found = _lock(connection, id)
        if found["agreed_by"] or found["made_by"] == signed.actor:
            raise NotFound(id)
        _save(connection, found, "access_token_agreed", signed, "agreed")


def end_token(engine: Engine, id: str, *, signed: Signed) -> None:
    """It opens nothing any more. Raises NotFound when it was ended before."""
    with writing(engine) as connection:
        _save(connection, _lock(connection, id), "access_token_ended", signed, "ended")


def list_tokens(engine: Engine) -> list[AccessToken]:
    """Every token there ever was, the newest first."""
    with reading(engine) as connection:
        return [_build(dict(row)) for row in connection.execute(_LIST).mappings()]


def find_token(engine: Engine, token: str, today: date) -> AccessToken | None:
    """The token that works today. Unknown, waiting, over and ended are all the same: none."""
    with reading(engine) as connection:
        row = connection.execute(_THIS, {"token": fingerprint(token)}).mappings().one_or_none()
    found = _build(dict(row)) if row else None
    return found if found and found.state(today) == "works" else None


def note_used(engine: Engine, token: AccessToken, today: date) -> None:
    """Write down the day, once a day."""
    if token.used_on != today.isoformat():
        with writing(engine) as connection:
            connection.execute(_UPDATE, {"token": token.id, "used_on": today.isoformat()})


def write_token(row: Mapping[str, Any]) -> str:
    """What a token may and who said so, as its event seals it."""
    return write_json([row[name] for name in SAID])


def _lock(connection: Connection, id: str) -> Mapping[str, Any]:
    row = connection.execute(_LOCK, {"token": id}).mappings().one_or_none()
    if row is None or row["ended_at"]:
        raise NotFound(id)
    return dict(row)


def _save(connection: Connection, row: Mapping[str, Any], kind: str, signed: Signed, what: str) -> None:
    changed = {f"{what}_by": signed.actor, f"{what}_at": write_time(signed.at)}
    connection.execute(_UPDATE, {"token": row["id"], **changed})
    save_people_event(connection, kind, row["id"], write_token({**row, **changed}), signed)


def _build(row: Mapping[str, Any]) -> AccessToken:
    names = ("id", "system", "expires_on", "made_by", "agreed_by", "ended_at", "used_on")
    return AccessToken(**{name: row[name] for name in names}, scope=Scope(row["scope"]))
