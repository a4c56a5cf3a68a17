"""A whole theme on one page, and the table that asks who finds out what is not known yet."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assistant.answers import Answer
from assistant.display import read_date
from assistant.errors import Conflict
from assistant.walk import OpenPoint, Step
from assistant.web.forms import OpenPointForm, was_sent
from assistant.web.team import asking
from assistant.web.team.work import DossierWork

TEMPLATE = "team/theme.html"

blueprint = Blueprint("themes", __name__)


@blueprint.route("/dossiers/<id>/themes/<tree>/<theme>", methods=["GET", "POST"])
def theme(id: str, tree: str, theme: str) -> ResponseReturnValue:
    """All questions of a theme, to read, to answer at one go, or to print."""
    work = DossierWork.open(id)
    steps = _steps(work, tree, theme)
    if request.method == "POST":
        return asking.take(work, steps, TEMPLATE, here=url_for("themes.theme", id=id, tree=tree, theme=theme))
    return asking.ask(work, steps, TEMPLATE)


def _refused(id: str, tree: str, theme: str) -> ResponseReturnValue:
    work = DossierWork.open(id)
    return asking.refuse_token(work, _steps(work, tree, theme), TEMPLATE)


theme.when_refused = _refused  # type: ignore[attr-defined]


def _steps(work: DossierWork, tree: str, theme: str) -> list[Step]:
    steps = [step for step in work.way.steps if (step.tree, step.theme) == (tree, theme)]
    if not steps:
        abort(404)
    return steps


@blueprint.route("/dossiers/<id>/themes/<tree>/<theme>/open-points", methods=["GET", "POST"])
def open_points(id: str, tree: str, theme: str) -> ResponseReturnValue:
    """Who finds out, and when: asked once a theme, for everything in it that is not known yet."""
    work = DossierWork.open(id)
    in_theme = {step.question.id for step in _steps(work, tree, theme)}
    points = [point for point in work.way.open_points if point.question in in_theme]
    forms = {point.question: _form(point) for point in points}
    conflict: tuple[str, ...] = ()
    status = 200
    if was_sent():
        valid = [form.validate() for form in forms.values()]
        if all(valid) and _owners_named(work, forms):
            try:
                work.save({id: (_rev(id), _with_owner(work.answer(id), form)) for id, form in forms.items()})
                session["saved"] = True
                return redirect(_next_url(work, points, in_theme))
            except Conflict as clash:
                conflict, status = clash.questions, 409
                work = DossierWork.open(id)
        else:
            status = 422
    page = render_template(
        "team/open_points.html",
        work=work,
        points=points,
        owner_forms=forms,
        has_errors=any(form.errors for form in forms.values()),
        conflict=conflict,
        theme=work.edition.homes[next(iter(in_theme))][1],
        may_wait=work.way.phase.is_early,
    )
    return page, status


def _form(point: OpenPoint) -> OpenPointForm:
    due = "-".join(reversed(point.due.split("-"))) if point.due else ""
    return OpenPointForm(prefix=f"{point.question}-", data={"owner": point.owner, "due": due})


def _rev(question: str) -> int:
    rev = request.form.get(f"{question}-rev", "")
    return int(rev) if rev.isdecimal() and len(rev) < 10 else -1


def _owners_named(work: DossierWork, forms: dict[str, OpenPointForm]) -> bool:
    """In the idea and exploration phases it may stay open who finds out; after that somebody must."""
    if work.way.phase.is_early:
        return True
    unnamed = [form for form in forms.values() if not form.owner.data]
    for form in unnamed:
        form.owner.errors = [*form.owner.errors, _("Write down who finds this out: a job title, not a name.")]
    return not unnamed


def _with_owner(answer: Answer, form: OpenPointForm) -> Answer:
    return replace(answer, owner=form.owner.data or "", due=read_date(form.due.data or "")[0] or "")


def _next_url(work: DossierWork, points: list[OpenPoint], in_theme: set[str]) -> str:
    last = [id for id in work.way.path if id in in_theme][-1]
    question = work.way.after(last)
    return work.question_url(question) if question else work.end_url
