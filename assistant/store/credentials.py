"""What someone signs in with: passphrase, codes, an identity at a provider. None of it ever leaves the store whole."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, Engine, and_, bindparam, delete, insert, select, update

from assistant.errors import Conflict
from assistant.store.changes import Signed
from assistant.store.database import reading, writing
from assistant.store.people import COLUMNS, Person, build_person, change_person, save_people_event, write_email
from assistant.store.sessions import forget_sessions
from assistant.store.tables import ORGANISATION, identities, people, recovery_codes

_SECRETS: Final = (people.c.passphrase, people.c.totp, people.c.totp_step)
_BY_EMAIL: Final = select(*COLUMNS, *_SECRETS).where(
    people.c.organisation_id == ORGANISATION, people.c.email == bindparam("email"), people.c.ended_at == ""
)
_BY_ID: Final = select(*COLUMNS, *_SECRETS).where(people.c.id == bindparam("id"), people.c.ended_at == "")
_BY_IDENTITY: Final = (
    select(*COLUMNS)
    .join_from(identities, people)
    .where(identities.c.issuer == bindparam("issuer"), identities.c.subject == bindparam("subject"))
)
_IDENTITIES: Final = select(identities.c.issuer).where(identities.c.person_id == bindparam("person"))
_REHASH: Final = update(people).where(people.c.id == bindparam("person"), people.c.passphrase == bindparam("old"))
_STEP: Final = update(people).where(people.c.id == bindparam("person"), people.c.totp_step < bindparam("step"))
_CODES: Final = select(recovery_codes.c.hash).where(recovery_codes.c.person_id == bindparam("person"))
_FORGET_CODES: Final = delete(recovery_codes).where(recovery_codes.c.person_id == bindparam("person"))
_FORGET_CODE: Final = delete(recovery_codes).where(
    and_(recovery_codes.c.person_id == bindparam("person"), recovery_codes.c.hash == bindparam("hash"))
)
_FORGET_IDENTITIES: Final = delete(identities).where(identities.c.person_id == bindparam("person"))


@dataclass(frozen=True, slots=True)
class Credentials:
    """Someone who may sign in, with what is needed to judge whether it is them; `totp` is sealed, or empty."""

    person: Person
    passphrase: str = field(repr=False)
    totp: str = field(repr=False)
    totp_step: int


def find_credentials(engine: Engine, email: str) -> Credentials | None:
    """Of who has this address and is still here; one statement, whether there is anyone or not."""
    with reading(engine) as connection:
        row = connection.execute(_BY_EMAIL, {"email": write_email(email)}).one_or_none()
    return Credentials(build_person(*row[:-3]), *row[-3:]) if row else None


def find_credentials_of(engine: Engine, person: str) -> Credentials | None:
    """Of this person, if they are still here."""
    with reading(engine) as connection:
        row = connection.execute(_BY_ID, {"id": person}).one_or_none()
    return Credentials(build_person(*row[:-3]), *row[-3:]) if row else None


def save_passphrase(engine: Engine, person: str, hash: str, *, signed: Signed) -> None:
    """Another passphrase: whoever is signed in as this person, anywhere, is so no longer."""
    with writing(engine) as connection:
        change_passphrase(connection, person, hash, signed)


def change_passphrase(connection: Connection, person: str, hash: str, signed: Signed) -> None:
    """As `save_passphrase`, in a transaction of yours."""
    change_person(connection, person, "passphrase", signed, passphrase=hash)
    forget_sessions(connection, person)


def save_rehash(engine: Engine, person: str, old: str, new: str) -> None:
    """The same passphrase at today's costs: no event, as nothing changed for anybody."""
    with writing(engine) as connection:
        connection.execute(_REHASH.values(passphrase=new), {"person": person, "old": old})


def save_totp(
    engine: Engine, person: str, sealed: str, step: int, hashes: Collection[str], *, signed: Signed, but: str = ""
) -> None:
    """Codes asked from now on, with new recovery codes; every session `but` this one ends."""
    with writing(engine) as connection:
        change_person(connection, person, "codes_on", signed, totp=sealed, totp_step=step)
        _replace_codes(connection, person, hashes)
        forget_sessions(connection, person, but)


def forget_totp(engine: Engine, person: str, *, signed: Signed, but: str = "") -> None:
    """Codes asked no longer; nobody needs to know the secret for that. Every session `but` this one ends."""
    with writing(engine) as connection:
        change_person(connection, person, "codes_off", signed, totp="", totp_step=0)
        _replace_codes(connection, person, ())
        forget_sessions(connection, person, but)


def save_recovery_codes(engine: Engine, person: str, hashes: Collection[str], *, signed: Signed) -> None:
    """Other recovery codes in place of what was left."""
    with writing(engine) as connection:
        _replace_codes(connection, person, hashes)
        save_people_event(connection, "recovery_codes", person, "", signed)


def list_recovery_codes(engine: Engine, person: str) -> list[str]:
    """The hashes of those not used yet."""
    with reading(engine) as connection:
        return list(connection.scalars(_CODES, {"person": person}))


def use_step(engine: Engine, person: str, step: int) -> bool:
    """Whether this step of the telephone's codes was still to be used; now it is not. Two at once: one is."""
    with writing(engine) as connection:
        return connection.execute(_STEP.values(totp_step=step), {"person": person, "step": step}).rowcount == 1


def use_recovery_code(engine: Engine, person: str, hash: str) -> bool:
    """Whether this code was still to be used; now it is not."""
    with writing(engine) as connection:
        return connection.execute(_FORGET_CODE, {"person": person, "hash": hash}).rowcount == 1


def find_by_identity(engine: Engine, issuer: str, subject: str) -> Person | None:
    """Who the provider means, if they have an account; who left has none of this any more."""
    with reading(engine) as connection:
        return _find_by_identity(connection, issuer, subject)


def list_identities(engine: Engine, person: str) -> list[str]:
    """The issuers at which someone can sign in."""
    with reading(engine) as connection:
        return list(connection.scalars(_IDENTITIES, {"person": person}))


def save_identity(connection: Connection, person: str, issuer: str, subject: str, signed: Signed) -> None:
    """Someone can sign in at a provider from now on. Raises Conflict when that is somebody else's way in."""
    found = _find_by_identity(connection, issuer, subject)
    if found and found.id != person:
        raise Conflict(["identity"])
    if not found:
        connection.execute(insert(identities), {"issuer": issuer, "subject": subject, "person_id": person})
        save_people_event(connection, "connected", person, f"{issuer} {subject}", signed)


def forget_credentials(connection: Connection, person: str) -> None:
    """All ways in of someone who leaves, but the passphrase and codes in their own row."""
    connection.execute(_FORGET_IDENTITIES, {"person": person})
    connection.execute(_FORGET_CODES, {"person": person})
    forget_sessions(connection, person)


def _find_by_identity(connection: Connection, issuer: str, subject: str) -> Person | None:
    row = connection.execute(_BY_IDENTITY, {"issuer": issuer, "subject": subject}).one_or_none()
    return build_person(*row) if row else None


def _replace_codes(connection: Connection, person: str, hashes: Collection[str]) -> None:
    connection.execute(_FORGET_CODES, {"person": person})
    if hashes:
        connection.execute(insert(recovery_codes), [{"person_id": person, "hash": hash} for hash in hashes])
