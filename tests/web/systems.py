"""Another system, with a token that works."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from assistant import clock
from assistant.accounts.tokens import fingerprint
from assistant.demo import PEOPLE
from assistant.opening import Shell
from assistant.store.access_tokens import Scope, agree_token, make_token

from .desk import OFFICER, signed_by

ADMIN = PEOPLE["team"].id  # only that it is not the officer who agrees
BASE = "/api/v1"


def open_token(shell: Shell, scope: Scope = Scope.DOSSIERS, days: int = 30) -> str:
    """A token that was made and agreed to."""
    last_day = clock.today(shell.settings.time_zone) + timedelta(days=days)
    token = make_token(shell.engine, "zaaksysteem", scope, last_day, signed=signed_by(shell, ADMIN))
    agree_token(shell.engine, fingerprint(token), signed=signed_by(shell, OFFICER))
    return token


class CaseSystem:
    """Fetches, and knows nothing of pages."""

    def __init__(self, app: Flask, token: str) -> None:
        self.browser, self.token = app.test_client(use_cookies=True), token

    def fetch(self, path: str, status: int = 200, method: str = "GET", **headers: str) -> TestResponse:
        """`path` as an answer gives it, or behind the base; headers with _ for -."""
        given: dict[str, Any] = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            given.setdefault("Authorization", f"Bearer {self.token}")
        path = path if path.startswith("/api") else BASE + path
        response = self.browser.open(path, method=method, headers=given)
        assert response.status_code == status, (path, response.status, response.text[:300])
        assert "Set-Cookie" not in response.headers
        assert "Access-Control-Allow-Origin" not in response.headers
        assert response.headers["API-Version"] == "1.0.0"
        assert response.headers["Cache-Control"] == "no-store"
        if status >= 400 and method != "HEAD":
            assert response.content_type == "application/problem+json"
            assert response.json
            assert response.json["status"] == status
        return response
