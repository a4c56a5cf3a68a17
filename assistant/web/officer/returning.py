"""Back to the team, with questions."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assistant.store.phrases import list_phrases
from assistant.store.versions import return_version
from assistant.web.forms import was_sent
from assistant.web.officer.remarks import QUESTION, Typed, fill_up, read_at_answers, read_rows, save_typed
from assistant.web.officer.review import Review
from assistant.web.shell import the_shell
from assistant.web.who import signed

blueprint = Blueprint("returning", __name__)


@blueprint.route("/desk/dossiers/<id>/return", methods=["GET", "POST"])
def send_back(id: str) -> ResponseReturnValue:
    """Type questions here, or come from the whole with those typed there, and return the version with them."""
    review = Review.open(id)
    posted = request.method == "POST"
    typed = [*read_rows(review), *read_at_answers(review).values()] if posted else []
    asked = [remark for remark in review.remarks if remark.kind == QUESTION and remark.is_open]
    problems = _problems(typed, bool(asked)) if was_sent() else []
    if was_sent() and not problems:
        save_typed(review, typed)
        return_version(the_shell().engine, id, signed=signed())
        session["saved"] = True
        return redirect(url_for("desk.queue"))
    page = render_template(
        "officer/return.html",
        review=review,
        rows=fill_up(typed),
        asked=asked,
        problems=problems,
        phrases=list_phrases(the_shell().engine),
    )
    return page, 422 if problems else 200


def _problems(typed: list[Typed], has_asked: bool) -> list[tuple[str, str]]:
    """What is wrong, by the field where it is."""
    found = [(f"{row.key}-text", row.error) for row in fill_up(typed) if row.error]
    asks = any(row.kind == QUESTION and not row.is_empty for row in typed)
    if not found and not asks and not has_asked:
        return [("row0-text", _("Write down at least one question, so that the team knows what to do."))]
    return found
