"""A team member, two officers, and a dossier handed in."""

from __future__ import annotations

from sqlalchemy import Engine

from assistant.access import Role
from assistant.answers import Answer
from assistant.dossier import Dossier as Handover
from assistant.dossier import ProjectFacts, build_dossier, frozen
from assistant.store.changes import Signed
from assistant.store.database import writing
from assistant.store.dossiers import Dossier, find_dossier
from assistant.store.people import list_people, save_person
from assistant.store.summaries import build_summary
from assistant.store.versions import hand_in

from ..trees import samples as trees
from .samples import AT, KEY

SMALL = trees.edition(trees.tree(trees.question("q")))

TEAM = Signed("11111111-0000-4000-8000-000000000001", AT, KEY)
OFFICER = Signed("11111111-0000-4000-8000-000000000002", AT, KEY)
SECOND = Signed("11111111-0000-4000-8000-000000000003", AT, KEY)
ROLES = {TEAM: (), OFFICER: (Role.PO,), SECOND: (Role.FG,)}


def add_people(engine: Engine) -> None:
    """The three, once."""
    if list_people(engine):
        return
    with writing(engine) as connection:
        for someone, roles in ROLES.items():
            address = f"{someone.actor[-1]}@oeverland.example"
            save_person(connection, id=someone.actor, name="Iemand", email=address, roles=roles, signed=someone)


def build_made(dossier: Dossier) -> Handover:
    """A dossier over one question, with the title and number of this one."""
    facts = ProjectFacts(dossier.document.project.title, "Oeverland", dossier.number)
    return build_dossier(SMALL, {"q": Answer(value="a")}, facts, AT.date(), "nl")


def freeze(
    engine: Engine, dossier: Dossier, body: bytes = b"", signed: Signed = TEAM, *, wanted_start: str = ""
) -> str:
    """Hand the dossier in as it now is; the version's id."""
    add_people(engine)
    said = build_made(dossier)
    made = hand_in(
        engine,
        dossier.id,
        body or frozen(said),
        based_on=find_dossier(engine, dossier.id).version,
        note="",
        wanted_start=wanted_start,
        decider="",
        summary=build_summary(said, wanted_start),
        signed=signed,
    )
    return made.id
