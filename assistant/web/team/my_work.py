"""My work: the dossiers someone is in, and what waits for them."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template, request

from assistant.mail.digest import PLACES
from assistant.mailing import AHEAD
from assistant.store.drafts import list_my_drafts
from assistant.store.due import list_coming_up
from assistant.store.lists import list_mine
from assistant.store.waiting import list_waiting
from assistant.store.workshop.origins import list_asking
from assistant.web.shell import the_shell
from assistant.web.who import the_person, the_reader

PAGE = 20

blueprint = Blueprint("my_work", __name__)


@blueprint.get("/my-work")
def show() -> str:
    """What waits first, then everything I am in."""
    engine, reader, person = the_shell().engine, the_reader(), the_person()
    lines = list_mine(engine, reader, limit=PAGE + 1, before=request.args.get("before"))
    until = (date.fromisoformat(reader.today) + AHEAD).isoformat()
    more = lines[PAGE - 1].id if len(lines) > PAGE else ""
    return render_template(
        "team/my_work.html",
        lines=lines[:PAGE],
        more=more,
        waiting=list_waiting(engine, reader, person.function),
        coming_up=list_coming_up(engine, reader, until, the_shell().edition.hash),
        places=PLACES,
        drafts=list_my_drafts(engine, reader),
        edition=the_shell().edition,
        today=reader.today,
        asking=list_asking(engine, person.id, date.fromisoformat(reader.today)),
    )
