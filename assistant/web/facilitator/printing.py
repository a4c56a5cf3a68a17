"""What is printed for a workshop, and the report afterwards."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, url_for

import exports
from assistant import clock
from assistant.store.workshop.door import written_code
from assistant.store.workshop.kept import Workshop
from assistant.trees.model import Language
from assistant.web.facilitator.reporting import build_report
from assistant.web.files import build_attachment
from assistant.web.gates import the_workshop
from assistant.web.shell import the_shell
from assistant.web.team.downloads import plain_name
from exports import to_print

FILLED, REPORT = "worksheet_filled", "report"

blueprint = Blueprint("printing", __name__)


@blueprint.get("/workshops/<workshop>/print/<piece>.pdf")
def piece(workshop: str, piece: str) -> Response:
    """One of the printed set; the filled worksheet and the report once there is something to fill in."""
    kept = the_workshop()
    if not exports.is_ready("pdf") or piece not in (*to_print.PIECES, FILLED, REPORT):
        abort(404)
    day = build_day(kept)
    if piece == FILLED:
        body = to_print.render_worksheet(day, "a3", filled=build_report(kept, day.language))
    elif piece == REPORT:
        body = to_print.render_report(build_report(kept, day.language))
    else:
        body = to_print.PIECES[piece](day)
    return build_attachment(body, "application/pdf", plain_name(f"{kept.title} {piece}") + ".pdf")


def build_day(kept: Workshop) -> to_print.Day:
    """What the prints are made from; with the code of the day while the door is open."""
    shell = the_shell()
    language: Language = "nl" if kept.language == "nl" else "en"
    edition = shell.edition_of(kept.edition_hash)
    return to_print.Day(kept.plan, kept.story, shell.playbook, edition, language, _join(kept, language))


def _join(kept: Workshop, language: Language) -> to_print.Join | None:
    if not kept.code or not kept.code_until or kept.code_until < clock.now():
        return None
    code = written_code(kept.code)
    short = urlsplit(url_for("entrance_short.short", code=code, _external=True))
    link = url_for("entrance.by_link", key=kept.join_key, language=language, _external=True)
    return to_print.Join(code, f"{short.netloc}{short.path}", link)
