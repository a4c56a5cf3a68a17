"""Drafts: what someone typed at a question and has not saved. Theirs alone; no event, no version."""

from __future__ import annotations

from flask import Blueprint, abort, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assistant import clock
from assistant.answers import MAX_TEXT, Answer
from assistant.store.drafts import forget_draft, keep_draft
from assistant.web.pages import written_time
from assistant.web.shell import the_shell
from assistant.web.team.work import DossierWork
from assistant.web.who import the_person

LEFT_OUT = ("csrf_token", "do", "back", "drafted")
LONGEST = 4 * MAX_TEXT  # characters of a whole form

blueprint = Blueprint("drafts", __name__)


@blueprint.post("/dossiers/<id>/drafts/<question>")
def keep(id: str, question: str) -> ResponseReturnValue:
    """Keep the fields of the form as they are, and say when that was."""
    work = DossierWork.open(id)
    if question not in work.edition.questions:
        abort(404)
    fields = {
        name: values
        for name, values in request.form.lists()
        if name not in LEFT_OUT and name.startswith(f"{question}-")
    }
    if sum(len(value) for values in fields.values() for value in values) > LONGEST or not _storable(fields):
        abort(422)
    if _is_late(fields.get(f"{question}-rev", [""])[0], work.answer(question)):
        abort(409)
    now = clock.now()
    keep_draft(the_shell().engine, the_person().id, id, question, fields, now)
    return jsonify(says=_("Kept as a draft at %(time)s; not saved yet.", time=written_time(now)))


def _is_late(shown: str, saved: Answer) -> bool:
    """Sent before its author saved the answer, and come in after that: it would bring back what was let go."""
    return saved.by == the_person().id and shown != str(saved.rev)


def _storable(fields: dict[str, list[str]]) -> bool:
    text = "".join(value for values in fields.values() for value in values)
    return "\0" not in text and not any(0xD800 <= ord(letter) <= 0xDFFF for letter in text)


@blueprint.post("/dossiers/<id>/drafts/<question>/forget")
def forget(id: str, question: str) -> ResponseReturnValue:
    """Throw it away: the answer is as it was saved."""
    forget_draft(the_shell().engine, the_person().id, id, question)
    return redirect(url_for("questions.question", id=id, question=question))
