"""Standing advice: what officers advise for a kind of project, given at hand-in to a dossier that fits.

It never comes where a DPIA tree opens, nor where a stop or something to solve first is raised. Every tenth
stays in the queue: an officer looks at it and agrees.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Engine, RowMapping, bindparam, insert, select, update

from assistant.access import Role
from assistant.dossier import Dossier
from assistant.errors import NotFound
from assistant.store.advices import Asked, Opinion, add_advice
from assistant.store.chain import write_time
from assistant.store.changes import Signed, check_id
from assistant.store.database import reading, writing
from assistant.store.documents import write_json
from assistant.store.people import Person, find_person, save_people_event
from assistant.store.tables import ORGANISATION, standing_advices
from assistant.trees.edition import Edition

CHECK_EACH: Final = 10
DPIA: Final = "dpia"  # how the ids of the trees begin that end in a data protection impact assessment
LIGHT: Final = ("go_on", "go_on_with_agreements")

_NAMES: Final = ("id", "title", "motivation", "conditions", "picks", "until", "used", "made_by", "ended_at")
_LIST: Final = (
    select(*(standing_advices.c[name] for name in _NAMES))
    .where(standing_advices.c.organisation_id == ORGANISATION)
    .order_by(standing_advices.c.ended_at != "", standing_advices.c.title, standing_advices.c.id)
)
_INSERT: Final = insert(standing_advices)
_END: Final = update(standing_advices).where(
    standing_advices.c.id == bindparam("standing"), standing_advices.c.ended_at == ""
)
_USE: Final = (
    update(standing_advices)
    .where(standing_advices.c.id == bindparam("standing"), standing_advices.c.ended_at == "")
    .values(used=standing_advices.c.used + 1)
    .returning(standing_advices.c.used)
)


@dataclass(frozen=True, slots=True)
class Picks:
    """What has to be so. `answers`: to a question only these choices; `facts`: whether each holds, for certain."""

    answers: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class StandingAdvice:
    """An advice for a kind of project. `until`: its last day (ISO); `used`: how often it was given."""

    title: str = field(repr=False)
    motivation: str = field(repr=False)
    picks: Picks
    conditions: tuple[Asked, ...] = field(default=(), repr=False)
    until: str = ""
    id: str = ""
    used: int = 0
    made_by: str = ""
    ended_at: str = ""


def list_standing(engine: Engine) -> list[StandingAdvice]:
    """Those that hold, then those that ended."""
    with reading(engine) as connection:
        return [_build(row) for row in connection.execute(_LIST).mappings()]


def save_standing(engine: Engine, standing: StandingAdvice, *, signed: Signed) -> str:
    """A new one; its id. It is never edited: what it says stands in advices. End it and write another."""
    row = {
        "id": str(uuid4()),
        "organisation_id": ORGANISATION,
        "title": standing.title,
        "motivation": standing.motivation,
        "conditions": write_json([[one.text, one.owner, one.due] for one in standing.conditions]),
        "picks": write_json({"answers": standing.picks.answers, "facts": standing.picks.facts}),
        "until": standing.until,
        "used": 0,
        "made_by": signed.actor,
        "made_at": write_time(signed.at),
        "ended_at": "",
    }
    said = write_said(row)
    with writing(engine) as connection:
        connection.execute(_INSERT, row)
        save_people_event(connection, "standing_advice_made", str(row["id"]), said, signed)
    return str(row["id"])


def write_said(row: Mapping[str, Any]) -> str:
    """What its event seals of it."""
    return write_json([row[name] for name in ("title", "motivation", "conditions", "picks", "until")])


def end_standing(engine: Engine, id: str, *, signed: Signed) -> None:
    """From now on no dossier gets it; those that did keep it."""
    with writing(engine) as connection:
        given = {"standing": check_id(id), "ended_at": write_time(signed.at)}
        if not connection.execute(_END, given).rowcount:
            raise NotFound(id)
        save_people_event(connection, "standing_advice_ended", id, "", signed)


def apply_standing(
    engine: Engine, dossier: str, version: str, made: Dossier, edition: Edition, *, today: str, signed: Signed
) -> str | None:
    """Give the first standing advice that a frozen version fits, right after hand-in; the advice's id, or None."""
    fitting = (one for one in list_standing(engine) if _holds(one, today) and fits(one.picks, made, edition))
    standing = next(fitting, None)
    if standing is None:
        return None
    opinion = _opinion(standing, find_person(engine, standing.made_by))
    with writing(engine) as connection:
        used = connection.scalar(_USE, {"standing": standing.id})
        if used is None:  # ended a moment ago
            return None
        return _give(connection, dossier, version, opinion, standing.made_by, signed, used)


def fits(picks: Picks, made: Dossier, edition: Edition) -> bool:
    """Whether a dossier is of the kind that a standing advice is for. What is not known for certain does not fit."""
    if made.outcome.id not in LIGHT or any(theme.tree.startswith(DPIA) for theme in made.themes):
        return False
    certain = {fact.id for fact in made.facts if fact.says == edition.facts[fact.id].says[made.language]}
    possible = {fact.id for fact in made.facts}
    return all(id in certain if wanted else id not in possible for id, wanted in picks.facts.items()) and all(
        _is_among(made.answers.get(question), choices) for question, choices in picks.answers.items()
    )


def _is_among(said: Any, choices: tuple[str, ...]) -> bool:
    if isinstance(said, dict):
        if said.get("unsure") or "value" not in said:
            return False
        said = said["value"]
    given = said if isinstance(said, list) else [said]
    return bool(given) and all(one in choices for one in given)


def _holds(standing: StandingAdvice, today: str) -> bool:
    return not standing.ended_at and (not standing.until or today <= standing.until)


def _opinion(standing: StandingAdvice, maker: Person) -> Opinion:
    return Opinion(
        kind="po" if Role.PO in maker.roles else "fg",
        function=maker.function,
        outcome="go_on_with_conditions" if standing.conditions else "go_on",
        motivation=standing.motivation,
        conditions=standing.conditions,
        standing=standing.id,
    )


def _give(
    connection: Connection, dossier: str, version: str, opinion: Opinion, person: str, signed: Signed, used: int
) -> str:
    comes_by = used % CHECK_EACH == 0
    nobody = replace(signed, actor="")  # nobody gave it at this moment
    return add_advice(connection, dossier, version, opinion, person, nobody, needs_reader=comes_by)


def _build(row: RowMapping) -> StandingAdvice:
    picks = json.loads(row["picks"])
    return StandingAdvice(
        title=row["title"],
        motivation=row["motivation"],
        picks=Picks({id: tuple(choices) for id, choices in picks["answers"].items()}, picks["facts"]),
        conditions=tuple(Asked(*one) for one in json.loads(row["conditions"])),
        until=row["until"],
        id=row["id"],
        used=row["used"],
        made_by=row["made_by"],
        ended_at=row["ended_at"],
    )
