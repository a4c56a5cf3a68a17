"""What an officer says of a signal: agreeing is the default and takes no reason, the rest takes one sentence."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assistant.dossier import SignalEntry
from assistant.errors import NotFound
from assistant.store.actions import add_action
from assistant.store.endings import end_signal
from assistant.store.remarks import add_remark
from assistant.store.reviews import Stance, StanceKind, save_stances
from assistant.trees.model import Level
from assistant.web.forms import was_sent
from assistant.web.officer.forms import StanceForm
from assistant.web.officer.review import Review, notice_personal, theme_key
from assistant.web.shell import the_shell
from assistant.web.who import signed, the_person

MOVES = (StanceKind.RAISE, StanceKind.LOWER)

blueprint = Blueprint("judging", __name__)


@blueprint.post("/desk/dossiers/<id>/judge")
def agree(id: str) -> ResponseReturnValue:
    """Agree with what is raised in one theme, or with all of it, as far as you said nothing of it yet."""
    review, asked = Review.open(id), request.form.get("theme", "")
    inside = {answer.question for theme in review.made.themes if theme_key(theme) == asked for answer in theme.answers}
    meant = [one for one in review.unjudged if not asked or one.about in inside]
    _keep(review, *(Stance(one.id, the_person().id, StanceKind.AGREE) for one in meant))
    session["saved"] = True
    if not asked:
        return redirect(review.url)
    return redirect(url_for("whole.show", id=id, _anchor=f"theme-{asked.replace('/', '-')}"))


@blueprint.route("/desk/dossiers/<id>/judge/<signal>", methods=["GET", "POST"])
def differ(id: str, signal: str) -> ResponseReturnValue:
    """Raise or lower one signal, ask about it, add an action, or call it solved."""
    review = Review.open(id)
    raised = next((one for one in review.signals if one.id == signal), None)
    if raised is None:
        raise NotFound(signal)
    form = StanceForm()
    if was_sent() and form.validate() and _moves_right(form, raised):
        notice_personal([form.reason.data or ""])
        _judge(review, raised, form.kind.data, form.level.data, form.reason.data or "")
        session["saved"] = True
        return redirect(url_for("whole.show", id=id, _anchor=f"at-{raised.about}"))
    status = 422 if form.errors else 200
    return render_template("officer/signal.html", review=review, signal=raised, form=form), status


def _moves_right(form: StanceForm, signal: SignalEntry) -> bool:
    """Raising takes a heavier level than the answers gave, lowering a lighter one."""
    kind, level = form.kind.data, form.level.data
    steps = signal.level.rank - Level(level).rank if level else 0
    if kind not in MOVES or (steps > 0 if kind == StanceKind.RAISE else steps < 0):
        return True
    text = _("Choose a heavier level.") if kind == StanceKind.RAISE else _("Choose a lighter level.")
    form.level.errors = [*form.level.errors, text]
    return False


def _judge(review: Review, signal: SignalEntry, kind: str, level: str, reason: str) -> None:
    engine = the_shell().engine
    if kind == "action":
        add_action(engine, review.id, about=signal.id, text=reason, owner="", due="", signed=signed())
        return
    _keep(review, Stance(signal.id, the_person().id, StanceKind(kind), level if kind in MOVES else "", reason))
    if kind == StanceKind.ASK:
        add_remark(engine, review.id, signal.about, reason, kind="question", shared=True, signed=signed())
    if kind == StanceKind.CLOSE:
        end_signal(engine, review.id, signal.id, "solved", signal.certainty == "certain", reason, signed=signed())


def _keep(review: Review, *said: Stance) -> None:
    save_stances(the_shell().engine, review.id, review.version.id, said, signed=signed())
