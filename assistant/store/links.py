"""One question sent to who knows, by a link. It opens that question and nothing else, and closes with the answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Engine, RowMapping, bindparam, insert, select, update

from assistant.access import TABLE, Action, State
from assistant.accounts.tokens import fingerprint, new_token
from assistant.answers import Answer
from assistant.errors import NotFound
from assistant.store.answers import refuse_moved, write_answers
from assistant.store.chain import write_time
from assistant.store.changes import Change, Signed, lock_open, save_change
from assistant.store.database import reading, writing
from assistant.store.endings import lapse
from assistant.store.sealed_rows import write_about
from assistant.store.tables import dossiers, endings, question_links, remarks

LINKED: Final = "link"  # the kind of remark that says who answered
_NAMES: Final = (
    "id",
    "dossier_id",
    "question",
    "sent_to",
    "made_by",
    "made_at",
    "expires_at",
    "answered_at",
    "ended_at",
)
_LIST: Final = (
    select(*question_links.c)
    .where(question_links.c.dossier_id == bindparam("dossier"))
    .order_by(question_links.c.made_at.desc())
)
_OPEN: Final = (
    select(*question_links.c, dossiers.c.state)
    .join_from(question_links, dossiers)
    .where(
        question_links.c.id == bindparam("link"),
        question_links.c.answered_at == "",
        question_links.c.ended_at == "",
        question_links.c.expires_at > bindparam("now"),
    )
)
_INSERT: Final = insert(question_links)
_ANSWERED: Final = update(question_links).where(
    question_links.c.id == bindparam("link"), question_links.c.answered_at == "", question_links.c.ended_at == ""
)
_END: Final = update(question_links).where(
    question_links.c.id == bindparam("link"),
    question_links.c.dossier_id == bindparam("dossier"),
    question_links.c.answered_at == "",
    question_links.c.ended_at == "",
)


@dataclass(frozen=True, slots=True)
class SentQuestion:
    """A question that was sent. `sent_to`: whom, as typed; the moments are empty until they are there."""

    id: str
    dossier: str
    question: str
    sent_to: str = field(repr=False)
    made_by: str
    made_at: datetime
    expires_at: datetime
    answered_at: str
    ended_at: str

    def is_open(self, now: datetime) -> bool:
        """Whether the link still works."""
        return not (self.answered_at or self.ended_at) and now < self.expires_at


def send_question(engine: Engine, dossier: str, question: str, sent_to: str, *, signed: Signed, days: int = 14) -> str:
    """A new link's token; the database keeps its SHA-256 alone."""
    token = new_token()
    made = {
        "id": fingerprint(token),
        "dossier_id": dossier,
        "question": question,
        "sent_to": sent_to,
        "made_by": signed.actor,
        "made_at": write_time(signed.at),
        "expires_at": write_time(signed.at + timedelta(days=days)),
        "answered_at": "",
        "ended_at": "",
    }
    with writing(engine) as connection:
        row, said = lock_open(connection, dossier, Action.SEND)
        connection.execute(_INSERT, made)
        save_change(connection, row, Change("link_made", question, said), signed)
    return token


def find_link(engine: Engine, token: str, at: datetime) -> SentQuestion:
    """What a link opens. Unknown, over, answered, ended, or the dossier locked: NotFound, all the same."""
    with reading(engine) as connection:
        given = {"link": fingerprint(token), "now": write_time(at)}
        row = connection.execute(_OPEN, given).mappings().one_or_none()
    if row is None or State(row["state"]) not in TABLE[Action.ANSWER][1]:
        raise NotFound("link")
    return _build(row)


def answer_by_link(
    engine: Engine,
    token: str,
    answer: Answer,
    *,
    at: datetime,
    audit_key: bytes,
    settled: Iterable[str] = (),
    edition: str = "",
) -> None:
    """Save the answer, with a remark for the team saying from whom it came, and close the link.

    `settled`, `edition`: as `save_answers` has them.
    """
    found, signed = find_link(engine, token, at), Signed("", at, audit_key)
    with writing(engine) as connection:
        row, said = lock_open(connection, found.dossier, Action.ANSWER)
        refuse_moved(row, edition)
        if connection.execute(_ANSWERED.values(answered_at=write_time(at)), {"link": found.id}).rowcount != 1:
            raise NotFound("link")
        made = _remark(found, at)
        connection.execute(insert(remarks), made)
        also = write_about(row["salt"], (remarks, [made]), (endings, lapse(connection, found.dossier, settled, at)))
        write_answers(connection, row, said, {found.question: answer}, signed, "answered_by_link", also)


def list_links(engine: Engine, dossier: str) -> list[SentQuestion]:
    """Every question of a dossier that was sent, the last one first."""
    with reading(engine) as connection:
        return [_build(row) for row in connection.execute(_LIST, {"dossier": dossier}).mappings()]


def end_link(engine: Engine, dossier: str, link: str, *, signed: Signed) -> None:
    """The link no longer works. Raises NotFound when it was answered or ended before."""
    with writing(engine) as connection:
        row, said = lock_open(connection, dossier, Action.SEND)
        ended = connection.execute(
            _END.values(ended_at=write_time(signed.at)), {"link": link, "dossier": dossier}
        ).rowcount
        if not ended:
            raise NotFound(link)
        save_change(connection, row, Change("link_ended", "", said), signed)


def _remark(found: SentQuestion, at: datetime) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "dossier_id": found.dossier,
        "question": found.question,
        "kind": LINKED,
        "answers": "",
        "text": found.sent_to,
        "shared": 0,
        "assigned": "",
        "made_by": "",
        "made_at": write_time(at),
        "settled_by": "",
        "settled_at": "",
        "rev": 1,
    }


def _build(row: RowMapping) -> SentQuestion:
    return SentQuestion(
        id=row["id"],
        dossier=row["dossier_id"],
        question=row["question"],
        sent_to=row["sent_to"],
        made_by=row["made_by"],
        made_at=datetime.fromisoformat(row["made_at"]),
        expires_at=datetime.fromisoformat(row["expires_at"]),
        answered_at=row["answered_at"],
        ended_at=row["ended_at"],
    )
