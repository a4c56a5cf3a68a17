"""The queue: what waits, wanted start first; what teams ask early; what they are working on, by title alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from assistant import clock
from assistant.access import OFFICERS, State
from assistant.errors import Conflict
from assistant.store.advices import find_noted
from assistant.store.chain import write_time
from assistant.store.conditions import due_conditions
from assistant.store.people import list_people
from assistant.store.queue import Filters, QueueLine, list_drafts, list_queue, place_of
from assistant.store.remarks import list_early, list_happened
from assistant.store.shared import list_waiting
from assistant.store.summaries import DOMAIN_QUESTION, NO_DAY, build_summary, words_of
from assistant.walk import OutcomeKind
from assistant.web.forms import was_sent
from assistant.web.languages import the_language
from assistant.web.officer.advising import first_kind, give
from assistant.web.officer.forms import LightForm, iso
from assistant.web.officer.review import Review, personal_noticed
from assistant.web.shell import the_shell

PAGE = 50
EVERY = "all"  # of the states; without one the queue shows what waits for an officer
BETWEEN = "~"  # in the address of the next page

blueprint = Blueprint("desk", __name__)


@dataclass(frozen=True)
class Row:
    """A line of the queue with what its page adds; `seen`: which version it was."""

    line: QueueLine
    today: date
    is_proposed: bool = False  # an advice waits for a second reader
    is_standing: bool = False

    @property
    def days(self) -> int:
        """How long it is with who has it now."""
        return max(0, (self.today - clock.date_of(self.line.waiting_since, the_shell().settings.time_zone)).days)

    @property
    def seen(self) -> str:
        """When it was handed in, as `light` asks for it."""
        return write_time(self.line.waiting_since)

    @property
    def can_close(self) -> bool:
        """Whether an officer may close it in one step."""
        return self.line.summary.is_light and self.line.state is State.OFFICER


@blueprint.get("/desk")
def queue() -> str:
    """A page of the queue. The filters stand in the address, so that a view can be kept and sent."""
    engine, filters, after, today = the_shell().engine, _filters(), _after(), _today()
    lines, people = list_queue(engine, filters, PAGE + 1, after), list_people(engine)
    noted = find_noted(engine, [line.dossier for line in lines])
    return render_template(
        "officer/queue.html",
        rows=[Row(line, today, *noted.get(line.dossier, ())) for line in lines[:PAGE]],
        personal=personal_noticed(),
        more=_address(filters, BETWEEN.join(place_of(lines[PAGE - 1]))) if len(lines) > PAGE else "",
        is_first=after is None,
        filters=filters,
        again_on=next_year(today).strftime("%d-%m-%Y"),
        states=[state.value for state in State if state is not State.NEW],
        outcomes=[kind.value for kind in OutcomeKind if kind is not OutcomeKind.NOT_FINISHED],
        domains=_domains(),
        names={one.id: one.name for one in people},
        officers=[(one.id, one.name) for one in people if OFFICERS & one.roles and not one.ended_at],
        early=list_early(engine),
        happened=list_happened(engine),
        examples=len(list_waiting(engine)),
        due=due_conditions(engine, today.isoformat()),
        drafts=list_drafts(engine),
        no_day=NO_DAY,
        questions=the_shell().edition.questions,
    )


@blueprint.route("/desk/dossiers/<id>/light", methods=["GET", "POST"])
def light(id: str) -> ResponseReturnValue:
    """No further review: it can go on, and an officer looks again on a day. For light ones, in one step."""
    review = Review.open(id)
    form = LightForm(data={"again_on": next_year(_today()).strftime("%d-%m-%Y")})
    is_stale = was_sent() and not _is_as_seen(review)
    if was_sent() and form.validate() and not is_stale:
        try:
            give(review, review.version.id, kind=first_kind(), outcome="go_on", again_on=iso(form.again_on))
        except Conflict:
            is_stale = True
        else:
            session["saved"] = True
            return redirect(url_for("desk.queue"))
    page = render_template("officer/light.html", review=review, form=form, is_stale=is_stale, seen=_seen(review))
    return page, 409 if is_stale else 422 if form.errors else 200


def next_year(day: date) -> date:
    """The same day a year on, or the day after where that year has none."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day + timedelta(days=366)


def _is_as_seen(review: Review) -> bool:
    """Whether this is the version that stood in the queue, and a light one."""
    summary = build_summary(review.made, review.version.wanted_start)
    return summary.is_light and review.is_here and request.form.get("seen", "") == _seen(review)


def _seen(review: Review) -> str:
    return write_time(review.version.made_at)


def _today() -> date:
    return clock.today(the_shell().settings.time_zone)


def _filters() -> Filters:
    given = request.args
    state, search = given.get("state", ""), given.get("q", "")[:200]
    return Filters(
        state="" if state == EVERY else state if state in set(State) else State.OFFICER,
        domain=given.get("domain", ""),
        outcome=given.get("outcome", ""),
        taken_by=given.get("taken", ""),
        search=search if words_of(search) else "",  # signs alone are no search
    )


def _after() -> tuple[str, str] | None:
    start, found, id = request.args.get("after", "").partition(BETWEEN)
    return (start, id) if found else None


def _address(filters: Filters, after: str) -> str:
    given: dict[str, Any] = {
        "state": filters.state or EVERY,
        "domain": filters.domain,
        "outcome": filters.outcome,
        "taken": filters.taken_by,
        "q": filters.search,
        "after": after,
    }
    return url_for("desk.queue", **{name: value for name, value in given.items() if value})


def _domains() -> Mapping[str, str]:
    """The fields of work, in words."""
    question = the_shell().edition.questions.get(DOMAIN_QUESTION)
    return {choice.id: choice.label[the_language()] for choice in question.options} if question else {}
