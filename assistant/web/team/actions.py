"""What is to be done: open points and actions in one list, and how a signal ends."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from assistant import clock
from assistant.display import read_date
from assistant.dossier import SignalEntry
from assistant.errors import Conflict, NotFound
from assistant.store.actions import ToDo, add_action, end_action, list_actions, reopen_action, save_action
from assistant.store.endings import ACCEPTED, CONTESTED, end_signal, reopen_signal
from assistant.trees.model import Level
from assistant.web.forms import clean, existing_date, fits, storable, was_sent
from assistant.web.languages import the_language
from assistant.web.shell import the_shell
from assistant.web.team.work import DossierWork
from assistant.web.who import signed

blueprint = Blueprint("actions", __name__)


def _needed(message: Any) -> TextAreaField:
    return TextAreaField(validators=[DataRequired(message), storable], filters=[clean])


class ActionForm(FlaskForm):  # type: ignore[misc]
    """What, which function, and by when."""

    text = TextAreaField(
        validators=[DataRequired(lazy_gettext("Write down what is to be done.")), storable], filters=[clean]
    )
    owner = StringField(validators=[fits, storable], filters=[clean])
    due = StringField(validators=[Length(max=20), existing_date], filters=[clean])


class DoneForm(FlaskForm):  # type: ignore[misc]
    """How it ended."""

    note = TextAreaField(
        validators=[DataRequired(lazy_gettext("Say in a sentence what was done.")), storable], filters=[clean]
    )


class EndForm(FlaskForm):  # type: ignore[misc]
    """Why nobody needs to wait for a signal any more."""

    reason = TextAreaField(
        validators=[DataRequired(lazy_gettext("Give the reason, in a sentence.")), storable], filters=[clean]
    )


@blueprint.get("/dossiers/<id>/actions")
def page(id: str) -> str:
    """Everything that somebody has to do or find out, what is late first."""
    work = DossierWork.open(id)
    found = list_actions(the_shell().engine, id)
    today = clock.today(the_shell().settings.time_zone).isoformat()
    todo = sorted((one for one in found if not one.done_at), key=lambda one: one.due or "9999")
    points = sorted(work.way.open_points, key=lambda point: point.due or "9999")
    done = [one for one in found if one.done_at]
    return render_template("team/actions.html", work=work, todo=todo, points=points, done=done, today=today)


@blueprint.route("/dossiers/<id>/actions/new", methods=["GET", "POST"])
def new(id: str) -> ResponseReturnValue:
    """A new action; `about`: the signal it comes from, whose own words are proposed."""
    work = DossierWork.open(id)
    about = request.values.get("about", "")
    signal = _signal(work, about) if about else None
    form = ActionForm(data={"text": signal.action if signal else ""})
    if was_sent() and form.validate():
        add_action(the_shell().engine, id, about=about, **_said(form), signed=signed())
        return _saved(id)
    page = render_template(
        "team/action.html", work=work, form=form, signal=signal, action=None, theirs=None, about=about
    )
    return page, 422 if form.errors else 200


@blueprint.route("/dossiers/<id>/actions/<action>", methods=["GET", "POST"])
def change(id: str, action: str) -> ResponseReturnValue:
    """Change what is to be done, by whom or when. Who was first is not overwritten."""
    work, found = DossierWork.open(id), _find(id, action)
    due = "-".join(reversed(found.due.split("-"))) if found.due else ""
    form, theirs = ActionForm(data={"text": found.text, "owner": found.owner, "due": due}), None
    if was_sent() and form.validate():
        try:
            save_action(the_shell().engine, id, action, _rev(), **_said(form), signed=signed())
            return _saved(id)
        except Conflict:
            theirs = found
    page = render_template("team/action.html", work=work, form=form, signal=None, action=found, theirs=theirs, about="")
    return page, 409 if theirs else 422 if form.errors else 200


@blueprint.route("/dossiers/<id>/actions/<action>/done", methods=["GET", "POST"])
def done(id: str, action: str) -> ResponseReturnValue:
    """It is done, in a sentence; or it is not, after all."""
    work, found, form = DossierWork.open(id), _find(id, action), DoneForm()
    engine, is_late = the_shell().engine, False
    if request.form.get("do") == "reopen":
        reopen_action(engine, id, action, _rev(), signed=signed())
        return _saved(id)
    if was_sent() and form.validate():
        try:
            end_action(engine, id, action, _rev(), form.note.data or "", signed=signed())
            return _saved(id)
        except Conflict:
            is_late = True
    page = render_template("team/action_done.html", work=work, form=form, action=found, is_late=is_late)
    return page, 409 if is_late else 422 if form.errors else 200


@blueprint.route("/dossiers/<id>/signals/<signal>/end", methods=["GET", "POST"])
def end(id: str, signal: str) -> ResponseReturnValue:
    """Accept what is left of a signal, or say that the team sees it differently. A stop only who decides accepts."""
    work, form = DossierWork.open(id), EndForm()
    entry, how = _signal(work, signal), request.form.get("do", "")
    if how == "reopen":
        reopen_signal(the_shell().engine, id, signal, signed=signed())
        session["saved"] = True
        return redirect(url_for("dossiers.signals", id=id))
    if was_sent() and form.validate() and _may_end(entry, how, form):
        certain = entry.certainty == "certain"
        end_signal(the_shell().engine, id, signal, how, certain, form.reason.data or "", signed=signed())
        session["saved"] = True
        return redirect(url_for("dossiers.signals", id=id))
    page = render_template("team/end_signal.html", work=work, form=form, signal=entry)
    return page, 422 if form.errors else 200


def _saved(id: str) -> ResponseReturnValue:
    session["saved"] = True
    return redirect(url_for("actions.page", id=id))


def _may_end(entry: SignalEntry, how: str, form: EndForm) -> bool:
    if how == CONTESTED or (how == ACCEPTED and entry.level is not Level.STOP):
        return True
    form.reason.errors = [
        _("Only who decides can accept a stop. Say that you see it differently, or change an answer.")
    ]
    return False


def _signal(work: DossierWork, id: str) -> SignalEntry:
    found = next((one for one in work.dossier(the_language()).signals if one.id == id), None)
    if found is None:
        raise NotFound(id)
    return found


def _find(id: str, action: str) -> ToDo:
    found = next((one for one in list_actions(the_shell().engine, id) if one.id == action), None)
    if found is None:
        raise NotFound(action)
    return found


def _said(form: ActionForm) -> dict[str, str]:
    return {
        "text": form.text.data or "",
        "owner": form.owner.data or "",
        "due": read_date(form.due.data or "")[0] or "",
    }


def _rev() -> int:
    rev = request.form.get("rev", "")
    return int(rev) if rev.isdecimal() and len(rev) < 10 else -1
