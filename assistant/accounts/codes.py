"""The second step of signing in: codes of an app on the telephone (TOTP), and recovery codes for who lost it.

A code counts once: whoever calls `check_code` keeps the step it returns, and passes it as `last_step` next time.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Final

from argon2.low_level import Type, hash_secret_raw
from pyotp import TOTP, random_base32

RECOVERY_CODES: Final = 10
_WINDOW: Final = 1  # steps of 30 seconds that a clock may be off, either way
_SIGNS: Final = "23456789bcdfghjkmnpqrstvwxyz"  # no vowels, so no words; nothing that looks like something else


def new_secret() -> str:
    """160 random bits in base32, to be kept sealed."""
    return random_base32()


def provisioning_uri(secret: str, name: str, issuer: str) -> str:
    """What the app reads from the QR code; `name` and `issuer` tell people which code is which."""
    return TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def qr_image(uri: str) -> str:
    """The QR code as an SVG in a data URI, made here and fetched from nowhere."""
    import segno  # here: it takes 16 ms to load, for one page

    return segno.make_qr(uri, error="m").svg_data_uri(scale=4, border=4)


def check_code(secret: str, code: str, last_step: int, now: datetime) -> int | None:
    """The step this code belongs to, later than `last_step` and at most one step off; None when it is no good."""
    typed = "".join(code.split())
    if not typed.isascii():  # what follows compares ASCII only
        return None
    app = TOTP(secret)
    present = app.timecode(now)
    steps = range(max(present - _WINDOW, last_step + 1), present + _WINDOW + 1)
    fitting = [step for step in steps if compare_digest(app.generate_otp(step), typed)]
    return max(fitting, default=None)


def new_recovery_codes() -> tuple[str, ...]:
    """Ten codes such as 7kpw-2mzt-x9qd, 57 random bits each: shown once, kept as hashes."""
    return tuple(_recovery_code() for _ in range(RECOVERY_CODES))


def hash_recovery_code(code: str, person_id: str) -> str:
    """What is kept of a code, however it was typed.

    argon2id, as 57 bits are too few for a bare hash; the salt is the person's random id, so one look-up suffices.
    """
    plain = "".join(filter(str.isalnum, code.casefold())).encode(errors="surrogatepass")
    salt = sha256(b"recovery code of " + person_id.encode()).digest()[:16]
    return hash_secret_raw(plain, salt, time_cost=2, memory_cost=19456, parallelism=1, hash_len=32, type=Type.ID).hex()


def find_recovery_code(code: str, person_id: str, hashes: Iterable[str]) -> str | None:
    """Which of these hashes the code belongs to, to be removed with its use; None when none."""
    wanted = hash_recovery_code(code, person_id)
    fitting = [hash for hash in hashes if compare_digest(hash, wanted)]
    return fitting[0] if fitting else None


def _recovery_code() -> str:
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(3))
