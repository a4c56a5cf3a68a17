"""Calls an application the way a server does, without the work of a test client."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Flask


class Caller:
    """A browser that has read one page: it has a session and a token. `person`: whom it signs in as, in the demo."""

    def __init__(self, app: Flask, path: str, person: str = "") -> None:
        self.app, self.path, self.cookie, self.status = app.wsgi_app, "/demo", "", ""
        if person:
            self._call("POST", urlencode({"person": person}).encode())
        self.path = path
        page = self.get()
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found, page
        self.token, self.page = found[1], page

    def get(self) -> str:
        """The page."""
        return self._call("GET", b"")

    def post(self, fields: Mapping[str, str]) -> str:
        """Where the answer sends the browser to."""
        self._call("POST", urlencode({"csrf_token": self.token, **fields}).encode())
        assert self.status.startswith("302"), self.status
        return self.status

    def _call(self, method: str, body: bytes) -> str:
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": self.path,
            "QUERY_STRING": "",
            "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT_LANGUAGE": "nl",
            "HTTP_COOKIE": self.cookie,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        chunks = self.app(environ, self._start)
        page = b"".join(chunks).decode()
        if hasattr(chunks, "close"):
            chunks.close()
        return page

    def _start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        self.status = status
        if not self.cookie:
            self.cookie = next((value.partition(";")[0] for name, value in headers if name == "Set-Cookie"), "")
