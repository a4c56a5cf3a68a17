"""Texts to go on with: what the answers fill of a DPIA, the algorithm register, the record of processing."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request

from assistant import clock
from assistant.dossier import Dossier
from assistant.onward.dpia import build_dpia
from assistant.onward.model import Beside, Decided, Draft, Given, Planned
from assistant.onward.record import build_record
from assistant.onward.register import build_register
from assistant.store.actions import list_actions
from assistant.store.advices import PART, list_advices
from assistant.store.conditions import list_conditions
from assistant.store.decisions import list_decisions
from assistant.trees.load import current_onward
from assistant.trees.model import LANGUAGES, Language
from assistant.web.files import build_attachment
from assistant.web.languages import the_language
from assistant.web.officer.review import Review
from assistant.web.shell import the_shell
from assistant.web.team.downloads import file_name
from assistant.web.team.work import DossierWork
from exports.onward import DRAFTS

blueprint = Blueprint("onward", __name__)


@blueprint.get("/dossiers/<id>/onward")
def show(id: str) -> str:
    """What each text is for, what is still to be filled in, and the files."""
    work = DossierWork.open(id)
    made = work.dossier(the_language())
    dutch = made if made.language == "nl" else work.dossier("nl")
    mapping = current_onward(the_shell().settings.trees_dir)
    return render_template(
        "team/onward.html",
        work=work,
        dpia=build_dpia(mapping, made, work.edition, find_beside(id)),
        register=build_register(mapping, dutch, work.edition, typed_in=_typed_in(work), told_in=the_language()),
        record=build_record(mapping, made, work.edition),
    )


@blueprint.get("/dossiers/<id>/onward/<kind>.<format>")
def download(id: str, kind: str, format: str) -> Response:
    """As the answers are now; in the dossier's language unless asked otherwise, the register in Dutch."""
    work = DossierWork.open(id)
    asked = request.args.get("in", work.kept.language)
    if asked not in LANGUAGES:
        abort(404)
    language: Language = "nl" if kind == "register" or asked == "nl" else "en"
    return _file(work.dossier(language), kind, format, id, _typed_in(work))


@blueprint.get("/desk/dossiers/<id>/onward/<kind>.<format>")
def of_version(id: str, kind: str, format: str) -> Response:
    """As it was handed in, for the officer: in the language it was frozen in."""
    made = Review.open(id).made
    return _file(made, kind, format, id, made.language)


def _file(made: Dossier, kind: str, format: str, id: str, typed_in: Language) -> Response:
    found = DRAFTS.get(kind, {}).get(format)
    if found is None:
        abort(404)
    body = found.render(build_draft(made, kind, id, typed_in))
    return build_attachment(body, found.media_type, f"{file_name(made)}-{kind}.{format}")


def build_draft(made: Dossier, kind: str, id: str, typed_in: Language, *, with_plans: bool = True) -> Draft:
    """The text of this kind; `with_plans`: with what the team plans beside its answers."""
    shell = the_shell()
    mapping, edition = current_onward(shell.settings.trees_dir), shell.edition_of(made.edition.hash)
    if kind == "dpia":
        return build_dpia(mapping, made, edition, find_beside(id, with_plans=with_plans))
    if kind == "register":
        return build_register(mapping, made, edition, typed_in)
    return build_record(mapping, made, edition)


def find_beside(id: str, *, with_plans: bool = True) -> Beside:
    """What was recorded beside the answers: functions and bodies, no names."""
    engine, zone = the_shell().engine, the_shell().settings.time_zone
    advices = [one for one in list_advices(engine, id) if one.is_given and one.kind != PART]
    plans = list_actions(engine, id) if with_plans else []
    conditions = [one for one in list_conditions(engine, id) if one.is_given]
    return Beside(
        actions=tuple(Planned(one.text, one.owner, one.due, bool(one.done_at)) for one in plans),
        conditions=tuple(Planned(one.text, one.owner, one.due, bool(one.done_at)) for one in conditions),
        advices=tuple(
            Given(one.kind, one.outcome, f"{clock.date_of(one.at, zone)}", one.number, one.function, one.motivation)
            for one in advices
        ),
        decision=_newest_decision(id),
    )


def _newest_decision(id: str) -> Decided | None:
    for one in list_decisions(the_shell().engine, id):
        return Decided(one.outcome, one.decided_by, one.decided_on, one.departs, one.reason, one.reference)
    return None


def _typed_in(work: DossierWork) -> Language:
    return "nl" if work.kept.language == "nl" else "en"
