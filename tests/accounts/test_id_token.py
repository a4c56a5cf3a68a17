"""Whatever a provider signs, the answer is a yes or a known reason, and nothing else."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from itertools import product
from typing import Any, get_args

import pytest

from assistant.accounts import Reason, SignOnRefused
from assistant.accounts.id_token import read_id_token, require_mfa

from .misbehaviour import public, rs256, token_of
from .provider import KID, SUBJECT, Json

ISSUER, CLIENT, NONCE = "https://sso.example.nl", "review", "n0nce"
NOW = int(time.time())
CLAIMS: Json = {"iss": ISSUER, "sub": SUBJECT, "aud": CLIENT, "exp": NOW + 300, "iat": NOW, "nonce": NONCE}
HEADER: Json = {"alg": "RS256", "kid": KID}
JWKS: Json = {"keys": [public()]}
STRANGE: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 10**400, -(10**400), float("nan"), float("inf"), 1e300),
    *("", " ", "x", "\ud800", "\0", "none", [], [None], [[]], ["x", 1], {}, {"a": {}}, [ISSUER], [CLIENT]),
)


def read(token: str, jwks: Json = JWKS) -> Json:
    given = {"issuer": ISSUER, "client_id": CLIENT, "nonce": NONCE, "access_token": "free"}
    claims = read_id_token(token, jwks, now=datetime.fromtimestamp(NOW, UTC), **given)
    if {"acr", "amr"} & set(claims):
        require_mfa(claims, ("x",))
    return dict(claims)


def verdict(token: str, jwks: Json = JWKS) -> Json | str:
    try:
        return read(token, jwks)
    except SignOnRefused as refused:
        return {reason: reason for reason in get_args(Reason)}[refused.reason]


def signed(claims: Json = CLAIMS, **header: object) -> str:
    return token_of(HEADER | header, json.dumps(claims).encode(), rs256)


def test_the_good_one_is_read() -> None:
    assert read(signed()) == CLAIMS


@pytest.mark.parametrize("claim", [*CLAIMS, "azp", "nbf", "jti", "at_hash", "auth_time", "amr", "acr"])
def test_strange_claims(claim: str) -> None:
    for value in STRANGE:
        found = verdict(signed(CLAIMS | {claim: value}))
        assert claim not in ("nonce", "at_hash", "iss") or isinstance(found, str), value
        if isinstance(found, dict):
            assert all(found[name] == CLAIMS[name] for name in ("iss", "nonce")), value
            assert isinstance(found["sub"], str)
            assert CLIENT in found["aud"]
            assert found["exp"] > NOW - 60
            assert NOW - 600 <= found["iat"] <= NOW + 60


def test_strange_headers_never_pass_for_the_algorithm_or_the_key() -> None:
    for name, value in product(("alg", "kid"), STRANGE):
        assert isinstance(verdict(signed(**{name: value})), str), (name, value)
    for name, value in product(("typ", "crit", "b64", "jwk", "jku", "x5c", "zip", "enc"), STRANGE):
        found = verdict(signed(**{name: value}))
        assert found == CLAIMS or isinstance(found, str)


@pytest.mark.parametrize("field", ["kty", "n", "e", "kid", "use", "alg", "key_ops"])
def test_strange_keys(field: str) -> None:
    for value in STRANGE:
        found = verdict(signed(), {"keys": [public() | {field: value}]})
        assert found == CLAIMS or isinstance(found, str)
    for value in STRANGE:
        assert verdict(signed(), {"keys": value}) == "key"
    assert verdict(signed(), {}) == "key"


@pytest.mark.parametrize("payload", ["null", "[]", '"sub"', "7", "{", "", "[" * 50_000, '{"a":' * 50_000])
def test_claims_that_are_no_object(payload: str) -> None:
    assert verdict(token_of(HEADER, payload.encode(), rs256)) == "id_token"


@pytest.mark.parametrize("token", ["", ".", "..", "...", "a.b", "é.é.é", "\ud800.a.b", " ".join(signed().split("."))])
def test_texts_that_are_no_token(token: str) -> None:
    assert verdict(token) == "id_token"


def test_every_byte_of_a_token_counts() -> None:
    token = signed()
    end = len(token) - 1  # of the last character some bits say nothing
    for place in range(0, end, 7):
        other = "A" if token[place] != "A" else "B"
        assert isinstance(verdict(token[:place] + other + token[place + 1 :]), str), place
