"""A round's own buttons: open, close, show, paper, notes, rates."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assistant.answers import check_text, clean_text
from assistant.errors import Conflict, NotFound
from assistant.store.workshop.kept import OPEN, Workshop
from assistant.store.workshop.notes import Note, add_note, group_notes, list_notes
from assistant.store.workshop.rounds import (
    HELD,
    SHOWN,
    Paper,
    close_round,
    decide,
    find_round,
    open_round,
    save_paper,
)
from assistant.store.workshop.running import set_rates
from assistant.web.facilitator.paper import counted, read_posted_paper, show_paper
from assistant.web.facilitator.running import RatesForm, home, page
from assistant.web.forms import MAX_LINE, was_sent
from assistant.web.gates import the_workshop
from assistant.web.languages import the_language
from assistant.web.shell import seal_keys, the_shell
from assistant.workshop.ballots import LONGEST_NOTE
from assistant.workshop.plan import Planned

blueprint = Blueprint("rounds", __name__)


@blueprint.post("/workshops/<workshop>/round")
def change(workshop: str) -> ResponseReturnValue:
    """Open for answers, close and show, show anyway or let go."""
    kept, number = the_workshop(), request.form.get("number", -1, type=int)
    if number == kept.at and kept.now.by_phone:
        with suppress(Conflict):  # a second press, or another tab was first: the page shows how it is now
            _change(kept, request.form.get("do", ""))
    return home(kept)


def _change(kept: Workshop, do: str) -> None:
    engine, keys = the_shell().engine, seal_keys()
    match do:
        case "open":
            open_round(engine, kept.id, kept.at, keys)
        case "close":
            close_round(engine, kept.id, kept.at, kept.now, kept.smallest, keys)
        case "show" | "withhold":
            decide(engine, kept.id, kept.at, show=do == "show")


def _played(kept: Workshop, number: int) -> Planned:
    if not (number < len(kept.rounds) and kept.rounds[number].by_phone):
        raise NotFound("round")
    return kept.rounds[number]


@blueprint.route("/workshops/<workshop>/rounds/<int:number>/paper", methods=["GET", "POST"])
def paper(workshop: str, number: int) -> ResponseReturnValue:
    """What came in on paper, typed in; then what will be counted, to read once more before it is."""
    kept = the_workshop()
    planned, engine = _played(kept, number), the_shell().engine
    there = find_round(engine, kept.id, number)
    saved = there.paper if there else Paper()
    form, is_late = show_paper(planned, saved, the_language()), bool(there and there.state in (HELD, SHOWN))
    if request.method == "POST":
        form = read_posted_paper(planned, request.form, the_language())
        if was_sent() and kept.state == OPEN and not form.errors and not is_late:
            save_paper(engine, kept.id, number, form.paper)
            session["saved"] = True
            return redirect(url_for("rounds.paper", workshop=workshop, number=number))
    shown = render_template(
        "facilitator/run_paper.html",
        kept=kept,
        number=number,
        planned=planned,
        form=form,
        tally=counted(planned, saved) if saved.counts or saved.forms else None,
        is_late=is_late or kept.state != OPEN,
        has_errors=bool(was_sent() and form.errors),
    )
    return shown, 422 if was_sent() and form.errors else 409 if was_sent() else 200


@dataclass(frozen=True)
class Typed:
    """A field of the notes' page: what was typed, and what is wrong with it."""

    id: str
    data: str
    errors: tuple[str, ...] = ()


@blueprint.route("/workshops/<workshop>/rounds/<int:number>/notes", methods=["GET", "POST"])
def notes(workshop: str, number: int) -> ResponseReturnValue:
    """The reasons for and against: put them together, take one away, add one from paper."""
    kept = the_workshop()
    planned, engine = _played(kept, number), the_shell().engine
    if not planned.typed:
        raise NotFound("round")
    found = list_notes(engine, kept.id, number)
    headings = {note.id: _typed(f"heading-{note.id}", note.heading, MAX_LINE) for note in found}
    new = {side: _typed(f"new-{side}", "", LONGEST_NOTE) for side in ("for", "against")}
    wrong = any(one.errors for one in (*headings.values(), *new.values()))
    if was_sent() and not wrong:
        _save_notes(kept, number, found, headings, new)
        session["saved"] = True
        return redirect(url_for("rounds.notes", workshop=workshop, number=number))
    there = find_round(engine, kept.id, number)
    shown = render_template(
        "facilitator/notes.html",
        kept=kept,
        number=number,
        planned=planned,
        notes=found,
        headings=headings,
        new=new,
        taken=request.form.getlist("gone"),
        is_shown=there is not None and there.state == SHOWN,
        has_errors=was_sent() and wrong,
    )
    return shown, 422 if was_sent() and wrong else 200


def _typed(name: str, saved: str, most: int) -> Typed:
    data = request.form.get(name, saved)
    if check_text(data):
        return Typed(name, data, (_("This holds a sign that we cannot keep. Type it again."),))
    if len(clean_text(data)) > most:
        return Typed(name, data, (_("This is too long: at most %(most)s characters fit.", most=most),))
    return Typed(name, data)


def _save_notes(
    kept: Workshop, number: int, found: list[Note], headings: dict[str, Typed], new: dict[str, Typed]
) -> None:
    """Only what somebody changed: another screen may have grouped the rest meanwhile."""
    engine, gone = the_shell().engine, set(request.form.getlist("gone"))
    changed = {
        note.id: clean_text(headings[note.id].data)
        for note in found
        if note.id in gone or clean_text(headings[note.id].data) != request.form.get(f"was-{note.id}", note.heading)
    }
    if changed:
        group_notes(engine, kept.id, number, changed, gone)
    for side, one in new.items():
        if clean_text(one.data):
            add_note(engine, kept.id, number, side, clean_text(one.data))


@blueprint.post("/workshops/<workshop>/rates")
def rates(workshop: str) -> ResponseReturnValue:
    """How the hundred people are drawn."""
    kept, form = the_workshop(), RatesForm()
    if kept.state != OPEN:
        return home(kept)
    if form.validate() and not form.rates.is_possible:
        form.hits.errors = [*form.hits.errors, _impossible(form)]
    if form.errors:
        return page(kept, 422, rates=form)
    set_rates(the_shell().engine, kept.id, form.rates)
    return home(kept, "rates")


def _impossible(form: RatesForm) -> Any:
    rates = form.rates
    if rates.hits > min(rates.flagged, rates.cases):
        return _("Who is flagged rightly is both flagged and a case: this cannot be more than either of the two.")
    return _("This makes more than a hundred people: flag fewer, or let more of the flagged be right.")
