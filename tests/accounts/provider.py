"""A small OpenID provider on loopback. What it says stands in plain attributes: a test changes them and it misbehaves.

Its /authorize signs everybody in at once and sends the browser back, so that tests with a real browser can use it too.
"""

from __future__ import annotations

import json
import ssl
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from threading import Thread
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

Json: TypeAlias = dict[str, Any]

CLIENT_ID, CLIENT_SECRET = "ethical+review", "s:cret+of/the client%"
REDIRECT_URI = "https://toets.example.nl/nl/sign-on/back"
SUBJECT, ACCESS_TOKEN = "7a1d-sanne", "for nothing"
KID = "key of today"


@cache
def rsa_key(number: int = 0, bits: int = 2048) -> RSAKey:
    """Made once a run; each number is another key."""
    return RSAKey.generate_key(bits, {"kid": KID})


@cache
def ec_key() -> ECKey:
    return ECKey.generate_key("P-256", {"kid": KID})


def sign(header: Json, claims: Json, key: RSAKey | ECKey | None = None) -> str:
    return jwt.encode(header, claims, key or rsa_key(), algorithms=["RS256", "RS384", "PS256", "ES256"])


def encode(part: bytes) -> str:
    return urlsafe_b64encode(part).rstrip(b"=").decode()


@dataclass
class Reply:
    """An answer over HTTP; with a pause it comes in pieces of ten bytes, with that many seconds in between."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0.0

    @classmethod
    def of(cls, value: object, status: int = 200) -> Reply:
        return cls(status, json.dumps(value).encode(), {"Content-Type": "application/json"})


class FakeProvider:
    """Behaves well until an attribute is changed. `visited` lists the paths that were asked for."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._server = _Server(("127.0.0.1", 0), self._handler())
        scheme = "https" if tls else "http"
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.issuer = f"{scheme}://127.0.0.1:{self._server.server_port}"
        self.metadata: Json = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize?realm=oeverland",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code", "id_token"],
            "id_token_signing_alg_values_supported": ["RS256", "ES256"],
            "code_challenge_methods_supported": ["plain", "S256"],
        }
        self.jwks: Json = {"keys": [rsa_key().as_dict(private=False, use="sig", alg="RS256")]}
        self.header: Json = {"alg": "RS256", "kid": KID}
        self.claims: Json = {}  # instead of what it would claim; None leaves a claim out
        self.token_answer: Json = {}  # likewise for the answer at /token
        self.browser_answer: dict[str, str | None] = {}  # and for what the browser brings back
        self.sign: Callable[[Json, Json], str] = sign
        self.replies: dict[str, Reply] = {}  # by path, instead of what it would say
        self.visited: list[str] = []
        self.asked: dict[str, Json] = {}  # what was asked with each code that is not used yet
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    @contextmanager
    def running(self) -> Iterator[FakeProvider]:
        self._thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()

    def browse(self, url: str) -> dict[str, str]:
        """What the browser brings back after a visit to this address."""
        parts = urlsplit(url)
        connection = HTTPConnection(parts.netloc, timeout=5)
        connection.request("GET", f"{parts.path}?{parts.query}")
        with connection.getresponse() as response:
            assert response.status == 302, response.read()
            back = response.headers["Location"]
        connection.close()
        assert back.startswith(REDIRECT_URI + "?")
        return dict(parse_qsl(urlsplit(back).query))

    def claims_for(self, asked: Json) -> Json:
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": SUBJECT, "aud": asked["client_id"], "exp": now + 300, "iat": now}
        return _changed(claims | {"nonce": asked["nonce"], "email": "burgemeester@oeverland.nl"}, self.claims)

    def answer(self, method: str, path: str, query: Json, form: Json, authorization: str) -> Reply:
        self.visited.append(path)
        if path in self.replies:
            return self.replies[path]
        if path == "/.well-known/openid-configuration":
            return Reply.of(_changed(self.metadata, {}))
        if path == "/keys":
            return Reply.of(self.jwks)
        if path == "/authorize" and method == "GET":
            return self._authorize(query)
        if path == "/token" and method == "POST":
            return self._token(form, authorization)
        return Reply(404)

    def _authorize(self, query: Json) -> Reply:
        wanted = {"response_type": "code", "scope": "openid", "code_challenge_method": "S256", "realm": "oeverland"}
        if any(query.get(name) != value for name, value in wanted.items()):
            return Reply(400, b"not as it should be asked")
        code = token_urlsafe(16)
        self.asked[code] = query
        back = _changed({"code": code, "state": query["state"]}, self.browser_answer)
        return Reply(302, headers={"Location": f"{query['redirect_uri']}?{urlencode(back)}"})

    def _token(self, form: Json, authorization: str) -> Reply:
        ways = self.metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        way = "client_secret_basic" if authorization else "client_secret_post"
        if way not in ways or _secret_of(form, authorization) != (CLIENT_ID, CLIENT_SECRET):
            return Reply.of({"error": "invalid_client"}, 401)
        asked = self.asked.pop(form.get("code", ""), None)
        if asked is None or form.get("redirect_uri") != asked["redirect_uri"]:
            return Reply.of({"error": "invalid_grant"}, 400)
        if encode(sha256(form.get("code_verifier", "").encode()).digest()) != asked["code_challenge"]:
            return Reply.of({"error": "invalid_grant"}, 400)
        tokens = {"access_token": ACCESS_TOKEN, "token_type": "Bearer", "expires_in": 300}
        tokens["id_token"] = self.sign(_changed({}, self.header), self.claims_for(asked))
        return Reply.of(_changed(tokens, self.token_answer))

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        answer = self.answer

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._reply({})

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                self._reply(dict(parse_qsl(self.rfile.read(length).decode())))

            def _reply(self, form: Json) -> None:
                parts = urlsplit(self.path)
                query = dict(parse_qsl(parts.query))
                reply = answer(self.command, parts.path, query, form, self.headers.get("Authorization", ""))
                if not reply.status:
                    return  # hang up without a word
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                step = 10 if reply.pause else max(len(reply.body), 1)
                for place in range(0, len(reply.body), step):
                    time.sleep(reply.pause)
                    self.wfile.write(reply.body[place : place + step])

            def log_message(self, format: str, *args: object) -> None:
                """Keep the tests' output quiet."""

        return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # a slow answer need not be waited for

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever hangs up on a slow or strange answer does what is tested."""


def _changed(value: Json, changes: Json) -> Json:
    return {name: found for name, found in (value | changes).items() if found is not None}


def _secret_of(form: Json, authorization: str) -> tuple[str, str]:
    if authorization.startswith("Basic "):
        id, _, secret = b64decode(authorization[6:]).decode().partition(":")
        return unquote_plus(id), unquote_plus(secret)
    return form.get("client_id", ""), form.get("client_secret", "")
