"""How pages look: the NL Design System's CSS if it was fetched, our own, and the municipality's on top."""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Blueprint, Flask, Response, abort, current_app, request

from assistant.opening import Shell
from assistant.web.vendor import vendor_css

SMALL = 1_000  # bytes; below this, compressing costs more than it saves

blueprint = Blueprint("look", __name__)


def set_up(app: Flask) -> None:
    """Give templates the style sheets in order, serve a theme, compress what never holds an answer."""
    shell: Shell = app.extensions["shell"]
    theme_dir = shell.settings.theme_dir
    theme = None
    if theme_dir:
        from assistant.theme import load_theme  # parses CSS and SVG: only where there is a theme

        theme = load_theme(theme_dir)
    app.extensions["theme"] = theme.files if theme else {}
    look = {
        "vendor_css": vendor_css(),
        "has_theme": theme is not None,
        "has_logo": bool(theme and theme.has_logo),
    }
    app.context_processor(lambda: look)
    app.register_blueprint(blueprint)

    @app.after_request
    def compress(response: Response) -> Response:
        """Style sheets and pictures only: compressing a page with a token in it could give the token away."""
        wanted = request.endpoint in ("static", "look.theme") and bool(request.accept_encodings["gzip"])
        if wanted and response.status_code == 200 and response.mimetype in ("text/css", "image/svg+xml"):
            response.direct_passthrough = False
            body = response.get_data()
            if len(body) > SMALL:
                response.set_data(_compressed(body))
                response.headers["Content-Encoding"] = "gzip"
        if request.endpoint in ("static", "look.theme"):
            response.vary.add("Accept-Encoding")
        return response


@lru_cache(maxsize=32)
def _compressed(body: bytes) -> bytes:
    return gzip.compress(body, 9, mtime=0)


@blueprint.get("/theme/<path:name>")
def theme(name: str) -> Response:
    """A file of the municipality's theme, as it was checked at start."""
    file = current_app.extensions["theme"].get(name)
    if file is None:
        abort(404)
    response = Response(file.data, content_type=file.mimetype)
    if name.endswith(".svg"):
        response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
