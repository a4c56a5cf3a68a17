"""Joining a workshop by code, link or QR: no account, no name."""

from __future__ import annotations

import secrets
from collections import Counter
from math import ceil

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from assistant import clock
from assistant.errors import NotFound, TooManyTries
from assistant.store.throttle import begin_join, take_back
from assistant.store.workshop.door import (
    find_by_code,
    find_by_key,
    find_seat,
    leave,
    list_cards,
    read_code,
    take_seat,
    written_code,
)
from assistant.store.workshop.kept import Workshop
from assistant.web.forms import was_sent
from assistant.web.languages import the_language
from assistant.web.shell import seal_keys, the_shell

# in the session of a phone:
SEAT = "seat"  # what it holds, and where the report can be read afterwards
TOLD = "told"  # it answered before, so it read what is promised
DRAW = "draw"

blueprint = Blueprint("entrance", __name__)
landing = Blueprint("entrance_short", __name__)


@landing.get("/j/<code>")
def short(code: str) -> ResponseReturnValue:
    """The short link on the wall. Opening it is no try: that is pressing the button."""
    return redirect(url_for("entrance.enter", language=the_language(), code=written_code(read_code(code)) or None))


@blueprint.route("/room/join", methods=["GET", "POST"])
def enter() -> ResponseReturnValue:
    """By the code on the screen."""
    typed = request.form.get("code", request.args.get("code", ""))[:40]
    if not was_sent():
        return render_template("room/join.html", typed=typed, wrong="")
    try:
        found = _look_up(read_code(typed))
    except TooManyTries as error:
        page = render_template("room/join.html", typed=typed, wrong="many", minutes=ceil(error.wait / 60))
        return page, 429, {"Retry-After": str(error.wait)}
    if found is None:
        return render_template("room/join.html", typed=typed, wrong="unknown"), 422
    return redirect(url_for("entrance.by_link", key=found.join_key))


def _look_up(code: str) -> Workshop | None:
    """Counted before it is looked at; what cannot be a code is no try."""
    if not code:
        return None
    shell, at = the_shell(), clock.now()
    tried = begin_join(shell.engine, shell.audit_key, request.remote_addr or "", at)
    try:
        found = find_by_code(shell.engine, code, at)
    except NotFound:
        return None
    take_back(shell.engine, tried, at)
    return found


@blueprint.route("/room/join/<key>", methods=["GET", "POST"])
def by_link(key: str) -> ResponseReturnValue:
    """What this is and what is kept; a table, a discipline or a role; then in."""
    engine = the_shell().engine
    try:
        found = find_by_key(engine, key, clock.now())
    except NotFound:
        return render_template("room/join_closed.html"), 404
    if _is_in(found):
        return redirect(url_for("phone.show"))
    if was_sent():
        place = request.form.get("table", 1, type=int)
        chosen = request.form.get("who", "")
        go_out()
        token = take_seat(engine, found.id, place, **_who(found, chosen))
        session[SEAT] = {"token": token, "screen": found.screen_key}
        return redirect(url_for("phone.show"))
    return render_template(
        "room/join_link.html",
        workshop=found,
        disciplines=the_shell().playbook.workshop.disciplines,
        draw=DRAW,
        table=request.form.get("table", 1, type=int),
        who=request.form.get("who", ""),
    )


def go_out() -> None:
    """Out of the workshop that this phone is in, if any, with what it answered in a round that is open."""
    held = session.pop(SEAT, None)
    session.pop(TOLD, None)
    if held:
        leave(the_shell().engine, held["token"], seal_keys())


def _is_in(workshop: Workshop) -> bool:
    held = session.get(SEAT)
    if not held:
        return False
    try:
        return find_seat(the_shell().engine, held["token"]).workshop.id == workshop.id
    except NotFound:
        return False


def _who(workshop: Workshop, chosen: str) -> dict[str, str]:
    """A discipline, or a role card that few have yet; both may stay unsaid."""
    if chosen == DRAW and workshop.story.roles:
        drawn = Counter(list_cards(the_shell().engine, workshop.id))
        least = min(drawn[role] for role in workshop.story.roles)
        return {"card": secrets.choice([role for role in workshop.story.roles if drawn[role] == least])}
    return {"discipline": chosen} if chosen in the_shell().playbook.workshop.disciplines else {}
