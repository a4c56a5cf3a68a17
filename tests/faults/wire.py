"""A browser over real HTTP, in the place of Flask's own: `Client(Wire(address))` checks a served application."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, TestResponse
from werkzeug.wrappers import Request

PATIENCE = 90.0  # seconds: whoever waits longer has been left hanging
Address = int | Path  # a port on loopback, or a socket in the file system, which any network namespace reaches


class FileConnection(HTTPConnection):
    """HTTP over a socket in the file system."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=PATIENCE)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.path))


@dataclass
class Browser:
    """Keeps cookies, and one line of what it sends along with everything."""

    address: Address
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    connections: int = 0

    def open(self, path: str, method: str = "GET", **given: Any) -> TestResponse:
        """As Flask's: `data` and `headers`."""
        extra: Mapping[str, str] = given.get("headers") or {}
        builder = EnvironBuilder(path, method=method, data=given.get("data"), headers={**self.headers, **extra})
        request = Request(builder.get_environ())
        body = request.get_data()
        sent = {name: value for name, value in request.headers if name not in ("Host", "Content-Length", "Cookie")}
        sent |= {"Host": request.headers.get("Host", "localhost"), "Cookie": self._cookie(extra), "Connection": "close"}
        return self._send(request, method, path, body, sent)

    def get(self, path: str, **given: Any) -> TestResponse:
        return self.open(path, **given)

    def post(self, path: str, **given: Any) -> TestResponse:
        return self.open(path, "POST", **given)

    def _send(self, request: Request, method: str, path: str, body: bytes, headers: dict[str, str]) -> TestResponse:
        self.connections += 1
        connection = self._connect()
        try:
            connection.request(method, path, body if method != "GET" else None, headers)
            answer = connection.getresponse()
            said = answer.read()
        finally:
            connection.close()
        found = Headers(answer.getheaders())
        for line in found.getlist("Set-Cookie"):
            self._keep(line)
        return TestResponse([said], f"{answer.status} {answer.reason}", found, request)

    def _connect(self) -> HTTPConnection:
        if isinstance(self.address, Path):
            return FileConnection(self.address)
        return HTTPConnection("127.0.0.1", self.address, timeout=PATIENCE)

    def _cookie(self, extra: Mapping[str, str]) -> str:
        own = [f"{name}={value}" for name, value in self.cookies.items()]
        return "; ".join([*own, *([extra["Cookie"]] if "Cookie" in extra else [])])

    def _keep(self, line: str) -> None:
        for name, one in SimpleCookie(line).items():
            self.cookies.pop(name, None)
            if one.value:
                self.cookies[name] = one.value


@dataclass(frozen=True)
class Wire:
    """Where an application is served; makes browsers as Flask's application does."""

    address: Address
    headers: dict[str, str] = field(default_factory=dict)
    browsers: list[Browser] = field(default_factory=list)

    def test_client(self) -> Browser:
        self.browsers.append(Browser(self.address, dict(self.headers)))
        return self.browsers[-1]

    @property
    def connections(self) -> int:
        """How many its browsers made."""
        return sum(browser.connections for browser in self.browsers)
