from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from time import monotonic
from typing import get_args
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc.jwk import OctKey

from assistant.accounts import Reason, SignOnRefused
from assistant.accounts.sign_on import (
    Identity,
    Pending,
    Registration,
    discover,
    finish,
    load_client_secret,
    start,
)
from assistant.errors import NotReady

from .misbehaviour import (
    DISCOVERING,
    SIGNING_ON,
    WITHOUT_MFA,
    Change,
    both,
    by_hand,
    claims,
    from_now,
    header,
    metadata,
    public,
    rs256,
    signed_by,
)
from .provider import (
    ACCESS_TOKEN,
    CLIENT_ID,
    CLIENT_SECRET,
    REDIRECT_URI,
    SUBJECT,
    FakeProvider,
    Reply,
    ec_key,
    encode,
    sign,
)

REGISTRATION = Registration(CLIENT_ID, CLIENT_SECRET, REDIRECT_URI)
FAST = 0.3  # seconds


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    with FakeProvider().running() as running:
        yield running


def now() -> datetime:
    return datetime.now(UTC)


def sign_on(provider: FakeProvider, registration: Registration = REGISTRATION) -> Identity:
    found = discover(provider.issuer)
    url, pending = start(found, registration)
    return finish(found, registration, pending, provider.browse(url), now())


def reason_of(provider: FakeProvider, registration: Registration = REGISTRATION) -> str:
    with pytest.raises(SignOnRefused) as refused:
        sign_on(provider, registration)
    return refused.value.reason


def test_who_signs_on_is_issuer_and_subject(provider: FakeProvider) -> None:
    assert sign_on(provider) == Identity(provider.issuer, SUBJECT)
    assert provider.visited == ["/.well-known/openid-configuration", "/authorize", "/token", "/keys"]


GOOD: dict[str, Change] = {
    "signed by ES256": both(
        header(alg="ES256"),
        lambda p: p.jwks.update(keys=[public(ec_key())]),
        lambda p: setattr(p, "sign", lambda h, c: sign(h, c, ec_key())),
    ),
    "for us in a list": claims(aud=[CLIENT_ID]),
    "for us and another, made for us": claims(aud=[CLIENT_ID, "two"], azp=CLIENT_ID),
    "over within the leeway": from_now(exp=-50),
    "from within the leeway": from_now(iat=50, nbf=50),
    "with the hash of the access token": claims(at_hash=encode(sha256(ACCESS_TOKEN.encode()).digest()[:16])),
    "with claims and headers nobody knows": both(claims(weather="mild"), signed_by(by_hand(rs256, weather="mild"))),
    "the type of a token in its header": header(typ="JWT"),
    "next to a key of that name of another kind": lambda p: p.jwks["keys"].append(public(ec_key())),
    "next to keys of kinds to come": lambda p: p.jwks["keys"].extend(
        [{"kty": "PQ", "kid": "x"}, {"kty": "RSA", "kid": "broken"}, 7, OctKey.generate_key().as_dict()]
    ),
    "the secret in the form": metadata(token_endpoint_auth_methods_supported=["client_secret_post"]),
    "saying who answers": both(
        metadata(authorization_response_iss_parameter_supported=True), lambda p: p.browser_answer.update(iss=p.issuer)
    ),
    "saying less about itself": metadata(
        response_types_supported=None,
        code_challenge_methods_supported=None,
        id_token_signing_alg_values_supported=None,
    ),
}


@pytest.mark.parametrize("case", GOOD)
def test_good_ways_to_answer(case: str, provider: FakeProvider) -> None:
    GOOD[case](provider)
    assert sign_on(provider) == Identity(provider.issuer, SUBJECT)


@pytest.mark.parametrize("case", DISCOVERING)
def test_what_a_provider_says_about_itself_is_refused(case: str, provider: FakeProvider) -> None:
    reason, change = DISCOVERING[case]
    change(provider)
    began = monotonic()
    with pytest.raises(SignOnRefused) as refused:
        discover(provider.issuer, timeout=FAST)
    assert refused.value.reason == reason
    assert provider.visited == ["/.well-known/openid-configuration"]
    assert monotonic() - began < 3 * FAST


@pytest.mark.parametrize("case", SIGNING_ON)
def test_a_sign_on_is_refused(case: str, provider: FakeProvider) -> None:
    reason, change = SIGNING_ON[case]
    change(provider)
    assert reason_of(provider) == reason
    assert "/elsewhere" not in provider.visited


@pytest.mark.parametrize("case", WITHOUT_MFA)
def test_a_second_factor_can_be_required(case: str, provider: FakeProvider) -> None:
    WITHOUT_MFA[case](provider)
    assert sign_on(provider).subject == SUBJECT
    assert reason_of(provider, replace(REGISTRATION, mfa=("mfa", "urn:level:2"))) == "mfa"


@pytest.mark.parametrize("said", [{"amr": ["pwd", "mfa"]}, {"acr": "urn:level:2"}], ids=str)
def test_a_second_factor_is_seen_in_acr_and_amr(said: dict[str, object], provider: FakeProvider) -> None:
    provider.claims.update(said)
    assert sign_on(provider, replace(REGISTRATION, mfa=("mfa", "urn:level:2"))).subject == SUBJECT


