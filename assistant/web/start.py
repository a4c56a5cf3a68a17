"""The start page: what this is, for whom, how long, what stays private; and the dossiers there are."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from assistant.store.lists import list_mine
from assistant.web.shell import the_shell
from assistant.web.team.work import Scan
from assistant.web.who import someone, the_reader

PAGE = 20  # dossiers on one page

blueprint = Blueprint("start", __name__)


@blueprint.get("/")
def start() -> str:
    """The first page."""
    shell = the_shell()
    before = request.args.get("before")
    lines = list_mine(shell.engine, the_reader(), limit=PAGE + 1, before=before) if someone() else []
    more = lines[PAGE - 1].id if len(lines) > PAGE else ""
    return render_template("start.html", lines=lines[:PAGE], more=more, scan=Scan.open(), trees=shell.edition.trees)


@blueprint.get("/about")
def about() -> str:
    """What it is and is not, what it keeps, and on which sources the questions rest."""
    return render_template("about.html", edition=the_shell().edition)
