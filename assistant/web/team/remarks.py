"""Remarks at answers: among the team, shared with the officer, or asked of the officer before handing in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired

from assistant.errors import Conflict, NotFound
from assistant.store.people import find_names
from assistant.store.remarks import (
    EARLY,
    REPLY,
    Remark,
    add_remark,
    assign_remark,
    list_remarks,
    reopen_remark,
    settle_remark,
)
from assistant.web.forms import clean, fits, storable, was_sent
from assistant.web.news import News, keep_news
from assistant.web.personal import kinds_in
from assistant.web.shell import the_shell
from assistant.web.team.work import DossierWork
from assistant.web.who import signed

blueprint = Blueprint("remarks", __name__)


class RemarkForm(FlaskForm):  # type: ignore[misc]
    """A remark, for whom, and who looks at it."""

    text = TextAreaField(validators=[DataRequired(lazy_gettext("Write down the remark.")), storable], filters=[clean])
    shared = BooleanField()
    assigned = StringField(validators=[fits, storable], filters=[clean])


@dataclass(frozen=True)
class Thread:
    """A remark with the replies to it, and the names of who wrote them."""

    first: Remark
    replies: tuple[Remark, ...]
    names: dict[str, str]


def threads_of(remarks: Sequence[Remark]) -> list[Thread]:
    """Remarks with their replies, in the order in which they were made."""
    names = find_names(the_shell().engine, {one.made_by for one in remarks} | {one.settled_by for one in remarks})
    return [
        Thread(one, tuple(reply for reply in remarks if reply.answers == one.id), names)
        for one in remarks
        if not one.answers
    ]


@blueprint.get("/dossiers/<id>/remarks")
def page(id: str) -> str:
    """All remarks, those that are open first."""
    work = DossierWork.open(id)
    threads = threads_of(list_remarks(the_shell().engine, id))
    only_open = request.args.get("show") != "all"
    shown = [thread for thread in threads if thread.first.is_open or not only_open]
    return render_template("team/remarks.html", work=work, threads=shown, every=len(threads), only_open=only_open)


@blueprint.route("/dossiers/<id>/questions/<question>/remarks", methods=["GET", "POST"])
def at(id: str, question: str) -> ResponseReturnValue:
    """The remarks at one answer, and one more."""
    work, form = DossierWork.open(id), RemarkForm()
    asked = work.edition.questions.get(question)
    if asked is None:
        raise NotFound(question)
    if was_sent() and form.validate():
        text = form.text.data or ""
        add_remark(
            the_shell().engine,
            id,
            question,
            text,
            shared=bool(form.shared.data),
            assigned=form.assigned.data or "",
            signed=signed(),
        )
        session["saved"] = True
        keep_news(work.key, News(question, personal=tuple(f"{question} {kind}" for kind in kinds_in([text]))))
        return redirect(url_for("remarks.at", id=id, question=question))
    threads = threads_of([one for one in list_remarks(the_shell().engine, id) if one.question == question])
    page = render_template(
        "team/remarks_at.html", work=work, question=asked, form=form, threads=threads, refused=None, at=""
    )
    return page, 422 if form.errors else 200


@blueprint.route("/dossiers/<id>/questions/<question>/ask-officer", methods=["GET", "POST"])
def ask_officer(id: str, question: str) -> ResponseReturnValue:
    """Ask the officer one thing from a draft: only this answer opens for them."""
    work, form = DossierWork.open(id), RemarkForm()
    step = work.way.step(question)
    if step is None:
        raise NotFound(question)
    if was_sent() and form.validate():
        add_remark(the_shell().engine, id, question, form.text.data or "", kind=EARLY, signed=signed())
        session["saved"] = True
        return redirect(url_for("remarks.at", id=id, question=question))
    page = render_template("team/ask_officer.html", work=work, step=step, form=form)
    return page, 422 if form.errors else 200


@blueprint.post("/dossiers/<id>/remarks/<remark>")
def change(id: str, remark: str) -> ResponseReturnValue:
    """Settle, open again, assign or reply to a remark. Somebody who was first is shown, and nothing lost."""
    engine, work = the_shell().engine, DossierWork.open(id)
    found = next((one for one in list_remarks(engine, id) if one.id == remark), None)
    if found is None:
        raise NotFound(remark)
    form, do = RemarkForm(), request.form.get("do", "")
    if do not in ("reply", "settle", "reopen", "assign"):
        abort(400)
    replies = do == "reply" or bool(form.text.data)  # typed, and another button pressed: it is no less a reply
    if (replies and not form.validate()) or (do == "assign" and not form.assigned.validate(form)):
        return _again(work, found, form), 422
    if replies:
        add_remark(
            engine,
            id,
            found.question,
            form.text.data or "",
            kind=REPLY,
            answers=found.answers or found.id,
            signed=signed(),
        )
    try:
        _change(id, found, do, form)
    except Conflict:
        if do != "assign":
            raise
        form.text.data, form.assigned.errors = "", [_("Someone else has just saved this")]
        return _again(work, found, form), 409
    session["saved"] = True
    if found.question:
        return redirect(url_for("remarks.at", id=id, question=found.question))
    return redirect(url_for("remarks.page", id=id))


def _again(work: DossierWork, found: Remark, form: RemarkForm) -> str:
    """The remarks as they now are, with what was typed still in the form of this one."""
    form.text.id, form.assigned.id = f"reply-{found.id}", f"assigned-{found.id}"
    every = list_remarks(the_shell().engine, work.kept.id)
    return render_template(
        "team/remarks_at.html",
        work=work,
        question=work.edition.questions.get(found.question),
        form=RemarkForm(formdata=None),
        threads=threads_of([one for one in every if one.question == found.question]),
        refused=form,
        at=found.id,
    )


def _change(id: str, found: Remark, do: str, form: RemarkForm) -> None:
    engine, rev = the_shell().engine, request.form.get("rev", "")
    shown = int(rev) if rev.isdecimal() and len(rev) < 10 else 0
    match do:
        case "settle":
            settle_remark(engine, id, found.id, shown, signed=signed())
        case "reopen":
            reopen_remark(engine, id, found.id, shown, signed=signed())
        case "assign":
            assign_remark(engine, id, found.id, shown, form.assigned.data or "", signed=signed())


def open_remarks(work: DossierWork) -> Counter[str]:
    """Question -> how many remarks at it are not settled."""
    return Counter(one.question for one in list_remarks(the_shell().engine, work.kept.id) if one.is_open)
