"""Who is in a dossier: colleagues and guests come in, become something else, or leave."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import AnyOf, DataRequired, Length

from assistant import clock
from assistant.access import Relation, Role
from assistant.display import read_date
from assistant.errors import LastOwner, NotFound
from assistant.store.invitations import forget_invitation, invite, list_invitations
from assistant.store.members import forget_member, list_members, save_member
from assistant.store.outbox import list_unsent
from assistant.store.people import find_account
from assistant.web.forms import clean, existing_date, fits, is_email, was_sent
from assistant.web.postage import has_mail, postage
from assistant.web.shell import the_shell
from assistant.web.team.work import DossierWork
from assistant.web.who import signed

ROLES = (Relation.EDITOR, Relation.VIEWER, Relation.OWNER, Relation.GUEST)
DAYS = 14

blueprint = Blueprint("members", __name__)


class MemberForm(FlaskForm):  # type: ignore[misc]
    """Whom to ask, and as what."""

    email = StringField(
        validators=[DataRequired(lazy_gettext("Fill in an e-mail address.")), fits, is_email], filters=[clean]
    )
    relation = StringField(validators=[AnyOf([one.value for one in ROLES])])
    until = StringField(validators=[Length(max=20), existing_date], filters=[clean])


@blueprint.route("/dossiers/<id>/people", methods=["GET", "POST"])
def page(id: str) -> ResponseReturnValue:
    """Everyone in it. Who has an account comes in at once; for anybody else there is a link to pass on."""
    work, form, link = DossierWork.open(id), MemberForm(), ""
    if was_sent() and form.validate() and _guest_has_a_day(form):
        try:
            link = _ask_in(id, form)
        except LastOwner:
            return _page(work, form, last_owner=True), 409
        if not link:
            session["saved"] = True
            return redirect(url_for("members.page", id=id))
    return _page(work, form, link=link), 422 if form.errors else 200


def _guest_has_a_day(form: MemberForm) -> bool:
    if form.relation.data != Relation.GUEST or form.until.data:
        return True
    form.until.errors = [_("Say until which day a guest may come in.")]
    return False


def _ask_in(id: str, form: MemberForm) -> str:
    """Into the dossier, or a link for it."""
    engine, relation, email = the_shell().engine, Relation(str(form.relation.data)), str(form.email.data)
    until = (read_date(form.until.data or "")[0] or "") if relation is Relation.GUEST else ""
    person = find_account(engine, email)
    if person:
        save_member(engine, id, person.id, relation, until=until, signed=signed())
        return ""
    roles = [Role.GUEST] if relation is Relation.GUEST else []
    token = invite(
        engine,
        name="",
        email=email,
        roles=roles,
        dossier=id,
        relation=relation,
        until=until,
        signed=signed(),
        days=DAYS,
        postage=postage(),
    )
    return url_for("joining.join", token=token, _external=True)


@blueprint.post("/dossiers/<id>/people/<person>")
def change(id: str, person: str) -> ResponseReturnValue:
    """Another role for someone, or none. A dossier keeps an owner."""
    engine, work, asked = the_shell().engine, DossierWork.open(id), request.form.get("relation", "")
    member = next((one for one in list_members(engine, id) if one.person == person), None)
    if member is None or asked not in (*ROLES, "leave") or (asked == Relation.GUEST and not member.until):
        raise NotFound(person)  # a guest has a last day, which this form cannot ask
    try:
        if asked == "leave":
            forget_member(engine, id, person, signed=signed())
        else:
            until = member.until if asked == Relation.GUEST else ""
            save_member(engine, id, person, Relation(asked), until=until, signed=signed())
    except LastOwner:
        return _page(work, MemberForm(formdata=None), last_owner=True), 409
    session["saved"] = True
    return redirect(url_for("members.page", id=id))


@blueprint.post("/dossiers/<id>/people/links/<link>/withdraw")
def withdraw(id: str, link: str) -> ResponseReturnValue:
    """The link no longer works."""
    forget_invitation(the_shell().engine, link, dossier=id, signed=signed())
    session["saved"] = True
    return redirect(url_for("members.page", id=id))


def _page(work: DossierWork, form: MemberForm, *, link: str = "", last_owner: bool = False) -> str:
    engine = the_shell().engine
    return render_template(
        "team/members.html",
        work=work,
        form=form,
        link=link,
        is_mailed=postage() is not None,
        has_mail=has_mail(),
        unsent=list_unsent(engine),
        days=DAYS,
        last_owner=last_owner,
        roles=ROLES,
        members=list_members(engine, work.kept.id),
        invitations=list_invitations(engine, clock.now(), work.kept.id),
    )
