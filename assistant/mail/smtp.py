"""Handing mail to the server: over TLS with a certificate that is right, unless the settings say otherwise."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from assistant.errors import NotReady
from assistant.mail import MailFailed
from assistant.settings import Settings

TIMEOUT: Final = 20.0  # seconds, for each step
_PERMANENT: Final = 500  # codes from here on: trying again would not help


class Post:
    """The way to the mail server, opened by the first mail and closed behind the last."""

    def __init__(self, settings: Settings, timeout: float = TIMEOUT) -> None:
        self._settings, self._timeout = settings, timeout
        self._server: smtplib.SMTP | None = None

    def send(self, message: EmailMessage) -> None:
        """Hand over one message. Raises MailFailed.

        A server that hung up behind an earlier mail is called once more: many take so many mails a call.
        """
        was_open = self._server is not None
        try:
            self._hand_over(message)
        except MailFailed as failure:
            if not (was_open and failure.kind == "connection"):
                raise
            self.close()
            self._hand_over(message)

    def _hand_over(self, message: EmailMessage) -> None:
        with _understood():
            self._server = self._server or self._open()
            self._server.send_message(message)

    def try_out(self) -> None:
        """As far as the server goes without a mail. Raises MailFailed."""
        with _understood():
            self._server = self._open()
            self._server.noop()

    def close(self) -> None:
        """Take leave; what was accepted is accepted, whatever the server says now."""
        if self._server:
            with suppress(smtplib.SMTPException, OSError):
                self._server.quit()
        self._server = None

    def _open(self) -> smtplib.SMTP:
        settings = self._settings
        here = urlsplit(settings.base_url).hostname or "localhost"
        server: smtplib.SMTP
        if settings.mail_security == "tls":
            server = smtplib.SMTP_SSL(
                settings.mail_server, settings.mail_port, here, timeout=self._timeout, context=_trusting()
            )
        else:
            server = smtplib.SMTP(settings.mail_server, settings.mail_port, here, timeout=self._timeout)
        try:
            self._greet(server)
        except BaseException:
            server.close()
            raise
        return server

    def _greet(self, server: smtplib.SMTP) -> None:
        settings = self._settings
        if settings.mail_security == "starttls":
            _start_tls(server)
        if settings.mail_user and settings.mail_password_file:
            try:
                server.login(settings.mail_user, load_password(settings.mail_password_file))
            except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError, NotReady, UnicodeError) as error:
                raise MailFailed("sign_in", for_all=True) from error


def load_password(path: Path) -> str:
    """The password in this file, without the line's end. Raises NotReady."""
    try:
        password = path.read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        raise NotReady(f"the password for the mail server cannot be read: {path}") from error
    if not password:
        raise NotReady(f"the password for the mail server is empty: {path}")
    return password


def _start_tls(server: smtplib.SMTP) -> None:
    try:
        server.starttls(context=_trusting())
    except (smtplib.SMTPNotSupportedError, smtplib.SMTPResponseException) as error:
        raise MailFailed("tls", for_all=True) from error


def _trusting() -> ssl.SSLContext:
    """What the system trusts; SSL_CERT_FILE names an authority of one's own."""
    return ssl.create_default_context()


@contextmanager
def _understood() -> Iterator[None]:
    """What went wrong as a kind of failure: what the server said often holds the address, and goes no further."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _said in error.recipients.values()]
        raise MailFailed("recipient", for_good=min(codes) >= _PERMANENT) from None
    except smtplib.SMTPSenderRefused:
        raise MailFailed("sender", for_all=True) from None
    except smtplib.SMTPDataError as error:
        raise MailFailed("refused", for_good=error.smtp_code >= _PERMANENT) from None
    except ssl.SSLError:
        raise MailFailed("tls", for_all=True) from None
    except (smtplib.SMTPException, OSError):
        raise MailFailed("connection", for_all=True) from None
