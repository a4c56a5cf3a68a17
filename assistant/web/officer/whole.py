"""The whole version by theme: every answer with what it raises, and remarks at answers."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from assistant.store.phrases import list_phrases
from assistant.web.forms import was_sent
from assistant.web.officer.remarks import read_at_answers, save_typed
from assistant.web.officer.review import Review, personal_noticed
from assistant.web.shell import the_shell

blueprint = Blueprint("whole", __name__)


@blueprint.route("/desk/dossiers/<id>/whole", methods=["GET", "POST"])
def show(id: str) -> ResponseReturnValue:
    """Read all of it; what is typed at the answers is kept together."""
    review = Review.open(id)
    typed = read_at_answers(review) if request.method == "POST" else {}
    is_wrong = was_sent() and any(one.error for one in typed.values())
    if was_sent() and not is_wrong:
        save_typed(review, typed.values())
        session["saved"] = bool(typed)
        return redirect(url_for("whole.show", id=id))
    page = render_template(
        "officer/whole.html",
        review=review,
        typed=typed,
        is_wrong=is_wrong,
        phrases=list_phrases(the_shell().engine),
        personal=personal_noticed(),
    )
    return page, 422 if is_wrong else 200
