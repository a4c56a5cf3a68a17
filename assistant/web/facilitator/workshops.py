"""A facilitator's workshops: the list, a new one, forgetting one."""

from __future__ import annotations

from flask import Blueprint, render_template

from assistant.store.workshop.kept import list_workshops
from assistant.web.shell import the_shell
from assistant.web.who import the_person

blueprint = Blueprint("workshops", __name__)


@blueprint.get("/workshops")
def index() -> str:
    """One's own workshops."""
    return render_template("facilitator/workshops.html", lines=list_workshops(the_shell().engine, the_person().id))
