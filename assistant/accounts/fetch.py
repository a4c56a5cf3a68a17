"""JSON from the provider: over https (plain http on loopback alone), without redirects, bounded in time and size."""

from __future__ import annotations

import json
import ssl
import time
from functools import cache
from http.client import HTTPException, HTTPResponse
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from assistant.accounts import SignOnRefused

TIMEOUT: Final = 5.0  # seconds to wait for a sign of life, and for the whole of an answer
_MOST: Final = 256 * 1024  # bytes
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


def safe_url(url: object) -> str:
    """The same, if it is an address on the way to which nobody can listen in."""
    if not (isinstance(url, str) and url.isascii() and url.isprintable() and " " not in url):
        raise SignOnRefused("unsafe_address")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port  # reading a port checks it
    except ValueError as error:
        raise SignOnRefused("unsafe_address") from error
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
    if not (safe and host and parts.username is None and not parts.fragment):
        raise SignOnRefused("unsafe_address")
    return url


def fetch_json(
    url: str, timeout: float = TIMEOUT, form: dict[str, str] | None = None, authorization: str = ""
) -> dict[str, Any]:
    """What GET, or POST with a form, brings: a JSON object, or SignOnRefused with the reason."""
    headers = {"Accept": "application/json"} | ({"Authorization": authorization} if authorization else {})
    data = urlencode(form).encode() if form else None
    request = Request(safe_url(url), data, headers)  # noqa: S310
    try:
        with _opener().open(request, timeout=timeout) as response:
            body = _read(response, time.monotonic() + timeout)
        found = json.loads(body)
    except HTTPError as error:
        error.close()
        raise SignOnRefused("redirected" if 300 <= error.code < 400 else "provider_error") from error
    except (OSError, HTTPException) as error:
        raise SignOnRefused(_reason(error)) from error
    except (ValueError, RecursionError) as error:
        raise SignOnRefused("not_json") from error
    if not isinstance(found, dict):
        raise SignOnRefused("not_json")
    return found


def _reason(error: Exception) -> Any:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return "certificate"
    return "too_slow" if isinstance(cause, TimeoutError) else "unreachable"


def _read(response: HTTPResponse, deadline: float) -> bytes:
    body = b""
    while piece := response.read1(64 * 1024):
        body += piece
        if len(body) > _MOST:
            raise SignOnRefused("too_large")
        if time.monotonic() > deadline:
            raise SignOnRefused("too_slow")
    return body


@cache
def _opener() -> OpenerDirector:
    """Only what is named here: nothing that follows redirects or opens files. A proxy comes from the environment."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(context=ssl.create_default_context()),
        HTTPDefaultErrorHandler(),
        HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener
