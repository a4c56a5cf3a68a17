"""Preparing a workshop: rounds and minutes, dilemmas, tables, how few are shown together; the story; the checklist."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

import exports
from assistant import clock
from assistant.errors import Conflict
from assistant.store.workshop.kept import MOST_TABLES, PREPARED, Preparation, Workshop, save_preparation
from assistant.store.workshop.running import start
from assistant.trees.model import Language
from assistant.web.facilitator.stories import (
    LONGEST,
    MOST_DILEMMAS,
    MOST_FACTS,
    StoryForm,
    build_story,
    read_story,
    show_story,
)
from assistant.web.facilitator.workshops import TitleForm
from assistant.web.forms import was_sent
from assistant.web.gates import the_workshop
from assistant.web.shell import the_shell
from assistant.web.team.asking import ADD_ROW
from assistant.workshop.ballots import SMALLEST
from assistant.workshop.plan import Chosen, Plan, build_plan, dilemmas_of
from assistant.workshop.story import Story

LONGEST_ROUND: Final = 240  # minutes
TABLES: Final = range(1, MOST_TABLES + 1)
ROOM: Final = 3  # dilemmas that a story has room for at first
BEGIN: Final = "begin"

blueprint = Blueprint("preparing", __name__)


@dataclass
class Choices:
    """What a facilitator chose, as the form says it; `wrong`: field -> what is the matter, minutes or nothing."""

    title: str
    tables: int
    smallest: int
    chosen: Chosen
    minutes: dict[str, str] = field(default_factory=dict)  # as typed
    wrong: dict[str, str] = field(default_factory=dict)


@blueprint.route("/workshops/<workshop>/prepare", methods=["GET", "POST"])
def show(workshop: str) -> ResponseReturnValue:
    """The day as a list, to change until it begins. Beginning keeps first what stands in the form."""
    kept = the_workshop()
    if kept.state != PREPARED:
        return redirect(url_for("running.show", workshop=workshop))
    form = TitleForm(data={"title": kept.title})
    choices = _read(kept, form) if request.method == "POST" else _shown(kept)
    if not was_sent():
        return _page(kept, form, choices)
    if not form.validate() or choices.wrong:
        return _page(kept, form, choices, 422)
    if not _save(kept, choices, kept.story):
        return _page(kept, form, choices, 409)
    if request.form.get("do") == BEGIN:
        with suppress(Conflict):  # another tab began it: the running screen shows how it is
            start(the_shell().engine, kept.id, clock.now())
        return redirect(url_for("running.show", workshop=workshop))
    session["saved"] = True
    return redirect(url_for("preparing.show", workshop=workshop))


def _page(kept: Workshop, form: TitleForm, choices: Choices, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "facilitator/prepare.html",
        kept=kept,
        form=form,
        choices=choices,
        plan=_plan(kept, kept.story, choices.chosen),
        dilemmas={one.id for one in dilemmas_of(kept.story, choices.chosen)},
        smallest=SMALLEST,
        tables=TABLES,
        checklist=the_shell().playbook.workshop.checklist,
        sheet=the_shell().playbook.sheets.get(kept.sheet),
        has_pdf=exports.is_ready("pdf"),
        is_stale=status == 409,
    )
    return page, status


@blueprint.route("/workshops/<workshop>/story", methods=["GET", "POST"])
def story(workshop: str) -> ResponseReturnValue:
    """A copy of the case, to change; or a story of one's own."""
    kept, playbook = the_workshop(), the_shell().playbook
    if kept.state != PREPARED:
        return redirect(url_for("running.show", workshop=workshop))
    language: Language = "nl" if kept.language == "nl" else "en"
    if request.method == "GET":
        return _story_page(kept, show_story(kept.story, language, ROOM), language)
    form = _typed_story()
    if not was_sent() or request.form.get("do") == ADD_ROW:
        return _story_page(kept, form, language)
    if not form.is_right:
        return _story_page(kept, form, language, 422)
    if not _save(kept, _shown(kept), build_story(form, kept.story, playbook, language)):
        return _story_page(kept, form, language, 409)
    session["saved"] = True
    return redirect(url_for("preparing.show", workshop=workshop))


