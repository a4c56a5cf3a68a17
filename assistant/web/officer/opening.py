"""A dossier opens on one page: what it is, what matters, what changed, what they don't know, where they disagree."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from assistant.access import Relation
from assistant.store.versions import take as take_dossier
from assistant.web.gates import reach
from assistant.web.officer.review import Review, personal_noticed
from assistant.web.shell import the_shell
from assistant.web.who import signed, the_person

blueprint = Blueprint("opening", __name__)


@blueprint.get("/desk/dossiers/<id>")
def show(id: str) -> ResponseReturnValue:
    """Everything an officer needs to decide how to go on; an adviser goes to the theme they were asked about."""
    if Relation.OFFICER not in reach().relations:
        return redirect(url_for("colleagues.part", id=id))
    review = Review.open(id)
    about = [review.answers[id] for id in the_shell().edition.decider.question if id in review.answers]
    return render_template("officer/opening.html", review=review, about=about, personal=personal_noticed())


@blueprint.post("/desk/dossiers/<id>/take")
def take(id: str) -> ResponseReturnValue:
    """Say that you are the one who looks at it."""
    take_dossier(the_shell().engine, id, the_person().id, signed=signed())
    session["saved"] = True
    return redirect(url_for("opening.show", id=id))
