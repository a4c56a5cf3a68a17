"""The projector: one thing at a time, large, the code always in sight. Nobody's name, and no count before its time."""

from __future__ import annotations

import io

import segno
from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from assistant import clock
from assistant.errors import NotFound
from assistant.store.workshop.door import find_by_screen, written_code
from assistant.store.workshop.kept import Workshop
from assistant.web.facilitator.reporting import build_report
from assistant.web.facilitator.running import ANSWERING
from assistant.web.languages import the_language
from assistant.web.room.pages import build_slides
from assistant.web.shell import the_shell
from assistant.web.stage import build_stage

blueprint = Blueprint("screen", __name__)


@blueprint.get("/screen/<key>")
def show(key: str) -> ResponseReturnValue:
    """What the room sees. What does not fit has parts, each a press away."""
    workshop = find_by_screen(the_shell().engine, key)
    stage = build_stage(workshop, counted=True)
    code = written_code(workshop.code) if _is_open(workshop) else ""
    slides = build_slides(stage, the_language(), joining=bool(code))
    place = f"{stage.number}-{stage.state}-"  # a part of another round, or of how this one was, is the first
    asked = request.args.get("part", "").removeprefix(place)
    part = min(max(int(asked), 1), len(slides)) if asked.isdecimal() and len(asked) < 4 else 1
    return render_template(
        "room/screen.html",
        workshop=workshop,
        stage=stage,
        now=stage.planned,
        slide=slides[part - 1],
        part=part,
        many=len(slides),
        place=place,
        key=key,
        code=code,
        link=url_for("entrance_short.short", code=code, _external=True).partition("//")[2] if code else "",
        minutes=ANSWERING if stage.planned.by_phone else stage.planned.minutes,
    )


def _is_open(workshop: Workshop) -> bool:
    return bool(workshop.code and workshop.code_until and workshop.code_until > clock.now())


@blueprint.get("/screen/<key>/now")
def now(key: str) -> BaseResponse:
    """Version, how many are in and ready, and the seconds that are left."""
    workshop = find_by_screen(the_shell().engine, key)
    stage = build_stage(workshop, counted=True)
    response: Response = jsonify(
        {"version": workshop.version, "in": stage.people, "ready": stage.ready, "left": stage.seconds_left}
    )
    ends = int(workshop.ends_at.timestamp()) if workshop.ends_at else 0
    response.set_etag(f"{workshop.version}-{stage.people}-{stage.ready}-{ends}")
    return response.make_conditional(request)


@blueprint.get("/screen/<key>/code.svg")
def code(key: str) -> Response:
    """The QR of the join link: too long to guess, so that it always opens the door."""
    workshop = find_by_screen(the_shell().engine, key)
    if not _is_open(workshop):
        raise NotFound("code")
    address = url_for("entrance.by_link", key=workshop.join_key, language=the_language(), _external=True)
    out = io.BytesIO()
    segno.make_qr(address, error="m").save(out, kind="svg", border=2, omitsize=True, light="white")
    return Response(out.getvalue(), mimetype="image/svg+xml")


@blueprint.get("/screen/<key>/report")
def report(key: str) -> str:
    """The page that participants take home."""
    workshop = find_by_screen(the_shell().engine, key)
    made = build_report(workshop, the_language())
    return render_template("room/report.html", report=made, workshop=workshop)
