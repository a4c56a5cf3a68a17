"""The demo's front door: one click signs in as one of three made-up people. There is no such route elsewhere."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from assistant.demo import PEOPLE
from assistant.trees.model import LANGUAGES
from assistant.web.shell import the_shell
from assistant.web.who import home_of, safe_way_on, sign_in

blueprint = Blueprint("demo", __name__)


@blueprint.post("/demo")
def enter() -> Response:
    """Sign in as `person`: team, officer or facilitator."""
    person = PEOPLE.get(request.form.get("person", ""))
    if person is None:
        abort(404)
    sign_in(person, "demo")
    asked = request.form.get("language", "")
    language = asked if asked in LANGUAGES else request.accept_languages.best_match(LANGUAGES)
    way_on = safe_way_on(request.form.get("next", ""))
    return redirect(way_on or url_for(home_of(person), language=language or the_shell().settings.default_language))
