from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from hashlib import sha256

from assistant.accounts.tokens import fingerprint, new_token


def test_tokens_hold_256_random_bits_and_fit_in_a_url() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert all(re.fullmatch(r"[\w-]{43}", token, re.ASCII) for token in tokens)
    assert {len(urlsafe_b64decode(token + "=")) for token in tokens} == {32}


def test_only_the_sha256_of_a_token_is_kept() -> None:
    assert fingerprint("abc") == sha256(b"abc").hexdigest()
    assert fingerprint("abc") != fingerprint("abC")
    assert len(fingerprint("\ud800é")) == 64
