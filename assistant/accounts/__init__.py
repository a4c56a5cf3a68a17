"""Credentials and single sign-on, without screens or tables: what is typed or sent goes in, a verdict comes out."""

from __future__ import annotations

from typing import Literal, TypeAlias

from assistant.errors import AssistantError

Reason: TypeAlias = Literal[
    "unsafe_address",  # not https, or with more in it than an address needs
    "shared_issuer",  # one that lets every organisation in
    "unreachable",
    "certificate",
    "redirected",
    "too_large",
    "too_slow",
    "not_json",
    "metadata",
    "other_issuer",  # in the metadata, or in the answer by way of the browser
    "no_pkce",
    "state",
    "denied",  # by the person, or for them
    "provider_error",
    "no_code",
    "code_refused",
    "token",
    "id_token",
    "algorithm",
    "key",
    "weak_key",
    "signature",
    "iss",
    "sub",
    "aud",
    "azp",
    "exp",
    "nbf",
    "iat",
    "nonce",
    "jti",
    "at_hash",
    "auth_time",
    "amr",
    "mfa",
]


class SignOnRefused(AssistantError):
    """Single sign-on that cannot be trusted or did not work, by one word; nothing of a person stands in it."""

    def __init__(self, reason: Reason) -> None:
        self.reason: Reason = reason
        super().__init__(reason)


class SealBroken(AssistantError):
    """A sealed secret that was changed, moved to another place, or sealed with a key that is no longer there."""
