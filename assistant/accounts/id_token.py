"""The provider's signed word on who signed in: read, and refused at the first thing that is not as it should be."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Mapping, Sequence
from datetime import datetime
from hmac import compare_digest
from typing import Any, Final, cast

from authlib.oidc.core import CodeIDToken
from authlib.oidc.core.util import create_half_hash
from joserfc import jws, jwt
from joserfc.errors import BadSignatureError, ClaimError, JoseError, UnsupportedAlgorithmError
from joserfc.jwk import ECKey, RSAKey

from assistant.accounts import Reason, SignOnRefused

_LEEWAY: Final = 60  # seconds two clocks may differ
_OLDEST: Final = 600  # seconds: it was made for this sign-on, a moment ago
_KEYS: Final = {"RS256": "RSA", "ES256": "EC"}  # the algorithms we take; never none, never one with a shared secret
_REGISTRY: Final = jws.JWSRegistry(algorithms=list(_KEYS), strict_check_header=False)  # unknown headers mean nothing


def read_id_token(
    token: str, jwks: Mapping[str, Any], *, issuer: str, client_id: str, nonce: str, access_token: str, now: datetime
) -> Mapping[str, Any]:
    """Its claims, when signed by one of these keys, for us, for this sign-on, and valid now."""
    found = _verified(token, jwks)
    moment = int(now.timestamp())
    rules = CodeIDToken(
        found.claims,
        found.header,
        {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": client_id}},
        {"client_id": client_id},
    )
    try:
        rules.validate(now=moment, leeway=_LEEWAY)
    except ClaimError as error:
        raise SignOnRefused(_reason(error)) from error
    _require_ours(found.claims, nonce, create_half_hash(access_token, found.header["alg"]).decode(), moment)
    return found.claims


def require_mfa(claims: Mapping[str, Any], accepted: Sequence[str]) -> None:
    """Refused unless the provider says, by `acr` or `amr`, that one of the accepted ways was used."""
    said = [claims.get("acr"), *(claims.get("amr") or ())]
    if accepted and not any(way in said for way in accepted):
        raise SignOnRefused("mfa")


def _verified(token: str, jwks: Mapping[str, Any]) -> jwt.Token:
    try:
        return jwt.decode(token, lambda found: _find_key(jwks, found.headers()), registry=_REGISTRY)
    except UnsupportedAlgorithmError as error:
        raise SignOnRefused("algorithm") from error
    except BadSignatureError as error:
        raise SignOnRefused("signature") from error
    except (JoseError, TypeError, ValueError, RecursionError) as error:  # what the library lets through on nonsense
        raise SignOnRefused("id_token") from error


def _find_key(jwks: Mapping[str, Any], header: Mapping[str, Any]) -> RSAKey | ECKey:
    """The published key the header names: never one that comes along in the token itself."""
    kid, kind = header.get("kid"), _KEYS[header["alg"]]
    published = jwks.get("keys")
    keys = [key for key in published if isinstance(key, dict)] if isinstance(published, list) else []
    fitting = [key for key in keys if key.get("kid") == kid and key.get("kty") == kind and _is_for(key, header["alg"])]
    if not kid or len(fitting) != 1:
        raise SignOnRefused("key")
    return _import_key(fitting[0], kind)


def _is_for(key: Mapping[str, Any], algorithm: str) -> bool:
    return (key.get("use", "sig"), key.get("alg", algorithm)) == ("sig", algorithm)


def _import_key(data: dict[str, Any], kind: str) -> RSAKey | ECKey:
    try:
        if kind == "EC":
            return ECKey.import_key({name: data[name] for name in ("kty", "crv", "x", "y")})
        modulus = int.from_bytes(urlsafe_b64decode(data["n"] + "=="))
        if modulus.bit_length() < 2048:
            raise SignOnRefused("weak_key")
        return RSAKey.import_key({name: data[name] for name in ("kty", "n", "e")})
    except (JoseError, KeyError, TypeError, ValueError) as error:
        raise SignOnRefused("key") from error


def _require_ours(claims: Mapping[str, Any], nonce: str, at_hash: str, now: int) -> None:
    """What the library leaves open, or trips over: nonce and hash, a token of just now, an id that can be kept."""
    given = claims.get("nonce")
    if not (isinstance(given, str) and compare_digest(given.encode(errors="surrogatepass"), nonce.encode())):
        raise SignOnRefused("nonce")
    if claims.get("at_hash", at_hash) != at_hash:
        raise SignOnRefused("at_hash")
    if claims["iat"] < now - _OLDEST:
        raise SignOnRefused("iat")
    subject = claims["sub"]
    if not (subject.isascii() and subject.isprintable() and 0 < len(subject.strip()) <= 255):
        raise SignOnRefused("sub")


def _reason(error: ClaimError) -> Reason:
    return cast(Reason, error.claim.split(",")[0])  # every claim that the library checks is a reason
