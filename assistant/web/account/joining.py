"""Coming in by a link: as somebody new, or with the account one has; and a link to choose another passphrase."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assistant import clock
from assistant.access import Relation
from assistant.accounts.passwords import hash_passphrase
from assistant.errors import Conflict, NotFound
from assistant.store.database import reading
from assistant.store.invitations import (
    ANOTHER_KEY,
    Arrival,
    Invitation,
    accept_as,
    accept_new,
    accept_passphrase,
    find_invitation,
)
from assistant.store.people import Person, find_by_email, find_names
from assistant.store.sessions import list_sessions
from assistant.web.account.forms import JoinForm, NewPassphrase, said
from assistant.web.account.single_sign_on import begin, the_arrival
from assistant.web.forms import was_sent
from assistant.web.shell import the_shell
from assistant.web.who import home_of, session_id, sign_in, signed, someone

blueprint = Blueprint("joining", __name__)
View = Callable[[str], ResponseReturnValue]


def with_link(view: View) -> View:
    """A link that does not work gets one page, whatever is the matter with it."""

    @wraps(view)
    def looked_up(token: str) -> ResponseReturnValue:
        try:
            return view(token)
        except NotFound:
            return render_template("account/no_link.html"), 404

    return looked_up


@blueprint.route("/join/<token>", methods=["GET", "POST"])
@with_link
def join(token: str) -> ResponseReturnValue:
    """An invitation: what for, and the way in that fits who holds it."""
    found, person = _find(token), someone()
    if person is not None:
        return _join_as(token, found, person)
    if _has_account(found.email):
        return _page(found, token, None)
    form = JoinForm(data={"name": found.name})
    form.words = (found.email,)
    arrival = the_arrival()
    if arrival:
        del form.passphrase
    if was_sent() and form.validate():
        return _join_new(token, found, form, arrival)
    return _page(found, token, form), 422 if form.errors else 200


@blueprint.get("/join/<token>/sign-on")
@with_link
def by_sign_on(token: str) -> ResponseReturnValue:
    """Accept it with single sign-on."""
    _find(token)
    return begin(join=token)


@blueprint.route("/another-passphrase/<token>", methods=["GET", "POST"])
@with_link
def another_passphrase(token: str) -> ResponseReturnValue:
    """For who forgot it: the link is the proof, a second step stays needed."""
    shell = the_shell()
    found = find_invitation(shell.engine, token, clock.now())
    if found.relation != ANOTHER_KEY:
        raise NotFound("invitation")
    form = NewPassphrase()
    form.words = (found.email, found.name)
    if was_sent() and form.validate():
        hash = hash_passphrase(said(form.passphrase))
        accept_passphrase(shell.engine, token, hash, at=clock.now(), audit_key=shell.audit_key)
        return redirect(url_for("account.sign_in"))
    return render_template("account/another_passphrase.html", form=form), 422 if form.errors else 200


def _find(token: str) -> Invitation:
    found = find_invitation(the_shell().engine, token, clock.now())
    if found.relation == ANOTHER_KEY:
        raise NotFound("invitation")
    return found


def _has_account(email: str) -> bool:
    with reading(the_shell().engine) as connection:
        return find_by_email(connection, email) is not None


def _join_as(token: str, found: Invitation, person: Person) -> ResponseReturnValue:
    if not was_sent():
        return _page(found, token, None)
    engine = the_shell().engine
    how = {one.id: one.how for one in list_sessions(engine, person.id)}[session_id()]
    changed = accept_as(engine, token, person, signed=signed())
    if changed.roles != person.roles:
        sign_in(changed, how)  # other rights, so another session
    return _to(found, changed)


def _join_new(token: str, found: Invitation, form: JoinForm, identity: tuple[str, str] | None) -> ResponseReturnValue:
    shell = the_shell()
    hash = "" if identity else hash_passphrase(said(form.passphrase))
    who = Arrival(said(form.name), said(form.function), hash, identity)
    try:
        person = accept_new(shell.engine, token, who, at=clock.now(), audit_key=shell.audit_key)
    except Conflict:  # in the meantime
        form.name.errors = [_("There is an account with this address by now. Load the page again.")]
        return _page(found, token, form), 409
    sign_in(person, "sign_on" if identity else "passphrase")
    return _to(found, person)


def _to(found: Invitation, person: Person) -> Response:
    if found.dossier and found.relation != Relation.ADVISER:
        return redirect(url_for("dossiers.tasks", id=found.dossier))
    return redirect(url_for(home_of(person)))


def _page(found: Invitation, token: str, form: JoinForm | None) -> str:
    shell = the_shell()
    return render_template(
        "account/join.html",
        invitation=found,
        token=token,
        form=form,
        by=find_names(shell.engine, [found.made_by]).get(found.made_by, ""),
        arrived=the_arrival() is not None,
        has_sign_on=bool(shell.settings.oidc_issuer),
    )
