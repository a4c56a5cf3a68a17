"""What became of dossiers that were found: the newest advice, and what was decided; as far as the reader may know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BindParameter, Engine, bindparam, select

from assistant.access import Action, Relation
from assistant.store.database import reading
from assistant.store.members import Reach
from assistant.store.search import Hit
from assistant.store.tables import advices, decisions

_WANTED: Final[BindParameter[Any]] = bindparam("dossiers", expanding=True)
_ADVISED: Final = (
    select(advices.c.dossier_id, advices.c.outcome)
    .where(advices.c.dossier_id.in_(_WANTED), advices.c.state == "given", advices.c.kind != "part")
    .order_by(advices.c.at)
)
_DECIDED: Final = (
    select(decisions.c.dossier_id, decisions.c.outcome)
    .where(decisions.c.dossier_id.in_(_WANTED))
    .order_by(decisions.c.at)
)


@dataclass(frozen=True, slots=True)
class Became:
    """The outcome of the newest advice, and of the newest decision; empty where there is none, or not for this eye."""

    advice: str = ""
    decision: str = ""


def find_became(engine: Engine, hits: Iterable[Hit]) -> dict[str, Became]:
    """By dossier."""
    found = list(hits)
    reads = _only(hit for hit in found if reads_advice(hit.reach))
    may_know = _only(hit for hit in found if Action.DECIDED in hit.reach.allowed)
    with reading(engine) as connection:
        advised = {row.dossier_id: row.outcome for row in connection.execute(_ADVISED, reads)}
        decided = {row.dossier_id: row.outcome for row in connection.execute(_DECIDED, may_know)}
    return {hit.dossier: Became(advised.get(hit.dossier, ""), decided.get(hit.dossier, "")) for hit in found}


def reads_advice(reach: Reach) -> bool:
    """The team, and officers; not who is asked about one theme."""
    return Action.READ in reach.allowed or (Action.REVIEW in reach.allowed and Relation.OFFICER in reach.relations)


def _only(hits: Iterable[Hit]) -> dict[str, list[str]]:
    return {"dossiers": [hit.dossier for hit in hits]}
