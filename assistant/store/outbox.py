"""What is to be mailed. A row a person, kind and week, however many fill it at once; who sends a row claims it first.

A crash between the mail server's yes and our own note of it sends that mail again: *at least once*. Twice is a
nuisance, and both carry one Message-ID, by which mail programs know them as one; never is a reminder that was missed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Engine, and_, bindparam, delete, func, insert, or_, select, text, update

from assistant.accounts.sealed import SealKeys, open_sealed, seal
from assistant.store.chain import write_time
from assistant.store.database import reading, writing
from assistant.store.tables import invitations, mails
from assistant.trees.model import Language

DIGEST, INVITATION = "digest", "invitation"
WAITING, SENT, EMPTY, GIVEN_UP = "waiting", "sent", "empty", "given_up"
CLAIM: Final = timedelta(minutes=30)  # longer than any mail takes, all time-outs added up
DELAYS: Final = tuple(timedelta(hours=hours) for hours in (1, 2, 4, 8, 16, 24))  # after each try that failed
PATIENCE: Final = timedelta(days=3)
KEPT: Final = timedelta(weeks=4)  # what is over; a week that was sent must not be filled again

_NEW: Final = text(  # whoever is second finds it there: two ticks at once make one row
    "INSERT INTO mail (id, person_id, kind, about, language, sealed, state, due_at, tries, next_try_at, claimed_until,"
    " sent_at, failure) VALUES (:id, :person, :kind, :about, :language, '', 'waiting', :at, 0, :at, '', '', '') "
    "ON CONFLICT (person_id, kind, about) DO NOTHING"
)
_MAY_TRY: Final = (
    mails.c.state == WAITING,
    mails.c.next_try_at <= bindparam("now"),
    mails.c.claimed_until <= bindparam("now"),
)
_DUE: Final = select(mails.c.id).where(*_MAY_TRY).order_by(mails.c.kind.desc(), mails.c.due_at, mails.c.id)
_CLAIM: Final = update(mails).where(mails.c.id == bindparam("mail"), *_MAY_TRY)
_THIS: Final = select(*mails.c).where(mails.c.id == bindparam("mail"))
_CLAIMED: Final = update(mails).where(
    mails.c.id == bindparam("mail"), mails.c.state == WAITING, mails.c.tries == bindparam("claim")
)
_OPEN_INVITATION: Final = select(invitations.c.id).where(
    invitations.c.id == mails.c.about, invitations.c.used_at == "", invitations.c.expires_at > bindparam("now")
)
_FORGET: Final = delete(mails).where(
    or_(
        and_(mails.c.kind == DIGEST, mails.c.due_at < bindparam("before")),
        and_(mails.c.kind == INVITATION, ~_OPEN_INVITATION.exists()),
    )
)
_GIVEN_UP: Final = select(mails.c.person_id, mails.c.kind, mails.c.about, mails.c.failure, mails.c.due_at).where(
    mails.c.state == GIVEN_UP
)
_UNSENT: Final = select(mails.c.about).where(mails.c.state == GIVEN_UP, mails.c.kind == INVITATION)
_COUNTS: Final = select(mails.c.state, func.count(), func.max(mails.c.sent_at)).group_by(mails.c.state)
_AGAIN: Final = update(mails).where(mails.c.state == GIVEN_UP)
_LET_GO: Final = update(mails).where(mails.c.state == GIVEN_UP).values(state=EMPTY, sealed="")


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that was claimed. `tries` counts this one; `secret` is the sealed secret of a link."""

    id: str
    person: str
    kind: str
    about: str
    language: Language
    secret: str = field(repr=False)
    due_at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A mail that could not be sent: of a person, or to who is invited."""

    person: str
    kind: str
    about: str
    failure: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """How it goes with the mail; `last_sent`: a moment, or empty."""

    waiting: int
    given_up: int
    last_sent: str


def add_digests(engine: Engine, week: str, wanted: Iterable[tuple[str, Language]], at: datetime) -> int:
    """A row for each person and their language, of this week; how many were new."""
    now = write_time(at)
    rows = [
        {"id": str(uuid4()), "person": person, "kind": DIGEST, "about": week, "language": language, "at": now}
        for person, language in wanted
    ]
    if not rows:
        return 0
    with writing(engine) as connection:
        return sum(connection.execute(_NEW, row).rowcount for row in rows)


def add_invitation(
    connection: Connection, invitation: str, token: str, keys: SealKeys, language: Language, at: datetime
) -> None:
    """The mail of an invitation, in the transaction that makes it; its link is sealed until it is sent."""
    id, now = str(uuid4()), write_time(at)
    row: dict[str, Any] = {
        "person_id": "",
        "kind": INVITATION,
        "about": invitation,
        "language": language,
        "due_at": now,
    }
    row |= {"sealed": seal(keys, token, _place(id)), "state": WAITING, "tries": 0, "next_try_at": now}
    connection.execute(insert(mails), {"id": id, "claimed_until": "", "sent_at": "", "failure": "", **row})


def open_secret(keys: SealKeys, mail: Mail) -> str:
    """The secret of the link that a mail holds. Raises SealBroken."""
    return open_sealed(keys, mail.secret, _place(mail.id))


def list_ready(engine: Engine, at: datetime) -> list[str]:
    """What may be tried now: invitations first, somebody waits for them."""
    with reading(engine) as connection:
        return list(connection.scalars(_DUE, {"now": write_time(at)}))


def claim(engine: Engine, id: str, at: datetime) -> Mail | None:
    """This mail, for who asks alone; None: somebody else was first. The try counts before it is made."""
    with writing(engine) as connection:
        until = write_time(at + CLAIM)
        taken = _CLAIM.values(claimed_until=until, tries=mails.c.tries + 1)
        if connection.execute(taken, {"mail": id, "now": write_time(at)}).rowcount != 1:
            return None
        row = connection.execute(_THIS, {"mail": id}).mappings().one()
    due = datetime.fromisoformat(row["due_at"])
    language: Language = "en" if row["language"] == "en" else "nl"
    return Mail(id, row["person_id"], row["kind"], row["about"], language, row["sealed"], due, row["tries"])


def settle(engine: Engine, mail: Mail, at: datetime, *, sent: bool) -> None:
    """It was sent, or there was nothing to say; the secret of its link is wiped."""
    state, moment = (SENT, write_time(at)) if sent else (EMPTY, "")
    _end_claim(engine, mail, state=state, sent_at=moment, sealed="", failure="")


def put_off(engine: Engine, mail: Mail, failure: str, at: datetime, *, for_good: bool) -> None:
    """Not sent: tried again later, each time after a longer while, until it is given up."""
    later = at + DELAYS[min(mail.tries, len(DELAYS)) - 1]
    is_over = for_good or later > mail.due_at + PATIENCE
    state = GIVEN_UP if is_over else WAITING
    _end_claim(engine, mail, state=state, failure=failure, next_try_at=write_time(later))


def _end_claim(engine: Engine, mail: Mail, **columns: Any) -> None:
    with writing(engine) as connection:
        connection.execute(_CLAIMED.values(claimed_until="", **columns), {"mail": mail.id, "claim": mail.tries})


def forget_old(engine: Engine, at: datetime) -> int:
    """Weeks that are long past, and mails of invitations that were used, withdrawn or came too late."""
    with writing(engine) as connection:
        given = {"before": write_time(at - KEPT), "now": write_time(at)}
        return connection.execute(_FORGET, given).rowcount


def list_given_up(engine: Engine, limit: int = 50) -> list[GivenUp]:
    """The newest first."""
    with reading(engine) as connection:
        rows = connection.execute(_GIVEN_UP.order_by(mails.c.due_at.desc(), mails.c.id).limit(limit))
        return [GivenUp(*row[:-1], datetime.fromisoformat(row.due_at)) for row in rows]


def list_unsent(engine: Engine) -> frozenset[str]:
    """The ids of invitations that could not be mailed: their links still work, and can be made again."""
    with reading(engine) as connection:
        return frozenset(connection.scalars(_UNSENT))


def count_mail(engine: Engine) -> Counts:
    """How many wait, how many were given up, and when the last one went."""
    with reading(engine) as connection:
        found = {state: (count, last) for state, count, last in connection.execute(_COUNTS)}
    nothing = (0, "")
    return Counts(found.get(WAITING, nothing)[0], found.get(GIVEN_UP, nothing)[0], found.get(SENT, nothing)[1])


def try_again(engine: Engine, at: datetime) -> int:
    """Everything that was given up waits again, as if it were due now."""
    now = write_time(at)
    with writing(engine) as connection:
        again = _AGAIN.values(state=WAITING, tries=0, due_at=now, next_try_at=now, claimed_until="")
        return connection.execute(again).rowcount


def let_go(engine: Engine) -> int:
    """What was given up is not sent; links in it are wiped. Those still open can be made again."""
    with writing(engine) as connection:
        return connection.execute(_LET_GO).rowcount


def _place(id: str) -> str:
    return f"mail/{id}/sealed"
