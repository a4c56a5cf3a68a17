"""Who is there, who may come, and who leaves."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assistant import clock
from assistant.access import Role
from assistant.errors import NotFound
from assistant.store.credentials import find_credentials_of, forget_totp
from assistant.store.invitations import ANOTHER_KEY, forget_invitation, invite, list_invitations
from assistant.store.leaving import end_person, list_sole, may_inherit
from assistant.store.outbox import list_unsent
from assistant.store.people import Person, find_person, list_people, save_roles, write_email
from assistant.web.account.forms import said
from assistant.web.admin.forms import EndForm, InviteForm, RolesForm, role_name
from assistant.web.forms import ids, was_sent
from assistant.web.postage import has_mail, postage
from assistant.web.shell import the_shell
from assistant.web.who import signed, the_person

DAYS, DAYS_OF_KEY = 14, 1

blueprint = Blueprint("people", __name__)
blueprint.add_app_template_filter(role_name)


@blueprint.get("/admin/people")
def index() -> str:
    """Everyone, and every invitation that is still open."""
    engine = the_shell().engine
    open_ones = [one for one in list_invitations(engine, clock.now()) if one.relation != ANOTHER_KEY]
    people, unsent = list_people(engine), list_unsent(engine)
    return render_template("admin/people.html", people=people, invitations=open_ones, unsent=unsent)


@blueprint.route("/admin/people/invite", methods=["GET", "POST"])
def invitation() -> ResponseReturnValue:
    """A link for somebody new, or for other roles of who is here. It is shown once: only its digest is kept."""
    form = InviteForm()
    if was_sent() and form.validate():
        if write_email(said(form.email)) != the_person().email:
            roles = list(map(Role, form.roles.data or ()))
            token = invite(
                the_shell().engine,
                name=said(form.name),
                email=said(form.email),
                roles=roles,
                signed=signed(),
                days=DAYS,
                postage=postage(),
            )
            return _link("joining.join", token, DAYS, is_mailed=postage() is not None)
        form.email.errors = [_("This is your own address. Another admin gives you other roles.")]
    page = render_template("admin/invite.html", form=form, roles=list(Role), has_mail=has_mail())
    return page, 422 if form.errors else 200


@blueprint.post("/admin/invitations/<link>/withdraw")
def withdraw(link: str) -> Response:
    """The link no longer works."""
    forget_invitation(the_shell().engine, link, signed=signed())
    return _saved("people.index")


@blueprint.route("/admin/people/<person>", methods=["GET", "POST"])
def show(person: str) -> ResponseReturnValue:
    """One person: roles, and what to do when something is lost."""
    engine, found = the_shell().engine, find_person(the_shell().engine, person)
    form = RolesForm(data={"roles": sorted(found.roles)})
    if was_sent() and form.validate():
        save_roles(engine, _other(found).id, map(Role, form.roles.data or ()), signed=signed())
        return _saved("people.index")
    kept = find_credentials_of(engine, person)
    page = render_template(
        "admin/person.html",
        found=found,
        form=form,
        roles=list(Role),
        is_me=found.id == the_person().id,
        has_codes=bool(kept and kept.totp),
        has_passphrase=bool(kept and kept.passphrase),
    )
    return page, 422 if form.errors else 200


@blueprint.post("/admin/people/<person>/codes")
def codes(person: str) -> Response:
    """Ask no more codes of who lost telephone and recovery codes; the secret is seen by nobody."""
    engine = the_shell().engine
    forget_totp(engine, _other(find_person(engine, person)).id, signed=signed())
    return _saved("people.index")


@blueprint.post("/admin/people/<person>/passphrase")
def passphrase(person: str) -> ResponseReturnValue:
    """A link for who forgot theirs, for a day; until it is used nothing changes."""
    engine = the_shell().engine
    found = _other(find_person(engine, person))
    token = invite(engine, name=found.name, email=found.email, relation=ANOTHER_KEY, signed=signed(), days=DAYS_OF_KEY)
    return _link("joining.another_passphrase", token, DAYS_OF_KEY)


@blueprint.route("/admin/people/<person>/end", methods=["GET", "POST"])
def end(person: str) -> ResponseReturnValue:
    """Someone leaves: what they alone own goes to a colleague, by number."""
    engine, me = the_shell().engine, the_person()
    found = _other(find_person(engine, person))
    sole = list_sole(engine, found.id)
    heirs = {one.id: one for one in list_people(engine) if may_inherit(one, found.id, me.id)}
    form = EndForm()
    form.heir.choices = ids(("", *heirs))
    if was_sent() and form.validate():
        heir = heirs.get(form.heir.data)
        if heir or not sole:
            end_person(engine, found, heir, signed=signed())
            return _saved("people.index")
        form.heir.errors = [_("Choose who gets these dossiers: nobody else owns them.")]
    return render_template(
        "admin/end.html", found=found, form=form, sole=sole, heirs=heirs
    ), 422 if form.errors else 200


def _other(found: Person) -> Person:
    """Nobody changes their own rights, so there is always an admin left, and always a second pair of eyes."""
    if found.ended_at or found.id == the_person().id:
        raise NotFound(found.id)
    return found


def _link(endpoint: str, token: str, days: int, *, is_mailed: bool = False) -> str:
    address = the_shell().settings.base_url + url_for(endpoint, token=token)
    return render_template("admin/link.html", address=address, days=days, is_mailed=is_mailed)


def _saved(endpoint: str) -> Response:
    session["saved"] = True
    return redirect(url_for(endpoint))
