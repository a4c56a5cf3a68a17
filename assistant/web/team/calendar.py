"""The days of a dossier, to take into one's own calendar: links and kinds, nothing of what the dossier says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _

from assistant import clock
from assistant.calendar import Day, build_calendar
from assistant.store.actions import list_actions
from assistant.store.conditions import list_conditions
from assistant.web.files import build_attachment
from assistant.web.shell import the_shell
from assistant.web.team.again import reasons_of
from assistant.web.team.work import DossierWork

blueprint = Blueprint("calendar", __name__)


@blueprint.get("/dossiers/<id>/calendar.ics")
def download(id: str) -> Response:
    """Actions, open points, conditions that are not done, and the days to look again."""
    work = DossierWork.open(id)
    host = urlsplit(url_for("dossiers.tasks", id=id, _external=True)).hostname or "localhost"
    days = sorted(_days(work), key=lambda one: (one.day, one.id))
    body = build_calendar(days, clock.now(), host)
    return build_attachment(body, "text/calendar; charset=utf-8", f"{work.kept.number}.ics")


def _days(work: DossierWork) -> Iterator[Day]:
    engine, id, number = the_shell().engine, work.kept.id, work.kept.number
    actions = url_for("actions.page", id=id, _external=True)
    conditions = url_for("outcomes.conditions", id=id, _external=True)
    for action in list_actions(engine, id):
        if action.due and not action.done_at:
            yield Day(action.id, date.fromisoformat(action.due), _("%(number)s: action", number=number), actions)
    for point in work.way.open_points:
        if point.due:
            url = url_for("questions.question", id=id, question=point.question, _external=True)
            made = f"{id}-{point.question}"
            yield Day(made, date.fromisoformat(point.due), _("%(number)s: open point", number=number), url)
    for condition in list_conditions(engine, id):
        if condition.due and condition.is_open and condition.is_given:
            yield Day(
                condition.id, date.fromisoformat(condition.due), _("%(number)s: condition", number=number), conditions
            )
    yield from _again(work)


def _again(work: DossierWork) -> Iterator[Day]:
    """The days to look again: agreed, or three years on."""
    for reason in reasons_of(work):
        if reason.on:
            url = url_for("again.page", id=work.kept.id, _external=True)
            says = _("%(number)s: look again", number=work.kept.number)
            yield Day(f"{work.kept.id}-{reason.on}", reason.on, says, url)
