"""Ways a provider can be wrong, hostile or broken, and the reason each must be refused with."""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Callable
from typing import Any, TypeAlias

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from .provider import CLIENT_ID, CLIENT_SECRET, FakeProvider, Json, Reply, ec_key, encode, rsa_key, sign

Change: TypeAlias = Callable[[FakeProvider], None]
DISCOVERY = "/.well-known/openid-configuration"


def metadata(**changes: object) -> Change:
    return lambda provider: provider.metadata.update(changes)


def claims(**changes: object) -> Change:
    return lambda provider: provider.claims.update(changes)


def from_now(**seconds: int) -> Change:
    return lambda provider: provider.claims.update({name: int(time.time()) + s for name, s in seconds.items()})


def header(**changes: object) -> Change:
    return lambda provider: provider.header.update(changes)


def token_answer(**changes: object) -> Change:
    return lambda provider: provider.token_answer.update(changes)


def browser(**changes: str | None) -> Change:
    return lambda provider: provider.browser_answer.update(changes)


def reply(path: str, answer: Reply) -> Change:
    return lambda provider: provider.replies.update({path: answer})


def redirect(path: str) -> Change:
    return lambda p: p.replies.update({path: Reply(302, headers={"Location": f"{p.issuer}/elsewhere"})})


def signed_by(signing: Callable[[Json, Json], str]) -> Change:
    return lambda provider: setattr(provider, "sign", signing)


def published(*keys: Json) -> Change:
    return lambda provider: provider.jwks.update(keys=list(keys))


def both(*changes: Change) -> Change:
    def change(provider: FakeProvider) -> None:
        for one in changes:
            one(provider)

    return change


def public(key: Any = None, **changes: object) -> Json:
    found = (key or rsa_key()).as_dict(private=False) | changes
    return {name: value for name, value in found.items() if value is not None}


def by_hand(seal: Callable[[bytes], bytes], **changes: object) -> Callable[[Json, Json], str]:
    """For what the library refuses to sign."""

    def signing(header: Json, claims: Json) -> str:
        header = {name: value for name, value in (header | changes).items() if value is not None}
        return token_of(header, json.dumps(claims).encode(), seal)

    return signing


def token_of(header: Json, payload: bytes, seal: Callable[[bytes], bytes]) -> str:
    parts = f"{encode(json.dumps(header).encode())}.{encode(payload)}"
    return f"{parts}.{encode(seal(parts.encode()))}"


def with_secret(secret: bytes) -> Callable[[Json, Json], str]:
    """HS256: what anybody can make who knows the secret, such as a public key."""
    return by_hand(lambda text: hmac.digest(secret, text, "sha256"), alg="HS256")


def rs256(text: bytes) -> bytes:
    return rsa_key().private_key.sign(text, PKCS1v15(), SHA256())


def with_other_claims(header: Json, claims: Json) -> str:
    front, _, signature = sign(header, claims).split(".")
    return f"{front}.{encode(json.dumps(claims | {'sub': 'the mayor'}).encode())}.{signature}"


def with_flipped_signature(header: Json, claims: Json) -> str:
    front, middle, signature = sign(header, claims).split(".")
    return f"{front}.{middle}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}"


