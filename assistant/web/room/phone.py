"""A phone in a workshop: the round, one's own answer, what the room saw. Nothing of anybody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask import Blueprint, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from assistant.answers import clean_text
from assistant.errors import Conflict, NotFound
from assistant.store.workshop.door import Seat, find_by_screen, find_seat, find_version
from assistant.store.workshop.kept import OPEN
from assistant.store.workshop.rounds import TAKING, cast, find_my_ballot
from assistant.web.forms import was_sent
from assistant.web.room.joining import SEAT, TOLD, go_out
from assistant.web.shell import seal_keys, the_shell
from assistant.web.stage import Stage, build_stage
from assistant.workshop.ballots import LONGEST_NOTE, Ballot, read_ballot

SIDES: Final = ("for", "against")  # what a form of reasons asks

blueprint = Blueprint("phone", __name__)


def the_seat() -> Seat | None:
    """Where this phone sits, if it is in a workshop."""
    held = session.get(SEAT)
    try:
        return find_seat(the_shell().engine, held["token"]) if held else None
    except NotFound:
        return None


@blueprint.get("/room")
def show() -> ResponseReturnValue:
    """The round that the room is in."""
    seat = the_seat()
    if seat is None:
        return _out()
    return _page(seat)


def _out(typed: Sequence[str] = ()) -> ResponseReturnValue:
    """This phone is in no workshop: it never was, the day is over, or it was sent out."""
    held = session.get(SEAT)
    if not held and not typed:
        return redirect(url_for("entrance.enter"))
    try:
        workshop = find_by_screen(the_shell().engine, held["screen"]) if held else None
    except NotFound:  # it was forgotten, with all that was said
        workshop = None
    return render_template("room/out.html", workshop=workshop, typed=typed)


def _page(
    seat: Seat, typed: Ballot | None = None, wrong: Mapping[str, str] | None = None, notice: str = "", status: int = 200
) -> tuple[str, int]:
    stage = build_stage(seat.workshop)
    mine = _mine(seat, stage)
    page = render_template(
        "room/phone.html",
        seat=seat,
        stage=stage,
        now=stage.planned,
        sent=bool(mine),
        passed=mine == {},
        ballot=typed if typed is not None else mine or {},
        wrong=wrong or {},
        notice=notice,
        lost=_texts() if notice else [],
        unsent=typed is not None and {item: said for item, said in typed.items() if any(said)} != (mine or {}),
        longest=LONGEST_NOTE,
        is_new=not session.get(TOLD),
        card=the_shell().playbook.workshop.cards.get(seat.card) if seat.card else None,
    )
    return page, status


def _texts() -> list[str]:
    """What was written in a form of reasons that can no longer be sent."""
    return [text for side in SIDES if (text := clean_text(request.form.get(side, "")))]


def _mine(seat: Seat, stage: Stage) -> Ballot | None:
    if stage.state != TAKING:
        return None
    return find_my_ballot(the_shell().engine, seat.workshop.id, seat.id, stage.number, seal_keys())


@blueprint.post("/room/vote")
def vote() -> ResponseReturnValue:
    """Take the answer to the round that the form was of; another round, or one that closed, says so."""
    seat = the_seat()
    if seat is None:
        return _out(_texts())
    number, planned = request.form.get("number", -1, type=int), seat.workshop.now
    if number != seat.workshop.at or seat.workshop.state != OPEN or not planned.by_phone:
        return _page(seat, notice="moved", status=409)
    ballot, wrong = read_ballot(planned, lambda item: request.form.getlist(item))
    if not was_sent():
        return _page(seat, typed=_as_typed(planned.items))
    if wrong:
        return _page(seat, typed=_as_typed(planned.items), wrong=wrong, status=422)
    try:
        cast(the_shell().engine, seat.id, number, ballot, seal_keys())
    except Conflict:
        return _page(seat, notice="closed", status=409)
    session[TOLD] = True
    return redirect(url_for("phone.show"))


def _as_typed(items: Sequence[Any]) -> Ballot:
    """What was typed or ticked, to show it again as it was."""
    return {item.id: request.form.getlist(item.id) for item in items if request.form.getlist(item.id)}


@blueprint.post("/room/leave")
def leave_room() -> ResponseReturnValue:
    """This phone goes out; what it answered in a round that is open goes along."""
    go_out()
    return redirect(url_for("entrance.enter"))


@blueprint.get("/room/now")
def now() -> Response:
    """Whether there is something new: one statement, as every phone asks it all the time."""
    held = session.get(SEAT)
    version = find_version(the_shell().engine, held["token"]) if held else None
    response: Response = jsonify({"version": version or 0})
    if version is None:
        response.status_code = 404
        return response
    response.set_etag(str(version))
    return response.make_conditional(request)
