"""Part-advice: an officer asks a colleague about one theme, and the colleague sees that theme alone."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assistant.access import Relation, Role
from assistant.errors import Conflict
from assistant.store.advices import PART, Opinion, give_advice
from assistant.store.members import list_members, save_member
from assistant.store.people import Person, list_people
from assistant.web.forms import ids, was_sent
from assistant.web.gates import reach
from assistant.web.officer.forms import ColleagueForm, PartForm
from assistant.web.officer.review import Review, notice_personal, theme_key
from assistant.web.shell import the_shell
from assistant.web.who import signed, the_person

blueprint = Blueprint("colleagues", __name__)


@blueprint.route("/desk/dossiers/<id>/colleagues", methods=["GET", "POST"])
def ask(id: str) -> ResponseReturnValue:
    """Ask a colleague about a theme; from then on they can read that theme of the version."""
    review, form = Review.open(id), ColleagueForm()
    themes = [("", _("Choose")), *((theme_key(theme), theme.title) for theme in review.made.themes)]
    people = [("", _("Choose")), *((one.id, f"{one.name}, {one.function}") for one in _askable(id))]
    form.theme.choices, form.person.choices = (
        ids(key for key, _title in themes),
        ids(key for key, _name in people),
    )
    if was_sent() and form.validate():
        engine, theme = the_shell().engine, form.theme.data
        save_member(engine, id, form.person.data, Relation.ADVISER, theme=theme, signed=signed())
        session["saved"] = True
        return redirect(review.url)
    page = render_template(
        "officer/colleagues.html", review=review, form=form, themes=themes, people=people, asked=_asked(id)
    )
    return page, 422 if form.errors else 200


@blueprint.route("/desk/dossiers/<id>/theme", methods=["GET", "POST"])
def part(id: str) -> ResponseReturnValue:
    """The colleague's page: one theme as it was handed in, and a form."""
    (review, theme), form = Review.open_theme(id), PartForm()
    is_stale = False
    if was_sent() and form.validate():
        try:
            _advise(review, form)
        except Conflict:
            is_stale = True
        else:
            session["saved"] = True
            return redirect(url_for("colleagues.part", id=id))
    mine = [one for one in review.advices if one.kind == PART and one.person == the_person().id]
    page = render_template("officer/theme.html", review=review, theme=theme, form=form, mine=mine, is_stale=is_stale)
    return page, 409 if is_stale else 422 if form.errors else 200


def _advise(review: Review, form: PartForm) -> None:
    text = form.motivation.data or ""
    notice_personal([text])
    opinion = Opinion(PART, form.outcome.data, text, theme=reach().theme, function=the_person().function)
    give_advice(the_shell().engine, review.id, review.version.id, opinion, signed=signed())


def _askable(id: str) -> list[Person]:
    """Everyone with an account who is not in the dossier yet, guests and whoever asks left out."""
    inside = {member.person for member in list_members(the_shell().engine, id)} | {the_person().id}
    found = list_people(the_shell().engine)
    return [one for one in found if not one.ended_at and one.id not in inside and Role.GUEST not in one.roles]


def _asked(id: str) -> list[tuple[str, str, str]]:
    """Name, function and theme of the colleagues who were asked."""
    found = list_members(the_shell().engine, id)
    return [(one.name, one.function, one.theme) for one in found if one.relation is Relation.ADVISER]
