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
from assistant.store.advices import list_advices
from assistant.store.conditions import list_conditions
from assistant.store.decisions import list_decisions
from assistant.web.files import build_attachment
from assistant.web.shell import the_shell
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
    advice = url_for("outcomes.advice", id=id, _external=True)
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
    for given in list_advices(engine, id):
        if given.again_on and given.is_given:
            yield Day(given.id, date.fromisoformat(given.again_on), _("%(number)s: look again", number=number), advice)
    for decision in list_decisions(engine, id)[:1]:
        if decision.look_again:
            url = url_for("deciding.page", id=id, _external=True)
            yield Day(
                decision.id, date.fromisoformat(decision.look_again), _("%(number)s: look again", number=number), url
            )
