"""Which system is asking: by a token in the header Authorization, and by nothing else."""

from __future__ import annotations

import re
from typing import Final

from flask import g, request

from assistant import clock
from assistant.errors import NotFound
from assistant.store.access_tokens import PREFIX, AccessToken, Scope, find_token, note_used
from assistant.store.throttle import count_token
from assistant.web.shell import the_shell

_HEADER: Final = re.compile(rf"Bearer +({PREFIX}[A-Za-z0-9_-]{{43}})", re.IGNORECASE)


class NoToken(Exception):
    """No token came along, or none that works."""


def enter_system(scope: Scope) -> None:
    """Let a system in that may fetch this. Raises NoToken, TooManyTries; NotFound when its token is for less."""
    shell, today = the_shell(), clock.today(the_shell().settings.time_zone)
    given = request.headers.get("Authorization", "")
    if not given:
        raise NoToken
    found = _HEADER.fullmatch(given)
    token = find_token(shell.engine, found[1], today) if found else None
    if token is None:
        count_token(shell.engine, shell.audit_key, request.remote_addr or "", clock.now())
        raise NoToken
    note_used(shell.engine, token, today)
    if not token.opens(scope):
        raise NotFound(request.path)
    g.token = token


def the_token() -> AccessToken:
    """The token of this request."""
    found: AccessToken = g.token
    return found
