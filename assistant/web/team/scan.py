"""The quick scan: twelve pages without an account or a name, and an end page that is worth having by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

import exports
from assistant import clock
from assistant.store.dossiers import create_dossier
from assistant.trees.because import because
from assistant.trees.logic import UNSURE, YES
from assistant.trees.model import Level, Question, Text, Tree
from assistant.walk import Mark, Raised, Step, Walk
from assistant.web.forms import ProjectForm, was_sent
from assistant.web.languages import the_language
from assistant.web.news import build_strip, take_news
from assistant.web.shell import the_shell
from assistant.web.team import asking
from assistant.web.team.downloads import attachment
from assistant.web.team.work import Scan
from assistant.web.who import the_person

TEMPLATE = "team/question.html"

blueprint = Blueprint("scan", __name__)


@blueprint.get("/scan")
def begin() -> str:
    """What the scan is, before the first question."""
    scan = Scan.open()
    return render_template("team/scan_begin.html", work=scan, first=scan.way.next or "")


@blueprint.route("/scan/questions/<question>", methods=["GET", "POST"])
def question(question: str) -> ResponseReturnValue:
    """One question of the scan."""
    scan = Scan.open()
    steps = _steps(scan, question)
    if not steps:
        return redirect(scan.home_url)
    if request.method == "POST":
        return asking.take(scan, steps, TEMPLATE, here="")
    return asking.ask(scan, steps, TEMPLATE)


def _refused(question: str) -> ResponseReturnValue:
    scan = Scan.open()
    steps = _steps(scan, question)
    return asking.refuse_token(scan, steps, TEMPLATE) if steps else redirect(scan.home_url)


question.when_refused = _refused  # type: ignore[attr-defined]


def _steps(scan: Scan, question: str) -> list[Step]:
    if question not in {q.id for tree in scan.trees for q in tree.questions}:
        abort(404)
    return [step for step in scan.way.steps if step.question.id == question]


@dataclass(frozen=True)
class Result:
    """What the end page says."""

    route: Text | None
    route_certain: bool
    route_because: tuple[str, ...]
    opened: tuple[tuple[Tree, int], ...]  # with how many questions
    to_sort_out: tuple[Step, ...]
    actions: tuple[Raised, ...]
    for_officer: tuple[Raised, ...]
    functions: tuple[Text, ...]
    strengths: tuple[Raised, ...]
    open_questions: int


@blueprint.route("/scan/result", methods=["GET", "POST"])
def result() -> ResponseReturnValue:
    """The end page; with questions left it says how it stands so far. Posting makes a dossier of the scan."""
    scan, form = Scan.open(), ProjectForm()
    if not scan.answers:
        return redirect(scan.home_url)
    if was_sent() and form.validate():
        return redirect(url_for("dossiers.tasks", id=_keep(scan, form)))
    strip = build_strip(take_news(scan.key), scan.way, the_language())
    found = build_result(scan, scan.way)
    page = render_template("team/scan_result.html", work=scan, result=found, form=form, strip=strip)
    return page, 422 if form.errors else 200


def _keep(scan: Scan, form: ProjectForm) -> str:
    """Make a dossier of the scan, and let go of the scan."""
    shell = the_shell()
    dossier = create_dossier(
        shell.engine,
        title=form.title.data or "",
        organisation=form.organisation.data or "",
        language=the_language(),
        edition_hash=scan.edition.hash,
        answers=scan.answers,
        trees=(),
        actor=the_person().id,
        owner=the_person().id,
        at=clock.now(),
        audit_key=shell.audit_key,
    )
    session.pop("scan", None)
    return dossier.id


def build_result(scan: Scan, way: Walk) -> Result:
    """The route and why; what to sort out now; whom to ask; what to bring to the privacy officer."""
    edition, state = scan.edition, way.state
    outcome = next((concluded for concluded in way.conclusions if concluded.outcome), None)
    says = outcome.outcome if outcome else None
    ahead = [
        asked
        for id, asked in edition.program.asked.items()
        if asked.tree not in scan.only and state.paths[id] in (YES, UNSURE)
    ]
    shown = [raised for raised in way.signals if not raised.superseded_by]
    unsure = tuple(step for step in way.steps if step.mark in (Mark.UNSURE, Mark.PARTLY))
    return Result(
        route=says.says if says else None,
        route_certain=bool(outcome and outcome.certain),
        route_because=_asks(scan, because(edition.program, state, says.when) if says else ()),
        opened=tuple(
            (edition.tree_ids[id], sum(asked.tree == id for asked in ahead)) for id in way.trees if id not in scan.only
        ),
        to_sort_out=unsure,
        actions=tuple(r for r in shown if r.signal.action and r.signal.level is Level.ATTENTION),
        for_officer=tuple(r for r in shown if r.signal.level in (Level.STOP, Level.HIGH)),
        functions=_functions(scan, [*(step.question for step in unsure), *(asked.question for asked in ahead)]),
        strengths=tuple(r for r in shown if r.signal.level is Level.STRENGTH),
        open_questions=sum(step.mark is Mark.MISSING for step in way.steps),
    )


def _asks(scan: Scan, questions: Iterable[str]) -> tuple[str, ...]:
    language = the_language()
    return tuple(scan.edition.questions[id].ask[language] for id in questions)


def _functions(scan: Scan, questions: Iterable[Question]) -> tuple[Text, ...]:
    """Whom to ask: those who know what is open, most often named first."""
    counted: dict[str, int] = {}
    for one in questions:
        for function in one.ask_also:
            counted[function] = counted.get(function, 0) + 1
    return tuple(scan.edition.functions[id] for id in sorted(counted, key=lambda id: -counted[id])[:6])


@blueprint.post("/scan/forget")
def forget() -> Response:
    """Throw the scan away."""
    session.pop("scan", None)
    session.pop("news", None)
    return redirect(url_for("start.start"))


@blueprint.get("/scan/download/<format>")
def download(format: str) -> Response:
    """Take the scan home as a file; nothing is kept here."""
    if format not in exports.FORMATS or not exports.is_ready(format):
        abort(404)
    return attachment(Scan.open().dossier(the_language()), format)
