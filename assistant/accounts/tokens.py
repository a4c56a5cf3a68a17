"""Links and sessions: 256 random bits for who holds them, only their SHA-256 for the database."""

from __future__ import annotations

import secrets
from hashlib import sha256


def new_token() -> str:
    """What goes into a cookie or a link, 43 characters that need no escaping in a URL."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """What is kept of a token; no salt and no slow hash, as nobody can guess 256 bits."""
    return sha256(token.encode(errors="surrogatepass")).hexdigest()
