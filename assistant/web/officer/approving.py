"""Examples for others: an officer reads all of one and lets it go; and reads one from elsewhere before it is kept."""

from __future__ import annotations

from contextlib import closing
from hashlib import sha256

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms.validators import DataRequired

from assistant.errors import Conflict
from assistant.sharing.hits import Hit, Known, hits_in
from assistant.sharing.model import Example
from assistant.sharing.read import LARGEST, InvalidExample, read_data, read_example
from assistant.sharing.words import REFUSALS
from assistant.store.library import CAN_BE_KEPT, find_place, forget_entry, keep_imported
from assistant.store.people import list_people
from assistant.store.shared import APPROVED, SENT, find_shared, list_waiting, settle
from assistant.web.forms import text_field, was_sent
from assistant.web.languages import the_language
from assistant.web.shell import the_shell
from assistant.web.team.sharing import build_file
from assistant.web.who import signed
from assistant.words import word
from exports import to_example

blueprint = Blueprint("approving", __name__)


class ReturnForm(FlaskForm):  # type: ignore[misc]
    """Why an example goes back to the team."""

    reason = text_field(DataRequired(lazy_gettext("Write down why, so that the team knows what to change.")))


@blueprint.get("/desk/examples")
def index() -> str:
    """Which examples wait."""
    return render_template("sharing/desk.html", waiting=list_waiting(the_shell().engine))


@blueprint.route("/desk/dossiers/<id>/example", methods=["GET", "POST"])
def show(id: str) -> ResponseReturnValue:
    """Exactly what the file says, as a page; approve it, or give it back with a reason."""
    form, is_stale = ReturnForm(), False
    approved = request.form.get("do") == "approve"
    if was_sent() and (approved or form.validate()):
        try:
            reason = "" if approved else form.reason.data or ""
            hash = request.form.get("hash", "")
            settle(the_shell().engine, id, hash, approved=approved, reason=reason, signed=signed())
        except Conflict:
            is_stale = True
        else:
            session["saved"] = True
            return redirect(url_for("approving.show", id=id) if approved else url_for("approving.index"))
    return _show(id, form, is_stale=is_stale), 409 if is_stale else 422 if was_sent() else 200


def _show(id: str, form: ReturnForm, *, is_stale: bool) -> str:
    shared = find_shared(the_shell().engine, id)
    example = shared.example
    return render_template(
        "sharing/approve.html",
        id=id,
        shared=shared,
        example=example,
        form=form,
        is_stale=is_stale,
        words=to_example.words_of(example) if example else {},
        found=_found(example) if example else [],
        sha=to_example.fingerprint(example) if example else "",
        waits=shared.state == SENT,
        is_approved=shared.state == APPROVED,
    )


@blueprint.get("/desk/dossiers/<id>/example/file")
def file(id: str) -> Response:
    """The file, once it is approved."""
    return build_file(find_shared(the_shell().engine, id), id)


@blueprint.route("/desk/examples/import", methods=["GET", "POST"])
def read() -> ResponseReturnValue:
    """Choose a file of another installation, and read all of it before anything is kept."""
    if request.method != "POST":
        return render_template("sharing/import.html", error="")
    raw = _sent_file()
    try:
        example = read_example(raw)
    except InvalidExample as refused:
        error = word(REFUSALS, refused.key, the_language()) if raw else _("Choose a file first.")
        return render_template("sharing/import.html", error=error), 422
    return _preview(example, sha256(raw).hexdigest()), 200


@blueprint.post("/desk/examples/keep")
def keep() -> ResponseReturnValue:
    """Put what was read in the library. The data come from the page and are read as strictly as the file was."""
    try:
        example = read_data(request.form.get("data", ""))
    except InvalidExample as refused:
        return render_template("sharing/import.html", error=word(REFUSALS, refused.key, the_language())), 422
    try:
        entry = keep_imported(the_shell().engine, example, signed=signed())
    except Conflict:
        return _preview(example, to_example.fingerprint(example)), 409
    session["saved"] = True
    return redirect(url_for("library.show", entry=entry))


@blueprint.post("/desk/library/<entry>/remove")
def remove(entry: str) -> ResponseReturnValue:
    """Take it out of the library of this installation."""
    forget_entry(the_shell().engine, entry, signed=signed())
    session["saved"] = True
    return redirect(url_for("library.index"))


def _preview(example: Example, sha: str) -> str:
    place, entry = find_place(the_shell().engine, example)
    return render_template(
        "sharing/import_preview.html",
        example=example,
        words=to_example.words_of(example),
        found=_found(example),
        sha=sha,
        place=place.value,
        entry=entry,
        can_keep=place in CAN_BE_KEPT,
    )


def _found(example: Example) -> list[tuple[str, list[Hit]]]:
    """What to look at twice; also where the team said that it is no personal data."""
    return hits_in(example, Known(tuple(person.name for person in list_people(the_shell().engine))))


def _sent_file() -> bytes:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return b""
    with closing(sent):
        return sent.stream.read(LARGEST + 1)
