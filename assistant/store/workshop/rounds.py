"""Rounds: answers taken under a key that is destroyed when the round closes, counted once, shown once.

An answer lies under a digest of the round's key and the phone's seat, so that changing it replaces it and a phone
that sends twice counts once. The key lies sealed in the row, with a key outside the database. When the round closes,
the key and every answer are gone; what may be kept is counted. Rows carry no moment and lie in the digests' order.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Engine, RowMapping, bindparam, delete, func, insert, select, text, update

from assistant.accounts.sealed import SealKeys, open_sealed, seal
from assistant.errors import Conflict
from assistant.store.database import reading, wipe_log, writing
from assistant.store.tables import workshop_ballots, workshop_notes, workshop_rounds, workshop_seats, workshops
from assistant.store.workshop.kept import lock_workshop, save_workshop
from assistant.workshop.ballots import Ballot, Tally, count, lonely_items, to_keep
from assistant.workshop.plan import Planned

TAKING, HELD, SHOWN, WITHHELD = "open", "held", "shown", "withheld"
_NONCE: Final = 12  # bytes
_ROUND: Final = select(*workshop_rounds.c).where(
    workshop_rounds.c.workshop_id == bindparam("workshop"), workshop_rounds.c.number == bindparam("round")
)
_ALL: Final = (
    select(*workshop_rounds.c)
    .where(workshop_rounds.c.workshop_id == bindparam("workshop"))
    .order_by(workshop_rounds.c.number)
)
_TAKING: Final = (  # a phone's answer: is it in, is this the round, is it open? The lock lets the closing wait for it.
    select(workshops.c.id, workshop_rounds.c.round_key)
    .join_from(workshop_seats, workshops)
    .join(workshop_rounds, workshop_rounds.c.workshop_id == workshops.c.id)
    .where(
        workshop_seats.c.id == bindparam("seat"),
        workshop_rounds.c.number == bindparam("round"),
        workshop_rounds.c.state == TAKING,
    )
    .with_for_update(read=True, of=workshop_rounds)
)
_CAST: Final = text(  # the same words in both databases; a second answer of the same phone takes the first one's place
    "INSERT INTO workshop_ballot (workshop_id, number, voter, body) VALUES (:workshop, :round, :voter, :body) "
    "ON CONFLICT (workshop_id, number, voter) DO UPDATE SET body = excluded.body"
)
_HERE: Final = (
    workshop_ballots.c.workshop_id == bindparam("workshop"),
    workshop_ballots.c.number == bindparam("round"),
)
_BALLOTS: Final = select(workshop_ballots.c.voter, workshop_ballots.c.body).where(*_HERE)
_MINE: Final = select(workshop_ballots.c.body).where(*_HERE, workshop_ballots.c.voter == bindparam("of"))
_FORGET_ONE: Final = delete(workshop_ballots).where(*_HERE, workshop_ballots.c.voter == bindparam("of"))
_FORGET_ALL: Final = delete(workshop_ballots).where(*_HERE)
_HOW_MANY: Final = select(
    select(func.count())
    .select_from(workshop_seats)
    .where(workshop_seats.c.workshop_id == bindparam("workshop"))
    .scalar_subquery(),
    select(func.count()).select_from(workshop_ballots).where(*_HERE).scalar_subquery(),
)
_CHANGE: Final = update(workshop_rounds).where(
    workshop_rounds.c.workshop_id == bindparam("workshop"), workshop_rounds.c.number == bindparam("round")
)


@dataclass(frozen=True, slots=True)
class Paper:
    """What came in on paper: item -> people per option, and the number of forms where one may choose more."""

    counts: Mapping[str, Sequence[int]] = field(default_factory=dict)
    forms: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """A round that was opened. `tally` is there when it is shown, or held until the facilitator decides."""

    number: int
    state: str
    paper: Paper
    tally: Tally | None


def open_round(engine: Engine, id: str, number: int, keys: SealKeys) -> None:
    """From now on answers are taken. A round that was shown stays closed; one that was not may be tried again."""
    with writing(engine) as connection:
        row = lock_workshop(connection, id)
        old = _find(connection, id, number)
        if old is not None and old["state"] != WITHHELD:
            raise Conflict(["round"])
        key = seal(keys, secrets.token_hex(32), _place(id, number))
        if old is None:
            made = {"workshop_id": id, "number": number, "state": TAKING, "round_key": key, "paper": "", "tally": ""}
            connection.execute(insert(workshop_rounds), made)
        else:
            _change(connection, id, number, state=TAKING, round_key=key)
        save_workshop(connection, row)


def cast(engine: Engine, seat: str, number: int, ballot: Ballot, keys: SealKeys) -> None:
    """Take a phone's answer, in place of the one it gave before. Raises Conflict when the round takes none.

    An empty one too: who would rather not say is ready like anybody else, and no row tells them apart.
    """
    with writing(engine) as connection:
        found = connection.execute(_TAKING, {"seat": seat, "round": number}).one_or_none()
        if found is None:
            raise Conflict(["round"])
        id, sealed = found
        key = _open_key(keys, sealed, id, number)
        voter = _voter(key, seat)
        body = _lock(key, voter, ballot)
        connection.execute(_CAST, {"workshop": id, "round": number, "voter": voter, "body": body})


def find_my_ballot(engine: Engine, id: str, seat: str, number: int, keys: SealKeys) -> Ballot | None:
    """What this phone answered in a round that is still open, so that it can change it."""
    with reading(engine) as connection:
        row = _find(connection, id, number)
        if row is None or row["state"] != TAKING:
            return None
        key = _open_key(keys, row["round_key"], id, number)
        voter = _voter(key, seat)
        body = connection.scalar(_MINE, {"workshop": id, "round": number, "of": voter})
    return _unlock(key, voter, body) if body else None


def find_round(engine: Engine, id: str, number: int) -> Kept | None:
    """A round, if it was opened."""
    with reading(engine) as connection:
        row = _find(connection, id, number)
    return _build(row) if row else None


def list_rounds(engine: Engine, id: str) -> dict[int, Kept]:
    """Every round that was opened, by its place in the plan."""
    with reading(engine) as connection:
        return {row["number"]: _build(row) for row in connection.execute(_ALL, {"workshop": id}).mappings()}


def count_in(engine: Engine, id: str, number: int) -> tuple[int, int]:
    """How many phones are in, and how many of them are ready with this round; never which."""
    with reading(engine) as connection:
        people, ready = connection.execute(_HOW_MANY, {"workshop": id, "round": number}).one()
    return people, ready


def save_paper(engine: Engine, id: str, number: int, paper: Paper) -> None:
    """What came in on paper, in place of what was typed before. The round need not be open by phone."""
    said = json.dumps({"counts": {item: [*n] for item, n in paper.counts.items()}, "forms": paper.forms})
    with writing(engine) as connection:
        lock_workshop(connection, id)
        row = _find(connection, id, number)
        if row is None:
            made = {"workshop_id": id, "number": number, "state": WITHHELD, "round_key": "", "paper": said, "tally": ""}
            connection.execute(insert(workshop_rounds), made)
        elif row["state"] in (TAKING, WITHHELD):
            _change(connection, id, number, paper=said)
        else:
            raise Conflict(["round"])


def close_round(engine: Engine, id: str, number: int, planned: Planned, smallest: int, keys: SealKeys) -> str:
    """Count, destroy key and answers, keep what may be kept: `shown`; `held` when all but one agree; or `withheld`.

    Called once a round: what is shown or held cannot be closed again.
    """
    with writing(engine) as connection:
        row = lock_workshop(connection, id)
        old = _find(connection, id, number)
        if old is None or old["state"] not in (TAKING, WITHHELD):
            raise Conflict(["round"])
        ballots = _take_out(connection, old, keys)
        paper = read_paper_row(old["paper"])
        tally = count(planned, ballots, paper.counts, paper.forms)
        state, kept = _outcome(planned, tally, smallest)
        _change(connection, id, number, state=state, round_key="", tally=kept.model_dump_json() if kept else "")
        if planned.typed and state == SHOWN:
            _save_notes(connection, id, number, ballots)
        save_workshop(connection, row, ends_at="")
    wipe_log(engine)
    return state


def _outcome(planned: Planned, tally: Tally, smallest: int) -> tuple[str, Tally | None]:
    if planned.typed:  # who wrote one reason wrote among all who took part
        return (SHOWN, tally) if tally.people >= smallest else (WITHHELD, None)
    kept = to_keep(tally, smallest)
    if kept is None:
        return WITHHELD, None
    return (HELD if lonely_items(planned, kept) else SHOWN), kept


def decide(engine: Engine, id: str, number: int, *, show: bool) -> None:
    """Show a round that was held, or let it go unseen."""
    with writing(engine) as connection:
        row = lock_workshop(connection, id)
        old = _find(connection, id, number)
        if old is None or old["state"] != HELD:
            raise Conflict(["round"])
        if show:
            _change(connection, id, number, state=SHOWN)
        else:
            _change(connection, id, number, state=WITHHELD, tally="", paper="")
        save_workshop(connection, row)
    wipe_log(engine)


def drop_open_rounds(connection: Connection, id: str) -> None:
    """Rounds that nobody closed are let go unseen, with every answer."""
    for row in connection.execute(_ALL, {"workshop": id}).mappings().all():
        if row["state"] in (TAKING, HELD):
            connection.execute(_FORGET_ALL, {"workshop": id, "round": row["number"]})
            _change(connection, id, row["number"], state=WITHHELD, round_key="", tally="")


def forget_ballots_of(connection: Connection, id: str, seat: str, keys: SealKeys) -> None:
    """What this phone answered in rounds that are still open."""
    for row in connection.execute(_ALL, {"workshop": id}).mappings().all():
        if row["state"] == TAKING:
            voter = _voter(_open_key(keys, row["round_key"], id, row["number"]), seat)
            connection.execute(_FORGET_ONE, {"workshop": id, "round": row["number"], "of": voter})


def _take_out(connection: Connection, row: RowMapping, keys: SealKeys) -> list[Ballot]:
    if row["state"] != TAKING:
        return []
    given = {"workshop": row["workshop_id"], "round": row["number"]}
    key = _open_key(keys, row["round_key"], row["workshop_id"], row["number"])
    ballots = [_unlock(key, voter, body) for voter, body in connection.execute(_BALLOTS, given)]
    connection.execute(_FORGET_ALL, given)
    return ballots


def _save_notes(connection: Connection, id: str, number: int, ballots: Sequence[Ballot]) -> None:
    notes = [(side, typed) for ballot in ballots for side, (typed, *_) in ballot.items()]
    secrets.SystemRandom().shuffle(notes)
    for side, typed in notes:
        connection.execute(
            insert(workshop_notes),
            {"id": str(uuid4()), "workshop_id": id, "number": number, "side": side, "text": typed, "heading": ""},
        )


def _find(connection: Connection, id: str, number: int) -> RowMapping | None:
    return connection.execute(_ROUND, {"workshop": id, "round": number}).mappings().one_or_none()


def _change(connection: Connection, id: str, number: int, **columns: Any) -> None:
    connection.execute(_CHANGE.values(**columns), {"workshop": id, "round": number})


def _build(row: RowMapping) -> Kept:
    tally = Tally.model_validate_json(row["tally"]) if row["tally"] else None
    return Kept(row["number"], row["state"], read_paper_row(row["paper"]), tally)


def read_paper_row(said: str) -> Paper:
    """What `save_paper` kept."""
    return Paper(**json.loads(said)) if said else Paper()


def _place(id: str, number: int) -> str:
    return f"workshop_round/{id}/{number}"


def _open_key(keys: SealKeys, sealed: str, id: str, number: int) -> bytes:
    return bytes.fromhex(open_sealed(keys, sealed, _place(id, number)))


def _voter(key: bytes, seat: str) -> str:
    return hmac.digest(key, f"voter\0{seat}".encode(), "sha256").hex()


def _lock(key: bytes, voter: str, ballot: Ballot) -> str:
    nonce = secrets.token_bytes(_NONCE)
    plain = json.dumps(ballot, ensure_ascii=False).encode()
    padded = plain.ljust(-(-len(plain) // 64) * 64)  # so that its length tells nothing of the option chosen
    return (nonce + AESGCM(key).encrypt(nonce, padded, voter.encode())).hex()


def _unlock(key: bytes, voter: str, body: str) -> Ballot:
    raw = bytes.fromhex(body)
    found: Ballot = json.loads(AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], voter.encode()))
    return found
