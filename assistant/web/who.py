"""Who is at the browser: signing in, signing out, and the reader that the store asks for."""

from __future__ import annotations

from flask import g, session

from assistant import clock
from assistant.access import Task
from assistant.accounts.tokens import fingerprint, new_token
from assistant.errors import NotSignedIn
from assistant.store.changes import Signed
from assistant.store.database import writing
from assistant.store.members import Reader
from assistant.store.people import Person
from assistant.store.sessions import find_signed_in, forget_session, save_session
from assistant.trees.model import LANGUAGES
from assistant.web.shell import the_shell

KEY = "sid"  # in the signed cookie; the database knows its fingerprint alone


def session_id() -> str:
    """The id of this browser's session in the database; empty when nobody signed in here."""
    token = session.get(KEY, "")
    return fingerprint(token) if token else ""


def someone() -> Person | None:
    """Who is signed in, if anyone is; looked up once a request."""
    if "person" not in g:
        id = session_id()
        g.person = find_signed_in(the_shell().engine, id, clock.now()) if id else None
    found: Person | None = g.person
    return found


def the_person() -> Person:
    """Who is signed in. Raises NotSignedIn."""
    person = someone()
    if person is None:
        raise NotSignedIn
    return person


def may_do(task: Task) -> bool:
    """Whether who is signed in has this task."""
    person = someone()
    return person is not None and task in person.tasks


def the_reader() -> Reader:
    """Who is signed in, as the store asks for dossiers. Raises NotSignedIn."""
    person = the_person()
    return Reader(person.id, person.roles, clock.today(the_shell().settings.time_zone).isoformat())


def signed() -> Signed:
    """What a change is sealed with: who, now, and the key."""
    return Signed(the_person().id, clock.now(), the_shell().audit_key)


def home_of(person: Person) -> str:
    """The endpoint where someone's work begins."""
    if Task.DESK in person.tasks:
        return "desk.queue"
    if Task.PEOPLE in person.tasks:
        return "people.index"
    if Task.WORKSHOPS in person.tasks:
        return "workshops.index"
    return "my_work.show" if Task.WORK in person.tasks else "start.start"


def safe_way_on(address: str) -> str:
    """Where to go after signing in: a page of ours, or nothing. `//elsewhere` and a backslash lead elsewhere."""
    ours = address.startswith(tuple(f"/{language}/" for language in LANGUAGES))
    return address if ours and "\\" not in address and address.isprintable() else ""


def sign_in(person: Person, how: str) -> None:
    """A new session, under a new id; of what was in the old one only the quick scan stays."""
    scan = session.get("scan")
    sign_out()
    token = new_token()
    with writing(the_shell().engine) as connection:
        save_session(connection, fingerprint(token), person.id, how, clock.now())
    session[KEY] = token
    if scan:
        session["scan"] = scan
    g.person = person


def sign_out() -> None:
    """End this session, here and in the database."""
    id = session_id()
    if id:
        forget_session(the_shell().engine, id)
    session.clear()
    g.person = None
