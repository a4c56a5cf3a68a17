"""An installation where people sign in, and short ways to say what its tests say often."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import text

from assistant import clock
from assistant.access import Role
from assistant.accounts.passwords import hash_passphrase
from assistant.opening import Shell, open_shell
from assistant.settings import Settings
from assistant.store.changes import Signed
from assistant.store.database import reading, writing
from assistant.store.people import Person, save_person

from .client import Client, Page

BASE = "http://localhost"
PASSPHRASE = "vier losse dadels onder zeil"
OTHER = "zeven natte kragen achter glas"


def open_town(folder: Path, **settings: Any) -> Shell:
    return open_shell(Settings(data_dir=folder, base_url=BASE, **settings))


def signed(shell: Shell, actor: str = "") -> Signed:
    return Signed(actor, clock.now(), shell.audit_key)


@cache
def hashed() -> str:
    """Made once, at the costs of everyday: verifying it takes as long as it should."""
    return hash_passphrase(PASSPHRASE)


def add(shell: Shell, name: str, *roles: Role, passphrase: str = "yes") -> Person:
    """Somebody with an account, who lives at `name`@oeverland.example."""
    with writing(shell.engine) as connection:
        return save_person(
            connection,
            name=name.title(),
            email=f"{name}@oeverland.example",
            function="adviseur",
            roles=roles,
            passphrase=hashed() if passphrase else "",
            signed=signed(shell),
        )


def enter(client: Client, name: str, status: int = 302, passphrase: str = PASSPHRASE, **given: Any) -> Page:
    """Fill in the form at the door."""
    page = client.get("/sign-in")
    fields = page.fields("sign-in") | {"email": f"{name}@oeverland.example", "passphrase": passphrase, "do": "save"}
    return client.post("/sign-in", fields, status, **given)


def is_in(client: Client) -> bool:
    """Whether somebody is signed in at this browser."""
    return client.open("/account").status == 200


def kinds_of_events(shell: Shell) -> list[str]:
    """What the organisation's chain tells, in order."""
    with reading(shell.engine) as connection:
        return list(connection.scalars(text("SELECT kind FROM organisation_event ORDER BY seq")))
