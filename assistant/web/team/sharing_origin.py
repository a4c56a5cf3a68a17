"""What an example is made of here: the version that was advised on, or a closed dossier as it stands."""

from __future__ import annotations

from datetime import datetime

from assistant import clock
from assistant.access import State
from assistant.dossier.audiences import for_public
from assistant.dossier.read import read_dossier
from assistant.sharing.draft import Draft
from assistant.sharing.hits import Known
from assistant.sharing.origin import Advised, Origin
from assistant.store.advices import PART, Advice, list_advices
from assistant.store.conditions import list_conditions
from assistant.store.decisions import STOP, Decision, list_decisions
from assistant.store.people import list_people
from assistant.store.shared import find_closing
from assistant.store.versions import find_version
from assistant.web.shell import the_shell
from assistant.web.team.work import DossierWork


def find_origin(work: DossierWork) -> Origin | None:
    """None as long as there is no advice and it is not closed."""
    advice = _latest_advice(work.key)
    closed = work.kept.reach is not None and work.kept.reach.state is State.CLOSED
    closing = find_closing(the_shell().engine, work.key) if closed else None
    if advice:
        made = read_dossier(find_version(the_shell().engine, work.key, advice.number).body)
        edition, at = the_shell().edition_of(made.edition.hash), advice.at
    elif closing:
        made, edition, at = work.dossier("nl" if work.kept.language == "nl" else "en"), work.edition, closing
    else:
        return None
    decision = next(iter(list_decisions(the_shell().engine, work.key)), None)
    return Origin(
        made=for_public(made),
        edition=edition,
        month=_month(at),
        advised=_advised(work.key, advice) if advice else None,
        became=_became(decision, closed),
        reason=decision.reason if decision else "",
    )


def find_known(work: DossierWork, draft: Draft) -> Known:
    """Names and numbers of this place, to look for in what goes along; its own name only where that stays away."""
    engine = the_shell().engine
    references = [work.kept.number]
    references += [one.reference for one in list_decisions(engine, work.key)]
    references += [one.done_reference for one in list_conditions(engine, work.key)]
    return Known(
        names=tuple(person.name for person in list_people(engine)),
        organisation="" if draft.is_named else work.facts.organisation,
        references=tuple(filter(None, references)),
    )


def _latest_advice(id: str) -> Advice | None:
    given = (one for one in list_advices(the_shell().engine, id) if one.is_given and one.kind != PART)
    return next(given, None)


def _advised(id: str, advice: Advice) -> Advised:
    conditions = (one.text for one in list_conditions(the_shell().engine, id) if one.advice == advice.id)
    return Advised(advice.outcome, advice.motivation, tuple(conditions))


def _became(decision: Decision | None, closed: bool) -> str:
    """That it is over says more than that it once went on."""
    if closed and not (decision and decision.outcome == STOP):
        return "closed"
    return decision.outcome if decision else ""


def _month(at: datetime) -> str:
    return f"{clock.date_of(at, the_shell().settings.time_zone):%Y-%m}"
