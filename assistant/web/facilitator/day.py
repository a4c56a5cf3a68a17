"""Beside the rounds: the door, the phones, the timer, the parking lot, the end."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assistant import clock
from assistant.errors import Conflict, NotFound
from assistant.store.workshop.door import close_door, forget_seat, list_seats, open_door
from assistant.store.workshop.kept import ENDED, OPEN, Workshop
from assistant.store.workshop.running import (
    MOST_PARKED,
    extend_timer,
    reopen,
    set_timer,
    take_from_park,
)
from assistant.store.workshop.running import (
    end as end_day,
)
from assistant.store.workshop.running import (
    park as park_text,
)
from assistant.web.facilitator.running import ParkForm, home, page
from assistant.web.gates import the_workshop
from assistant.web.shell import seal_keys, the_shell
from assistant.web.stage import build_stage

MORE = 2  # minutes
LONGEST = 240  # minutes that a timer runs

blueprint = Blueprint("day", __name__)


@blueprint.post("/workshops/<workshop>/door")
def door(workshop: str) -> ResponseReturnValue:
    """Open it, with another code if it was open already, or close it."""
    kept, do = the_workshop(), request.form.get("do", "")
    if kept.state == OPEN and do in ("open", "renew"):
        open_door(the_shell().engine, kept.id, clock.now())
    if kept.state == OPEN and do == "close":
        close_door(the_shell().engine, kept.id)
    return home(kept, "door")


@blueprint.route("/workshops/<workshop>/phones", methods=["GET", "POST"])
def phones(workshop: str) -> ResponseReturnValue:
    """Who is in, by number and table; nobody has a name here. One can be sent out."""
    kept = the_workshop()
    if kept.state != OPEN:
        return home(kept)
    if request.method == "POST":
        with suppress(NotFound):  # it went out by itself meanwhile
            forget_seat(the_shell().engine, kept.id, request.form.get("phone", 0, type=int), seal_keys())
        session["saved"] = True
        return redirect(url_for("day.phones", workshop=workshop))
    return render_template("facilitator/phones.html", kept=kept, seats=list_seats(the_shell().engine, kept.id))


@blueprint.post("/workshops/<workshop>/time")
def time(workshop: str) -> ResponseReturnValue:
    """Start the timer, give two minutes more, or take it away. Nothing closes by itself."""
    kept, do, engine = the_workshop(), request.form.get("do", ""), the_shell().engine
    if kept.state != OPEN:
        return home(kept)
    if do == "start":
        minutes = min(max(request.form.get("minutes", kept.now.minutes, type=int), 1), LONGEST)
        set_timer(engine, kept.id, clock.now() + timedelta(minutes=minutes))
    elif do == "more":
        extend_timer(engine, kept.id, MORE, clock.now())
    elif do == "off":
        set_timer(engine, kept.id, None)
    return home(kept)


@blueprint.post("/workshops/<workshop>/parking")
def park(workshop: str) -> ResponseReturnValue:
    """Put something aside for later, or take it off."""
    kept, form = the_workshop(), ParkForm()
    if kept.state != OPEN:
        return home(kept)
    if "take" in request.form:
        take_from_park(the_shell().engine, kept.id, request.form["take"])
        return home(kept, "parking")
    if len(kept.parked) >= MOST_PARKED:
        form.text.errors = [_("The parking lot is full. Take something off first.")]
        return page(kept, 422, park=form)
    if not form.validate():
        return page(kept, 422, park=form)
    park_text(the_shell().engine, kept.id, form.text.data or "")
    return home(kept, "parking")


@blueprint.route("/workshops/<workshop>/end", methods=["GET", "POST"])
def end(workshop: str) -> ResponseReturnValue:
    """Ask once, then end the day; or open it again, if it was not over."""
    kept, do = the_workshop(), request.form.get("do", "")
    if request.method == "POST" and do == "reopen":
        return _reopen(kept)
    if kept.state != OPEN:
        return home(kept)
    if request.method == "POST" and do == "end":
        with suppress(Conflict):  # somebody else just ended it
            end_day(the_shell().engine, kept.id, clock.now())
        return redirect(url_for("afterwards.show", workshop=workshop))
    return render_template("facilitator/end.html", kept=kept, stage=build_stage(kept, counted=True))


def _reopen(kept: Workshop) -> ResponseReturnValue:
    if kept.state == ENDED:
        reopen(the_shell().engine, kept.id)
    return home(kept)
