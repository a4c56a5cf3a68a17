"""Headers on every answer, the session's key, and requests from elsewhere."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Final

from flask import Flask, Response, abort, request
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import Signer

from assistant.errors import NotReady
from assistant.key_file import load_text

CONTENT_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


class Sessions(SecureCookieSessionInterface):
    """The session cookie, signed with SHA-256 in place of SHA-1."""

    digest_method = staticmethod(sha256)


def set_up(app: Flask) -> None:
    """Sign with SHA-256, refuse what comes from another site, and put the headers on everything that goes out."""
    app.session_interface = Sessions()
    Signer.default_digest_method = staticmethod(sha256)  # Flask-WTF signs the forms' tokens and asks for no other

    @app.before_request
    def refuse_other_sites() -> None:
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "same-origin") not in (
            "same-origin",
            "none",
        ):
            abort(400)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if app.config["SESSION_COOKIE_SECURE"]:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if request.endpoint in ("static", "look.theme"):
            response.headers["Cache-Control"] = "public, max-age=3600"
        else:
            response.headers["Cache-Control"] = "no-store"
        return response


def load_secret_key(path: Path) -> str:
    """The key that signs the session cookie, made when it is not there yet."""
    key = load_text(path, "session key")
    if len(key) < 32:
        raise NotReady(f"the session key is too short: {path}")
    return key
