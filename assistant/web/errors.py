"""From what went wrong to a page, in one place. A script gets problem+json."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from typing import Any

from flask import Flask, Response, current_app, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed, SecurityError

from assistant.errors import (
    Conflict,
    LastOwner,
    NotFound,
    NotSignedIn,
    Refused,
    TooManyTries,
    Unavailable,
    UnknownEdition,
)
from assistant.web.api import problems

log = logging.getLogger("assistant.errors")


def set_up(app: Flask) -> None:
    """Register every handler."""
    app.register_error_handler(NotFound, lambda error: _page(404))
    app.register_error_handler(Conflict, lambda error: _page(409))
    app.register_error_handler(Unavailable, lambda error: _unavailable())
    app.register_error_handler(NotSignedIn, lambda error: _not_signed_in())
    app.register_error_handler(Refused, lambda error: _page(403, typed=_typed()))
    app.register_error_handler(LastOwner, lambda error: _page(409))
    app.register_error_handler(TooManyTries, _too_many_tries)
    app.register_error_handler(UnknownEdition, lambda error: _page(503))
    app.register_error_handler(CSRFError, _token_refused)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _last_resort)
    app.log_exception = lambda exc_info: None  # type: ignore[method-assign]  # its traceback may hold typed text


def _refused(error: HTTPException) -> Any:
    if isinstance(error, InternalServerError):
        return _last_resort(error.original_exception or error)
    # a host that is not ours: no page of ours has an address there
    if isinstance(error, SecurityError) and not problems.is_wanted():
        return Response("This is not the address of the assistant.\n", 400, mimetype="text/plain")
    page, status, headers = _page(error.code or 500)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        headers = {**headers, "Allow": ", ".join(sorted(error.valid_methods))}
    return page, status, headers


def _last_resort(error: BaseException) -> Any:
    _log(error)
    try:
        return _page(500)
    except Exception as second:  # the error page is broken too
        _log(second)
        return Response(f"Something went wrong on our side ({g.get('request_id', '-')}).\n", 500, mimetype="text/plain")


def _log(error: BaseException) -> None:
    # The kind of error and where it was raised, never its text: that may hold what somebody typed.
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    place = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "-"
    log.error("%s at %s in %s %s", type(error).__name__, place, request.endpoint, g.get("request_id", "-"))


def _token_refused(error: CSRFError) -> Any:
    view = current_app.view_functions.get(request.endpoint or "")
    when_refused = getattr(view, "when_refused", None)
    if when_refused and request.view_args is not None:
        try:
            return when_refused(**request.view_args)
        except Exception as second:  # an error inside a handler would pass all other handlers by
            return current_app.handle_user_exception(second)
    return _page(400, typed=_typed())


def _unavailable() -> Any:
    """The database is away. What was typed stays in the form of the page itself, to send again."""
    page, status, headers = _page(503, typed=_typed())
    return page, status, {**headers, "Retry-After": "5"}


def _not_signed_in() -> Any:
    """To the door; who was sending something keeps it, to send again after signing in elsewhere."""
    if request.method == "POST" or _wants_json():
        return _page(401, typed=_typed())
    return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")))


def _too_many_tries(error: TooManyTries) -> Any:
    page, status, headers = _page(429)
    return page, status, {**headers, "Retry-After": str(error.wait)}


def _typed() -> list[tuple[str, str]]:
    """The fields that were posted, to send again; the token and the button are made anew."""
    if request.method != "POST":
        return []
    return [
        (name, value) for name, values in request.form.lists() for value in values if name not in ("csrf_token", "do")
    ]


def _words(code: int) -> tuple[str, str]:
    match code:
        case 400:
            return _("This did not come through"), _("Go back, load the page again and try once more.")
        case 401:
            return _("You are no longer signed in"), _(
                "What you typed is still here. Sign in in another tab, come back and send it again."
            )
        case 403:
            return _("This is not possible now"), _(
                "You can read this dossier, but not do this. It is with the officer, or you have another part in it."
            )
        case 429:
            return _("Too many wrong tries"), _("Wait a few minutes and try again. Nothing is blocked.")
        case 404:
            return _("We cannot find this page"), _("The address may be mistyped, or the dossier is no longer there.")
        case 405:
            return _("This page works differently"), _("Go back and use the buttons on the page.")
        case 409:
            return _("Someone else has just saved this"), _("Nothing was overwritten. Load the page again.")
        case 413:
            return _("This is too much at once"), _(
                "Go back: what you typed is still there. Shorten it and save again."
            )
        case 503:
            return _("The assistant cannot read or save right now"), _(
                "Nothing you saved is lost. Wait a moment and try again."
            )
        case _:
            return _("Something went wrong on our side"), _(
                "What you saved before is safe. Try again, or tell your administrator the number below."
            )


def _wants_json() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def _page(code: int, typed: Sequence[tuple[str, str]] = ()) -> tuple[Any, int, dict[str, str]]:
    if problems.is_wanted():
        return problems.build_problem(code), code, {}
    title, text = _words(code)
    if _wants_json():
        problem = {"type": "about:blank", "title": title, "status": code, "request_id": g.get("request_id", "")}
        return Response(json.dumps(problem), content_type="application/problem+json"), code, {}
    return render_template("errors/error.html", title=title, text=text, code=code, typed=typed), code, {}
