"""A message as it goes to the mail server: plain text, nothing to load, nothing that tells whether it was read."""

from __future__ import annotations

from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from assistant.display import written_date
from assistant.mail import MailFailed
from assistant.mail.words import MAILS
from assistant.settings import ADDRESS
from assistant.trees.model import Language
from assistant.words import word


def build_message(
    *, id: str, sender: str, to: str, subject: str, text: str, base_url: str, at: datetime, language: Language
) -> EmailMessage:
    """A message to one person. Raises MailFailed when `to` is no address that a header may hold.

    `id` is the outbox's: the same mail sent twice is known as one by its Message-ID.
    """
    if not ADDRESS.fullmatch(to):
        raise MailFailed("address", for_good=True)
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{id}@{urlsplit(base_url).hostname}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answer of somebody's absence comes back
    message.set_content(text, cte="quoted-printable")
    message["Content-Language"] = language
    return message


def invitation_text(url: str, until: date, language: Language) -> str:
    """What somebody who is invited reads: a link and a day, not by whom and not into what."""
    last = written_date(until.isoformat(), language)
    return "\n\n".join(
        (
            word(MAILS, "invitation_opening", language),
            f"{word(MAILS, 'invitation_link', language)}\n{url}",
            f"{word(MAILS, 'invitation_until', language)} {last}.\n{word(MAILS, 'invitation_closing', language)}\n",
        )
    )
