"""Other systems that fetch what was handed in: an admin makes a token, an officer agrees, either ends it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import Field, RadioField, ValidationError
from wtforms.validators import DataRequired

from assistant import clock
from assistant.access import Task
from assistant.display import read_date
from assistant.store.access_tokens import MOST_DAYS, Scope, agree_token, end_token, list_tokens, make_token
from assistant.store.people import find_names
from assistant.web.forms import day_field, ids, line_field, was_sent
from assistant.web.shell import the_shell
from assistant.web.who import may_do, signed, the_person

USUAL_DAYS: Final = 365

blueprint = Blueprint("systems", __name__)


class SystemForm(FlaskForm):  # type: ignore[misc]
    """Which system, what it may fetch, and until when."""

    system = line_field(DataRequired(lazy_gettext("Say which system it is for.")))
    scope = RadioField(
        choices=ids(Scope), validators=[DataRequired(lazy_gettext("Choose what it may fetch."))], default=Scope.REGISTER
    )
    until = day_field(DataRequired(lazy_gettext("Fill in the last day on which it works.")))

    @property
    def last_day(self) -> date:
        """The day as it was typed; only of a form that was validated."""
        return date.fromisoformat(str(read_date(self.until.data or "")[0]))

    def validate_until(self, field: Field) -> None:
        """From today on, and for a year at most."""
        day, problems = read_date(field.data or "")
        if not problems and day and not 0 <= (date.fromisoformat(day) - _today()).days <= MOST_DAYS:
            raise ValidationError(_("Choose a day from today on, within a year."))


@blueprint.get("/systems")
def index() -> str:
    """Every token there is and was, and who said so."""
    engine, today = the_shell().engine, _today()
    tokens = [(one, one.state(today)) for one in list_tokens(engine)]
    return render_template(
        "admin/systems.html",
        tokens=tokens,
        names=find_names(engine, {person for one, _state in tokens for person in (one.made_by, one.agreed_by)}),
        me=the_person().id,
        may_make=may_do(Task.PEOPLE),
        may_agree=may_do(Task.DESK),
    )


@blueprint.route("/systems/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """A token for a system. It is shown once: only its digest is kept."""
    usual = _today() + timedelta(days=USUAL_DAYS)
    form = SystemForm(data={"until": f"{usual:%d-%m-%Y}", "scope": Scope.REGISTER.value})
    if was_sent() and form.validate():
        system, scope = form.system.data or "", Scope(form.scope.data)
        token = make_token(the_shell().engine, system, scope, form.last_day, signed=signed())
        return render_template("admin/system_token.html", token=token, system=system)
    return render_template("admin/system_new.html", form=form), 422 if form.errors else 200


@blueprint.post("/systems/<system>/agree")
def agree(system: str) -> Response:
    """An officer, not whoever made it, lets the system in."""
    agree_token(the_shell().engine, system, signed=signed())
    return _saved()


@blueprint.post("/systems/<system>/end")
def end(system: str) -> Response:
    """The token opens nothing any more, from now on."""
    end_token(the_shell().engine, system, signed=signed())
    return _saved()


def _today() -> date:
    return clock.today(the_shell().settings.time_zone)


def _saved() -> Response:
    session["saved"] = True
    return redirect(url_for("systems.index"))
