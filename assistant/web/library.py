"""The library of examples: for everyone who is signed in; and a dossier that begins like one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from assistant import clock
from assistant.library import filter_entries, find_entry, list_library
from assistant.sharing.fit import Fitted, fit
from assistant.sharing.shipped import find_case
from assistant.store.dossiers import create_dossier
from assistant.trees.shelf import FIELD_QUESTION
from assistant.walk import OutcomeKind
from assistant.web.forms import ProjectForm, was_sent
from assistant.web.languages import the_language
from assistant.web.shell import the_shell
from assistant.web.who import the_person
from exports.to_example import words_of

OUTCOMES: Final = [kind.value for kind in OutcomeKind if kind is not OutcomeKind.NOT_FINISHED]

blueprint = Blueprint("library", __name__)


def fields_of_work() -> Mapping[str, str]:
    """The fields of work, in words."""
    question = the_shell().edition.questions.get(FIELD_QUESTION)
    return {choice.id: choice.label[the_language()] for choice in question.options} if question else {}


@blueprint.get("/library")
def index() -> str:
    """Every example, or those of a field of work or with an outcome. The filters stand in the address."""
    every = list_library(the_shell().engine, the_language())
    field, outcome = request.args.get("field", ""), request.args.get("outcome", "")
    return render_template(
        "library/index.html",
        entries=filter_entries(every, field, outcome),
        fields={id: text for id, text in fields_of_work().items() if any(one.field == id for one in every)},
        outcomes=OUTCOMES,
        field=field,
        outcome=outcome,
        labels=fields_of_work(),
    )


@blueprint.get("/library/<entry>")
def show(entry: str) -> str:
    """One example, and what of it a dossier here could begin with."""
    return _show(entry, ProjectForm(formdata=None))


@blueprint.post("/library/<entry>/begin")
def begin(entry: str) -> ResponseReturnValue:
    """A new dossier with its answers, each to be confirmed; of nobody else and with nothing typed."""
    form = ProjectForm()
    if not was_sent() or not form.validate():
        return _show(entry, form), 422 if form.errors else 200
    _entry, example = find_entry(the_shell().engine, entry, the_language())
    made = _create(form, fit(example, the_shell().edition))
    session["saved"] = True
    return redirect(url_for("dossiers.go_on", id=made))


def _show(id: str, form: ProjectForm) -> str:
    entry, example = find_entry(the_shell().engine, id, the_language())
    case = find_case(id)
    return render_template(
        "library/entry.html",
        entry=entry,
        example=example,
        words=words_of(example),
        fitted=fit(example, the_shell().edition),
        form=form,
        way_out=case.way_out[the_language()] if case else "",
    )


def _create(form: ProjectForm, fitted: Fitted) -> Any:
    shell, person = the_shell(), the_person().id
    made = create_dossier(
        shell.engine,
        title=form.title.data or "",
        organisation=form.organisation.data or "",
        language=the_language(),
        edition_hash=shell.edition.hash,
        answers=fitted.answers,
        trees=(),
        actor=person,
        owner=person,
        at=clock.now(),
        audit_key=shell.audit_key,
    )
    return made.id
