"""The second step of my account: a telephone that makes codes, and recovery codes for the day it is gone."""

from __future__ import annotations

from io import BytesIO
from typing import Final

import segno
from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assistant import clock
from assistant.accounts.codes import (
    check_code,
    hash_recovery_code,
    new_recovery_codes,
    new_secret,
    provisioning_uri,
)
from assistant.accounts.sealed import open_sealed, seal
from assistant.errors import NotFound
from assistant.store.credentials import (
    Credentials,
    find_credentials_of,
    forget_totp,
    list_recovery_codes,
    save_recovery_codes,
    save_totp,
)
from assistant.web.account.forms import CodeForm, said
from assistant.web.account.proof import totp_place, try_code
from assistant.web.forms import was_sent
from assistant.web.shell import seal_keys, the_shell
from assistant.web.who import session_id, signed, the_person

_NEW: Final = "totp"  # in the session: a secret that is not in use yet, sealed

blueprint = Blueprint("codes", __name__)


@blueprint.route("/account/codes", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """Turn codes on, or what can be done once they are."""
    found = find_credentials_of(the_shell().engine, the_person().id)
    if found is None or not found.passphrase:
        raise NotFound("codes")
    form = CodeForm()
    return _manage(found, form) if found.totp else _begin(form)


@blueprint.get("/account/codes/image.svg")
def image() -> Response:
    """What the telephone's camera reads."""
    secret = _new_secret()
    if not secret:
        raise NotFound("codes")
    uri = provisioning_uri(secret, the_person().email, _("Ethical Review Assistant"))
    drawn = BytesIO()
    segno.make_qr(uri, error="m").save(drawn, kind="svg", scale=4, light="white")
    return Response(drawn.getvalue(), mimetype="image/svg+xml")


def _begin(form: CodeForm) -> ResponseReturnValue:
    person, secret = the_person(), _new_secret()
    if not secret:
        secret = new_secret()
        session[_NEW] = seal(seal_keys(), secret, _place_of_new())
    if was_sent() and form.validate():
        step = check_code(secret, said(form.code), 0, clock.now())
        if step is not None:
            codes = new_recovery_codes()
            hashes = [hash_recovery_code(code, person.id) for code in codes]
            sealed = seal(seal_keys(), secret, totp_place(person.id))
            save_totp(the_shell().engine, person.id, sealed, step, hashes, signed=signed(), but=session_id())
            session.pop(_NEW)
            return render_template("account/recovery_codes.html", codes=codes)
        form.code.errors = [_("This code is not right. Look whether the clock of your telephone is.")]
    return render_template("account/codes_on.html", form=form, secret=secret), 422 if form.errors else 200


def _manage(found: Credentials, form: CodeForm) -> ResponseReturnValue:
    engine, person = the_shell().engine, found.person.id
    if was_sent() and form.validate():
        if not try_code(found, said(form.code)):
            form.code.errors = [_("This code is not right, or was used before. Wait for the next one.")]
        elif request.form.get("do") == "renew":
            codes = new_recovery_codes()
            hashes = [hash_recovery_code(code, person) for code in codes]
            save_recovery_codes(engine, person, hashes, signed=signed())
            return render_template("account/recovery_codes.html", codes=codes)
        else:
            forget_totp(engine, person, signed=signed(), but=session_id())
            session["saved"] = True
            return redirect(url_for("mine.show"))
    left = len(list_recovery_codes(engine, person))
    return render_template("account/codes.html", form=form, left=left), 422 if form.errors else 200


def _new_secret() -> str:
    sealed = session.get(_NEW, "")
    return open_sealed(seal_keys(), sealed, _place_of_new()) if sealed else ""


def _place_of_new() -> str:
    return f"session/{session_id()}/{_NEW}"
