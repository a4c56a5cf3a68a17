"""Editions, each stored once under the hash of its bytes."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, bindparam, select, text

from assistant.clock import now
from assistant.errors import UnknownEdition
from assistant.store.tables import editions

_INSERT: Final = text(  # the same words in both databases; two processes may start at once
    "INSERT INTO edition (hash, body, saved_at) VALUES (:hash, :body, :saved_at) ON CONFLICT DO NOTHING"
)
_SELECT: Final = select(editions.c.body).where(editions.c.hash == bindparam("hash"))


def save_edition(connection: Connection, body: bytes) -> str:
    """Keep the bytes of an edition, if they are not there yet. Its hash: SHA-256, in hexadecimal."""
    digest = sha256(body).hexdigest()
    saved_at = now().isoformat(timespec="seconds")
    connection.execute(_INSERT, {"hash": digest, "body": body.decode(), "saved_at": saved_at})
    return digest


def find_edition(connection: Connection, digest: str) -> bytes:
    """The bytes that were saved under this hash."""
    body: str | None = connection.scalar(_SELECT, {"hash": digest})
    if body is None:
        raise UnknownEdition(f"edition {digest[:12]} is not here")
    return body.encode()
