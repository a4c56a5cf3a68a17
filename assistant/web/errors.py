"""From what went wrong to a page, in one place. A script gets problem+json."""

from __future__ import annotations

import json
import logging
from typing import Any

from flask import Flask, Response, current_app, g, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from assistant.errors import Conflict, NotFound, Unavailable, UnknownEdition

log = logging.getLogger("assistant.errors")


def set_up(app: Flask) -> None:
    """Register every handler."""
    app.register_error_handler(NotFound, lambda error: _page(404))
    app.register_error_handler(Conflict, lambda error: _page(409))
    app.register_error_handler(Unavailable, lambda error: _unavailable())
    app.register_error_handler(UnknownEdition, lambda error: _page(503))
    app.register_error_handler(CSRFError, _token_refused)
    app.register_error_handler(HTTPException, lambda error: _page(error.code or 500))
    app.register_error_handler(Exception, _last_resort)


def _last_resort(error: Exception) -> Any:
    # The kind of error and where it was raised, never its text: that may hold what somebody typed.
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    place = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "-"
    log.error("%s at %s in %s %s", type(error).__name__, place, request.endpoint, g.get("request_id", "-"))
    return _page(InternalServerError.code)


def _token_refused(error: CSRFError) -> Any:
    view = current_app.view_functions.get(request.endpoint or "")
    when_refused = getattr(view, "when_refused", None)
    if when_refused and request.view_args is not None:
        return when_refused(**request.view_args)
    return _page(400)


def _unavailable() -> Any:
    """The database is away. What was typed stays in the form of the page itself, to send again."""
    page, status, headers = _page(503)
    return page, status, {**headers, "Retry-After": "5"}


def _words(code: int) -> tuple[str, str]:
    match code:
        case 400:
            return _("This did not come through"), _("Go back, load the page again and try once more.")
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


def _page(code: int) -> tuple[Any, int, dict[str, str]]:
    title, text = _words(code)
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        problem = {"type": "about:blank", "title": title, "status": code, "request_id": g.get("request_id", "")}
        return Response(json.dumps(problem), content_type="application/problem+json"), code, {}
    typed = [
        (name, value)
        for name, values in (request.form.lists() if code == 503 and request.method == "POST" else ())
        for value in values
        if name not in ("csrf_token", "do")
    ]
    return render_template("errors/error.html", title=title, text=text, code=code, typed=typed), code, {}
