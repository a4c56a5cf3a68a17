"""What a team asks early, from a draft: the officer sees that one answer and nothing else of the dossier."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from assistant.dossier.model import AnswerEntry
from assistant.errors import NotFound
from assistant.store.dossiers import find_dossier
from assistant.store.people import find_names
from assistant.store.remarks import REPLY, Remark, add_remark, find_early, settle_remark
from assistant.web.forms import was_sent
from assistant.web.languages import the_language
from assistant.web.officer.forms import ReplyForm
from assistant.web.officer.review import notice_personal
from assistant.web.shell import the_shell
from assistant.web.team.work import DossierWork
from assistant.web.who import signed

blueprint = Blueprint("early", __name__)


@blueprint.route("/desk/early/<remark>", methods=["GET", "POST"])
def answer(remark: str) -> ResponseReturnValue:
    """The question, the one answer it is about, and a form to reply. Replying takes it off the desk."""
    (asked, replies), form = find_early(the_shell().engine, remark), ReplyForm()
    if was_sent() and form.validate():
        _reply(asked, form.text.data or "")
        session["saved"] = True
        return redirect(url_for("desk.queue"))
    page = render_template(
        "officer/early.html",
        asked=asked,
        replies=replies,
        form=form,
        entry=_one_answer(asked),
        names=find_names(the_shell().engine, (one.made_by for one in replies)),
    )
    return page, 422 if form.errors else 200


def _one_answer(asked: Remark) -> AnswerEntry:
    """What the draft says to that question now; of the draft nothing else leaves this function."""
    shell = the_shell()
    kept = find_dossier(shell.engine, asked.dossier)
    document = kept.document
    work = DossierWork(shell.edition_of(kept.edition_hash), document.answers, document.trees, kept=kept)
    made = work.dossier(the_language())
    found = (entry for theme in made.themes for entry in theme.answers if entry.question == asked.question)
    entry = next(found, None)
    if entry is None:  # it is no longer on the path
        raise NotFound(asked.id)
    return entry.model_copy(update={"other_views": ()})


def _reply(asked: Remark, text: str) -> None:
    engine = the_shell().engine
    notice_personal([text])
    add_remark(engine, asked.dossier, asked.question, text, kind=REPLY, answers=asked.id, signed=signed())
    if not asked.settled_at:
        settle_remark(engine, asked.dossier, asked.id, asked.rev, signed=signed())
