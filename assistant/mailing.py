"""The mail that time asks for: the outbox is filled for this week, and what stands in it is sent."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Final
from zoneinfo import ZoneInfo

from assistant import clock
from assistant.accounts import SealBroken
from assistant.accounts.sealed import load_seal_key
from assistant.errors import NotReady
from assistant.mail import MailFailed
from assistant.mail.digest import build_digest, choice_url
from assistant.mail.message import build_message, invitation_text
from assistant.mail.smtp import Post
from assistant.mail.words import MAILS
from assistant.opening import Shell
from assistant.store.due import list_due
from assistant.store.invitations import find_open
from assistant.store.mail_choices import find_choice, list_choices
from assistant.store.members import Reader
from assistant.store.outbox import (
    DIGEST,
    Mail,
    add_digests,
    claim,
    forget_old,
    list_ready,
    open_secret,
    put_off,
    settle,
)
from assistant.trees.model import Language
from assistant.words import word

EARLIEST: Final = 6  # o'clock, where the municipality is
CATCH_UP: Final = 2  # days after the chosen one, for a machine that was off
AHEAD: Final = timedelta(weeks=2)  # what is due within that time is told
log = logging.getLogger("assistant.mail")


@dataclass(frozen=True)
class Posted:
    """How many mails were sent, and how many could not be."""

    sent: int = 0
    failed: int = 0


def post_mail(shell: Shell, now: Callable[[], datetime] = clock.now) -> Posted:
    """Fill and send. Nothing happens without a mail server; two at once send each mail once."""
    if not shell.settings.has_mail:
        return Posted()
    forget_old(shell.engine, now())
    fill(shell, now())
    with closing(Post(shell.settings)) as post:
        outcomes = list(_send(shell, post, now))
    return Posted(outcomes.count(True), outcomes.count(False))


def fill(shell: Shell, at: datetime) -> int:
    """A mail this week for who wants one and whose day it is; how many were new."""
    local = at.astimezone(ZoneInfo(shell.settings.time_zone))
    if local.hour < EARLIEST:
        return 0
    year, week, _day = local.isocalendar()
    choices = list_choices(shell.engine, shell.settings.default_language)
    wanted = [
        (person.id, choice.language)
        for person, choice in choices
        if choice.wants and 0 <= local.weekday() - choice.weekday <= CATCH_UP
    ]
    return add_digests(shell.engine, f"{year}-W{week:02}", wanted, at)


def _send(shell: Shell, post: Post, now: Callable[[], datetime]) -> Iterator[bool]:
    """One after the other: whether each was sent. A server that is away ends it: the others keep their tries."""
    for id in list_ready(shell.engine, now()):
        mail = claim(shell.engine, id, now())
        if mail is None:
            continue
        try:
            message = _build(shell, mail, now())
            if message:
                post.send(message)
        except MailFailed as failure:
            put_off(shell.engine, mail, failure.kind, now(), for_good=failure.for_good)
            log.warning("a mail was not sent: %s", failure.kind)
            yield False
            if failure.for_all:
                return
        else:
            settle(shell.engine, mail, now(), sent=message is not None)
            if message:
                yield True


def _build(shell: Shell, mail: Mail, at: datetime) -> EmailMessage | None:
    """The message as of now; None: there is nothing to say any more."""
    return _digest(shell, mail, at) if mail.kind == DIGEST else _invitation(shell, mail, at)


def _digest(shell: Shell, mail: Mail, at: datetime) -> EmailMessage | None:
    settings = shell.settings
    found = find_choice(shell.engine, mail.person, settings.default_language)
    if found is None or not found[1].wants:
        return None
    person, choice = found
    today = clock.date_of(at, settings.time_zone)
    reader = Reader(person.id, person.roles, today.isoformat())
    due = list_due(shell.engine, reader, person.function, (today + AHEAD).isoformat(), shell.edition.hash)
    text = build_digest(due, today.isoformat(), choice.language, settings.base_url)
    if not text:
        return None
    message = _message(shell, mail, person.email, "digest_subject", text, choice.language, at)
    message["List-Unsubscribe"] = f"<{choice_url(settings.base_url, choice.language)}>"
    return message


def _invitation(shell: Shell, mail: Mail, at: datetime) -> EmailMessage | None:
    invitation = find_open(shell.engine, mail.about, at)
    if invitation is None:
        return None
    try:
        token = open_secret(load_seal_key(shell.settings.seal_key_path), mail)
    except (SealBroken, NotReady) as error:
        raise MailFailed("seal") from error
    url = f"{shell.settings.base_url}/{mail.language}/join/{token}"
    until = clock.date_of(invitation.expires_at, shell.settings.time_zone) - timedelta(days=1)
    text = invitation_text(url, until, mail.language)
    return _message(shell, mail, invitation.email, "invitation_subject", text, mail.language, at)


def _message(
    shell: Shell, mail: Mail, to: str, subject: str, text: str, language: Language, at: datetime
) -> EmailMessage:
    return build_message(
        id=mail.id,
        sender=shell.settings.mail_sender,
        to=to,
        subject=word(MAILS, subject, language),
        text=text,
        base_url=shell.settings.base_url,
        at=at,
        language=language,
    )
