"""Dossiers on the officers' desk, by the same pages that a team uses."""

from __future__ import annotations

from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from flask import Flask

from assistant import clock
from assistant.access import Role
from assistant.demo import PEOPLE
from assistant.dossier import Dossier
from assistant.dossier.read import read_dossier
from assistant.opening import Shell, import_answers
from assistant.store.changes import Signed
from assistant.store.database import writing
from assistant.store.people import save_person
from assistant.store.sessions import save_session
from assistant.store.versions import find_version
from assistant.trees.load import shipped_folder

from .client import Client, Page

LIGHT, HEAVY = "library-visits-by-district", "early-school-leaving"
TEAM, OFFICER = PEOPLE["team"].id, PEOPLE["officer"].id


def draft(shell: Shell, name: str = LIGHT) -> str:
    """A dossier of a shipped scenario, with its team: its address, without a language."""
    file = f"{name}.yaml"
    made = import_answers(shell, (shipped_folder() / "scenarios" / file).read_bytes(), file)
    return f"/dossiers/{made.id}"


def hand_in(team: Client, dossier: str, **typed: Any) -> str:
    """The team hands it in; its address on the desk."""
    team.send(team.get(f"{dossier}/hand-in"), form="hand-in", **typed)
    return f"/desk{dossier}"


def handed_in(app: Flask, shell: Shell, name: str = LIGHT, **typed: Any) -> str:
    """A dossier that waits for an officer: its address on the desk."""
    return hand_in(Client(app), draft(shell, name), **typed)


def id_of(address: str) -> str:
    return address.rsplit("/", 1)[-1]


def signed_by(shell: Shell, person: str) -> Signed:
    return Signed(person, clock.now(), shell.audit_key)


def frozen(shell: Shell, address: str) -> Dossier:
    """What an officer reads at this address."""
    return read_dossier(find_version(shell.engine, id_of(address)).body)


def press(client: Client, page: str, action: str, status: int = 302, **fields: str) -> Page:
    """Press a button that is a form of its own."""
    token = client.get(page).value("csrf_token")[0]
    return client.post(action, {"csrf_token": token, "do": "save", **fields}, status)


def add_person(shell: Shell, *roles: Role, name: str = "Nora Bakker") -> str:
    """Someone else of the municipality; their id."""
    email = f"{name.split()[0].lower()}@oeverland.example"
    with writing(shell.engine) as connection:
        return save_person(
            connection,
            name=name,
            email=email,
            roles=roles,
            function="adviseur informatiebeveiliging",
            signed=signed_by(shell, ""),
        ).id


def sign_in_as(app: Flask, shell: Shell, person: str) -> Client:
    """A browser where this person is signed in."""
    client, token = Client(app, person=""), token_urlsafe(32)
    with writing(shell.engine) as connection:
        save_session(connection, sha256(token.encode()).hexdigest(), person, "passphrase", clock.now())
    with client.browser.session_transaction() as session:
        session["sid"] = token
    return client
