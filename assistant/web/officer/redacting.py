"""A text is taken out of a frozen version: chosen, seen before, and done. Not by the owner; the team is told."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from assistant.dossier.read import read_dossier
from assistant.dossier.redaction import Taken, list_taken, list_texts
from assistant.errors import Conflict, NotFound
from assistant.store.cleaning import Typed
from assistant.store.dossiers import find_dossier
from assistant.store.moving import list_moves
from assistant.store.redactions import find_elsewhere, list_redactions, redact_version
from assistant.store.versions import WITHDRAWN, Version, find_version
from assistant.trees.edition import Edition
from assistant.trees.model import Kind, Question
from assistant.web.forms import was_sent
from assistant.web.officer.forms import RedactForm
from assistant.web.shell import the_shell
from assistant.web.who import signed

blueprint = Blueprint("redacting", __name__)


@blueprint.route("/desk/dossiers/<id>/versions/<int:number>/redact", methods=["GET", "POST"])
def page(id: str, number: int) -> ResponseReturnValue:
    """Choose what goes, see what then stands there, and do it."""
    version, form = _find(id, number), RedactForm()
    do = request.form.get("do", "")
    taken: list[Taken] = []
    if was_sent() and do != "edit" and form.validate():
        taken = list_taken(version.body, form.cut)
    is_stale = was_sent() and do == "save" and form.based_on.data != version.hash
    if taken and do == "save" and not is_stale:
        try:
            return _redact(version, form)
        except Conflict:
            is_stale = True
    if taken and do == "preview":
        return _preview(version, form, taken)
    is_empty = was_sent() and do != "edit" and not form.errors and not taken
    body = render_template(
        "officer/redact.html",
        id=id,
        version=version,
        made=read_dossier(version.body),
        form=form,
        texts=list_texts(version.body),
        is_stale=is_stale,
        is_empty=is_empty,
        redactions=list_redactions(the_shell().engine, id),
    )
    return body, 409 if is_stale else 422 if is_empty or form.errors else 200


def _find(id: str, number: int) -> Version:
    """A version as officers may read it: what was taken back is the team's own."""
    version = find_version(the_shell().engine, id, number)
    if version.ended_as == WITHDRAWN:
        raise NotFound(id)
    return version


def _preview(version: Version, form: RedactForm, taken: list[Taken]) -> str:
    elsewhere = find_elsewhere(the_shell().engine, version.dossier, version.number, form.cut, taken)
    return render_template(
        "officer/redact_preview.html",
        id=version.dossier,
        version=version,
        made=read_dossier(version.body),
        form=form,
        taken=taken,
        elsewhere=elsewhere,
    )


def _redact(version: Version, form: RedactForm) -> ResponseReturnValue:
    shell = the_shell()
    redact_version(
        shell.engine,
        version.dossier,
        version.number,
        form.cut,
        form.reason.data or "",
        based_on=version.hash,
        typed=_typed_ever(version.dossier) if form.clean.data else None,
        signed=signed(),
    )
    session["saved"] = True
    return redirect(url_for("redacting.page", id=version.dossier, number=version.number))


def _typed_ever(dossier: str) -> Typed:
    """In each edition that the dossier had: an answer may be kept of which the question is gone."""
    shell, found = the_shell(), dict[str, frozenset[str]]()
    moves = list_moves(shell.engine, dossier)
    for edition in {find_dossier(shell.engine, dossier).edition_hash, *(one.before for one in moves)}:
        for question, fields in typed_fields(shell.edition_of(edition)).items():
            found[question] = found.get(question, frozenset()) | fields
    return found


def typed_fields(edition: Edition) -> Typed:
    """The questions whose value somebody types: "" for all of it, else the columns of the table."""
    return {id: _fields(question) for id, question in edition.questions.items()}


def _fields(question: Question) -> frozenset[str]:
    if question.kind in (Kind.TEXT, Kind.LONG_TEXT):
        return frozenset({""})
    return frozenset(column.id for column in question.columns if column.kind == "text")
