"""Dossiers that begin as a copy: a variant, laid beside the first and weighed against it, or next year's dossier.

The answers come along, and nothing of people: no members, remarks, other views, advice, actions or endings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Engine, and_, bindparam, insert, or_, select, update

from assistant.access import Action, State
from assistant.answers import CARRIED, Answer, answers_after
from assistant.errors import NotFound, Refused
from assistant.store.chain import write_time
from assistant.store.changes import Change, Saved, Signed, check_id, lock_dossier, lock_open, save_change
from assistant.store.database import reading, writing
from assistant.store.documents import Document, Project, Raw, build_document, build_raw
from assistant.store.dossiers import PROJECT, begin_dossier, save_move
from assistant.store.members import Reader, build_reach
from assistant.store.sealed_rows import write_about
from assistant.store.tables import dossiers, members, variants
from assistant.store.weighings import save_weighing

VARIANT, NEXT = "variant", "next"
FIRST, EARLIER = "first", "earlier"  # beside these, what a dossier can be to another
CHOSEN, WEIGHED = "chosen", "weighed"

_ROW: Final = select(*variants.c).where(variants.c.dossier_id == bindparam("dossier"))
_RELATED: Final = (
    select(
        dossiers.c.id,
        dossiers.c.number,
        dossiers.c.title,
        dossiers.c.state,
        members.c.relation,
        members.c.until,
        members.c.theme,
        variants.c.kind,
        variants.c.became,
    )
    .select_from(
        dossiers.outerjoin(variants, variants.c.dossier_id == dossiers.c.id).outerjoin(
            members, and_(members.c.dossier_id == dossiers.c.id, members.c.person_id == bindparam("person"))
        )
    )
    .where(
        or_(
            dossiers.c.id.in_((bindparam("first"), bindparam("earlier"))),
            variants.c.of_dossier.in_((bindparam("first"), bindparam("dossier"))),
        )
    )
    .order_by(dossiers.c.created_at, dossiers.c.number)
)
_INSERT: Final = insert(variants)
_MARK: Final = update(variants).where(variants.c.dossier_id == bindparam("dossier"))


@dataclass(frozen=True, slots=True)
class Related:
    """A dossier of one family, and what who asks may do with it. `place`: first, variant, next or earlier."""

    id: str
    number: str
    title: str = field(repr=False)
    state: State
    place: str
    became: str
    allowed: frozenset[Action]

    @property
    def is_alternative(self) -> bool:
        """One of those that are weighed against each other."""
        return self.place in (FIRST, VARIANT)

    @property
    def can_be_laid_aside(self) -> bool:
        """Whether who asks may say that it is an alternative weighed; what somebody else closed is left as it is."""
        return not self.allowed.isdisjoint((Action.CLOSE, Action.REOPEN))


def copy_dossier(
    engine: Engine,
    id: str,
    kind: str,
    title: str,
    *,
    signed: Signed,
    changes: Mapping[str, Answer] | None = None,
    edition: str = "",
    fit: Callable[[Mapping[str, Answer]], Mapping[str, Answer]] = dict,
) -> str:
    """Begin a dossier with the answers of this one, owned by who makes it; its id. One transaction.

    `changes`: answers that take the place of those copied. In next year's dossier every answer is to be confirmed.
    `edition`: the hash of another one than this dossier's, and how its answers `fit` there. A variant has none, for it
    is weighed against this dossier question by question.
    """
    if kind not in (VARIANT, NEXT):
        raise ValueError(kind)
    with writing(engine) as connection:
        source, said = lock_open(connection, id, Action.COPY)
        document = _build_copy(said, kind, title, changes or {}, signed, fit)
        row = begin_dossier(
            connection,
            build_raw(document),
            source["language"],
            edition or source["edition_hash"],
            owner=signed.actor,
            signed=signed,
        )
        about = _insert(connection, row, kind, _first_of(connection, id) if kind == VARIANT else id, signed)
        save_change(connection, row, Change("copied", about, build_raw(document)), signed)
        save_change(connection, source, Change("variant_made", PROJECT, said), signed)
    return str(row["id"])


def _build_copy(
    said: Raw,
    kind: str,
    title: str,
    changes: Mapping[str, Answer],
    signed: Signed,
    fit: Callable[[Mapping[str, Answer]], Mapping[str, Answer]],
) -> Document:
    old = build_document({**said, "other_views": {}})
    said_there = fit(old.answers)
    carried = {id: replace(one, confirmed_in=CARRIED) for id, one in said_there.items()} if kind == NEXT else {}
    given = answers_after({**said_there, **carried}, changes)
    answers = {id: signed.sign(answer, 1) for id, answer in given.items()}
    return Document(Project(title, old.project.organisation, 1), old.trees, answers)


def _insert(connection: Connection, row: Saved, kind: str, of: str, signed: Signed) -> str:
    made = {
        "id": str(uuid4()),
        "dossier_id": row["id"],
        "of_dossier": of,
        "kind": kind,
        "became": "",
        "made_at": write_time(signed.at),
    }
    connection.execute(_INSERT, made)
    return write_about(row["salt"], (variants, [made]))


def list_related(engine: Engine, id: str, reader: Reader) -> list[Related]:
    """This dossier and those of its family that this reader may read, the oldest first.

    The first, every variant of it, the dossier it follows, and those of a next year.
    """
    with reading(engine) as connection:
        return _list(connection, id, reader)


def find_pair(engine: Engine, id: str, other: str, reader: Reader) -> tuple[Related, Related, list[Related]]:
    """This dossier, another one of its family, and all of that; NotFound also when the other is not for this reader."""
    family = list_related(engine, id, reader)
    found = {one.id: one for one in family}
    if other == id or not {id, other} <= found.keys():
        raise NotFound(other)
    return found[id], found[other], family


def ready_to_choose(family: Iterable[Related]) -> frozenset[str]:
    """Which of the alternatives can be chosen now: those that are open, when each that is open may be closed."""
    alternatives = [one for one in family if one.is_alternative]
    still = [one for one in alternatives if one.state is not State.CLOSED]
    may = len(alternatives) > 1 and all(Action.CLOSE in one.allowed for one in still)
    return frozenset(one.id for one in still if may)


def choose(engine: Engine, id: str, reader: Reader, *, reason: str, rev: int, signed: Signed) -> None:
    """Go on with this one. The others stay, closed, as the alternatives that were weighed; nothing is deleted.

    `reason`: why this one, and not the others; `rev` is that of the reason that was shown, 0 without one. Raises
    Refused when one of the others may not be closed by this reader, or not now; NotFound without others; Conflict.
    """
    with writing(engine) as connection:
        family = [one for one in _list(connection, id, reader) if one.is_alternative]
        if len(family) < 2:
            raise NotFound(id)
        laid_aside = {one.id: one.number for one in family if one.id != id and one.can_be_laid_aside}
        for one in sorted(family, key=lambda one: one.id):  # in one order, so that two who choose never wait in a ring
            if one.id == id:
                _go_on(connection, id, reason, laid_aside, rev, signed)
            else:
                _leave(connection, one, signed)


def _go_on(
    connection: Connection, id: str, reason: str, laid_aside: Mapping[str, str], rev: int, signed: Signed
) -> None:
    row, said = lock_open(connection, id, Action.CLOSE)
    about = [_mark(connection, row, CHOSEN), save_weighing(connection, row, reason, laid_aside, rev, signed)]
    save_change(connection, row, Change("variant_chosen", " ".join(filter(None, about)), said), signed)


def _leave(connection: Connection, one: Related, signed: Signed) -> None:
    row, said = lock_dossier(connection, one.id)
    is_open = row["state"] != State.CLOSED
    if is_open and Action.CLOSE not in one.allowed:
        raise Refused(Action.CLOSE, one.state)
    about = _mark(connection, row, WEIGHED) if is_open or Action.REOPEN in one.allowed else ""
    if is_open:
        save_move(connection, row, said, "close", signed, about)
    elif about:
        save_change(connection, row, Change("variant_weighed", about, said), signed)


def _mark(connection: Connection, row: Saved, became: str) -> str:
    """Note what became of a copy; what its event says of that, empty where there is nothing to note."""
    old = connection.execute(_ROW, {"dossier": row["id"]}).mappings().one_or_none()
    if old is None or old["became"] == became:
        return ""
    connection.execute(_MARK.values(became=became), {"dossier": row["id"]})
    return write_about(row["salt"], (variants, [{**old, "became": became}]))


def _first_of(connection: Connection, id: str) -> str:
    """The one that a variant is a variant of, also of another; of what is none, itself."""
    row = connection.execute(_ROW, {"dossier": check_id(id)}).mappings().one_or_none()
    return str(row["of_dossier"]) if row and row["kind"] == VARIANT else id


def _list(connection: Connection, id: str, reader: Reader) -> list[Related]:
    first = _first_of(connection, id)
    row = connection.execute(_ROW, {"dossier": first}).mappings().one_or_none()
    earlier = row["of_dossier"] if row else ""
    given: dict[str, Any] = {"dossier": id, "first": first, "earlier": earlier, "person": reader.person}
    found = [_build(reader, row, first, earlier) for row in connection.execute(_RELATED, given).mappings()]
    return [one for one in found if Action.READ in one.allowed]


def _build(reader: Reader, row: Mapping[Any, Any], first: str, earlier: str) -> Related:
    reach = build_reach(reader, row["state"], row["relation"], row["until"], row["theme"])
    place = {first: FIRST, earlier: EARLIER}.get(row["id"], row["kind"])
    became = row["became"] or ""
    return Related(row["id"], row["number"], row["title"], reach.state, place, became, reach.allowed)
