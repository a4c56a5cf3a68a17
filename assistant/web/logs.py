"""What is logged of a request: route, status, milliseconds, request id. No address, no text, no name, no IP."""

from __future__ import annotations

import logging
import secrets
import time

from flask import Flask, Response, g, request

log = logging.getLogger("assistant.requests")


def set_up(app: Flask) -> None:
    """Time every request and give it an id."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()
        g.request_id = secrets.token_hex(8)

    @app.after_request
    def end(response: Response) -> Response:
        took = (time.perf_counter() - g.get("began", time.perf_counter())) * 1000
        route = request.endpoint or "-"
        log.info("%s %s %s %.0fms %s", request.method, route, response.status_code, took, g.get("request_id", "-"))
        return response
