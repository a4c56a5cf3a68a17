"""Giving an advice on a version; agreeing with a colleague's."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from assistant.access import OFFICERS, Relation, Role
from assistant.errors import Conflict
from assistant.store.advices import Opinion, agree_with, give_advice
from assistant.store.org_settings import find_second_reader
from assistant.store.remarks import list_remarks
from assistant.web.forms import ids, was_sent
from assistant.web.gates import reach
from assistant.web.officer.forms import AdviceForm, iso
from assistant.web.officer.review import Review, notice_personal
from assistant.web.shell import the_shell
from assistant.web.who import signed, the_person

ADD_ROW = "add_row"  # a button that saves nothing
LEVELS = {"none": (), "high": ("stop", "high"), "stop": ("stop",)}  # what makes a second officer read along

blueprint = Blueprint("advising", __name__)


@blueprint.route("/desk/dossiers/<id>/advise", methods=["GET", "POST"])
def advise(id: str) -> ResponseReturnValue:
    """Write an advice on the version that lies there; refused when another one does by now, with the text kept."""
    review = Review.open(id)
    form, kinds = AdviceForm(data={"kind": first_kind()}), sorted(OFFICERS & the_person().roles)
    form.kind.choices = ids(kinds)
    if request.form.get("do") == ADD_ROW:
        form.add_row()
    elif was_sent() and form.validate():
        try:
            _give(review, form, request.form.get("version", ""))
        except Conflict:
            return _page(review, form, kinds, 409)
        session["saved"] = True
        return redirect(review.url)
    return _page(review, form, kinds, 422 if form.errors else 200)


@blueprint.post("/desk/dossiers/<id>/advices/<advice>/agree")
def agree(id: str, advice: str) -> ResponseReturnValue:
    """As second reader: the advice is given."""
    review = Review.open(id)
    agree_with(the_shell().engine, review.id, advice, signed=signed())
    session["saved"] = True
    return redirect(review.url)


def first_kind() -> str:
    """As what an officer advises who does not say so: as PO, where they are both."""
    return Role.PO.value if Role.PO in the_person().roles else Role.FG.value


def needs_reader(review: Review) -> bool:
    """Whether this organisation wants a second officer to read along on a version like this."""
    levels = LEVELS[find_second_reader(the_shell().engine)]
    return any(signal.counts and signal.level in levels for signal in review.signals)


def has_thought_along(id: str) -> bool:
    """Whether who is signed in is in the dossier, or answered what the team asked early."""
    if reach().relations - {Relation.OFFICER}:
        return True
    found = list_remarks(the_shell().engine, id, shared_only=True)
    early = {remark.id for remark in found if remark.kind == "early"}
    return any(remark.answers in early and remark.made_by == the_person().id for remark in found)


def give(review: Review, version: str, **said: Any) -> str:
    """An advice of who is signed in on a version, or a proposal to the second reader; its id."""
    opinion = Opinion(function=the_person().function, thought_along=has_thought_along(review.id), **said)
    engine = the_shell().engine
    return give_advice(engine, review.id, version, opinion, signed=signed(), needs_reader=needs_reader(review))


def _give(review: Review, form: AdviceForm, version: str) -> None:
    notice_personal([form.motivation.data or "", *(asked.text for asked in form.asked)])
    give(
        review,
        version,
        kind=form.kind.data,
        outcome=form.outcome.data,
        motivation=form.motivation.data or "",
        conditions=form.asked,
        again_on=iso(form.again_on),
    )


def _page(review: Review, form: AdviceForm, kinds: list[Role], status: int) -> ResponseReturnValue:
    page = render_template(
        "officer/advise.html",
        review=review,
        form=form,
        kinds=kinds,
        is_stale=status == 409,
        needs_reader=needs_reader(review),
        thought_along=has_thought_along(review.id),
    )
    return page, status
