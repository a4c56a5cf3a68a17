"""The officers' standard phrases."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from assistant.store.phrases import add_phrase, forget_phrase, list_phrases
from assistant.web.forms import was_sent
from assistant.web.officer.forms import PhraseForm
from assistant.web.shell import the_shell
from assistant.web.who import signed

blueprint = Blueprint("phrases", __name__)


@blueprint.route("/desk/phrases", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """The list, and a form for one more."""
    form, engine = PhraseForm(), the_shell().engine
    if was_sent() and form.validate():
        add_phrase(engine, form.text.data or "", signed=signed())
        session["saved"] = True
        return redirect(url_for("phrases.index"))
    page = render_template("officer/phrases.html", form=form, phrases=list_phrases(engine))
    return page, 422 if form.errors else 200


@blueprint.post("/desk/phrases/<phrase>/remove")
def forget(phrase: str) -> ResponseReturnValue:
    """Off the list."""
    forget_phrase(the_shell().engine, phrase, signed=signed())
    session["saved"] = True
    return redirect(url_for("phrases.index"))
