"""What an administrator wants to know before people come: is everything there, and is it shut where it should be?"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import DBAPIError

from assistant import clock
from assistant.errors import AssistantError
from assistant.mail import Failure, MailFailed
from assistant.mail.smtp import Post
from assistant.settings import Settings
from assistant.store.database import find_revision, open_database, reading
from assistant.store.migrations import HEAD
from assistant.store.outbox import count_mail
from assistant.theme import check_theme
from assistant.trees.load import current_edition, current_playbook

Verdict = Literal["ok", "look", "fault"]
WARN_DAYS: Final = 30  # before security.txt is no longer served
FAILURES: Final[Mapping[Failure, str]] = {  # as far as one comes without a mail
    "connection": "does not answer",
    "tls": "offers no STARTTLS, or its certificate is not right",
    "sign_in": "does not let this user in, or the file with the password cannot be read",
}
ROOM: Final = 500_000_000  # bytes that should be free


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `look`: it works, but somebody should look; `fault`: it does not."""

    verdict: Verdict
    about: str
    says: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Everything, in the order in which one would mend it. Nothing is changed."""
    yield _python()
    yield from _address(settings)
    yield from _folder(settings)
    yield from _keys(settings)
    yield from _database(settings)
    yield from _mail(settings)
    yield from _content(settings)
    yield _pdf()
    yield _zone(settings)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("ok" if sys.version_info >= (3, 11) else "fault", "Python", version)


def _address(settings: Settings) -> Iterator[Finding]:
    if settings.is_demo:
        yield Finding("look", "address", "no ASSISTANT_BASE_URL: this is the demo, for this computer alone")
    elif not settings.is_https:
        yield Finding("look", "address", f"{settings.base_url}: without https, so for this computer alone")
    else:
        yield Finding("ok", "address", settings.base_url)
    yield Finding("ok", "host names", ", ".join(settings.hosts))
    yield _security(settings)


def _security(settings: Settings) -> Finding:
    if not settings.security_contact:
        return Finding("look", "security.txt", "no ASSISTANT_SECURITY_CONTACT: who finds a weakness cannot tell you")
    left = (date.fromisoformat(settings.security_expires) - clock.today(settings.time_zone)).days
    says = f"{settings.security_contact}, until {settings.security_expires}"
    return Finding("ok" if left > WARN_DAYS else "look", "security.txt", says)


def _folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.data_dir
    if not folder.exists():
        yield Finding("look", "data folder", f"{folder} is not there yet: the first start makes it")
        return
    if not os.access(folder, os.W_OK):
        yield Finding("fault", "data folder", f"{folder} cannot be written by this user")
    elif _is_open_to_others(folder):
        yield Finding("look", "data folder", f"others on this machine can look into {folder}: chmod 700")
    else:
        yield Finding("ok", "data folder", str(folder))
    free = shutil.disk_usage(folder).free
    says = f"{free // 1_000_000} MB free"
    yield Finding("ok" if free >= ROOM else "look", "room on disk", says)


def _keys(settings: Settings) -> Iterator[Finding]:
    paths = {
        "session key": settings.secret_key_path,
        "chain key": settings.audit_key_path,
        "seal key": settings.seal_key_path,
    }
    for about, path in paths.items():
        if not path.exists():
            yield Finding("look", about, f"{path} is not there yet: it is made when it is first needed")
        elif not os.access(path, os.R_OK):
            yield Finding("fault", about, f"{path} cannot be read by this user")
        elif _is_open_to_others(path):
            yield Finding("fault", about, f"others on this machine can read {path}: chmod 600, and make a new one")
        else:
            yield Finding("ok", about, str(path))
    database = make_url(settings.url)
    if database.get_backend_name() == "sqlite" and not settings.is_demo:
        home = Path(str(database.database)).parent
        if settings.audit_key_path.parent == home:
            yield Finding("look", "chain key", "it lies beside the database, so one backup of the folder takes both")


def _is_open_to_others(path: Path) -> bool:
    return os.name == "posix" and bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def _database(settings: Settings) -> Iterator[Finding]:
    url = make_url(settings.url)
    about = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        yield Finding("look", "database", f"{about} is not there yet: the first start makes it")
        return
    try:
        engine = open_database(settings.url)
        yield from _tables(engine, about)
    except AssistantError as error:
        yield Finding("fault", "database", f"{about}: {error}")
    except DBAPIError as error:
        yield Finding("fault", "database", f"{about} is damaged: {error.orig}")


def _tables(engine: Engine, about: str) -> Iterator[Finding]:
    try:
        with reading(engine) as connection:
            revision = find_revision(connection)
        yield Finding("ok", "database", about)
        says = f"{revision or 'nothing'}, newest {HEAD}"
        yield Finding("ok" if revision == HEAD else "look", "tables", says)
        if revision != HEAD:
            return
        if engine.dialect.name == "sqlite":
            with reading(engine) as connection:
                sound = connection.exec_driver_sql("PRAGMA quick_check").scalar()
            yield Finding("ok" if sound == "ok" else "fault", "database file", str(sound))
        given_up = count_mail(engine).given_up
        if given_up:
            yield Finding("look", "mail", f"{given_up} mails could not be sent: an admin sees why on the page Mail")
    finally:
        engine.dispose()


def _mail(settings: Settings) -> Iterator[Finding]:
    """Whether the server answers, lets us in, and is reached over a closed way. No mail goes out."""
    if not settings.has_mail:
        return
    about = f"{settings.mail_server}:{settings.mail_port}"
    with closing(Post(settings)) as post:
        try:
            post.try_out()
        except MailFailed as failure:
            yield Finding("fault", "mail server", f"{about}: {FAILURES[failure.kind]}")
            return
    if settings.mail_security == "plain_over_network":
        yield Finding("look", "mail server", f"{about} answers, but whoever is on the network can read along")
    else:
        yield Finding("ok", "mail server", f"{about} answers, {settings.mail_security}")


def _content(settings: Settings) -> Iterator[Finding]:
    try:
        edition, playbook = current_edition(settings.trees_dir), current_playbook(settings.trees_dir)
        says = f"{len(edition.questions)} questions, edition {edition.hash[:12]}; {len(playbook.cases)} cases"
        yield Finding("ok", "question trees", says)
    except (AssistantError, OSError) as error:
        yield Finding("fault", "question trees", str(error))
    if settings.theme_dir:
        faults = check_theme(settings.theme_dir)
        yield Finding("fault" if faults else "ok", "theme", str(faults[0]) if faults else str(settings.theme_dir))


def _pdf() -> Finding:
    if find_spec("typst") is None:
        return Finding("look", "PDF", "typst is not installed: pip install 'ethical-review-assistant[pdf]'")
    return Finding("ok", "PDF", "typst is there")


def _zone(settings: Settings) -> Finding:
    try:
        ZoneInfo(settings.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return Finding("fault", "time zone", f"{settings.time_zone} is not known here")
    return Finding("ok", "time zone", settings.time_zone)