def _typed_story() -> StoryForm:
    ids = request.form.getlist("dilemma")[:MOST_DILEMMAS]
    rows = len(ids) + ROOM if request.form.get("do") == ADD_ROW else ROOM
    values = {value.id for value in the_shell().playbook.values}
    return read_story(request.form, request.form.getlist("role"), ids, rows, values)


def _story_page(kept: Workshop, form: StoryForm, told: Language, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "facilitator/story.html",
        kept=kept,
        form=form,
        values=the_shell().playbook.values,
        cards=the_shell().playbook.workshop.cards,
        longest=LONGEST,
        most_facts=MOST_FACTS,
        most_dilemmas=MOST_DILEMMAS,
        wrong=status == 422,
        is_stale=status == 409,
        told=told,
    )
    return page, status


def _shown(kept: Workshop) -> Choices:
    return Choices(kept.title, kept.tables, kept.smallest, kept.chosen)


def _read(kept: Workshop, form: TitleForm) -> Choices:
    """The form. Minutes that stand as planned are no choice, so that the plan's own stay."""
    sent = request.form
    played = [one.id for one in kept.story.dilemmas if one.id in sent.getlist("dilemma")]
    tables, smallest = _one_of("tables", TABLES, kept.tables), _one_of("smallest", SMALLEST, kept.smallest)
    choices = Choices(form.title.data or "", tables, smallest, Chosen())
    minutes = dict(kept.chosen.minutes)
    for one in _plan(kept, kept.story, Chosen(dilemmas=played)).rounds:
        typed = sent.get(f"minutes-{one.key}")
        if typed is None:
            continue
        choices.minutes[one.key] = typed
        read = _read_minutes(typed)
        if read is None:
            choices.wrong[f"minutes-{one.key}"] = "minutes"
        minutes[one.key] = read or one.minutes
        if minutes[one.key] == one.minutes:
            del minutes[one.key]
    listed = set(sent.getlist("listed"))
    without = {key for key in listed if f"in-{key}" not in sent} | (set(kept.chosen.without) - listed)
    choices.chosen = Chosen(dilemmas=played, minutes=minutes, without=frozenset(without))
    plan = _plan(kept, kept.story, choices.chosen)
    if not plan.played:
        choices.wrong[f"in-{plan.rounds[0].key}"] = "nothing"
    return choices


def _one_of(name: str, known: Sequence[int], now: int) -> int:
    """What was chosen in a list; as it was, when that was none of them."""
    return next((one for one in known if str(one) == request.form.get(name)), now)


def _read_minutes(typed: str) -> int | None:
    plain = typed.strip()
    whole = int(plain) if plain.isdecimal() and len(plain) <= len(str(LONGEST_ROUND)) else 0
    return whole if 1 <= whole <= LONGEST_ROUND else None


def _plan(kept: Workshop, story: Story, chosen: Chosen) -> Plan:
    shell = the_shell()
    sheet = shell.playbook.sheets.get(kept.sheet)
    if sheet is None:  # an upgrade took the format away: the day stays as it was planned
        return kept.plan
    return build_plan(shell.playbook, shell.edition_of(kept.edition_hash), sheet, story, chosen)


def _save(kept: Workshop, choices: Choices, story: Story) -> bool:
    """Whether it could be saved: False when it was changed or begun meanwhile."""
    there = {one.id for one in story.dilemmas}
    chosen = replace(choices.chosen, dilemmas=[id for id in choices.chosen.dilemmas if id in there])
    prepared = Preparation(
        title=choices.title,
        language=kept.language,
        edition_hash=kept.edition_hash,
        sheet=kept.sheet,
        case=kept.case,
        story=story,
        chosen=chosen,
        plan=_plan(kept, story, chosen),
        smallest=choices.smallest,
        tables=choices.tables,
        about_dossier=kept.about_dossier,
    )
    try:
        save_preparation(the_shell().engine, kept.id, request.form.get("version", -1, type=int), prepared)
    except Conflict:
        return False
    return True
