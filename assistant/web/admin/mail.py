"""How it goes with the mail: what waits, what could not be sent and why, and a way on."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from assistant import clock
from assistant.errors import NotFound
from assistant.store.invitations import list_invitations
from assistant.store.outbox import INVITATION, GivenUp, count_mail, let_go, list_given_up, try_again
from assistant.store.people import find_names
from assistant.web.forms import was_sent
from assistant.web.shell import the_shell

blueprint = Blueprint("outbox", __name__)


class OutboxForm(FlaskForm):  # type: ignore[misc]
    """Two buttons."""


@blueprint.route("/admin/mail", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """Names and kinds of failure; what a mail says is kept nowhere."""
    form, engine = OutboxForm(), the_shell().engine
    if was_sent() and form.validate():
        _do(request.form.get("do", ""))
        session["saved"] = True
        return redirect(url_for("outbox.index"))
    given_up = list_given_up(engine)
    names = find_names(engine, (one.person for one in given_up))
    names |= {one.id: one.email for one in list_invitations(engine, clock.now())}  # not those into dossiers
    page = render_template(
        "admin/mail.html",
        form=form,
        settings=the_shell().settings,
        counts=count_mail(engine),
        lines=[(_whose(one, names), failure_text(one.failure), one.due_at) for one in given_up],
    )
    return page, 422 if form.errors else 200


def _do(button: str) -> None:
    if button == "again":
        try_again(the_shell().engine, clock.now())
    elif button == "let_go":
        let_go(the_shell().engine)
    else:
        raise NotFound(button)


def _whose(one: GivenUp, names: dict[str, str]) -> str:
    if one.kind == INVITATION:
        return names.get(one.about, str(_("An invitation into a dossier")))
    return names.get(one.person, str(_("Someone who left")))


def failure_text(failure: str) -> str:
    """What went wrong, and where to look."""
    match failure:
        case "connection":
            return str(_("The mail server did not answer. Look at its name and port, and whether a firewall lets us."))
        case "tls":
            return str(_("The way to the mail server could not be closed off. Look at its certificate."))
        case "sign_in":
            return str(_("The mail server did not let us in. Look at the user and the file with the password."))
        case "sender":
            return str(_("The mail server does not take mail from our sender. Look at the sender's address."))
        case "recipient":
            return str(_("The mail server knows no such address, or may not mail it."))
        case "address":
            return str(_("This is no address that a mail can go to."))
        case "seal":
            return str(_("The link could not be opened: its key is gone, or it was changed. Invite this person again."))
        case _:
            return str(_("The mail server refused this mail. Its log says why."))
