"""Standing advice: the list, and writing one. Its picks are chosen in lists over the questions everyone answers."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assistant.store.standing import Picks, StandingAdvice, end_standing, list_standing, save_standing
from assistant.trees.model import Kind, Question
from assistant.web.forms import was_sent
from assistant.web.officer.advising import ADD_ROW
from assistant.web.officer.forms import StandingForm, iso
from assistant.web.officer.review import notice_personal, personal_noticed
from assistant.web.shell import the_shell
from assistant.web.who import signed

blueprint = Blueprint("standing", __name__)


@blueprint.route("/desk/standing", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """What officers advise for a kind of project, and a form for one more."""
    form, picks, problem = StandingForm(), _read_picks(), ""
    if request.form.get("do") == ADD_ROW:
        form.add_row()
    elif was_sent():
        is_right = form.validate()
        problem = (
            "" if picks.answers or picks.facts else _("Choose for which projects it is. Otherwise all would get it.")
        )
        if is_right and not problem:
            _save(form, picks)
            return redirect(url_for("standing.index"))
    page = render_template(
        "officer/standing.html",
        form=form,
        picks=picks,
        problem=problem,
        kept=list_standing(the_shell().engine),
        questions=list(askable()),
        facts=the_shell().edition.facts,
        edition=the_shell().edition,
        personal=personal_noticed(),
    )
    return page, 422 if form.errors or problem else 200


@blueprint.post("/desk/standing/<standing>/end")
def end(standing: str) -> ResponseReturnValue:
    """No dossier gets it any more."""
    end_standing(the_shell().engine, standing, signed=signed())
    session["saved"] = True
    return redirect(url_for("standing.index"))


def askable() -> Iterator[Question]:
    """The questions with choices in the trees where everyone begins."""
    edition = the_shell().edition
    opened = {opens.tree for tree in edition.trees for opens in tree.opens}
    first = (tree for tree in edition.trees if tree.id not in opened)
    kinds = (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO)
    return (question for tree in first for question in tree.questions if question.kind in kinds)


def _read_picks() -> Picks:
    """Of each question the choices that were ticked, of each fact whether it has to hold; ids of ours alone."""
    answers = {question.id: _ticked(question) for question in askable()}
    wanted = {id: request.form.get(f"fact-{id}", "") for id in the_shell().edition.facts}
    facts = {id: said == "true" for id, said in wanted.items() if said in ("true", "false")}
    return Picks({id: ticked for id, ticked in answers.items() if ticked}, facts)


def _ticked(question: Question) -> tuple[str, ...]:
    ticked = request.form.getlist(f"pick-{question.id}")
    return tuple(choice.id for choice in question.options if choice.id in ticked)


def _save(form: StandingForm, picks: Picks) -> None:
    notice_personal([form.title.data or "", form.motivation.data or ""])
    standing = StandingAdvice(form.title.data or "", form.motivation.data or "", picks, form.asked, iso(form.until))
    save_standing(the_shell().engine, standing, signed=signed())
    session["saved"] = True
