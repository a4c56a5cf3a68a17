"""The end of dossiers: which are due, a list for somebody else to approve, and what was destroyed."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from assistant import clock
from assistant.access import Task
from assistant.archive import KEEP
from assistant.errors import Conflict
from assistant.store.archiving import find_exports
from assistant.store.destruction import (
    PROPOSED,
    find_hold,
    find_list,
    list_destructions,
    list_due,
    propose,
    save_hold,
    settle,
)
from assistant.store.org_settings import find_archive, find_retention
from assistant.store.people import find_names
from assistant.web.forms import text_field, was_sent
from assistant.web.officer.review import Review
from assistant.web.shell import the_shell
from assistant.web.who import may_do, signed, the_person

blueprint = Blueprint("retention", __name__)


class HoldForm(FlaskForm):  # type: ignore[misc]
    """Why a dossier is not to be destroyed."""

    reason = text_field()


@blueprint.route("/retention", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """What is due by the term that the organisation set; numbers and dates alone."""
    engine, retention = the_shell().engine, find_retention(the_shell().engine)
    today, is_stale = clock.today(the_shell().settings.time_zone), False
    chosen = request.form.getlist("dossier")
    if was_sent() and chosen:
        try:
            made = propose(engine, chosen, retention, today, signed=signed())
        except Conflict:
            is_stale = True
        else:
            session["saved"] = True
            return redirect(url_for("retention.show", list=made))
    lists, due = list_destructions(engine), list_due(engine, retention, today)
    page = render_template(
        "admin/retention.html",
        retention=retention,
        due=due,
        exported=find_exports(engine, [one.dossier for one in due]),
        is_kept=find_archive(engine).valuation == KEEP,
        lists=lists,
        names=find_names(engine, {one.made_by for one in lists}),
        is_stale=is_stale,
        is_empty=was_sent() and not chosen,
        may_set=may_do(Task.PEOPLE),
    )
    return page, 409 if is_stale else 422 if was_sent() and not chosen else 200


@blueprint.route("/retention/<list>", methods=["GET", "POST"])
def show(list: str) -> ResponseReturnValue:
    """One list. Who proposed it does not approve it."""
    engine, found = the_shell().engine, find_list(the_shell().engine, list)
    if was_sent():
        settle(engine, list, approved=request.form.get("do") == "approve", signed=signed())
        session["saved"] = True
        return redirect(url_for("retention.show", list=list))
    people = find_names(engine, {found.made_by, found.settled_by} - {""})
    own = found.made_by == the_person().id
    return render_template(
        "admin/retention_list.html",
        list=found,
        names=people,
        may_settle=found.state == PROPOSED and not own,
        own=own,
        exported=find_exports(engine, [item.dossier for item in found.items]),
        is_kept=find_archive(engine).valuation == KEEP,
    )


@blueprint.route("/desk/dossiers/<id>/hold", methods=["GET", "POST"])
def hold(id: str) -> ResponseReturnValue:
    """A dossier that is not to be destroyed, with the reason; or that may be again."""
    form, engine = HoldForm(), the_shell().engine
    kept, do = find_hold(engine, id), request.form.get("do", "")
    if was_sent() and (do == "end" or (form.validate() and form.reason.data)):
        save_hold(engine, id, "" if do == "end" else form.reason.data or "", signed=signed())
        session["saved"] = True
        return redirect(url_for("opening.show", id=id))
    missing = was_sent() and not form.errors
    page = render_template(
        "admin/hold.html", review=Review.open(id), form=form, hold=kept, is_missing=missing,
        names=find_names(engine, {kept.person} if kept else set()),
    )  # fmt: skip
    return page, 422 if missing or form.errors else 200
