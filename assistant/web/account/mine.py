"""My account: who I am, my passphrase, and where I am signed in."""

from __future__ import annotations

import json

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assistant.accounts.passwords import hash_passphrase
from assistant.errors import NotFound
from assistant.store.credentials import find_credentials_of, list_identities, save_passphrase
from assistant.store.database import writing
from assistant.store.people import save_facts
from assistant.store.person_data import find_person_data
from assistant.store.sessions import forget_session, forget_sessions, list_sessions
from assistant.web.account.forms import ChangePassphrase, FactsForm, said
from assistant.web.account.proof import try_own_passphrase
from assistant.web.account.refusals import take_refusal
from assistant.web.files import build_attachment
from assistant.web.forms import was_sent
from assistant.web.shell import the_shell
from assistant.web.who import session_id, sign_in, signed, the_person

blueprint = Blueprint("mine", __name__)


@blueprint.route("/account", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """What is kept of me, with a way to change it."""
    person, shell = the_person(), the_shell()
    form = FactsForm(data={"name": person.name, "function": person.function})
    if was_sent() and form.validate():
        save_facts(shell.engine, person.id, said(form.name), said(form.function), signed=signed())
        session["saved"] = True
        return redirect(url_for("mine.show"))
    found = find_credentials_of(shell.engine, person.id)
    page = render_template(
        "account/mine.html",
        form=form,
        has_passphrase=has_passphrase(),
        has_codes=bool(found and found.totp),
        connected=list_identities(shell.engine, person.id),
        has_sign_on=bool(shell.settings.oidc_issuer),
        has_mail=shell.settings.has_mail,
        refusal=take_refusal() if request.method == "GET" else "",
    )
    return page, 422 if form.errors else 200


@blueprint.get("/account/data.json")
def data() -> ResponseReturnValue:
    """Everything that is kept about me, as a file."""
    found = find_person_data(the_shell().engine, the_person().id)
    body = (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()
    return build_attachment(body, "application/json", "my-data.json")


@blueprint.route("/account/passphrase", methods=["GET", "POST"])
def passphrase() -> ResponseReturnValue:
    """Another one: everywhere else I am signed out."""
    person, shell = the_person(), the_shell()
    if not has_passphrase():
        raise NotFound("passphrase")
    form = ChangePassphrase()
    form.words = (person.name, person.email)
    if was_sent() and form.validate():
        if try_own_passphrase(person, said(form.now)):
            save_passphrase(shell.engine, person.id, hash_passphrase(said(form.passphrase)), signed=signed())
            sign_in(person, "passphrase")
            session["saved"] = True
            return redirect(url_for("mine.show"))
        form.now.errors = [_("This is not your passphrase of now.")]
    return render_template("account/passphrase.html", form=form), 422 if form.errors else 200


@blueprint.get("/account/sessions")
def sessions() -> str:
    """Where I am signed in."""
    found = list_sessions(the_shell().engine, the_person().id)
    return render_template("account/sessions.html", sessions=found, this=session_id())


@blueprint.post("/account/sessions/<hash>/end")
def end(hash: str) -> ResponseReturnValue:
    """Sign out somewhere else."""
    engine = the_shell().engine
    if hash not in {one.id for one in list_sessions(engine, the_person().id)}:
        raise NotFound("session")
    forget_session(engine, hash)
    return _back()


@blueprint.post("/account/sessions/end-others")
def end_others() -> ResponseReturnValue:
    """Sign out everywhere but here."""
    with writing(the_shell().engine) as connection:
        forget_sessions(connection, the_person().id, session_id())
    return _back()


def has_passphrase() -> bool:
    """Whether who is signed in can do so with a passphrase; who came by single sign-on, or a demo, cannot."""
    found = find_credentials_of(the_shell().engine, the_person().id)
    return bool(found and found.passphrase)


def _back() -> ResponseReturnValue:
    session["saved"] = True
    return redirect(url_for("mine.sessions"))
