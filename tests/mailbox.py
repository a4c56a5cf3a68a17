"""A mail server of the tests' own, on loopback: a real one, that keeps what it is handed."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from .postgres import free_port

SENDER = "toets@oeverland.example"
USER, PASSWORD = "toets", "een geheim van de post"


@dataclass
class Mailbox:
    """What came in, and to whom. `answers`: what the server says to a recipient in place of yes."""

    raw: list[bytes] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    says: str = "250 OK"
    port: int = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Envelope, address: str, options: Any) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        if self.says.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.raw.append(envelope.content)
            self.to += envelope.rcpt_tos
        return self.says

    @property
    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=default) for raw in self.raw]  # type: ignore[misc]

    @property
    def texts(self) -> list[str]:
        return [message.get_content() for message in self.messages]


@contextmanager
def open_mailbox(
    *, tls: ssl.SSLContext | None = None, at_once: bool = False, signs_in: bool = False
) -> Iterator[Mailbox]:
    """A server on a free port. `tls`: offered as STARTTLS and asked for, or from the first byte on with `at_once`."""
    box = Mailbox(port=free_port())
    given: dict[str, Any] = {"hostname": "127.0.0.1", "port": box.port, "server_hostname": "post.example"}
    if tls and at_once:
        given["ssl_context"] = tls
    elif tls:
        given |= {"tls_context": tls, "require_starttls": True}
    if signs_in:
        given |= {"authenticator": _knows, "auth_required": True, "auth_require_tls": tls is not None and not at_once}
    server = Controller(box, **given)
    server.start()
    try:
        yield box
    finally:
        server.stop()


def _knows(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    good = isinstance(data, LoginPassword) and data == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=good)


def make_certificate(folder: Path, host: str = "localhost") -> tuple[ssl.SSLContext, Path]:
    """A server's context, and the file that makes a client trust it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    names: list[x509.GeneralName] = [x509.DNSName(host), x509.IPAddress(ip_address("127.0.0.1"))]
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names if host == "localhost" else names[:1]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / f"{host}.pem", folder / f"{host}.key"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, secret)
    return context, certificate


def mail_settings(box: Mailbox, **other: Any) -> dict[str, Any]:
    """The settings with which an installation mails here, in the open."""
    return {
        "mail_server": "localhost",
        "mail_port": box.port,
        "mail_security": "plain",
        "mail_sender": SENDER,
        **other,
    }
