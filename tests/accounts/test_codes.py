from __future__ import annotations

import re
from base64 import b32decode, b32encode
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyotp import TOTP

from assistant.accounts.codes import (
    RECOVERY_CODES,
    check_code,
    find_recovery_code,
    hash_recovery_code,
    new_recovery_codes,
    new_secret,
    provisioning_uri,
    qr_image,
)

SECRET = b32encode(b"12345678901234567890").decode()  # that of RFC 6238, appendix B
STEP = timedelta(seconds=30)
NOW = datetime(2026, 11, 25, 14, 3, 15, tzinfo=UTC)
PRESENT = int(NOW.timestamp()) // 30
PERSON, OTHER = "6f1f7a52-6a0c-4a0e-9b4e-6f4f3f0c2a11", "0b0c2a11-6a0c-4a0e-9b4e-6f4f3f0c7a52"


def code_at(moment: datetime, secret: str = SECRET) -> str:
    return TOTP(secret).at(moment)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_codes_of_rfc_6238(seconds: int, code: str) -> None:
    assert check_code(SECRET, code, 0, datetime.fromtimestamp(seconds, UTC)) == seconds // 30


def test_the_code_of_now_gives_its_step() -> None:
    assert check_code(SECRET, code_at(NOW), 0, NOW) == PRESENT


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_one_step_off(steps: int) -> None:
    assert check_code(SECRET, code_at(NOW + steps * STEP), 0, NOW) == PRESENT + steps


@pytest.mark.parametrize("steps", [-1000, -3, -2, 2, 3, 1000])
def test_a_clock_may_not_be_further_off(steps: int) -> None:
    assert check_code(SECRET, code_at(NOW + steps * STEP), 0, NOW) is None


def test_a_code_counts_until_the_last_second_of_the_step_after() -> None:
    begin = datetime.fromtimestamp(PRESENT * 30, UTC)
    code = code_at(begin)
    assert check_code(SECRET, code, 0, begin - STEP) == PRESENT
    assert check_code(SECRET, code, 0, begin - STEP - timedelta(seconds=1)) is None
    assert check_code(SECRET, code, 0, begin + 2 * STEP - timedelta(seconds=1)) == PRESENT
    assert check_code(SECRET, code, 0, begin + 2 * STEP) is None


def test_a_code_counts_once() -> None:
    code = code_at(NOW)
    step = check_code(SECRET, code, 0, NOW)
    assert step is not None
    for seconds in range(-30, 60, 5):
        assert check_code(SECRET, code, step, NOW + timedelta(seconds=seconds)) is None


def test_an_older_code_does_not_count_after_a_newer_one() -> None:
    step = check_code(SECRET, code_at(NOW + STEP), 0, NOW)
    assert step == PRESENT + 1
    assert check_code(SECRET, code_at(NOW), step, NOW) is None
    assert check_code(SECRET, code_at(NOW - STEP), step, NOW) is None


def test_the_next_code_counts_after_the_last() -> None:
    assert check_code(SECRET, code_at(NOW + STEP), PRESENT, NOW + STEP) == PRESENT + 1


def test_a_step_from_the_future_shuts_out_until_then() -> None:
    assert check_code(SECRET, code_at(NOW), PRESENT + 5, NOW) is None
    assert check_code(SECRET, code_at(NOW + 6 * STEP), PRESENT + 5, NOW + 6 * STEP) == PRESENT + 6


def test_a_code_of_another_secret_is_no_good() -> None:
    assert check_code(new_secret(), code_at(NOW), 0, NOW) is None


def test_a_code_may_be_typed_with_spaces() -> None:
    code = code_at(NOW)
    assert check_code(SECRET, f" {code[:3]} {code[3:]}\n", 0, NOW) == PRESENT


