"""Demo mode: three people of the fictional municipality of Oeverland, on this computer alone."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Engine

from assistant import clock
from assistant.access import Role
from assistant.errors import NotReady
from assistant.store.changes import Signed
from assistant.store.database import writing
from assistant.store.members import adopt_orphans
from assistant.store.people import Person, list_people, save_person

TEAM: Final = "team"
PEOPLE: Final = {
    TEAM: Person(
        "0e0e0e0e-0000-4000-8000-000000000001",
        "Samira de Wit",
        "samira@oeverland.example",
        "beleidsadviseur jeugd",
        frozenset(),
    ),
    "officer": Person(
        "0e0e0e0e-0000-4000-8000-000000000002",
        "Joost van Dijk",
        "joost@oeverland.example",
        "privacy officer",
        frozenset({Role.PO}),
    ),
    "facilitator": Person(
        "0e0e0e0e-0000-4000-8000-000000000003",
        "Fatma Yilmaz",
        "fatma@oeverland.example",
        "gespreksleider",
        frozenset({Role.FACILITATOR}),
    ),
}
DEMO_IDS: Final = frozenset(person.id for person in PEOPLE.values())


def add_people(engine: Engine, audit_key: bytes) -> None:
    """The three, and to the team's one every dossier made before there were people.

    Raises NotReady when real people are in this database: a demo lets anyone in as an officer.
    """
    found = {person.id for person in list_people(engine)}
    if found - DEMO_IDS:
        raise NotReady("this database holds real people: set ASSISTANT_BASE_URL to serve it")
    signed = Signed("", clock.now(), audit_key)
    missing = [person for person in PEOPLE.values() if person.id not in found]
    if missing:
        with writing(engine) as connection:
            for person in missing:
                save_person(
                    connection,
                    id=person.id,
                    name=person.name,
                    email=person.email,
                    function=person.function,
                    roles=person.roles,
                    signed=signed,
                )
        adopt_orphans(engine, PEOPLE[TEAM].id, signed=signed)


def refuse_people(engine: Engine) -> None:
    """Raises NotReady when the made-up people are in this database: it was a demo, and anyone was let in."""
    if {person.id for person in list_people(engine)} & DEMO_IDS:
        raise NotReady("this database was made by the demo: begin with an empty one")