DISCOVERING: dict[str, tuple[str, Change]] = {
    "another issuer": ("other_issuer", metadata(issuer="https://sso.example.org")),
    "no issuer": ("other_issuer", metadata(issuer=None)),
    "the issuer with a slash": ("other_issuer", lambda p: p.metadata.update(issuer=p.issuer + "/")),
    "tokens over plain http": ("unsafe_address", metadata(token_endpoint="http://sso.example.org/token")),
    "keys from a file": ("unsafe_address", metadata(jwks_uri="file:///etc/passwd")),
    "a script to go to": ("unsafe_address", metadata(authorization_endpoint="javascript:alert(1)")),
    "no address to go to": ("unsafe_address", metadata(authorization_endpoint=None)),
    "an address that is a number": ("unsafe_address", metadata(jwks_uri=8)),
    "an address with a name in it": ("unsafe_address", metadata(token_endpoint="https://sso@example.org/token")),
    "an address with a space": ("unsafe_address", metadata(token_endpoint="https://example.org/a b")),
    "an address beyond ASCII": ("unsafe_address", metadata(jwks_uri="https://example.org/é")),
    "an address with a bad port": ("unsafe_address", metadata(token_endpoint="https://example.org:99999/token")),
    "only plain PKCE": ("no_pkce", metadata(code_challenge_methods_supported=["plain"])),
    "only shared secrets": ("algorithm", metadata(id_token_signing_alg_values_supported=["HS256", "none"])),
    "only the implicit flow": ("metadata", metadata(response_types_supported=["id_token"])),
    "a list that is a word": ("metadata", metadata(code_challenge_methods_supported="S256")),
    "a list of numbers": ("metadata", metadata(token_endpoint_auth_methods_supported=[1])),
    "not found": ("provider_error", reply(DISCOVERY, Reply(404))),
    "broken": ("provider_error", reply(DISCOVERY, Reply(500, b"oops"))),
    "a redirect": ("redirected", redirect(DISCOVERY)),
    "a page": ("not_json", reply(DISCOVERY, Reply(body=b"<html>"))),
    "no text": ("not_json", reply(DISCOVERY, Reply(body=b"\xff\xfe\xfd"))),
    "a list": ("not_json", reply(DISCOVERY, Reply.of([]))),
    "a deep list": ("not_json", reply(DISCOVERY, Reply(body=b"[" * 100_000))),
    "a flood": ("too_large", reply(DISCOVERY, Reply(body=b" " * 300_000))),
    "silence": ("too_slow", reply(DISCOVERY, Reply(body=b"{}", pause=2))),
    "drops": ("too_slow", reply(DISCOVERY, Reply(body=b" " * 300, pause=0.05))),
    "hanging up": ("unreachable", reply(DISCOVERY, Reply(status=0))),
}

