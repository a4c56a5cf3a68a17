"""Handing in: what is open first, then a note, a wanted start and who decides; and taking it back."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField

from assistant import clock
from assistant.display import read_date
from assistant.dossier import HandInFacts, SignalEntry, frozen
from assistant.errors import Conflict
from assistant.store.dossiers import move_dossier
from assistant.store.remarks import Remark, list_remarks
from assistant.store.standing import apply_standing
from assistant.store.summaries import build_summary
from assistant.store.versions import hand_in, withdraw
from assistant.trees.model import Level
from assistant.walk import Mark, OpenPoint, Step
from assistant.web.forms import clean, existing_date, fits, storable, was_sent
from assistant.web.languages import the_language
from assistant.web.shell import the_shell
from assistant.web.team.work import DossierWork
from assistant.web.who import signed, the_person

blueprint = Blueprint("handing_in", __name__)


class HandInForm(FlaskForm):  # type: ignore[misc]
    """What an officer wants to know beside the answers."""

    note = TextAreaField(validators=[storable], filters=[clean])
    wanted_start = StringField(validators=[existing_date], filters=[clean])
    decider = StringField(validators=[fits, storable], filters=[clean])


@dataclass(frozen=True)
class Open:
    """What a team may want to look at before an officer does."""

    missing: tuple[Step, ...]
    to_confirm: tuple[Step, ...]
    without_owner: tuple[OpenPoint, ...]
    heavy: tuple[SignalEntry, ...]
    remarks: tuple[Remark, ...]

    def __bool__(self) -> bool:
        return any((self.missing, self.to_confirm, self.without_owner, self.heavy, self.remarks))


def build_open(work: DossierWork) -> Open:
    """What is open now: stops and highs that count, certain or possible, and everything nobody looks at yet."""
    made = work.dossier(the_language())
    return Open(
        missing=tuple(step for step in work.way.steps if step.mark is Mark.MISSING),
        to_confirm=tuple(step for step in work.way.steps if step.to_confirm),
        without_owner=tuple(point for point in work.way.open_points if not point.owner),
        heavy=tuple(one for one in made.signals if one.counts and one.level in (Level.STOP, Level.HIGH)),
        remarks=tuple(one for one in list_remarks(the_shell().engine, work.kept.id) if one.is_open),
    )


@blueprint.route("/dossiers/<id>/hand-in", methods=["GET", "POST"])
def page(id: str) -> ResponseReturnValue:
    """Look at what is open, and hand in. Somebody who saved in the meantime is shown first."""
    work, form = DossierWork.open(id), HandInForm()
    stale = False
    if was_sent() and form.validate():
        stale = not _is_as_shown(work) or not _freeze(work, form)
        if not stale:
            session["saved"] = True
            return redirect(work.home_url)
    return _page(work, form, stale=stale), 409 if stale else 422 if form.errors else 200


def _refused(id: str) -> ResponseReturnValue:
    """The page again after its token was refused: nothing was handed in, and what was typed is still there."""
    return _page(DossierWork.open(id), HandInForm(meta={"csrf": False})), 400


page.when_refused = _refused  # type: ignore[attr-defined]


def _page(work: DossierWork, form: HandInForm, *, stale: bool = False) -> str:
    functions = [text[the_language()] for text in work.edition.functions.values()]
    return render_template(
        "team/hand_in.html", work=work, form=form, open=build_open(work), functions=functions, stale=stale
    )


def _is_as_shown(work: DossierWork) -> bool:
    return request.form.get("version") == str(work.kept.version)


def _freeze(work: DossierWork, form: HandInForm) -> bool:
    """Whether it could be frozen: False when somebody saved just now."""
    shell, person = the_shell(), the_person()
    wanted_start = read_date(form.wanted_start.data or "")[0] or ""
    facts = HandInFacts(
        by=person.function,
        person=person.id,
        wanted_start=wanted_start,
        decider=form.decider.data or "",
        note=form.note.data or "",
    )
    made = work.dossier("nl" if work.kept.language == "nl" else "en", hand_in=facts)
    try:
        version = hand_in(
            shell.engine,
            work.kept.id,
            frozen(made),
            based_on=work.kept.version,
            note=facts.note,
            wanted_start=wanted_start,
            decider=facts.decider,
            summary=build_summary(made, wanted_start),
            signed=signed(),
        )
    except Conflict:
        return False
    today = clock.today(shell.settings.time_zone).isoformat()
    apply_standing(shell.engine, work.kept.id, version.id, made, work.edition, today=today, signed=signed())
    return True


@blueprint.post("/dossiers/<id>/withdraw")
def take_back(id: str) -> ResponseReturnValue:
    """The owner takes it back from the officer."""
    withdraw(the_shell().engine, id, signed=signed())
    session["saved"] = True
    return redirect(url_for("dossiers.tasks", id=id))


@blueprint.post("/dossiers/<id>/close")
def close(id: str) -> ResponseReturnValue:
    """The project stops, or is over; as honourable as going on."""
    move_dossier(the_shell().engine, id, "close", signed=signed())
    session["saved"] = True
    return redirect(url_for("dossiers.tasks", id=id))


@blueprint.post("/dossiers/<id>/reopen")
def reopen(id: str) -> ResponseReturnValue:
    """It goes on after all."""
    move_dossier(the_shell().engine, id, "reopen", signed=signed())
    session["saved"] = True
    return redirect(url_for("dossiers.tasks", id=id))
