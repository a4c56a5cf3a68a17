"""Looking again after an advice: why, and from when; and telling the officers that something happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms.validators import DataRequired

from assistant import clock
from assistant.access import State
from assistant.again import Reason, find_reasons
from assistant.dossier.read import read_dossier
from assistant.store.advices import PART, Advice, list_advices
from assistant.store.decisions import Decision, list_decisions
from assistant.store.remarks import HAPPENED, add_remark, list_remarks
from assistant.store.versions import find_version
from assistant.web.forms import text_field, was_sent
from assistant.web.shell import the_shell
from assistant.web.team.work import DossierWork
from assistant.web.who import signed

AFTER: Final = (State.ADVISED, State.RUNNING)

blueprint = Blueprint("again", __name__)


class HappenedForm(FlaskForm):  # type: ignore[misc]
    """What happened, in a sentence or two."""

    text = text_field(DataRequired(lazy_gettext("Say what happened, in a sentence.")))


@blueprint.route("/dossiers/<id>/again", methods=["GET", "POST"])
def page(id: str) -> ResponseReturnValue:
    """Every reason that holds or will hold, and a form for what happened."""
    work, form = DossierWork.open(id), HappenedForm()
    if was_sent() and form.validate():
        add_remark(the_shell().engine, id, "", form.text.data or "", kind=HAPPENED, signed=signed())
        session["saved"] = True
        return redirect(url_for("again.page", id=id))
    reasons = sorted(reasons_of(work), key=lambda one: not one.is_due(today()))
    shown = render_template("team/again.html", work=work, form=form, reasons=reasons, today=today())
    return shown, 422 if form.errors else 200


def today() -> date:
    """Of this organisation."""
    return clock.today(the_shell().settings.time_zone)


def reasons_of(work: DossierWork) -> tuple[Reason, ...]:
    """None before there is an advice, or when the dossier is closed or with the officer."""
    engine, id, reach = the_shell().engine, work.kept.id, work.kept.reach
    given = list_advices(engine, id) if reach and reach.state in AFTER else ()
    advice = next((one for one in given if one.is_given and one.kind != PART), None)
    if advice is None:
        return ()
    version = find_version(engine, id, advice.number)
    happened = (
        one.text
        for one in list_remarks(engine, id)
        if one.kind == HAPPENED and one.is_open and one.made_at >= version.made_at
    )
    then = read_dossier(version.body)
    now = work.dossier("nl" if then.language == "nl" else "en")
    return find_reasons(then, now, *days_of(advice, list_decisions(engine, id)), happened)


def days_of(advice: Advice, decisions: Iterable[Decision]) -> tuple[list[date], date]:
    """The days to look again, of the advice and of the decision on it; and the day on which it was settled."""
    decision = next((one for one in decisions if one.at >= advice.at), None)
    agreed = (advice.again_on, decision.look_again if decision else "")
    settled = decision.decided_on if decision else f"{clock.date_of(advice.at, the_shell().settings.time_zone)}"
    return [date.fromisoformat(day) for day in agreed if day], date.fromisoformat(settled)
