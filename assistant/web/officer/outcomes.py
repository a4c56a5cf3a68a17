"""What came of a review: the advices as the team reads them, and the conditions until they are done."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from assistant import clock
from assistant.dossier import SignalEntry
from assistant.dossier.read import read_dossier
from assistant.errors import Conflict
from assistant.store.advices import list_advices
from assistant.store.conditions import Condition, due_conditions, end_condition, list_conditions
from assistant.store.people import find_names
from assistant.store.redactions import list_redactions
from assistant.store.reviews import Stance, StanceKind, list_stances
from assistant.store.versions import find_version, list_versions
from assistant.web.forms import was_sent
from assistant.web.officer.forms import DoneForm
from assistant.web.officer.review import LOOKED_AT, notice_personal, personal_noticed
from assistant.web.shell import the_shell
from assistant.web.team.work import DossierWork
from assistant.web.who import signed

blueprint = Blueprint("outcomes", __name__)


@blueprint.get("/dossiers/<id>/advice")
def advice(id: str) -> str:
    """All advice on a dossier, on which version, with its conditions; to print too."""
    work, engine = DossierWork.open(id), the_shell().engine
    given = [one for one in list_advices(engine, id) if one.is_given]
    kept = list_conditions(engine, id)
    return render_template(
        "officer/advice.html",
        work=work,
        advices=given,
        conditions=kept,
        differing=_differing(id),
        redactions=list_redactions(engine, id),
    )


@blueprint.route("/dossiers/<id>/conditions", methods=["GET", "POST"])
def conditions(id: str) -> ResponseReturnValue:
    """What was asked. Who does it says how it was done, and under which number that can be found."""
    kept = [one for one in list_conditions(the_shell().engine, id) if one.is_given]
    forms = {one.id: DoneForm(prefix=one.id) for one in kept if one.is_open}
    filled = {condition: form for condition, form in forms.items() if form.note.data or form.reference.data}
    is_stale = was_sent() and any(request.form.get(f"{one.id}-note") for one in kept if not one.is_open)
    wrong = [form for form in filled.values() if was_sent() and not form.validate()]
    if was_sent() and not is_stale and not wrong:
        try:
            _end(id, filled)
        except Conflict:
            is_stale = True
        else:
            return redirect(url_for("outcomes.conditions", id=id))
    status = 409 if is_stale else 422 if wrong else 200
    return _page(id, kept, forms, is_stale), status


@blueprint.get("/desk/conditions")
def due() -> str:
    """Conditions of all dossiers whose day has come."""
    today = clock.today(the_shell().settings.time_zone).isoformat()
    return render_template("officer/due.html", due=due_conditions(the_shell().engine, today, limit=200))


def _differing(id: str) -> list[tuple[SignalEntry, Stance]]:
    """Where an officer saw a signal of the last version differently, once they are done with it."""
    engine = the_shell().engine
    ended = next((one for one in list_versions(engine, id) if one.ended_as in LOOKED_AT), None)
    said = [one for one in list_stances(engine, ended.id) if one.kind is not StanceKind.AGREE] if ended else []
    if not ended or not said:
        return []
    made = read_dossier(find_version(engine, id, ended.number).body)
    return [(made.signal(one.signal), one) for one in said]


def _page(id: str, kept: list[Condition], forms: dict[str, DoneForm], is_stale: bool) -> str:
    names = find_names(the_shell().engine, (one.done_by for one in kept))
    personal = personal_noticed()
    return render_template(
        "officer/conditions.html",
        id=id,
        conditions=kept,
        forms_of=forms,
        is_stale=is_stale,
        names=names,
        personal=personal,
    )


def _end(id: str, filled: dict[str, DoneForm]) -> None:
    for condition, form in filled.items():
        note, reference = form.note.data or "", form.reference.data or ""
        notice_personal([note, reference])
        end_condition(the_shell().engine, id, condition, note, reference, signed=signed())
        session["saved"] = True
