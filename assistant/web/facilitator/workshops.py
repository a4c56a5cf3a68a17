"""A facilitator's workshops: the list, a new one, forgetting one."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms.validators import DataRequired

from assistant import clock
from assistant.access import Action
from assistant.errors import NotFound
from assistant.store.dossiers import open_dossier
from assistant.store.lists import list_mine
from assistant.store.workshop.kept import Preparation, create_workshop, forget_workshop, list_workshops
from assistant.store.workshop.origins import list_results
from assistant.trees.edition import Edition
from assistant.web.facilitator.stories import blank_story, story_from
from assistant.web.forms import line_field, was_sent
from assistant.web.gates import the_workshop
from assistant.web.languages import the_language
from assistant.web.shell import the_shell
from assistant.web.who import the_person, the_reader
from assistant.workshop.plan import Chosen, build_plan
from assistant.workshop.story import Story, story_of

CASE, DOSSIER, BLANK = "case", "dossier", "blank"

blueprint = Blueprint("workshops", __name__)


class TitleForm(FlaskForm):  # type: ignore[misc]
    """What a workshop is called."""

    title = line_field(DataRequired(lazy_gettext("Give the workshop a name, so that you can recognise it.")))


@blueprint.get("/workshops")
def index() -> str:
    """One's own workshops."""
    lines = list_workshops(the_shell().engine, the_person().id)
    return render_template("facilitator/workshops.html", lines=lines, sheets=the_shell().playbook.sheets)


@blueprint.route("/workshops/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Which format, about what, in which language."""
    shell, form = the_shell(), TitleForm()
    sheet, about = request.form.get("sheet", ""), request.form.get("about", "")
    wrong = [name for name, right in (("sheet", sheet in shell.playbook.sheets), ("about", bool(about))) if not right]
    if was_sent() and form.validate() and not wrong:
        story, edition, case, dossier = _story(about, form.title.data or "")
        chosen = Chosen()
        plan = build_plan(shell.playbook, edition, shell.playbook.sheets[sheet], story, chosen)
        title = form.title.data or ""
        prepared = Preparation(
            title, the_language(), edition.hash, sheet, case, story, chosen, plan, about_dossier=dossier
        )
        id = create_workshop(shell.engine, the_person().id, prepared, clock.now())
        to = "preparing.show" if case else "preparing.story"
        return redirect(url_for(to, workshop=id))
    page = render_template(
        "facilitator/new.html",
        form=form,
        playbook=shell.playbook,
        dossiers=list_mine(shell.engine, the_reader(), limit=50),
        sheet=sheet,
        about=about,
        wrong=wrong if was_sent() else [],
    )
    return page, 422 if was_sent() else 200


def _story(about: str, title: str) -> tuple[Story, Edition, str, str]:
    """The story, its edition, and the case or dossier that it comes from. Raises NotFound or Refused."""
    shell = the_shell()
    kind, _colon, id = about.partition(":")
    today = clock.today(shell.settings.time_zone)
    if kind == CASE and id in shell.playbook.case_ids:
        return story_of(shell.playbook.case_ids[id]), shell.edition, id, ""
    if kind == DOSSIER:
        kept = open_dossier(shell.engine, id, the_reader(), Action.ANSWER)
        edition = shell.edition_of(kept.edition_hash)
        return story_from(kept, edition, shell.playbook, today), edition, "", id
    if kind == BLANK:
        return blank_story(title, shell.edition, shell.playbook, today), shell.edition, "", ""
    raise NotFound("story")


@blueprint.route("/workshops/<workshop>/forget", methods=["GET", "POST"])
def forget(workshop: str) -> ResponseReturnValue:
    """Ask once, then everything that was said in it goes; a dossier that came of it stays."""
    kept = the_workshop()
    if was_sent():
        forget_workshop(the_shell().engine, kept.id)
        session["saved"] = True
        return redirect(url_for("workshops.index"))
    results = list_results(the_shell().engine, kept.id, the_person().id)
    return render_template("facilitator/forget.html", kept=kept, results=results)
