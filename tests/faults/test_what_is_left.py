"""A word is typed and sent everywhere: it stands in no log and no temporary file, and goes with what it was about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask
from psycopg import Connection
from sqlalchemy import select, text

from assistant import clock
from assistant.access import Role
from assistant.errors import Conflict, NotFound
from assistant.opening import Shell, import_answers, open_shell
from assistant.settings import Settings
from assistant.store.database import open_database, reading, upgrade, wipe_log
from assistant.store.forgetting import forget_dossier
from assistant.store.leaving import end_person
from assistant.store.people import list_people
from assistant.store.tables import METADATA
from assistant.store.workshop import door, running, tables
from assistant.store.workshop.kept import forget_workshop
from assistant.trees.load import shipped_folder
from assistant.web import create_app

from ..long import LONG
from ..postgres import Postgres, free_port
from ..web.client import Client
from ..web.desk import LIGHT
from ..web.hall import Hall, prepare
from ..web.rooms import REASONS, open_now
from ..web.town import BASE, add, enter, signed
from .crawl import NEVER, WORD, Crawler
from .served import Served

WHEN_LONG = pytest.mark.skipif(not LONG, reason="before a release: HYPOTHESIS_PROFILE=release")
GOES = f"{WORD}-weg"  # stands in dossiers and workshops alone
TABLES = 8  # in which it stands before, at the least
PEOPLE: dict[str, tuple[Role, ...]] = {
    "team": (), "officer": (Role.PO,), "fg": (Role.FG,), "admin": (Role.ADMIN,), "method": (Role.METHOD_OWNER,),
    "facilitator": (Role.FACILITATOR,),
}  # fmt: skip
EVERYWHERE = (
    "/nl/", "/nl/my-work", "/nl/account", "/nl/desk", "/nl/register", "/nl/admin/people", "/nl/admin/settings",
    "/nl/retention", "/nl/workshops", "/nl/desk/standing", "/nl/desk/phrases", "/nl/dossiers/new", "/nl/scan",
)  # fmt: skip


@dataclass
class Place:
    shell: Shell
    log: Path
    temp: Path
    dossier: str
    workshop: str


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, WHEN_LONG])])
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def place(database_url: str, tmp_path: Path) -> Iterator[Place]:
    """An installation in which somebody has gone everywhere, over HTTP, as everyone."""
    engine = open_database(database_url)
    upgrade(engine)
    engine.dispose()
    settings = {"data_dir": tmp_path / "keys", "database_url": database_url}
    shell = open_shell(Settings.model_validate({**settings, "base_url": BASE}))
    people = {name: add(shell, name, *roles).id for name, roles in PEOPLE.items()}
    file = shipped_folder() / "scenarios" / f"{LIGHT}.yaml"
    dossier = import_answers(shell, file.read_bytes(), file.name, people["team"]).id
    workshop = prepare(shell, owner=people["facilitator"])
    running.start(shell.engine, workshop, clock.now())
    door.open_door(shell.engine, workshop, clock.now())
    made = Place(shell, tmp_path / "log", tmp_path / "temp", dossier, workshop)
    made.temp.mkdir()
    yield made
    shell.engine.dispose()


def go_everywhere(place: Place) -> list[Crawler]:
    """As each of them, as a phone and as nobody, at the served application."""
    shell, settings = place.shell, place.shell.settings
    with Served(free_port(), place.log, {"data_dir": settings.data_dir, "database_url": settings.database_url},
                TMPDIR=str(place.temp)) as served:  # fmt: skip
        app, wire = create_app(shell), cast(Flask, served.wire)
        clients = {name: Client(wire, person="") for name in PEOPLE}
        for name, client in clients.items():
            enter(client, name)
            enter(Client(wire, person=""), name, 422, passphrase=f"{WORD} {WORD}")
        hall = Hall(app, shell, place.workshop, lead=clients["facilitator"])
        phone = Client(wire, person="")
        phone.send(phone.get(f"/room/join/{hall.workshop.join_key}"), form="join", table="1")
        open_now(hall, REASONS)
        pen = tables.new_pen(shell.engine, place.workshop, 1)
        begin = {
            "team": [f"/nl/dossiers/{place.dossier}"], "officer": ["/nl/desk"], "fg": ["/nl/desk"],
            "phone": ["/nl/room"], "pen": [f"/nl/pen/{pen}"], "facilitator": [f"/nl/workshops/{place.workshop}/run"],
        }  # fmt: skip
        found = []
        for name in ("team", "phone", "pen", "officer", "fg", "facilitator", "method", "admin"):
            found.append(Crawler(app, phone if name == "phone" else clients.get(name) or Client(wire, person="")))
            found[-1].go(*begin.get(name, []), *(EVERYWHERE if name in PEOPLE else ()))
            found[-1].knock()
    return found


def forget_it_all(place: Place) -> None:
    """Every dossier is destroyed, every workshop is over and forgotten, everyone has left."""
    engine, sign = place.shell.engine, signed(place.shell)
    with reading(engine) as connection:
        all_of = {name: list(connection.scalars(text(f"SELECT id FROM {name}"))) for name in ("dossier", "workshop")}
    for id in all_of["dossier"]:
        forget_dossier(engine, id, actor="", at=sign.at, audit_key=sign.audit_key)
    for id in all_of["workshop"]:
        with suppress(Conflict, NotFound):  # it went with its dossier, or was over
            running.end(engine, id, sign.at)
        forget_workshop(engine, id)
    for person in list_people(engine):
        if not person.ended_at:
            end_person(engine, person, None, signed=sign)
    assert wipe_log(engine)


def rows_with(shell: Shell, word: str) -> dict[str, int]:
    """Table -> how many rows hold it."""
    found = {}
    with reading(shell.engine) as connection:
        for table in METADATA.sorted_tables:
            many = sum(
                word in repr(tuple(row)) or word.encode() in _bytes(row) for row in connection.execute(select(table))
            )
            if many:
                found[table.name] = many
    return found


def _bytes(row: Any) -> bytes:
    return b"".join(bytes(value) for value in row if isinstance(value, (bytes, memoryview)))


def files_with(folder: Path, *words: bytes) -> list[str]:
    """Where it stands, of all files under a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if any(word in path.read_bytes() for word in words)]


