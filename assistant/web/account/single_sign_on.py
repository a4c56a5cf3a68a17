"""Single sign-on: to the organisation's provider and back. What has to be kept meanwhile is in the session's cookie."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assistant import clock
from assistant.accounts import SignOnRefused
from assistant.errors import Conflict, NotFound, NotReady
from assistant.settings import Settings
from assistant.store.changes import Signed
from assistant.store.credentials import find_by_identity, save_identity
from assistant.store.database import writing
from assistant.store.invitations import Arrival, save_arrival
from assistant.store.mail_choices import MONDAY, MailChoice, write_choice
from assistant.web.account.forms import ArriveForm, said
from assistant.web.account.refusals import keep_refusal
from assistant.web.forms import was_sent
from assistant.web.languages import the_language
from assistant.web.shell import the_shell
from assistant.web.who import home_of, safe_way_on, sign_in, signed, someone, the_person

_AWAY: Final = "sign_on"  # in the session: what to compare when they are back, and what they came for
_ARRIVED: Final = "arrived"  # in the session: who the provider says it is, without an account here yet
_TIME: Final = timedelta(minutes=15)

blueprint = Blueprint("single", __name__)
landing = Blueprint("landing", __name__)  # one address for the provider, without a language


def check_settings(settings: Settings) -> None:
    """Raises NotReady when single sign-on is asked for and cannot work."""
    if not settings.oidc_issuer:
        return
    if not (settings.base_url and settings.oidc_client_id and settings.oidc_client_secret_file):
        raise NotReady("single sign-on needs base_url, oidc_client_id and oidc_client_secret_file")
    try:
        from assistant.accounts import sign_on

        sign_on.require_one_organisation(settings.oidc_issuer)
        sign_on.load_client_secret(settings.oidc_client_secret_file)
    except ModuleNotFoundError as error:
        raise NotReady("single sign-on needs: pip install 'ethical-review-assistant[oidc]'") from error
    except SignOnRefused as error:
        raise NotReady(f"oidc_issuer cannot be used: {error.reason}") from error


@blueprint.get("/sign-on")
def start() -> ResponseReturnValue:
    """To the provider. A link and no form: our pages send forms to nobody else."""
    return begin(next=safe_way_on(request.args.get("next", "")))


@blueprint.get("/account/connect")
def connect() -> ResponseReturnValue:
    """Sign in at the provider to connect it to the account one is in: never by an e-mail address."""
    return begin(connect=the_person().id)


@landing.get("/sign-on/back")
def back() -> ResponseReturnValue:
    """From the provider, with an answer to be doubted."""
    from assistant.accounts.sign_on import Pending, discover, finish

    kept: dict[str, Any] = session.pop(_AWAY, {})
    try:
        if not kept or _is_old(kept):
            raise SignOnRefused("state")
        pending = Pending(**kept["pending"])
        provider = discover(_issuer())
        found = finish(provider, _registration(), pending, request.args, clock.now())
    except SignOnRefused as error:
        return _refuse(error.reason, kept)
    return _welcome((found.issuer, found.subject), kept)


@blueprint.route("/sign-on/new", methods=["GET", "POST"])
def arrive() -> ResponseReturnValue:
    """An account for who the provider knows, where the organisation lets all of its people in."""
    identity, shell = the_arrival(), the_shell()
    if identity is None or not shell.settings.oidc_admit:
        raise NotFound("arrival")
    form = ArriveForm()
    if was_sent() and form.validate():
        who = Arrival(said(form.name), said(form.function), identity=identity)
        new = Signed(str(uuid4()), clock.now(), shell.audit_key)
        try:
            with writing(shell.engine) as connection:
                person = save_arrival(connection, who, said(form.email), (), new)
                # nobody sent a link to this address, so it may be a stranger's: no mail goes there unasked
                write_choice(connection, person.id, MailChoice(False, MONDAY, the_language()))
        except Conflict:
            form.email.errors = [
                _("There is an account with this address. Sign in with its passphrase and connect the two there.")
            ]
            return render_template("account/arrive.html", form=form), 409
        sign_in(person, "sign_on")
        return redirect(url_for(home_of(person)))
    return render_template("account/arrive.html", form=form), 422 if form.errors else 200


def begin(**wanted: str) -> Response:
    """Off to the provider; `wanted`: what for, once they are back."""
    from assistant.accounts.sign_on import discover, start

    kept: dict[str, Any] = {"at": clock.now().isoformat(), "language": the_language(), **wanted}
    try:
        url, pending = start(discover(_issuer()), _registration())
    except SignOnRefused as error:
        return _refuse(error.reason, kept)
    session[_AWAY] = {**kept, "pending": asdict(pending)}
    return redirect(url)


def the_arrival() -> tuple[str, str] | None:
    """Issuer and subject of who came from the provider just now and has no account yet."""
    arrived: dict[str, str] = session.get(_ARRIVED, {})
    return None if not arrived or _is_old(arrived) else (arrived["issuer"], arrived["subject"])


def _welcome(identity: tuple[str, str], kept: dict[str, Any]) -> Response:
    language, shell, token = kept["language"], the_shell(), kept.get("join", "")
    joining = url_for("joining.join", language=language, token=token) if token else ""
    if "connect" in kept:
        return _connect(identity, kept)
    person = find_by_identity(shell.engine, *identity)
    if person:
        sign_in(person, "sign_on")
        return redirect(joining or kept.get("next") or url_for(home_of(person), language=language))
    if not (token or shell.settings.oidc_admit):
        return _refuse("unknown", kept)
    session[_ARRIVED] = {"issuer": identity[0], "subject": identity[1], "at": clock.now().isoformat()}
    return redirect(joining or url_for("single.arrive", language=language))


def _connect(identity: tuple[str, str], kept: dict[str, Any]) -> Response:
    person = someone()
    if person is None or person.id != kept["connect"]:
        return _refuse("state", kept)
    try:
        with writing(the_shell().engine) as connection:
            save_identity(connection, person.id, *identity, signed())
    except Conflict:
        return _refuse("taken", kept)
    session["saved"] = True
    return redirect(url_for("mine.show", language=kept["language"]))


def _refuse(reason: str, kept: dict[str, Any]) -> Response:
    keep_refusal(reason)
    page = "mine.show" if "connect" in kept and someone() else "account.sign_in"
    return redirect(url_for(page, language=kept.get("language") or the_language()))


def _is_old(kept: dict[str, Any]) -> bool:
    return clock.now() - datetime.fromisoformat(kept["at"]) > _TIME


def _issuer() -> str:
    issuer = the_shell().settings.oidc_issuer
    if not issuer:
        raise NotFound("single sign-on")
    return issuer


def _registration() -> Any:
    from assistant.accounts.sign_on import Registration, load_client_secret

    settings = the_shell().settings
    if settings.oidc_client_secret_file is None:
        raise NotFound("single sign-on")
    secret = load_client_secret(settings.oidc_client_secret_file)
    return Registration(settings.oidc_client_id, secret, f"{settings.base_url}/sign-on/back", settings.oidc_require_mfa)
