"""What of a dossier can be searched, and by whom: a row of words a layer, in the transaction of what changed it.

What teams work on, versions, advices and decisions each have their own readers; no layer holds words of another. Other
views, remarks, drafts and workshops are in none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, bindparam, delete, select, text

from assistant.search_terms import words_in
from assistant.store.documents import Raw
from assistant.store.editions import find_edition
from assistant.store.tables import advices, conditions, decisions, search_entries

MOST_BYTES: Final = 500_000  # of the words of a row: PostgreSQL refuses more than a megabyte of them
BETWEEN: Final = " | "  # no phrase goes on from one text into the next
TITLE: Final = ""  # the place of a text that is the title
_YES_NO: Final = ("yes", "no")  # ids of choices that stand in no edition
_CODES: Final[dict[str, frozenset[str]]] = {}  # by the hash of an edition, which never changes


class Layer(StrEnum):
    """What may be read by the same people."""

    WORK = "work"
    VERSION = "version"
    ADVICE = "advice"
    DECISION = "decision"


Part = tuple[str, str]  # where a text stands (a question's id, or `TITLE`), and the text
_SAVE: Final = text(  # what says the same is left alone
    "INSERT INTO search_entry (dossier_id, layer, title, words, at) VALUES (:dossier, :layer, :title, :words, :at) "
    "ON CONFLICT (dossier_id, layer) DO UPDATE SET title = excluded.title, words = excluded.words, at = excluded.at "
    "WHERE search_entry.words <> excluded.words"
)
_FORGET: Final = delete(search_entries).where(
    search_entries.c.dossier_id == bindparam("dossier"), search_entries.c.layer == bindparam("of_layer")
)
_ADVICES: Final = (
    select(advices.c.id, advices.c.motivation, advices.c.at)
    .where(advices.c.dossier_id == bindparam("dossier"), advices.c.state == "given")
    .order_by(advices.c.at, advices.c.id)
)
_CONDITIONS: Final = (
    select(conditions.c.text)
    .join_from(conditions, advices, conditions.c.advice_id == advices.c.id)
    .where(conditions.c.dossier_id == bindparam("dossier"), advices.c.state == "given")
    .order_by(advices.c.at, conditions.c.id)
)
_DECISIONS: Final = (
    select(decisions.c.decided_by, decisions.c.reason, decisions.c.reference, decisions.c.at)
    .where(decisions.c.dossier_id == bindparam("dossier"))
    .order_by(decisions.c.at, decisions.c.id)
)
_ANEW: Final = text("INSERT INTO search_match (search_match) VALUES ('rebuild')")
_NO_TRACE: Final = text("INSERT INTO search_match (search_match) VALUES ('optimize')")


def index_work(connection: Connection, dossier: Mapping[str, Any] | RowMapping, said: Raw, at: str) -> None:
    """What the team says now. `dossier`: its row, of which id, number and edition_hash are read."""
    parts = work_parts(said, find_codes(connection, dossier["edition_hash"]))
    _save(connection, dossier["id"], Layer.WORK, parts, at, dossier["number"])


def index_version(connection: Connection, dossier: Mapping[str, Any] | RowMapping, body: str, at: str) -> None:
    """What was handed in last; `dossier` as above."""
    parts = version_parts(body, find_codes(connection, dossier["edition_hash"]))
    _save(connection, dossier["id"], Layer.VERSION, parts, at, dossier["number"])


def find_codes(connection: Connection, edition: str) -> frozenset[str]:
    """Every id in an edition, by its hash: an answer that is one of them was chosen, and not typed."""
    if edition not in _CODES:
        _CODES[edition] = frozenset({*_YES_NO, *_ids(json.loads(find_edition(connection, edition)))})
    return _CODES[edition]


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        yield value["id"]
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _ids(one)


def forget_version_words(connection: Connection, dossier: str) -> None:
    """Nothing is handed in any more."""
    connection.execute(_FORGET, {"dossier": dossier, "of_layer": Layer.VERSION})


def index_advices(connection: Connection, dossier: str) -> None:
    """Every advice that was given; no proposals."""
    rows = connection.execute(_ADVICES, {"dossier": dossier}).all()
    if rows:
        _save(connection, dossier, Layer.ADVICE, advice_parts(connection, dossier), rows[-1].at)


def index_decisions(connection: Connection, dossier: str) -> None:
    """Every decision."""
    rows = connection.execute(_DECISIONS, {"dossier": dossier}).all()
    if rows:
        _save(connection, dossier, Layer.DECISION, decision_parts(connection, dossier), rows[-1].at)


def work_parts(said: Raw, codes: frozenset[str]) -> list[Part]:
    """The texts of what a team works on: the title, and all that was typed at a question."""
    answers = said["answers"].items()
    return [(TITLE, said["project"]["title"]), *(part for id, one in answers for part in _typed(id, one, codes))]


def version_parts(body: str, codes: frozenset[str]) -> list[Part]:
    """The texts of a version's JSON: the title, and what was typed on its path."""
    made = json.loads(body)
    title, answers = made.get("project", {}).get("title", ""), made.get("answers", {})
    on_path = ((id, answers[id]) for id in made.get("path", ()) if id in answers)
    return [(TITLE, title), *(part for id, one in on_path for part in _typed(id, one, codes))]


