"""One question of a dossier, and the other views on it."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from assistant import clock
from assistant.store.answers import add_other_view
from assistant.store.drafts import find_draft
from assistant.trees.model import Question
from assistant.web.forms import OtherViewForm, was_sent
from assistant.web.languages import the_language
from assistant.web.news import News, keep_news
from assistant.web.pages import may
from assistant.web.personal import found_in
from assistant.web.question_form import read_posted, show_answer
from assistant.web.shell import the_shell
from assistant.web.team import asking
from assistant.web.team.moving import question_then
from assistant.web.team.work import DossierWork
from assistant.web.who import the_person

TEMPLATE = "team/question.html"

UNTYPED = ("csrf_token", "do", "back", "-rev", "-was", "-rows", "-maybe_more")

blueprint = Blueprint("questions", __name__)


@blueprint.route("/dossiers/<id>/questions/<question>", methods=["GET", "POST"])
def question(id: str, question: str) -> ResponseReturnValue:
    """Ask one question, or take the answer. A question off the path says why it is not asked."""
    work = DossierWork.open(id)
    step = work.way.step(question)
    if step is None:
        return _not_asked(work, question)
    if request.method == "POST":
        return asking.take(work, [step], TEMPLATE, here="")
    draft = find_draft(the_shell().engine, the_person().id, id, question) if may("answer") else None
    if draft is None:
        return asking.ask(work, [step], TEMPLATE)
    typed = read_posted(step.question, MultiDict(draft.fields), the_language(), step.answer).shown
    if typed.mark == show_answer(step.question, step.answer, the_language()).mark:  # it says what is saved
        return asking.ask(work, [step], TEMPLATE)
    return asking.ask(work, [step], TEMPLATE, shown=[replace(typed, errors={})], draft=draft)


def _refused(id: str, question: str) -> ResponseReturnValue:
    work = DossierWork.open(id)
    step = work.way.step(question)
    return asking.refuse_token(work, [step], TEMPLATE) if step else _not_asked(work, question)


question.when_refused = _refused  # type: ignore[attr-defined]


def _not_asked(work: DossierWork, question: str) -> tuple[str, int]:
    asked = work.edition.questions.get(question) or question_then(work, question) or abort(404)
    is_gone = question not in work.edition.questions
    because = [] if is_gone else [work.edition.questions[id] for id in work.way.why_asked(question)]
    kept = not work.answer(question).is_missing
    page = render_template(
        "team/not_asked.html",
        work=work,
        question=asked,
        because=because,
        kept=kept,
        typed=_typed(asked),
        is_gone=is_gone,
    )
    return page, 409 if request.method == "POST" else 200


def _typed(asked: Question) -> list[str]:
    """What somebody typed while another answer closed the question: shown, since it cannot be saved."""
    options = (asked.options, *(column.options for column in asked.columns))
    picked = {choice.id for choices in options for choice in choices}
    posted = request.form.items(multi=True)
    return [text for name, text in posted if text and text not in picked and not name.endswith(UNTYPED)]


@blueprint.route("/dossiers/<id>/questions/<question>/views", methods=["GET", "POST"])
def views(id: str, question: str) -> ResponseReturnValue:
    """Add another view on a question. It is kept beside the answer; whose it is, nowhere."""
    work, form, shell = DossierWork.open(id), OtherViewForm(), the_shell()
    step = work.way.step(question)
    if step is None:
        return _not_asked(work, question)
    if was_sent() and form.validate():
        add_other_view(shell.engine, id, question, form.view.data or "", at=clock.now(), audit_key=shell.audit_key)
        session["saved"] = True
        keep_news(work.key, News(question, personal=found_in(step.question, [form.view.data or ""])))
        return redirect(work.question_url(question))
    status = 422 if form.errors else 200
    ask = step.question.ask[the_language()]
    return render_template("team/other_view.html", work=work, step=step, form=form, ask=ask), status