@pytest.mark.parametrize("length", [0, 1, 5, 7, 60, 100_000])
def test_a_code_has_six_digits(length: int) -> None:
    assert check_code(SECRET, (code_at(NOW) * (length // 6 + 1))[:length], 0, NOW) is None


def test_leading_zeros_belong_to_the_code() -> None:
    moment = datetime.fromtimestamp(1234567890, UTC)
    assert check_code(SECRET, "5924", 0, moment) is None
    assert check_code(SECRET, "005924", 0, moment) is not None


def test_digits_of_other_scripts_are_no_digits() -> None:
    wide = code_at(NOW).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
    arabic = code_at(NOW).translate({ord("0") + digit: 0x0660 + digit for digit in range(10)})
    assert check_code(SECRET, wide, 0, NOW) is None
    assert check_code(SECRET, arabic, 0, NOW) is None


@given(st.text())
def test_whatever_is_typed_is_no_good_but_the_code(text: str) -> None:
    good = {code_at(NOW + steps * STEP) for steps in (-1, 0, 1)}
    assert (check_code(SECRET, text, 0, NOW) is not None) == ("".join(text.split()) in good)


def test_the_time_zone_of_the_server_makes_no_difference() -> None:
    amsterdam = NOW.astimezone(datetime.fromisoformat("2026-11-25T15:03:15+01:00").tzinfo)
    assert check_code(SECRET, code_at(NOW), 0, amsterdam) == PRESENT


def test_secrets_are_random_and_long() -> None:
    secrets = {new_secret() for _ in range(200)}
    assert len(secrets) == 200
    assert {len(b32decode(secret)) for secret in secrets} == {20}


def test_the_app_learns_secret_and_names() -> None:
    uri = provisioning_uri(SECRET, "sanne@oeverland.nl", "Ethische toets & co")
    parts = urlsplit(uri)
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert unquote(parts.path) == "/Ethische toets & co:sanne@oeverland.nl"
    assert parse_qs(parts.query) == {"secret": [SECRET], "issuer": ["Ethische toets & co"]}


def test_the_qr_code_is_a_picture_without_addresses() -> None:
    image = qr_image(provisioning_uri(SECRET, "sanne@oeverland.nl", "Ethische toets"))
    assert image.startswith("data:image/svg+xml")
    assert SECRET not in image
    assert set(re.findall(r"https?://[\w./]+", unquote(image))) <= {"http://www.w3.org/2000/svg"}
    assert image != qr_image(provisioning_uri(new_secret(), "sanne@oeverland.nl", "Ethische toets"))


def test_recovery_codes_are_ten_different_ones_that_are_easy_to_copy() -> None:
    codes = [code for _ in range(50) for code in new_recovery_codes()]
    assert len(codes) == len(set(codes)) == 50 * RECOVERY_CODES
    assert all(re.fullmatch(r"([2-9b-df-hjkmnp-tv-z]{4}-){2}[2-9b-df-hjkmnp-tv-z]{4}", code) for code in codes)
    assert len(set("".join(codes)) - {"-"}) == 28


def test_a_recovery_code_is_found_among_the_hashes_and_only_there() -> None:
    codes = new_recovery_codes()[:3]
    hashes = [hash_recovery_code(code, PERSON) for code in codes]
    assert len(set(hashes)) == 3
    for code, kept in zip(codes, hashes, strict=True):
        assert find_recovery_code(code, PERSON, hashes) == kept
        assert find_recovery_code(code, PERSON, [hash for hash in hashes if hash != kept]) is None
    assert find_recovery_code(new_recovery_codes()[0], PERSON, hashes) is None
    assert find_recovery_code("", PERSON, hashes) is None


def test_a_recovery_code_may_be_typed_anyhow() -> None:
    kept = hash_recovery_code("7kpw-2mzt-x9qd", PERSON)
    for typed in ("7KPW-2MZT-X9QD", "7kpw2mztx9qd", " 7kpw 2mzt\tx9qd ", "7kpw–2mzt–x9qd"):
        assert hash_recovery_code(typed, PERSON) == kept
    for typed in ("7kpw-2mzt-x9q", "7kpw-2mzt-x9qdd", "2mzt-7kpw-x9qd", "\ud800", "x" * 1_000_000):
        assert hash_recovery_code(typed, PERSON) != kept


def test_one_persons_recovery_code_is_no_good_for_another() -> None:
    code = new_recovery_codes()[0]
    assert hash_recovery_code(code, PERSON) != hash_recovery_code(code, OTHER)
    assert code.replace("-", "") not in hash_recovery_code(code, PERSON)