SIGNING_ON: dict[str, tuple[str, Change]] = {
    # What the browser brings back.
    "another state": ("state", browser(state="of somebody else")),
    "no state": ("state", browser(state=None)),
    "an answer from another issuer": ("other_issuer", browser(iss="https://sso.example.org")),
    "an answer without its promised issuer": (
        "other_issuer",
        metadata(authorization_response_iss_parameter_supported=True),
    ),
    "the person said no": ("denied", browser(code=None, error="access_denied")),
    "an error": ("provider_error", browser(error="server_error")),
    "no code": ("no_code", browser(code=None)),
    "a code beyond ASCII": ("no_code", browser(code="é")),
    "a code of its own making": ("code_refused", browser(code="guess")),
    # What /token and /keys say.
    "tokens refused": ("code_refused", reply("/token", Reply.of({"error": "invalid_grant"}, 400))),
    "tokens elsewhere": ("redirected", redirect("/token")),
    "tokens in a page": ("not_json", reply("/token", Reply(body=b"<html>"))),
    "no id token": ("id_token", token_answer(id_token=None)),
    "an id token that is a number": ("id_token", token_answer(id_token=1)),
    "an id token that is none": ("id_token", token_answer(id_token="a.b.c")),
    "a very long id token": ("id_token", token_answer(id_token="a" * 200_000)),
    "no access token": ("token", token_answer(access_token=None)),
    "an access token beyond ASCII": ("token", token_answer(access_token="\ud800")),
    "an access token that is a list": ("token", token_answer(access_token=["free"])),
    "a token of another type": ("token", token_answer(token_type="mac")),
    "keys elsewhere": ("redirected", redirect("/keys")),
    "no keys": ("key", published()),
    "keys that are no list": ("key", lambda p: p.jwks.update(keys="none")),
    "keys that are down": ("provider_error", reply("/keys", Reply(503))),
    # How the id token is signed.
    "not signed": ("algorithm", signed_by(by_hand(lambda _: b"", alg="none"))),
    "signed with the public key as a secret": ("algorithm", signed_by(with_secret(rsa_key().as_pem(private=False)))),
    "signed with our own secret": ("algorithm", signed_by(with_secret(CLIENT_SECRET.encode()))),
    "signed by RS384": ("algorithm", header(alg="RS384")),
    "signed by PS256": ("algorithm", header(alg="PS256")),
    "no algorithm": ("id_token", signed_by(by_hand(rs256, alg=None))),
    "a changed signature": ("signature", signed_by(with_flipped_signature)),
    "changed claims": ("signature", signed_by(with_other_claims)),
    "another key under the same name": ("signature", signed_by(lambda h, c: sign(h, c, rsa_key(1)))),
    "a key nobody published": ("key", header(kid="key of tomorrow")),
    "no name of a key": ("key", header(kid=None)),
    "a key that comes along": (
        "key",
        both(header(alg="ES256", jwk=public(ec_key())), signed_by(lambda h, c: sign(h, c, ec_key()))),
    ),
    "a key without a name": ("key", both(header(kid=None), published(public(kid=None)))),
    "two keys of one name": ("key", published(public(), public(rsa_key(1)))),
    "a key for secrecy": ("key", published(public(use="enc"))),
    "a key for another algorithm": ("key", published(public(alg="RS512"))),
    "a key of another kind": ("key", published(public(ec_key()))),
    "half a key": ("key", published(public(e=None))),
    "a key that is a number": ("key", published(public(n=5))),
    "a key that is nonsense": ("key", published(public(e=""))),
    "a short key": ("weak_key", published(public(n=encode(b"\xc5" * 128)))),
    "a header that must be understood": ("id_token", signed_by(by_hand(rs256, crit=["moon"], moon="full"))),
    # What it claims.
    "an id token of another issuer": ("iss", claims(iss="https://sso.example.org")),
    "no iss": ("iss", claims(iss=None)),
    "nobody": ("sub", claims(sub=None)),
    "an empty name": ("sub", claims(sub=" ")),
    "a number for a name": ("sub", claims(sub=7)),
    "a name in two lines": ("sub", claims(sub="sanne\njan")),
    "a name too long": ("sub", claims(sub="x" * 256)),
    "a name beyond ASCII": ("sub", claims(sub="sanné")),
    "for another client": ("aud", claims(aud="somebody else")),
    "for nobody": ("aud", claims(aud=None)),
    "for others": ("aud", claims(aud=["one", "two"])),
    "for us and others, party unknown": ("azp", claims(aud=[CLIENT_ID, "two"])),
    "made for another party": ("azp", claims(azp="two")),
    "over": ("exp", from_now(exp=-61)),
    "never over": ("exp", claims(exp=None)),
    "over at a word": ("exp", claims(exp="tomorrow")),
    "over when it is true": ("exp", claims(exp=True)),
    "over at no number": ("exp", claims(exp=float("nan"))),
    "not begun": ("nbf", from_now(nbf=90)),
    "from the future": ("iat", from_now(iat=90)),
    "of yesterday": ("iat", from_now(iat=-86_400)),
    "of no time": ("iat", claims(iat=None)),
    "of another sign-on": ("nonce", claims(nonce="seen before")),
    "of no sign-on": ("nonce", claims(nonce=None)),
    "beside another access token": ("at_hash", claims(at_hash="AAAAAAAAAAAAAAAAAAAAAA")),
    "signed in at a word": ("auth_time", claims(auth_time="today")),
    "a way that is no list": ("amr", claims(amr="mfa")),
    "an id that is a number": ("jti", claims(jti=1)),
}

WITHOUT_MFA: dict[str, Change] = {
    "says nothing": claims(),
    "a password only": claims(amr=["pwd"]),
    "a lower level": claims(acr="1"),
    "a level that looks like it": claims(acr=["mfa"]),
    "nothing at all": claims(amr=[]),
}
