"""Secrets that must be read back, such as those of TOTP, sealed with AES-256-GCM and a key outside the database.

A sealed text looks like `v1.<key id>.<nonce and ciphertext>` and opens only in its place, `table/row/column`: what is
copied to another row stays shut. To change keys, put a new line on top of the file: it seals, the older ones open.
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from pathlib import Path
from typing import Final, TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from assistant.accounts import SealBroken
from assistant.key_file import load_keys

SealKeys: TypeAlias = tuple[bytes, ...]  # the first seals, any opens

_FORM: Final = "v1"
_NONCE: Final = 12  # bytes


def load_seal_key(path: Path) -> SealKeys:
    """The keys in this file, 32 random bytes in hexadecimal a line: made at first use, readable by its owner alone."""
    return load_keys(path, "seal key")


def seal(keys: SealKeys, text: str, place: str) -> str:
    """Sealed with the first key; the same text is never sealed to the same twice."""
    nonce = secrets.token_bytes(_NONCE)
    front = f"{_FORM}.{_key_id(keys[0])}."
    box = AESGCM(keys[0]).encrypt(nonce, text.encode(), (front + place).encode())
    return front + urlsafe_b64encode(nonce + box).decode()


def open_sealed(keys: SealKeys, sealed: str, place: str) -> str:
    """What was sealed in this place. Raises SealBroken."""
    try:
        form, key_id, body = sealed.split(".")
        key = next(key for key in keys if _key_id(key) == key_id)
        raw = _decode(body)
        aad = f"{form}.{key_id}.{place}".encode()
        return AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], aad).decode()
    except (ValueError, StopIteration, InvalidTag) as error:
        raise SealBroken(f"{place} cannot be opened: it was changed or moved, or its key is gone") from error


def _decode(body: str) -> bytes:
    raw = urlsafe_b64decode(body)
    if urlsafe_b64encode(raw).decode() != body:  # decoding overlooks foreign signs and unused bits
        raise ValueError("not as it was written")
    return raw


def _key_id(key: bytes) -> str:
    return sha256(b"id of a seal key" + key).hexdigest()[:8]
