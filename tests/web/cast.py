"""Everyone who could stand at a door, and a dossier in every state for them to try."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from assistant import clock
from assistant.access import Relation, Role, State
from assistant.accounts.tokens import fingerprint
from assistant.opening import Shell
from assistant.store.access_tokens import Scope, agree_token, end_token, make_token
from assistant.store.changes import Signed
from assistant.store.database import writing
from assistant.store.members import save_member
from assistant.store.people import save_person
from assistant.store.sessions import save_session

from .work import make_dossier

GONE = "4f6c1f5e-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class Actor:
    """Someone by what they are: roles in the organisation, and what they are to the dossiers that are theirs."""

    name: str
    roles: tuple[Role, ...] = ()
    relation: Relation | None = None
    until: str = ""


ACTORS = (
    Actor("member of another team"),
    Actor("owner", relation=Relation.OWNER),
    Actor("editor", relation=Relation.EDITOR),
    Actor("viewer", relation=Relation.VIEWER),
    Actor("guest", (Role.GUEST,), Relation.GUEST, "2099-12-31"),
    Actor("guest whose time is over", (Role.GUEST,), Relation.GUEST, "2020-01-01"),
    Actor("adviser", relation=Relation.ADVISER),
    Actor("privacy officer", (Role.PO,)),
    Actor("data protection officer who thought along", (Role.FG,), Relation.VIEWER),
    Actor("officer who owns it", (Role.PO,), Relation.OWNER),
    Actor("functional admin", (Role.ADMIN,)),
    Actor("method owner", (Role.METHOD_OWNER,)),
    Actor("facilitator", (Role.FACILITATOR,)),
)


@dataclass(frozen=True)
class System:
    """Another system by its token: for what, and whether it works."""

    name: str
    scope: Scope
    works: bool = True


SYSTEMS = (
    System("the register", Scope.REGISTER),
    System("dossiers", Scope.DOSSIERS),
    System("not agreed to", Scope.DOSSIERS, works=False),
    System("over", Scope.DOSSIERS, works=False),
    System("ended", Scope.DOSSIERS, works=False),
)


@dataclass(frozen=True)
class Cast:
    """Who is there (name -> id), a dossier of theirs a state, by id, and the tokens of systems."""

    people: dict[str, str]
    dossiers: dict[State, str]
    foreign: dict[State, str]
    tokens: dict[str, str]


def gather(shell: Shell) -> Cast:
    """Make them all. Foreign dossiers belong to somebody else altogether."""
    signed = Signed("", clock.now(), shell.audit_key)
    people = {}
    with writing(shell.engine) as connection:
        for number, actor in enumerate(ACTORS):
            person = save_person(
                connection, name=actor.name, email=f"a{number}@oeverland.example", roles=actor.roles, signed=signed
            )
            people[actor.name] = person.id
    made = {kind: {state: _dossier(shell, state) for state in State} for kind in ("own", "foreign")}
    for dossier in made["own"].values():
        for actor in ACTORS:
            if actor.relation:
                save_member(shell.engine, dossier, people[actor.name], actor.relation, until=actor.until, signed=signed)
    tokens = {one.name: _token(shell, one, people) for one in SYSTEMS}
    return Cast(people, made["own"], made["foreign"], tokens)


def _token(shell: Shell, system: System, people: dict[str, str]) -> str:
    days = -1 if system.name == "over" else 30
    last_day = clock.today(shell.settings.time_zone) + timedelta(days=days)
    admin, officer = (
        Signed(people[name], clock.now(), shell.audit_key) for name in ("functional admin", "privacy officer")
    )
    token = make_token(shell.engine, system.name, system.scope, last_day, signed=admin)
    if system.name != "not agreed to":
        agree_token(shell.engine, fingerprint(token), signed=officer)
    if system.name == "ended":
        end_token(shell.engine, fingerprint(token), signed=admin)
    return token


def _dossier(shell: Shell, state: State) -> str:
    id = make_dossier(shell, {"phase": "idea", "people": "yes"}, title=f"In {state}").rsplit("/", 1)[-1]
    with writing(shell.engine) as connection:
        connection.execute(text("UPDATE dossier SET state = :state WHERE id = :id"), {"state": state, "id": id})
    return id


@contextmanager
def at_browser(app: Flask, shell: Shell, person: str) -> Iterator[FlaskClient]:
    """A browser where this person is signed in; nobody when empty."""
    browser = app.test_client()
    if person:
        token = token_urlsafe(32)
        with writing(shell.engine) as connection:
            save_session(connection, sha256(token.encode()).hexdigest(), person, "passphrase", clock.now())
        with browser.session_transaction() as session:
            session["sid"] = token
    yield browser
