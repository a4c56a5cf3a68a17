"""Sending one question to who knows: the team makes a link; whoever holds it answers that question, and no more."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired

from assistant import clock
from assistant.answers import NO_ANSWER, Answer
from assistant.errors import Conflict, NotFound, Refused
from assistant.store.dossiers import Dossier, find_dossier
from assistant.store.links import SentQuestion, answer_by_link, end_link, find_link, list_links, send_question
from assistant.store.people import find_functions
from assistant.trees.model import Question
from assistant.web.forms import SHOW, clean, fits, storable, was_sent
from assistant.web.languages import the_language
from assistant.web.question_form import Shown, read_posted, show_answer
from assistant.web.shell import the_shell
from assistant.web.team.asking import ADD_ROW
from assistant.web.team.work import DossierWork
from assistant.web.who import signed

DAYS = 14

blueprint = Blueprint("links", __name__)


class SendForm(FlaskForm):  # type: ignore[misc]
    """To whom."""

    sent_to = StringField(
        validators=[DataRequired(lazy_gettext("Say who will answer, by function.")), fits, storable], filters=[clean]
    )


@blueprint.route("/dossiers/<id>/questions/<question>/send", methods=["GET", "POST"])
def send(id: str, question: str) -> ResponseReturnValue:
    """Make a link to this question. It is shown once: the database cannot tell it again."""
    work, form, link = DossierWork.open(id), SendForm(), ""
    step = work.way.step(question)
    if step is None:
        abort(404)
    engine = the_shell().engine
    if was_sent() and form.validate():
        token = send_question(engine, id, question, form.sent_to.data or "", signed=signed(), days=DAYS)
        link = url_for("links.answer", token=token, language=work.kept.language, _external=True)
    sent = [one for one in list_links(engine, id) if one.question == question]
    page = render_template(
        "team/send.html", work=work, question=step.question, form=form, link=link, days=DAYS, sent=sent, now=clock.now()
    )
    return page, 422 if form.errors else 200


@blueprint.post("/dossiers/<id>/links/<link>/end")
def end(id: str, link: str) -> ResponseReturnValue:
    """The link no longer works."""
    end_link(the_shell().engine, id, link, signed=signed())
    session["saved"] = True
    return redirect(url_for("dossiers.tasks", id=id))


@blueprint.route("/sent/<token>", methods=["GET", "POST"])
def answer(token: str) -> ResponseReturnValue:
    """The one question, for whoever holds the link; nothing else of the dossier is shown."""
    try:
        return _answer(token)
    except (NotFound, Refused, Conflict):  # also when it closed while somebody was typing
        sentences = [text for text in request.form.values() if " " in text.strip()]
        return render_template("team/sent_closed.html", typed=sentences), 404


def _answer(token: str) -> ResponseReturnValue:
    shell = the_shell()
    link = find_link(shell.engine, token, clock.now())
    kept = find_dossier(shell.engine, link.dossier)
    question = shell.edition_of(kept.edition_hash).questions.get(link.question)
    if question is None:  # the dossier moved to an edition that asks it no longer
        raise NotFound(link.question)
    if request.method == "GET":
        return _page(link, question, show_answer(question, NO_ANSWER, the_language()))
    posted = read_posted(question, request.form, the_language(), NO_ANSWER)
    do = request.form.get("do", "").partition(":")[0]
    if do in (SHOW, ADD_ROW):
        return _page(link, question, replace(posted.shown, errors={}))
    if posted.shown.errors or posted.answer is None:
        return _page(link, question, posted.shown, 422)
    _save(token, kept, link.question, posted.answer)
    return render_template("team/sent_thanks.html")


def _save(token: str, kept: Dossier, question: str, answer: Answer) -> None:
    """Who finds out and by when stays as it was; how a signal ended goes when the answer takes the signal away."""
    shell, before = the_shell(), kept.document.answers.get(question, NO_ANSWER)
    edition = shell.edition_of(kept.edition_hash)
    work = DossierWork(edition, kept.document.answers, kept.document.trees, kept=replace(kept, has_endings=True))
    given = replace(answer, owner=before.owner, due=before.due)
    settled = work.settled_by({question: (before.rev, given)})
    answer_by_link(
        shell.engine,
        token,
        given,
        at=clock.now(),
        audit_key=shell.audit_key,
        settled=settled,
        edition=edition.hash,
    )


def _page(link: SentQuestion, question: Question, shown: Shown, status: int = 200) -> tuple[str, int]:
    shell = the_shell()
    edition = shell.edition_of(find_dossier(shell.engine, link.dossier).edition_hash)
    asker = find_functions(shell.engine, [link.made_by]).get(link.made_by, "")
    page = render_template(
        "team/sent_question.html", link=link, shown=shown, question=question, edition=edition, asker=asker
    )
    return page, status
