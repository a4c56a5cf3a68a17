"""Someone leaves: no way in is left, dossiers without an owner go to a colleague, and the trail stays."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, Engine, and_, bindparam, select

from assistant.access import Relation, Role
from assistant.errors import LastOwner, NotFound
from assistant.store.chain import write_time
from assistant.store.changes import Change, Signed, lock_dossier, save_change
from assistant.store.credentials import forget_credentials
from assistant.store.database import reading, writing
from assistant.store.mail_choices import forget_mail
from assistant.store.members import add_member
from assistant.store.people import Person, change_person
from assistant.store.tables import dossiers, members, people

_mine, _theirs = members.alias("mine"), members.alias("theirs")
_OTHERS: Final = (
    select(_theirs.c.person_id)
    .join_from(_theirs, people)
    .where(
        _theirs.c.dossier_id == _mine.c.dossier_id,
        _theirs.c.relation == Relation.OWNER,
        _theirs.c.person_id != _mine.c.person_id,
        people.c.ended_at == "",
    )
)
_SOLE: Final = (
    select(dossiers.c.id, dossiers.c.number)
    .select_from(_mine.join(dossiers, dossiers.c.id == _mine.c.dossier_id))
    .where(
        and_(_mine.c.person_id == bindparam("person"), _mine.c.relation == Relation.OWNER), ~_OTHERS.exists()
    )
    .order_by(dossiers.c.number)
)  # fmt: skip


def list_sole(engine: Engine, person: str) -> list[str]:
    """The numbers of dossiers that nobody else owns; nothing of what stands in them."""
    with reading(engine) as connection:
        return [number for _, number in _sole(connection, person)]


def may_inherit(heir: Person, leaving: str, admin: str) -> bool:
    """Never who arranges it: an admin who hands dossiers to themselves would read them."""
    return not heir.ended_at and heir.id not in (leaving, admin) and Role.GUEST not in heir.roles


def end_person(engine: Engine, person: Person, heir: Person | None, *, signed: Signed) -> None:
    """End an account. Its address is free again: whoever is invited with it once more begins anew.

    Raises LastOwner when there are dossiers that nobody else owns, and no heir.
    """
    if heir and not may_inherit(heir, person.id, signed.actor):
        raise NotFound(heir.id)
    with writing(engine) as connection:
        for id, number in _sole(connection, person.id):
            if heir is None:
                raise LastOwner(number)
            _hand_over(connection, id, heir.id, signed)
        forget_credentials(connection, person.id)
        forget_mail(connection, person.id)
        ended = {"ended_at": write_time(signed.at), "email": person.id, "passphrase": "", "totp": "", "totp_step": 0}
        change_person(connection, person.id, "person_left", signed, **ended)


def _sole(connection: Connection, person: str) -> list[tuple[str, str]]:
    return [(id, number) for id, number in connection.execute(_SOLE, {"person": person})]


def _hand_over(connection: Connection, dossier: str, heir: str, signed: Signed) -> None:
    row, said = lock_dossier(connection, dossier)
    add_member(connection, dossier, heir, Relation.OWNER, signed=signed, theme="", until="")
    save_change(connection, row, Change("member", f"{heir} {Relation.OWNER}", said), signed)
