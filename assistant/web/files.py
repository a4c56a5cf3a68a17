"""A file to save; shown in the browser it may do nothing."""

from __future__ import annotations

from typing import Final

from flask import Response

SANDBOX: Final = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


def build_attachment(body: bytes, content_type: str, name: str) -> Response:
    """The answer that makes a browser save these bytes under this name."""
    response = Response(body, content_type=content_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
