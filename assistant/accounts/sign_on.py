"""Single sign-on by OpenID Connect: authorization code with PKCE, at one provider that the organisation trusts.

    provider = discover(issuer)
    url, pending = start(provider, registration)             # keep `pending` with the browser, send it to `url`
    identity = finish(provider, registration, pending, request.args, now)   # then drop `pending`

Someone is issuer and subject; an e-mail address is neither asked nor read, as a provider may give it to somebody else.
"""

from __future__ import annotations

import secrets
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hmac import compare_digest
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote_plus, urlsplit

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from assistant.accounts import SignOnRefused
from assistant.accounts.fetch import TIMEOUT, fetch_json, safe_url
from assistant.accounts.id_token import read_id_token, require_mfa
from assistant.errors import NotReady

_SHARED: Final = ("common", "organizations", "consumers", "9188040d-6c67-4c5b-b112-36a304b66dad")  # of Microsoft
_ALGORITHMS: Final = {"RS256", "ES256"}


@dataclass(frozen=True, slots=True)
class Registration:
    """What was agreed with the provider. `mfa`: values of `acr` or `amr`, one of which must be in the answer."""

    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str
    mfa: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provider:
    """What a provider says about itself."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    posts_secret: bool  # in the form, where it cannot be in a header
    names_itself: bool  # in its answer by way of the browser (RFC 9207)
    timeout: float


@dataclass(frozen=True, slots=True)
class Pending:
    """A sign-on under way: for one browser, once, and for ten minutes at most."""

    state: str
    nonce: str = field(repr=False)
    code_verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signed in, as the provider knows them."""

    issuer: str
    subject: str


def load_client_secret(path: Path) -> str:
    """The secret in this file, without the line's end. Raises NotReady."""
    try:
        secret = path.read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        raise NotReady(f"the secret for single sign-on cannot be read: {path}") from error
    if not secret:
        raise NotReady(f"the secret for single sign-on is empty: {path}")
    return secret


def discover(issuer: str, timeout: float = TIMEOUT) -> Provider:
    """What the provider says about itself, if it is exactly this issuer, and one organisation's."""
    require_one_organisation(issuer)
    metadata = fetch_json(issuer.rstrip("/") + "/.well-known/openid-configuration", timeout)
    if metadata.get("issuer") != issuer:
        raise SignOnRefused("other_issuer")
    _require_able(metadata)
    ways = _listed(metadata, "token_endpoint_auth_methods_supported", ["client_secret_basic"])
    return Provider(
        issuer,
        safe_url(metadata.get("authorization_endpoint")),
        safe_url(metadata.get("token_endpoint")),
        safe_url(metadata.get("jwks_uri")),
        posts_secret="client_secret_basic" not in ways,
        names_itself=metadata.get("authorization_response_iss_parameter_supported") is True,
        timeout=timeout,
    )


def require_one_organisation(issuer: str) -> None:
    """Refused when it is not safe to ask, or lets in people of any organisation."""
    path = urlsplit(safe_url(issuer)).path
    if "?" in issuer or "#" in issuer:
        raise SignOnRefused("metadata")
    if "{" in issuer or path.strip("/").split("/")[0].lower() in _SHARED:
        raise SignOnRefused("shared_issuer")


def start(provider: Provider, registration: Registration) -> tuple[str, Pending]:
    """Where the browser goes, and what to keep until it is back."""
    pending = Pending(*(secrets.token_urlsafe(32) for _ in range(3)))
    url: str = prepare_grant_uri(
        provider.authorization_endpoint,
        client_id=registration.client_id,
        response_type="code",
        redirect_uri=registration.redirect_uri,
        scope="openid",
        state=pending.state,
        nonce=pending.nonce,
        code_challenge=create_s256_code_challenge(pending.code_verifier),
        code_challenge_method="S256",
        acr_values=" ".join(registration.mfa) or None,
    )
    return url, pending


def finish(
    provider: Provider, registration: Registration, pending: Pending, given: Mapping[str, str], now: datetime
) -> Identity:
    """Who signed in, from what the browser brought back (`given`). Raises SignOnRefused."""
    code = _read_answer(provider, pending, given)
    answer = _exchange(provider, registration, code, pending.code_verifier)
    access_token, id_token = answer.get("access_token"), answer.get("id_token")
    is_bearer = str(answer.get("token_type")).lower() == "bearer"
    if not (is_bearer and isinstance(access_token, str) and access_token and access_token.isascii()):
        raise SignOnRefused("token")
    if not isinstance(id_token, str):
        raise SignOnRefused("id_token")
    claims = read_id_token(
        id_token,
        fetch_json(provider.jwks_uri, provider.timeout),
        issuer=provider.issuer,
        client_id=registration.client_id,
        nonce=pending.nonce,
        access_token=access_token,
        now=now,
    )
    require_mfa(claims, registration.mfa)
    return Identity(provider.issuer, claims["sub"])


def _require_able(metadata: Mapping[str, Any]) -> None:
    """Lists that are left out say nothing; a list that is there must hold what we need."""
    if "S256" not in _listed(metadata, "code_challenge_methods_supported", ["S256"]):
        raise SignOnRefused("no_pkce")
    if not _ALGORITHMS.intersection(_listed(metadata, "id_token_signing_alg_values_supported", ["RS256"])):
        raise SignOnRefused("algorithm")
    if "code" not in _listed(metadata, "response_types_supported", ["code"]):
        raise SignOnRefused("metadata")


def _listed(metadata: Mapping[str, Any], name: str, default: list[str]) -> list[str]:
    found = metadata.get(name, default)
    if not (isinstance(found, list) and all(isinstance(value, str) for value in found)):
        raise SignOnRefused("metadata")
    return found


def _read_answer(provider: Provider, pending: Pending, given: Mapping[str, str]) -> str:
    """The code, if this is the answer to what this browser asked, from the provider it asked."""
    state = given.get("state", "").encode(errors="surrogatepass")
    if not (state and compare_digest(state, pending.state.encode())):
        raise SignOnRefused("state")
    if given.get("iss", "" if provider.names_itself else provider.issuer) != provider.issuer:
        raise SignOnRefused("other_issuer")
    if "error" in given:
        raise SignOnRefused("denied" if given["error"] == "access_denied" else "provider_error")
    code = given.get("code", "")
    if not (code and code.isascii()):
        raise SignOnRefused("no_code")
    return code


def _exchange(provider: Provider, registration: Registration, code: str, code_verifier: str) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": registration.redirect_uri,
        "code_verifier": code_verifier,
    }
    authorization = ""
    if provider.posts_secret:
        form |= {"client_id": registration.client_id, "client_secret": registration.client_secret}
    else:
        pair = f"{quote_plus(registration.client_id)}:{quote_plus(registration.client_secret)}"
        authorization = "Basic " + b64encode(pair.encode()).decode()
    try:
        return fetch_json(provider.token_endpoint, provider.timeout, form, authorization)
    except SignOnRefused as error:
        raise SignOnRefused("code_refused" if error.reason == "provider_error" else error.reason) from error
