"""The front door, the health check, and the shell that every view works with."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from assistant import clock
from assistant.accounts.sealed import SealKeys, load_seal_key
from assistant.opening import Shell
from assistant.store.database import reading
from assistant.trees.model import LANGUAGES

__all__ = ["Shell", "seal_keys", "the_shell"]


def the_shell() -> Shell:
    """The installation that answers this request."""
    return cast(Shell, current_app.extensions["shell"])


def seal_keys() -> SealKeys:
    """The keys that seal secrets in the database, and the answers of rounds that are open."""
    return load_seal_key(the_shell().settings.seal_key_path)


blueprint = Blueprint("shell", __name__)


@blueprint.get("/")
def front_door() -> BaseResponse:
    """To the start page in the reader's language."""
    default = the_shell().settings.default_language
    language = request.accept_languages.best_match(LANGUAGES, default) or default
    response = redirect(url_for("start.start", language=language))
    response.headers["Vary"] = "Accept-Language"
    return response


@blueprint.get("/.well-known/security.txt")
def security() -> Response:
    """Whom to tell of a weakness (RFC 9116); not there without a contact, or once its day has passed."""
    settings = the_shell().settings
    if not settings.security_contact or settings.security_expires < clock.today(settings.time_zone).isoformat():
        abort(404)
    lines = [
        f"Contact: {settings.security_contact}",
        f"Expires: {settings.security_expires}T23:59:59Z",
        "Preferred-Languages: nl, en",
    ]
    if settings.base_url:
        lines.append(f"Canonical: {settings.base_url}/.well-known/security.txt")
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/healthz")
def health() -> Response:
    """Whether the database answers."""
    with reading(the_shell().engine) as connection:
        connection.exec_driver_sql("SELECT 1")
    return Response("ok\n", mimetype="text/plain")
