"""Signing in, in one step or two, and out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assistant import clock
from assistant.store.credentials import Credentials, find_credentials_of
from assistant.store.people import Person
from assistant.web.account.forms import CodeForm, SignInForm, said
from assistant.web.account.proof import try_code, try_passphrase
from assistant.web.account.refusals import take_refusal
from assistant.web.forms import was_sent
from assistant.web.shell import the_shell
from assistant.web.who import home_of, safe_way_on, someone
from assistant.web.who import sign_in as begin_session
from assistant.web.who import sign_out as end_session

SECOND: Final = "second"  # in the session: whose passphrase was right, and when
_TIME_FOR_CODE: Final = timedelta(minutes=5)

blueprint = Blueprint("account", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """The door; who is in already goes on."""
    way_on, person = safe_way_on(request.values.get("next", "")), someone()
    if person is not None:
        return go_on(person, way_on)
    form = SignInForm()
    if was_sent() and form.validate():
        found = try_passphrase(said(form.email), said(form.passphrase))
        if found and found.totp:
            session[SECOND] = {"person": found.person.id, "at": clock.now().isoformat(), "next": way_on}
            return redirect(url_for("account.code"))
        if found:
            begin_session(found.person, "passphrase")
            return go_on(found.person, way_on)
        form.email.errors = [_("This address and passphrase do not belong together. Look at both once more.")]
    return _page(form, way_on), 422 if form.errors else 200


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """The second step, for who asked for one."""
    waiting: dict[str, str] = session.get(SECOND, {})
    found = _who_waits(waiting)
    if found is None:
        session.pop(SECOND, None)
        return redirect(url_for("account.sign_in"))
    form = CodeForm()
    if was_sent() and form.validate():
        if try_code(found, said(form.code)):
            begin_session(found.person, "passphrase")
            return go_on(found.person, waiting["next"])
        form.code.errors = [_("This code is not right, or was used before. Wait for the next one.")]
    return render_template("account/code.html", form=form), 422 if form.errors else 200


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session, and have the browser forget what it holds of us."""
    end_session()
    response = redirect(url_for("start.start"))
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def go_on(person: Person, way_on: str) -> Response:
    """To where they were going, or to where their work begins."""
    return redirect(way_on or url_for(home_of(person)))


def _page(form: SignInForm, way_on: str) -> str:
    has_sign_on = bool(the_shell().settings.oidc_issuer)
    refusal = take_refusal() if request.method == "GET" else ""
    return render_template("account/sign_in.html", form=form, way_on=way_on, has_sign_on=has_sign_on, refusal=refusal)


def _who_waits(waiting: dict[str, Any]) -> Credentials | None:
    if not waiting or clock.now() - datetime.fromisoformat(waiting["at"]) > _TIME_FOR_CODE:
        return None
    found = find_credentials_of(the_shell().engine, waiting["person"])
    return found if found and found.totp else None
