"""The trail of a dossier: who did what and when, without content, and of another view without who."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from assistant.store.people import find_names
from assistant.store.trail import PAGE, list_events
from assistant.web.shell import the_shell
from assistant.web.team.work import DossierWork

blueprint = Blueprint("trail", __name__)


@blueprint.get("/dossiers/<id>/trail")
def show(id: str) -> str:
    """The newest first, fifty a page; `before`: the number of the last line of the page before."""
    work, engine = DossierWork.open(id), the_shell().engine
    given = request.args.get("before", "")
    before = int(given) if given.isdecimal() and len(given) < 10 else None
    found = list_events(engine, id, before)
    names = find_names(engine, (event.actor for event in found))
    more = found[-1].seq if len(found) == PAGE and found[-1].seq > 1 else None
    return render_template("team/trail.html", work=work, events=found, names=names, more=more)
