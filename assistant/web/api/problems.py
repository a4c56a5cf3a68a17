"""What a system is told when something went wrong: problem+json (RFC 9457), in the language it asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from flask import Response, g, request
from flask_babel import gettext as _

from assistant.web.api.answers import Problem, WrongPart
from assistant.web.languages import the_language

MEDIA_TYPE: Final = "application/problem+json"
PLACE: Final = "/api"


def is_wanted() -> bool:
    """Whether this address belongs to the interface, whatever is there."""
    return request.path == PLACE or request.path.startswith(f"{PLACE}/")


def build_problem(code: int, errors: Iterable[WrongPart] = ()) -> Response:
    """The answer; `errors`: what is wrong with which parameter."""
    title, detail = _words(code)
    problem = Problem(
        type="about:blank",
        title=title,
        status=code,
        detail=detail,
        request_id=g.get("request_id", ""),
        errors=tuple(errors),
    )
    response = Response(problem.model_dump_json(), code, content_type=MEDIA_TYPE)
    response.headers["Content-Language"] = the_language()
    response.headers["Vary"] = "Accept-Language"
    if code == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="assistant"'
    return response


def wrong(kind: str) -> str:
    """What is wrong with a parameter; `kind` as pydantic calls it."""
    match kind:
        case "extra_forbidden":
            return str(_("There is no such parameter here."))
        case "literal_error":
            return str(_("This is none of the words that it can be."))
        case "int_parsing" | "greater_than_equal" | "less_than_equal":
            return str(_("This is no whole number that it can be."))
        case "string_too_short" | "string_too_long":
            return str(_("This is too short or too long."))
        case _other:
            return str(_("This has another form than it should have."))


def _words(code: int) -> tuple[str, str]:
    match code:
        case 400:
            return _("This request is not right"), _("Look at the parts that are named, or at the address.")
        case 401:
            return _("There is no token that works"), _(
                "Send it in the header Authorization, as Bearer. It may be over, ended, or not agreed to yet."
            )
        case 404:
            return _("There is nothing here"), _("It is not there, or not for this token.")
        case 405:
            return _("This can only be read"), _("Ask for it without sending anything.")
        case 406:
            return _("There is no such format here"), _("Change the header Accept, or ask for another format.")
        case 413:
            return _("This request is too large"), _("Send nothing along: everything here can only be read.")
        case 429:
            return _("Too many wrong tokens from your network"), _("Wait as long as the header Retry-After says.")
        case 503:
            return _("This cannot be read right now"), _("Wait as long as the header Retry-After says.")
        case _other:
            return _("Something went wrong on our side"), _("Try again, or tell your administrator the number.")
