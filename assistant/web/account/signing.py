"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from assistant.web.who import home_of, safe_way_on, someone
from assistant.web.who import sign_out as end_session

blueprint = Blueprint("account", __name__)


@blueprint.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """The door; who is in already goes on."""
    way_on, person = safe_way_on(request.args.get("next", "")), someone()
    if person is not None:
        return redirect(way_on or url_for(home_of(person)))
    return render_template("account/sign_in.html", way_on=way_on)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session, and have the browser forget what it holds of us."""
    end_session()
    response = redirect(url_for("start.start"))
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
