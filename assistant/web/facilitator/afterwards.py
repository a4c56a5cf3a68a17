"""What a workshop gave: the report, the dossiers, the file."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

import exports
from assistant.errors import Refused
from assistant.store.org_settings import find_workshop_weeks
from assistant.store.workshop.kept import PREPARED
from assistant.store.workshop.notes import list_notes
from assistant.store.workshop.origins import list_results
from assistant.store.workshop.tables import find_table, list_tables
from assistant.web.facilitator.reporting import build_report
from assistant.web.facilitator.results import build_file, make_dossier, put_into
from assistant.web.files import build_attachment
from assistant.web.gates import the_workshop
from assistant.web.languages import the_language
from assistant.web.shell import the_shell
from assistant.web.team.downloads import plain_name
from assistant.web.who import the_person

LEFT = "left_alone"  # in the session: questions of the dossier that were left as they were

blueprint = Blueprint("afterwards", __name__)


@blueprint.get("/workshops/<workshop>/afterwards")
def show(workshop: str) -> ResponseReturnValue:
    """Every table side by side; what can be made of it; apart from that, the notes of the talk."""
    kept, engine = the_workshop(), the_shell().engine
    if kept.state == PREPARED:
        return redirect(url_for("preparing.show", workshop=workshop))
    edition = the_shell().edition_of(kept.edition_hash)
    left = session.pop(LEFT, [])
    return render_template(
        "facilitator/afterwards.html",
        kept=kept,
        report=build_report(kept, the_language()),
        tables=list_tables(engine, kept.id),
        results=dict(list_results(engine, kept.id, the_person().id)),
        weeks=find_workshop_weeks(engine),
        has_pdf=exports.is_ready("pdf"),
        has_notes=bool(list_notes(engine, kept.id)),
        left=[edition.questions[id].ask[the_language()] for id in left if id in edition.questions],
    )


@blueprint.get("/workshops/<workshop>/report")
def report(workshop: str) -> str:
    """The page that participants take home, as they see it."""
    kept = the_workshop()
    return render_template("room/report.html", report=build_report(kept, the_language()), workshop=kept)


@blueprint.post("/workshops/<workshop>/tables/<int:number>/dossier")
def dossier(workshop: str, number: int) -> ResponseReturnValue:
    """A dossier of what a table said. Pressed twice, it is the same one."""
    kept, engine = the_workshop(), the_shell().engine
    table = find_table(engine, kept.id, number)
    made = dict(list_results(engine, kept.id, the_person().id)).get(number) or make_dossier(kept, table)
    session["saved"] = True
    return redirect(url_for("dossiers.tasks", id=made))


@blueprint.post("/workshops/<workshop>/tables/<int:number>/into")
def into(workshop: str, number: int) -> ResponseReturnValue:
    """Into the dossier that the workshop was about; what changed there meanwhile is left alone, and told."""
    kept = the_workshop()
    if not kept.about_dossier:
        return redirect(url_for("afterwards.show", workshop=workshop))
    try:
        session[LEFT] = put_into(kept, find_table(the_shell().engine, kept.id, number))
    except Refused:
        return render_template("facilitator/locked.html", kept=kept), 409
    session["saved"] = True
    return redirect(url_for("afterwards.show", workshop=workshop))


@blueprint.get("/workshops/<workshop>/tables/<int:number>/answers.yaml")
def file(workshop: str, number: int) -> Response:
    """What a table said, for another installation."""
    kept = the_workshop()
    body = build_file(kept, find_table(the_shell().engine, kept.id, number))
    return build_attachment(body, "application/yaml", plain_name(f"{kept.title} {number}") + ".yaml")
