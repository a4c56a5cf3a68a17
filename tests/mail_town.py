"""An installation with people who get mail."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from assistant.access import Role
from assistant.mailing import Posted, post_mail
from assistant.opening import Shell, open_shell
from assistant.settings import Settings
from assistant.store.actions import add_action
from assistant.store.changes import Signed
from assistant.store.database import reading, writing
from assistant.store.people import Person, save_person

from .store.samples import start

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
BASE = "https://toets.oeverland.example"


def open_town(folder: Path, given: dict[str, Any]) -> Shell:
    return open_shell(Settings(data_dir=folder / "data", base_url=BASE, **given))


def signed(shell: Shell, actor: str = "") -> Signed:
    return Signed(actor, MONDAY, shell.audit_key)


def add(shell: Shell, name: str, *roles: Role, email: str = "") -> Person:
    with writing(shell.engine) as connection:
        return save_person(
            connection, name=name, email=email or f"{name}@oeverland.example", roles=roles, function="beheerder",
            signed=signed(shell),
        )  # fmt: skip


def with_action(shell: Shell, person: Person, due: str = "2026-12-01") -> str:
    """A dossier of this person with something to do; its id."""
    made = start(shell.engine, owner=person.id, actor=person.id, audit_key=shell.audit_key)
    by = signed(shell, person.id)
    add_action(shell.engine, made.id, about="", text="Doe dit.", owner="beheerder", due=due, signed=by)
    return made.id


def post(shell: Shell, at: datetime = MONDAY) -> Posted:
    return post_mail(shell, lambda: at)


def waiting_because(shell: Shell) -> list[str]:
    with reading(shell.engine) as connection:
        return list(connection.scalars(text("SELECT failure FROM mail WHERE failure <> ''")))
