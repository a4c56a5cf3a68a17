"""What would lift a signal: possibilities to try as a variant, and no advice."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assistant import clock
from assistant.dossier import answer_text
from assistant.errors import NotFound
from assistant.lighter import Lift, find_lifts
from assistant.store.variants import VARIANT, copy_dossier
from assistant.trees.model import Level, Signal
from assistant.walk import Raised
from assistant.web.forms import MAX_LINE
from assistant.web.languages import the_language
from assistant.web.shell import the_shell
from assistant.web.team.work import DossierWork
from assistant.web.who import signed

blueprint = Blueprint("lighter", __name__)
AT_MOST = 5


@dataclass(frozen=True)
class Step:
    """One answer that would be another, in words."""

    question: str
    ask: str
    now: str
    then: str


@dataclass(frozen=True)
class Possibility:
    """A lift in words, with the other signals that go and come."""

    key: str
    steps: tuple[Step, ...]
    goes: tuple[Signal, ...]
    comes: tuple[Signal, ...]


@blueprint.route("/dossiers/<id>/signals/<signal>/lighter", methods=["GET", "POST"])
def show(id: str, signal: str) -> ResponseReturnValue:
    """The smallest changes of answers after which a signal is not raised; each can be tried as a variant."""
    work = DossierWork.open(id)
    raised = _raised(work, signal)
    lifts = _lifts(work, signal)
    if request.method == "POST":
        chosen = next((lift for lift in lifts if lift.key == request.form.get("lift")), None)
        if chosen:
            return redirect(url_for("variants.beside", id=id, other=_try(work, chosen)))
    found = [_in_words(work, lift) for lift in lifts]
    shown = render_template("team/lighter.html", work=work, raised=raised, found=found, stale=request.method == "POST")
    return shown, 409 if request.method == "POST" else 200


def _raised(work: DossierWork, signal: str) -> Raised:
    """Raises NotFound; what is well arranged needs no lifting."""
    found = (one for one in work.way.signals if one.signal.id == signal and one.signal.level is not Level.STRENGTH)
    raised = next(found, None)
    if raised is None:
        raise NotFound(signal)
    return raised


def _lifts(work: DossierWork, signal: str) -> tuple[Lift, ...]:
    today = clock.today(the_shell().settings.time_zone)
    return find_lifts(
        work.edition, work.answers, work.way.phase, today, signal, AT_MOST, open_by_hand=work.by_hand
    )  # fmt: skip


def _try(work: DossierWork, lift: Lift) -> str:
    """A variant with these answers; its id."""
    title = _("%(title)s: a lighter variant", title=work.facts.title)
    session["saved"] = True
    return copy_dossier(
        the_shell().engine, work.kept.id, VARIANT, title[-MAX_LINE:], signed=signed(), changes=lift.answers
    )


def _in_words(work: DossierWork, lift: Lift) -> Possibility:
    questions, signals, language = work.edition.questions, work.edition.signals, the_language()
    steps = (
        Step(
            one.question,
            questions[one.question].ask[language],
            answer_text(questions[one.question], work.answer(one.question), language),
            answer_text(questions[one.question], one.answer, language),
        )
        for one in lift.changes
    )
    goes, comes = ([signals[id] for id in found] for found in (lift.goes, lift.comes))
    return Possibility(lift.key, tuple(steps), tuple(goes), tuple(comes))
