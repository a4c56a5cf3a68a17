"""How many SQL statements a request takes, by name: a page that asks the database more than once is seen here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

from assistant.opening import Shell

from .client import Client
from .work import make_dossier

WHO = ["SELECT session"]
FIND = [*WHO, "SELECT dossier"]
SAVE = ["SELECT dossier", "UPDATE dossier", "INSERT event", "INSERT search_entry"]
CHANGE = [*SAVE[:3], "INSERT answer_history", "INSERT search_entry"]
CREATE = ["INSERT numbering", "INSERT dossier", "INSERT event", "INSERT search_entry"]


VERB = r"^(SELECT)\b.*?\bFROM (\w+)|^(INSERT) INTO (\w+)|^(UPDATE) (\w+)|^(DELETE) FROM (\w+)"


def _outermost(statement: str) -> str:
    """On one line, without what stands between brackets: a statement within another is no trip of its own."""
    text, before = " ".join(statement.split()), ""
    while text != before:
        text, before = re.sub(r"\([^()]*\)", "", text), text
    return text


@contextmanager
def heard(engine: Engine) -> Iterator[list[str]]:
    """Statements as verb and table, in order; beginning and committing left out."""
    names: list[str] = []

    def hear(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        [name] = re.findall(VERB, _outermost(statement))
        names.append(" ".join(part for part in name if part))

    event.listen(engine, "before_cursor_execute", hear)
    yield names
    event.remove(engine, "before_cursor_execute", hear)


READS = {
    "/": [*WHO, "SELECT member"],
    "/about": WHO,
    "/privacy": [*WHO, "SELECT setting", "SELECT setting", "SELECT setting"],
    "/accessibility": [*WHO, "SELECT setting"],
    "/scan": WHO,
    "/scan/questions/phase": WHO,
    "/scan/download/html": WHO,
    "/dossiers/new": WHO,
    "{}": [*FIND, "SELECT dossier_origin"],  # whether it asks back about a workshop
    "{}/project": FIND,
    "{}/hand-in": [*FIND, "SELECT remark"],
    "{}/versions": [*FIND, "SELECT version", "SELECT redaction"],
    "{}/trail": [*FIND, "SELECT event", "SELECT person"],
    "{}/people": [*FIND, "SELECT mail", "SELECT member", "SELECT invitation"],
    "{}/remarks": [*FIND, "SELECT remark"],
    "{}/actions": [*FIND, "SELECT action"],
    "/my-work": [*WHO, "SELECT member", "SELECT remark", "SELECT advice", "SELECT draft", "SELECT dossier_origin"],
    "{}/map": FIND,
    "{}/check": [*FIND, "SELECT remark"],
    "{}/signals": FIND,
    "{}/preview": FIND,
    "{}/downloads": FIND,
    "{}/continue": FIND,
    "{}/questions/way": [*FIND, "SELECT draft"],
    "{}/questions/way/views": FIND,
    "{}/questions/rescue": FIND,
    "{}/themes/kinds/every_kind": FIND,
    "{}/themes/kinds/every_kind/open-points": FIND,
    "{}/download/html": FIND,
    "{}/download/json": FIND,
    "{}/download/markdown": FIND,
    "/dossiers/4f6c1f5e-0000-4000-8000-000000000000": FIND,
    "/dossiers/x": WHO,
    "/nothing": [],
}


@pytest.mark.parametrize("path", READS)
def test_reading(kinds: Shell, anna: Client, dossier: str, path: str) -> None:
    anna.get("/dossiers/new")
    with heard(kinds.engine) as names:
        anna.open(path.format(dossier))
    assert names == READS[path]


WRITES: list[tuple[str, str, str, dict[str, Any], list[str]]] = [
    ("a first answer", "{}/questions/way", "answer", {"way-value": "road"}, [*FIND, *SAVE]),
    ("a changed answer", "{}/questions/story", "answer", {"story-value": "X"}, [*FIND, *CHANGE]),
    ("the same answer", "{}/questions/story", "answer", {}, [*FIND, "SELECT dossier"]),
    ("a theme", "{}/themes/kinds/every_kind", "answer", {"way-value": "road", "name-value": "Y"}, [*FIND, *SAVE]),
    ("a theme, untouched", "{}/themes/kinds/every_kind", "answer", {}, [*FIND, "SELECT dossier"]),
    ("what is wrong", "{}/questions/amount", "answer", {"amount-value": "veel"}, FIND),
    ("another view", "{}/questions/way/views", "add-view", {"view": "Anders"}, [*FIND, *SAVE]),
    ("another title", "{}/project", "project", {"title": "Anders"}, [*FIND, *CHANGE]),
    ("a new dossier", "/dossiers/new", "start", {"title": "Nieuw"}, [*WHO, *CREATE, "INSERT member"]),
    ("a scan", "/scan/questions/people", "answer", {"people-value": "yes"}, WHO),
]


@pytest.mark.parametrize(
    ("path", "form", "typed", "expected"), [one[1:] for one in WRITES], ids=[one[0] for one in WRITES]
)
def test_saving(kinds: Shell, anna: Client, path: str, form: str, typed: dict[str, Any], expected: list[str]) -> None:
    page = anna.get(path.format(make_dossier(kinds, {"people": "yes", "story": "Er was eens."})))
    fields = page.fields(form) | {name: [value] for name, value in typed.items()} | {"do": ["save"]}
    with heard(kinds.engine) as names:
        anna.open(page.path, "POST", data=fields)
    assert names == expected


def test_a_conflict_reads_once_more(kinds: Shell, anna: Client, bram: Client, dossier: str) -> None:
    page = anna.get(f"{dossier}/questions/way")
    bram.answer(f"{dossier}/questions/way", value="road")
    with heard(kinds.engine) as names:
        anna.send(page, 409, **{"way-value": "water"})
    assert names == [*FIND, "SELECT dossier", "SELECT dossier"]


def test_the_number_of_dossiers_does_not_matter(kinds: Shell, anna: Client) -> None:
    for number in range(30):
        make_dossier(kinds, title=f"Project {number}")
    with heard(kinds.engine) as names:
        anna.get("/")
    assert names == [*WHO, "SELECT member"]