def advice_parts(connection: Connection, dossier: str) -> list[Part]:
    """The texts of the advices that were given, then those of their conditions."""
    given = {"dossier": dossier}
    said = [("advice", row.motivation) for row in connection.execute(_ADVICES, given)]
    return said + [("condition", row.text) for row in connection.execute(_CONDITIONS, given)]


def decision_parts(connection: Connection, dossier: str) -> list[Part]:
    """The texts of the decisions."""
    rows = connection.execute(_DECISIONS, {"dossier": dossier}).all()
    return [("decision", one) for row in rows for one in (row.reason, row.decided_by, row.reference)]


def leave_no_trace(connection: Connection) -> None:
    """Write SQLite's index anew, since it only notes that words are gone; PostgreSQL does so in its own time."""
    if connection.dialect.name == "sqlite":
        connection.execute(_NO_TRACE)


def build_match(connection: Connection) -> None:
    """SQLite's index anew from the rows of words; PostgreSQL's is always what they say."""
    if connection.dialect.name == "sqlite":
        connection.execute(_ANEW)


def _typed(question: str, answer: Any, codes: frozenset[str]) -> Iterator[Part]:
    """What a person typed in an answer, as a document or an answers file writes it; not what they chose."""
    said = answer if isinstance(answer, dict) else {"value": answer}
    explained = (said.get(name, "") for name in ("motivation", "not_applicable", "owner"))
    found = (*_texts(said.get("value"), codes), *explained)
    yield from ((question, one) for one in found if one)


def _texts(value: object, codes: frozenset[str]) -> Iterator[str]:
    if isinstance(value, str) and value not in codes:
        yield value
    for row in value if isinstance(value, list) else ():
        if isinstance(row, Mapping):
            yield from (text for name, cell in row.items() if name != "id" for text in _texts(cell, codes))


def _save(connection: Connection, dossier: str, layer: Layer, parts: Iterable[Part], at: str, number: str = "") -> None:
    found = list(parts)
    title = " ".join(words_in(" ".join(text for place, text in found if place == TITLE)))
    texts = (" ".join(words_in(one)) for one in (number, *(text for _, text in found)))
    row = {"dossier": dossier, "layer": layer.value, "title": title, "words": _cut(BETWEEN.join(filter(None, texts)))}
    connection.execute(_SAVE, row | {"at": at})


def _cut(words: str) -> str:
    """Not more than fits, whole words."""
    raw = words.encode()
    return words if len(raw) <= MOST_BYTES else raw[:MOST_BYTES].rsplit(b" ", 1)[0].decode()
