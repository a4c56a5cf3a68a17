"""Preparing a workshop: rounds and minutes, dilemmas, tables, how few are shown together; the story; the checklist."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

import exports
from assistant import clock
from assistant.answers import clean_text
from assistant.errors import Conflict
from assistant.store.workshop.kept import MOST_TABLES, PREPARED, Preparation, Workshop, save_preparation
from assistant.store.workshop.running import start
from assistant.trees.model import Language
from assistant.web.facilitator.stories import LONGEST, MOST_DILEMMAS, build_story, read_story, show_story
from assistant.web.forms import MAX_LINE, was_sent
from assistant.web.gates import the_workshop
from assistant.web.shell import the_shell
from assistant.workshop.ballots import SMALLEST
from assistant.workshop.plan import Chosen, Plan, build_plan, dilemmas_of
from assistant.workshop.story import Story

LONGEST_ROUND = 240  # minutes
ROOM = 3  # dilemmas that a story has room for at first

blueprint = Blueprint("preparing", __name__)


@dataclass
class Choices:
    """What a facilitator chose, as the form says it; what is wrong by field."""

    title: str
    tables: int
    smallest: int
    chosen: Chosen
    minutes: dict[str, str] = field(default_factory=dict)  # as typed
    errors: dict[str, str] = field(default_factory=dict)  # field -> title, minutes


@blueprint.route("/workshops/<workshop>/prepare", methods=["GET", "POST"])
def show(workshop: str) -> ResponseReturnValue:
    """The day as a list, to change; until it begins."""
    kept = the_workshop()
    if kept.state != PREPARED:
        return redirect(url_for("running.show", workshop=workshop))
    choices, is_stale = _read(kept) if was_sent() else _shown(kept), False
    if was_sent() and not choices.errors:
        is_stale = not _save(kept, choices, kept.story)
        if not is_stale:
            session["saved"] = True
            return redirect(url_for("preparing.show", workshop=workshop))
    page = render_template(
        "facilitator/prepare.html",
        kept=kept,
        choices=choices,
        plan=_plan(kept, kept.story, choices.chosen),
        dilemmas={one.id for one in dilemmas_of(kept.story, choices.chosen)},
        smallest=SMALLEST,
        most_tables=MOST_TABLES,
        checklist=the_shell().playbook.workshop.checklist,
        sheet=the_shell().playbook.sheets.get(kept.sheet),
        has_pdf=exports.is_ready("pdf"),
        is_stale=is_stale,
    )
    return page, 409 if is_stale else 422 if choices.errors else 200


@blueprint.route("/workshops/<workshop>/story", methods=["GET", "POST"])
def story(workshop: str) -> ResponseReturnValue:
    """A copy of the case, to change; or a story of one's own."""
    kept, playbook = the_workshop(), the_shell().playbook
    if kept.state != PREPARED:
        return redirect(url_for("running.show", workshop=workshop))
    language: Language = "nl" if kept.language == "nl" else "en"
    form, is_stale = show_story(kept.story, language, ROOM), False
    if request.method == "POST":
        ids = request.form.getlist("dilemma")[:MOST_DILEMMAS]
        more = len(ids) + ROOM if request.form.get("do") == "add_row" else ROOM
        form = read_story(request.form, request.form.getlist("role"), ids, more)
        if was_sent() and request.form.get("do") != "add_row" and form.is_right:
            made = build_story(form, kept.story, playbook, language)
            is_stale = not _save(kept, replace(_shown(kept), chosen=Chosen(minutes=kept.chosen.minutes)), made)
            if not is_stale:
                session["saved"] = True
                return redirect(url_for("preparing.show", workshop=workshop))
    wrong = was_sent() and request.form.get("do") != "add_row" and not form.is_right
    page = render_template(
        "facilitator/story.html",
        kept=kept,
        form=form,
        values=playbook.values,
        cards=playbook.workshop.cards,
        longest=LONGEST,
        wrong=wrong,
        is_stale=is_stale,
        told=language,
    )
    return page, 409 if is_stale else 422 if wrong else 200


@blueprint.post("/workshops/<workshop>/begin")
def begin(workshop: str) -> ResponseReturnValue:
    """The day begins. Pressed twice, it has begun once."""
    kept = the_workshop()
    if kept.state == PREPARED:
        try:
            start(the_shell().engine, kept.id, clock.now())
        except Conflict:
            pass  # another tab began it: the running screen shows how it is
    return redirect(url_for("running.show", workshop=workshop))


def _shown(kept: Workshop) -> Choices:
    return Choices(kept.title, kept.tables, kept.smallest, kept.chosen)


def _read(kept: Workshop) -> Choices:
    """The form. Minutes that stand as planned are no choice, so that the plan's own stay."""
    form = request.form
    title = clean_text(form.get("title", ""))[: MAX_LINE + 1]
    played = [id for id in form.getlist("dilemma") if id in {one.id for one in kept.story.dilemmas}]
    choices = Choices(
        title, _number("tables", 1, MOST_TABLES), _number("smallest", SMALLEST[0], SMALLEST[-1]), Chosen()
    )
    natural = {one.key: one.minutes for one in _plan(kept, kept.story, Chosen(dilemmas=played)).rounds}
    if not title or len(title) > MAX_LINE:
        choices.errors["title"] = "title"
    minutes = dict(kept.chosen.minutes)
    for key, usual in natural.items():
        typed = form.get(f"minutes-{key}")
        if typed is None:
            continue
        choices.minutes[key] = typed
        if typed.strip().isdecimal() and 1 <= int(typed[:6]) <= LONGEST_ROUND:
            minutes[key] = int(typed)
            if minutes[key] == usual:
                del minutes[key]
        else:
            choices.errors[f"minutes-{key}"] = "minutes"
    listed = set(form.getlist("listed"))
    without = {key for key in listed if f"in-{key}" not in form} | (set(kept.chosen.without) - listed)
    choices.chosen = Chosen(dilemmas=played, minutes=minutes, without=frozenset(without))
    return choices


def _number(name: str, least: int, most: int) -> int:
    typed = request.form.get(name, "")
    return min(max(int(typed), least), most) if typed.isdecimal() and len(typed) < 4 else least


def _plan(kept: Workshop, story: Story, chosen: Chosen) -> Plan:
    shell = the_shell()
    sheet = shell.playbook.sheets[kept.sheet]
    return build_plan(shell.playbook, shell.edition_of(kept.edition_hash), sheet, story, chosen)


def _save(kept: Workshop, choices: Choices, story: Story) -> bool:
    """Whether it could be saved: False when it was changed or begun meanwhile."""
    prepared = Preparation(
        title=choices.title,
        language=kept.language,
        edition_hash=kept.edition_hash,
        sheet=kept.sheet,
        case=kept.case,
        story=story,
        chosen=choices.chosen,
        plan=_plan(kept, story, choices.chosen),
        smallest=choices.smallest,
        tables=choices.tables,
        about_dossier=kept.about_dossier,
    )
    try:
        save_preparation(the_shell().engine, kept.id, request.form.get("version", -1, type=int), prepared)
    except Conflict:
        return False
    return True
