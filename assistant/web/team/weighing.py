"""Going on with one of the alternatives: why this one and not the others, asked at choosing and changed later."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms.validators import DataRequired

from assistant.access import State
from assistant.errors import Conflict
from assistant.store.variants import Related, list_related, ready_to_choose
from assistant.store.variants import choose as choose_variant
from assistant.store.weighings import change_reason, find_weighing
from assistant.web.forms import text_field, was_sent
from assistant.web.shell import the_shell
from assistant.web.team.work import DossierWork
from assistant.web.who import signed, the_reader

blueprint = Blueprint("weighing", __name__)


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why this one goes on, and the others do not."""

    reason = text_field(DataRequired(lazy_gettext("Write down why you go on with this one.")))


@blueprint.route("/dossiers/<id>/variants/choose", methods=["GET", "POST"])
def choose(id: str) -> ResponseReturnValue:
    """Go on with this one; the others are closed, as the alternatives that were weighed."""
    family = list_related(the_shell().engine, id, the_reader())
    if request.method == "GET" and id not in ready_to_choose(family):
        return redirect(url_for("variants.page", id=id))
    others = [one for one in family if one.is_alternative and one.id != id and one.can_be_laid_aside]

    def save(reason: str, rev: int) -> None:
        choose_variant(the_shell().engine, id, the_reader(), reason=reason, rev=rev, signed=signed())

    return _ask_reason(id, save, others)


@blueprint.route("/dossiers/<id>/variants/reason", methods=["GET", "POST"])
def reason(id: str) -> ResponseReturnValue:
    """Write anew why this one was chosen, as long as it is with the team."""
    if request.method == "GET" and find_weighing(the_shell().engine, id) is None:
        return redirect(url_for("variants.page", id=id))

    def save(reason: str, rev: int) -> None:
        change_reason(the_shell().engine, id, reason, rev, signed=signed())

    return _ask_reason(id, save, ())


def _ask_reason(id: str, save: Callable[[str, int], None], others: Sequence[Related]) -> ResponseReturnValue:
    work, weighing, is_late = DossierWork.open(id), find_weighing(the_shell().engine, id), False
    form = ReasonForm(data={"reason": weighing.reason if weighing else ""})
    if was_sent() and form.validate():
        try:
            save(form.reason.data or "", _rev())
        except Conflict:
            is_late = True
        else:
            session["saved"] = True
            return redirect(url_for("variants.page", id=id))
    closing = [one for one in others if one.state is not State.CLOSED]
    page = render_template(
        "team/choose.html", work=work, form=form, weighing=weighing, others=others, closing=closing, is_late=is_late
    )
    return page, 409 if is_late else 422 if form.errors else 200


def _rev() -> int:
    rev = request.form.get("rev", "")
    return int(rev) if rev.isdecimal() and len(rev) < 10 else -1