@pytest.mark.parametrize(
    ("issuer", "reason"),
    [
        ("http://sso.example.nl", "unsafe_address"),
        ("ftp://sso.example.nl", "unsafe_address"),
        ("sso.example.nl", "unsafe_address"),
        ("", "unsafe_address"),
        ("https://", "unsafe_address"),
        ("https://[::1", "unsafe_address"),
        ("https://us:secret@sso.example.nl", "unsafe_address"),
        ("http://127.0.0.1.example.nl", "unsafe_address"),
        ("https://sso.example.nl#top", "unsafe_address"),
        ("https://sso.example.nl?tenant=1", "metadata"),
        ("https://login.microsoftonline.com/common/v2.0", "shared_issuer"),
        ("https://login.microsoftonline.com/Common/v2.0/", "shared_issuer"),
        ("https://login.microsoftonline.com/organizations/v2.0", "shared_issuer"),
        ("https://login.microsoftonline.com/consumers/v2.0", "shared_issuer"),
        ("https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0", "shared_issuer"),
        ("https://login.microsoftonline.com/{tenantid}/v2.0", "shared_issuer"),
    ],
)
def test_issuers_that_are_not_asked_at_all(issuer: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.accounts.sign_on.fetch_json", pytest.fail)
    with pytest.raises(SignOnRefused) as refused:
        discover(issuer)
    assert refused.value.reason == reason


def test_a_provider_that_is_not_there() -> None:
    with FakeProvider().running() as gone:
        pass
    with pytest.raises(SignOnRefused, match="unreachable"):
        discover(gone.issuer)


def test_a_certificate_nobody_vouches_for(tmp_path: Path) -> None:
    with FakeProvider(tls=self_signed(tmp_path)).running() as provider, pytest.raises(SignOnRefused) as refused:
        discover(provider.issuer)
    assert refused.value.reason == "certificate"
    assert provider.visited == []


def test_a_code_works_once_and_only_with_its_own_verifier(provider: FakeProvider) -> None:
    found = discover(provider.issuer)
    url, pending = start(found, REGISTRATION)
    given = provider.browse(url)
    assert finish(found, REGISTRATION, pending, given, now()).subject == SUBJECT
    with pytest.raises(SignOnRefused, match="code_refused"):
        finish(found, REGISTRATION, pending, given, now())
    given = provider.browse(url)
    with pytest.raises(SignOnRefused, match="code_refused"):
        finish(found, REGISTRATION, replace(pending, code_verifier="x" * 43), given, now())


def test_an_answer_to_somebody_elses_question_is_refused_without_asking_further(provider: FakeProvider) -> None:
    found = discover(provider.issuer)
    _, mine = start(found, REGISTRATION)
    theirs = provider.browse(start(found, REGISTRATION)[0])
    for pending in (mine, Pending("", "", "")):
        for given in (theirs, theirs | {"state": ""}, {"code": theirs["code"]}):
            with pytest.raises(SignOnRefused, match="state"):
                finish(found, REGISTRATION, pending, given, now())
    assert "/token" not in provider.visited


def test_an_answer_that_comes_too_late_is_refused(provider: FakeProvider) -> None:
    found = discover(provider.issuer)
    url, pending = start(found, REGISTRATION)
    given = provider.browse(url)
    with pytest.raises(SignOnRefused, match="exp"):
        finish(found, REGISTRATION, pending, given, now() + timedelta(minutes=7))


def test_every_start_is_new_and_asks_for_no_more_than_an_id(provider: FakeProvider) -> None:
    found = discover(provider.issuer)
    asked, pendings = [], []
    for _ in range(50):
        url, pending = start(found, REGISTRATION)
        asked.append(parse_qs(urlsplit(url).query))
        pendings.append(pending)
    assert len({value for p in pendings for value in (p.state, p.nonce, p.code_verifier)}) == 150
    assert all(len(value) == 43 for p in pendings for value in (p.state, p.nonce, p.code_verifier))
    assert asked[0]["scope"] == ["openid"]
    assert asked[0]["realm"] == ["oeverland"]
    assert asked[0]["redirect_uri"] == [REDIRECT_URI]
    assert pendings[0].code_verifier not in str(asked[0])
    assert "acr_values" not in asked[0]
    url, _ = start(found, replace(REGISTRATION, mfa=("mfa", "urn:level:2")))
    assert parse_qs(urlsplit(url).query)["acr_values"] == ["mfa urn:level:2"]


def test_an_email_address_is_nobodys_identity(provider: FakeProvider) -> None:
    provider.claims.update(email="burgemeester@oeverland.nl", email_verified=True, sub="somebody")
    assert sign_on(provider) == Identity(provider.issuer, "somebody")


def test_secrets_stay_out_of_what_is_printed(provider: FakeProvider) -> None:
    found = discover(provider.issuer)
    _, pending = start(found, REGISTRATION)
    printed = f"{REGISTRATION!r} {pending!r}"
    assert not any(secret in printed for secret in (CLIENT_SECRET, pending.nonce, pending.code_verifier))
    provider.replies["/token"] = Reply.of({"error": "invalid_grant", "error_description": "Sanne"}, 400)
    url, pending = start(found, REGISTRATION)
    with pytest.raises(SignOnRefused) as refused:
        finish(found, REGISTRATION, pending, provider.browse(url), now())
    error: BaseException | None = refused.value
    while error:
        assert not any(word in f"{error!r}" for word in (CLIENT_SECRET, "Sanne", pending.code_verifier))
        error = error.__cause__


def test_every_reason_is_seen_in_a_test() -> None:
    elsewhere = {"shared_issuer", "certificate", "mfa"}  # in tests of their own above
    seen = {reason for reason, _ in [*DISCOVERING.values(), *SIGNING_ON.values()]}
    assert seen | elsewhere == set(get_args(Reason))


def test_the_clients_secret_comes_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    for content in (None, b"", b" \n", b"\xff"):
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(NotReady, match="single sign-on"):
            load_client_secret(path)
    path.write_text(f"{CLIENT_SECRET}\n")
    assert load_client_secret(path) == CLIENT_SECRET


def self_signed(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, SHA256())
    )
    path = folder / "certificate.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + certificate.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
