"""Running the day: one screen, one round at a time."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import Field, ValidationError
from wtforms.validators import DataRequired

from assistant import clock
from assistant.store.workshop.door import written_code
from assistant.store.workshop.kept import OPEN, PREPARED, Workshop
from assistant.store.workshop.rounds import HELD, TAKING, WITHHELD, Kept, list_rounds
from assistant.store.workshop.running import go_to
from assistant.web.facilitator.paper import counted
from assistant.web.forms import line_field
from assistant.web.gates import the_workshop
from assistant.web.pages import written_time
from assistant.web.shell import the_shell
from assistant.web.stage import Stage, build_stage
from assistant.workshop.ballots import to_keep
from assistant.workshop.hundred import PEOPLE, Rates

ANSWERING = 3  # minutes: what a timer proposes for answering by phone; the rest of the round is talk

blueprint = Blueprint("running", __name__)


class ParkForm(FlaskForm):  # type: ignore[misc]
    """Something for later."""

    text = line_field(DataRequired(lazy_gettext("Write down what is for later.")))


def _up_to_hundred(form: FlaskForm, field: Field) -> None:
    typed = field.data or ""
    if not (typed.isascii() and typed.isdigit() and len(typed) < 4 and int(typed) <= PEOPLE):
        raise ValidationError(_("Type a whole number from 0 to 100."))


class RatesForm(FlaskForm):  # type: ignore[misc]
    """Three numbers of a hundred people."""

    flagged = line_field(_up_to_hundred)
    cases = line_field(_up_to_hundred)
    hits = line_field(_up_to_hundred)

    @property
    def rates(self) -> Rates:
        """As they were typed; asked for once they are numbers."""
        return Rates(*(int(field.data or 0) for field in (self.flagged, self.cases, self.hits)))


def home(kept: Workshop, anchor: str | None = None) -> Response:
    """Back to the running screen, which goes on to where the workshop is."""
    return redirect(url_for("running.show", workshop=kept.id, _anchor=anchor))


@blueprint.get("/workshops/<workshop>/run")
def show(workshop: str) -> ResponseReturnValue:
    """The round that the room is in."""
    kept = the_workshop()
    if kept.state != OPEN:
        to = "preparing.show" if kept.state == PREPARED else "afterwards.show"
        return redirect(url_for(to, workshop=workshop))
    return page(kept)


def page(
    kept: Workshop, status: int = 200, *, park: ParkForm | None = None, rates: RatesForm | None = None
) -> tuple[str, int]:
    """The running screen; a form that could not be saved shows again what was typed in it."""
    stage, rounds = build_stage(kept, counted=True), list_rounds(the_shell().engine, kept.id)
    is_open = bool(kept.code and kept.code_until and kept.code_until > clock.now())
    park = park or ParkForm(formdata=None)
    rates = rates or RatesForm(formdata=None, data={name: str(number) for name, number in vars(kept.rates).items()})
    shown = render_template(
        "facilitator/run.html",
        stage=stage,
        kept=kept,
        now=stage.planned,
        rounds=rounds,
        part=kept.plan.parts[stage.planned.part],
        thing=_next_thing(kept, stage, rounds, is_open=is_open),
        is_open=is_open,
        code=written_code(kept.code),
        until=written_time(kept.code_until) if kept.code_until else "",
        minutes=ANSWERING if stage.planned.by_phone else stage.planned.minutes,
        park=park,
        rates=rates,
        has_errors=bool(park.errors or rates.errors),
        **_times(kept),
    )
    return shown, status


def _next_thing(kept: Workshop, stage: Stage, rounds: dict[int, Kept], *, is_open: bool) -> str:
    """What the big button does. A day on paper is known by the paper of an earlier round."""
    match stage.state:
        case "waiting" if is_open or stage.people:
            return "open"
        case "waiting":
            return "paper" if any(one.paper.counts or one.paper.forms for one in rounds.values()) else "door"
        case state if state == TAKING:
            return "close"
        case state if state == HELD:
            return "decide"
        case state if state == WITHHELD and _would_show(kept, stage):
            return "close"
    return "end" if kept.is_last else "next"


def _would_show(kept: Workshop, stage: Stage) -> bool:
    """What is typed in from paper is enough to show; nobody counted it yet."""
    if stage.kept is None:
        return False
    tally = counted(stage.planned, stage.kept.paper)
    return tally.people >= kept.smallest if stage.planned.typed else to_keep(tally, kept.smallest) is not None


def _times(kept: Workshop) -> dict[str, object]:
    """Minutes that are left, when that is over, and when the plan said it would be."""
    left = sum(one.minutes for one in kept.rounds[kept.at :])
    finish = clock.now() + timedelta(minutes=left)
    planned = (kept.opened_at or clock.now()) + timedelta(minutes=kept.plan.minutes)
    return {
        "left": left,
        "finish": written_time(finish),
        "planned_end": written_time(planned),
        "late": round((finish - planned).total_seconds() / 60),
    }


@blueprint.get("/workshops/<workshop>/run/now")
def now(workshop: str) -> Response:
    """What changes on the screen by itself: the version, how many are in and ready, the seconds left."""
    stage = build_stage(the_workshop(), counted=True)
    kept = stage.workshop
    response = jsonify({"version": kept.version, "in": stage.people, "ready": stage.ready, "left": stage.seconds_left})
    ends = int(kept.ends_at.timestamp()) if kept.ends_at else 0
    response.set_etag(f"{kept.version}-{stage.people}-{stage.ready}-{ends}")
    return response.make_conditional(request)


@blueprint.post("/workshops/<workshop>/run/move")
def move(workshop: str) -> ResponseReturnValue:
    """To another round; `at` is the one that the page showed, so that pressing twice moves once."""
    kept, do, at = the_workshop(), request.form.get("do", ""), request.form.get("at", -1, type=int)
    to = _target(do, at)
    if to is None or kept.state != OPEN or at != kept.at:
        return home(kept)
    stage = build_stage(kept, counted=True)
    if "sure" not in request.form and (stage.state == HELD or (stage.state == TAKING and stage.ready)):
        return render_template("facilitator/run_ask.html", kept=kept, stage=stage, do=do)
    go_to(the_shell().engine, kept.id, at, to)
    return home(kept)


def _target(do: str, at: int) -> int | None:
    name, _colon, number = do.partition(":")
    if name == "goto":
        return int(number) if number.isascii() and number.isdigit() and len(number) < 4 else None
    return {"next": at + 1, "back": at - 1}.get(name)
