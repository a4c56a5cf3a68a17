"""The decision: who decided what, and why. The owner or an officer writes it down; who decides needs no account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Field, RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired

from assistant import clock
from assistant.answers import check_text, clean_text
from assistant.display import read_date
from assistant.dossier import Dossier, SignalEntry
from assistant.dossier.read import read_dossier
from assistant.errors import NotFound
from assistant.store.advices import PART, Advice, list_advices
from assistant.store.decisions import GO_ON, LEADS_TO, Made, Spite, decide, list_decisions
from assistant.store.endings import list_endings
from assistant.store.people import find_names
from assistant.store.versions import find_version
from assistant.trees.model import Level
from assistant.web.forms import clean, existing_date, fits, ids, storable, was_sent
from assistant.web.gates import reach
from assistant.web.languages import the_language
from assistant.web.shell import the_shell
from assistant.web.who import signed
from assistant.words import problem_text

blueprint = Blueprint("deciding", __name__)


def _not_to_come(form: FlaskForm, field: Field) -> None:
    iso, _problems = read_date(field.data or "")
    if iso and iso > clock.today(the_shell().settings.time_zone).isoformat():
        raise ValidationError(_("This day has yet to come. Fill in the day on which it was decided."))


def _when_it_departs(form: FlaskForm, field: Field) -> None:
    if form.departs.data == "yes" and not (field.data or "").strip():
        raise ValidationError(_("Say why the decision departs from the advice."))


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """What was decided."""

    outcome = RadioField(choices=ids(LEADS_TO), validators=[InputRequired(lazy_gettext("Choose what was decided."))])
    decided_by = StringField(
        validators=[DataRequired(lazy_gettext("Say who decided: a function or a body, not a name.")), fits, storable],
        filters=[clean],
    )
    decided_on = StringField(
        validators=[
            DataRequired(lazy_gettext("Fill in the day on which it was decided.")), existing_date, _not_to_come
        ],
        filters=[clean],
    )  # fmt: skip
    departs = RadioField(
        choices=ids(("no", "yes")),
        validators=[InputRequired(lazy_gettext("Say whether the decision departs from the advice."))],
    )
    reason = TextAreaField(validators=[_when_it_departs, storable], filters=[clean])
    reference = StringField(validators=[fits, storable], filters=[clean])
    look_again = StringField(validators=[existing_date], filters=[clean])


@dataclass
class Stop:
    """A stop of the version that was advised on, and what was typed about it."""

    entry: SignalEntry
    reason: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        """Of its field."""
        return f"stop-{self.entry.id}"


@blueprint.route("/dossiers/<id>/decision", methods=["GET", "POST"])
def page(id: str) -> ResponseReturnValue:
    """What was decided before, and a form for a new decision."""
    advice = _latest_advice(id)
    made = read_dossier(find_version(the_shell().engine, id, advice.number).body)
    form, stops = DecisionForm(), _open_stops(id, made)
    if was_sent() and _is_right(form, stops):
        decide(the_shell().engine, id, _build(form, stops), signed=signed())
        session["saved"] = True
        return redirect(url_for("deciding.page", id=id))
    wrong = bool(form.errors) or any(stop.error for stop in stops)
    return _show(id, advice, made, form, stops), 422 if wrong else 200


def _show(id: str, advice: Advice, made: Dossier, form: DecisionForm, stops: list[Stop]) -> str:
    engine = the_shell().engine
    decided = list_decisions(engine, id)
    functions = [text[the_language()] for text in the_shell().edition.functions.values()]
    return render_template(
        "team/decision.html",
        id=id,
        advice=advice,
        dossier=made,
        form=form,
        stops=stops,
        decided=decided,
        names=find_names(engine, {one.person for one in decided}),
        functions=functions,
        is_team="read" in {action.value for action in reach().allowed},
        choice=_political_choice(made),
    )


def _latest_advice(id: str) -> Advice:
    """On the newest version with an advice that was given. Raises NotFound."""
    given = (one for one in list_advices(the_shell().engine, id) if one.is_given and one.kind != PART)
    found = next(given, None)
    if found is None:
        raise NotFound(id)
    return found


def _open_stops(id: str, made: Dossier) -> list[Stop]:
    ended = list_endings(the_shell().engine, id)
    stops = (one for one in made.signals if one.level is Level.STOP and one.counts and one.id not in ended)
    return [Stop(one, clean_text(request.form.get(f"stop-{one.id}", ""))) for one in stops]


def _is_right(form: DecisionForm, stops: list[Stop]) -> bool:
    """Going on needs a reason at every stop; other outcomes need none."""
    valid = bool(form.validate())
    for stop in stops:
        problems = check_text(request.form.get(stop.name, ""))
        if problems:
            stop.error = problem_text(problems[0], the_language())
        elif form.outcome.data == GO_ON and not stop.reason:
            stop.error = _("Say why the project goes on in spite of this stop.")
    return valid and not any(stop.error for stop in stops)


def _build(form: DecisionForm, stops: list[Stop]) -> Made:
    goes_on = form.outcome.data == GO_ON
    spite = [Spite(one.entry.id, one.entry.certainty == "certain", one.reason) for one in stops if one.reason]
    return Made(
        outcome=form.outcome.data,
        decided_by=form.decided_by.data or "",
        decided_on=read_date(form.decided_on.data or "")[0] or "",
        departs=form.departs.data == "yes",
        reason=form.reason.data or "",
        reference=form.reference.data or "",
        look_again=read_date(form.look_again.data or "")[0] or "",
        in_spite_of=tuple(spite) if goes_on else (),
    )


def _political_choice(made: Dossier) -> Any:
    """What was answered to whether a choice belongs to executive or council; None when that was not asked."""
    answers = (answer for theme in made.themes for answer in theme.answers)
    return next((one for one in answers if one.question == "political_choice"), None)
