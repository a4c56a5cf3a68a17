"""Starting a dossier, its task list, checking the answers, what they raise, and the preview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

import exports
from assistant import clock
from assistant.errors import Conflict, InvalidAnswers, UnknownEdition
from assistant.opening import import_answers
from assistant.store.dossiers import create_dossier, save_project
from assistant.store.workshop.origins import find_origin
from assistant.trees.model import Theme, Tree
from assistant.walk import Mark, Step
from assistant.web.forms import ProjectForm, was_sent
from assistant.web.languages import the_language
from assistant.web.news import build_strip, take_news
from assistant.web.shell import the_shell
from assistant.web.team.again import reasons_of, today
from assistant.web.team.moving import is_behind
from assistant.web.team.remarks import open_remarks
from assistant.web.team.work import DossierWork, Work
from assistant.web.who import the_person

MOST_FAULTS: Final = 50  # of a file, told at once

blueprint = Blueprint("dossiers", __name__)


@blueprint.route("/dossiers/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Start a dossier: says how long it takes and what to have at hand. Or open a file of another installation."""
    form, shell = ProjectForm(), the_shell()
    if request.form.get("do") == "open":
        return _open_file()
    if not was_sent() or not form.validate():
        status = 422 if form.errors else 200
        return render_template("team/new.html", form=form, edition=shell.edition, faults=[]), status
    made = create_dossier(
        shell.engine,
        title=form.title.data or "",
        organisation=form.organisation.data or "",
        language=the_language(),
        edition_hash=shell.edition.hash,
        answers={},
        trees=(),
        actor=the_person().id,
        owner=the_person().id,
        at=clock.now(),
        audit_key=shell.audit_key,
    )
    return redirect(url_for("dossiers.go_on", id=made.id))


def _open_file() -> ResponseReturnValue:
    """An answers file or a dossier's JSON as a new draft; every fault at once, and then nothing is kept."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _refuse_file([_("Choose a file first.")])
    with closing(sent):
        raw = sent.stream.read()
    try:
        made = import_answers(the_shell(), raw, _("the file"), the_person().id)
    except InvalidAnswers as error:
        return _refuse_file([str(fault) for fault in error.faults[:MOST_FAULTS]])
    except UnknownEdition:
        return _refuse_file([_("This dossier was made with question trees that this installation does not have.")])
    return redirect(url_for("dossiers.go_on", id=made.id))


def _refuse_file(faults: list[str]) -> ResponseReturnValue:
    form = ProjectForm(formdata=None)
    return render_template("team/new.html", form=form, edition=the_shell().edition, faults=faults), 422


@dataclass(frozen=True)
class Part:
    """A theme in the task list: how many questions, how many left, and what it raised."""

    tree: Tree
    theme: Theme
    steps: tuple[Step, ...]
    url: str

    @property
    def left(self) -> int:
        """Questions without an answer."""
        return sum(step.mark is Mark.MISSING for step in self.steps)

    @property
    def status(self) -> str:
        """new, busy or done."""
        if not self.left:
            return "done"
        return "new" if self.left == len(self.steps) else "busy"

    @property
    def unsure(self) -> int:
        """Answers that are not known yet."""
        return sum(step.mark in (Mark.UNSURE, Mark.PARTLY) for step in self.steps)


def parts_of(work: Work) -> Iterator[Part]:
    """The themes on the path, in document order."""
    for tree in work.edition.trees:
        for theme in tree.themes:
            steps = tuple(s for s in work.way.steps if (s.tree, s.theme) == (tree.id, theme.id))
            if steps:
                first = next((s for s in steps if s.mark is Mark.MISSING), steps[0])
                yield Part(tree, theme, steps, work.question_url(first.question.id))


@blueprint.get("/dossiers/<id>")
def tasks(id: str) -> str:
    """The task list: where the dossier stands, and every theme."""
    work = DossierWork.open(id)
    strip = build_strip(take_news(work.key), work.way, the_language())
    raised = Counter((one.signal.level.value, one.certain) for one in work.way.signals if not one.superseded_by)
    origin = find_origin(the_shell().engine, id)
    return render_template(
        "team/tasks.html",
        work=work,
        way=work.way,
        parts=list(parts_of(work)),
        strip=strip,
        raised=raised,
        origin=origin,
        is_behind=is_behind(work),
        again=any(one.is_due(today()) for one in reasons_of(work)),
        asks_back=origin is not None and origin.asks_back(clock.today(the_shell().settings.time_zone)),
    )


@blueprint.route("/dossiers/<id>/project", methods=["GET", "POST"])
def project(id: str) -> ResponseReturnValue:
    """Change what the project is called and whose it is."""
    work, shell = DossierWork.open(id), the_shell()
    kept = work.kept.document.project
    form = ProjectForm(data={"title": kept.title, "organisation": kept.organisation})
    if was_sent() and form.validate():
        rev = request.form.get("rev", "")
        try:
            save_project(
                shell.engine,
                id,
                int(rev) if rev.isdecimal() and len(rev) < 10 else -1,
                form.title.data or "",
                form.organisation.data or "",
                actor=the_person().id,
                at=clock.now(),
                audit_key=shell.audit_key,
            )
        except Conflict:
            now = DossierWork.open(id)
            return render_template("team/project.html", work=now, form=form, theirs=now.kept.document.project), 409
        session["saved"] = True
        return redirect(work.home_url)
    status = 422 if form.errors else 200
    return render_template("team/project.html", work=work, form=form, theirs=None), status


@blueprint.get("/dossiers/<id>/check")
def check(id: str) -> str:
    """Every answer on one page, each with a way to change it."""
    work = DossierWork.open(id)
    strip = build_strip(take_news(work.key), work.way, the_language())
    made = work.dossier(the_language())
    return render_template(
        "team/check.html", work=work, way=work.way, dossier=made, strip=strip, remarks=open_remarks(work)
    )


@blueprint.get("/dossiers/<id>/signals")
def signals(id: str) -> str:
    """Everything the answers raise, by gate, with why and what to do."""
    work = DossierWork.open(id)
    return render_template("team/signals.html", work=work, dossier=work.dossier(the_language()))


@blueprint.get("/dossiers/<id>/preview")
def preview(id: str) -> str:
    """The dossier as it would be handed over."""
    work = DossierWork.open(id)
    made = work.dossier(the_language())
    return render_template("team/preview.html", work=work, dossier=made, words=made.words)


@blueprint.get("/dossiers/<id>/downloads")
def downloads(id: str) -> str:
    """What can be taken away, and what is in it."""
    work = DossierWork.open(id)
    return render_template(
        "team/downloads.html", work=work, kept_language=work.kept.language, has_pdf=exports.is_ready("pdf")
    )


@blueprint.get("/dossiers/<id>/continue")
def go_on(id: str) -> ResponseReturnValue:
    """To the next question, wherever that is."""
    work = DossierWork.open(id)
    question = work.way.next
    return redirect(work.question_url(question) if question else url_for("dossiers.check", id=id))