@pytest.mark.slow
def test_nothing_typed_or_sent_is_logged_and_nothing_is_left_of_what_is_destroyed(place: Place, request: Any) -> None:
    crawlers = go_everywhere(place)
    asked = {kind for crawler in crawlers for kind in crawler.seen}
    requests = sum(crawler.turn for crawler in crawlers)
    print(f"{requests} requests, {len(asked)} kinds, log {place.log.stat().st_size} bytes")  # noqa: T201
    doors = crawlers[0].app.url_map.iter_rules()
    every = {(rule.endpoint, method) for rule in doors for method in {"GET", "POST"} & (rule.methods or set())}
    assert every - asked == {(kind, "POST") for kind in NEVER}
    assert [one for crawler in crawlers for one in crawler.wrong] == []
    assert WORD not in place.log.read_text()
    assert [*place.temp.rglob("*")] == []
    assert files_with(place.shell.settings.data_dir, WORD.encode()) == []
    engine, before = place.shell.engine, rows_with(place.shell, GOES)
    assert len(before) >= TABLES, before
    forget_it_all(place)
    assert rows_with(place.shell, GOES) == {}
    if engine.dialect.name == "sqlite":
        assert files_with(Path(str(engine.url.database)).parent, GOES.encode()) == []
    else:
        check_files_of_postgres(place.shell, request.getfixturevalue("postgres"))


def check_files_of_postgres(shell: Shell, postgres: Postgres) -> None:
    """The rows are gone at once; their bytes go when the tables are written anew. What the planner sampled may stay."""
    with postgres.connect(str(shell.engine.url.database)) as connection:
        connection.execute("CHECKPOINT")
        assert tables_with(postgres, connection, GOES.encode())  # else the last line shows nothing
        connection.execute("VACUUM FULL")
        connection.execute("CHECKPOINT")
        assert tables_with(postgres, connection, GOES.encode()) == []


def tables_with(postgres: Postgres, connection: Connection[Any], word: bytes) -> list[str]:
    """The tables and indexes of ours, with what they lay out of line, in whose files it stands."""
    ours = "SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    aside = f"SELECT reltoastrelid FROM pg_class WHERE oid IN ({ours})"
    rows = connection.execute(
        f"SELECT relname, pg_relation_filepath(oid) FROM pg_class WHERE oid IN ({ours} UNION {aside})"
    )
    files = [(name, postgres.folder / "data" / path) for name, path in rows if path]
    return [name for name, path in files if word in path.read_bytes()]
