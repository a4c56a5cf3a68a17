"""Backups under load, each put back and equal to what was there; what is no backup is refused."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import Engine

from assistant.backup import MANIFEST, Manifest, make_backup, read_manifest, restore_backup
from assistant.dossier.read import read_dossier
from assistant.dossier.redaction import PERSONAL, Cut
from assistant.errors import Conflict, NotReady, Refused
from assistant.search_terms import read_query
from assistant.settings import Settings
from assistant.sharing.shipped import shipped_examples
from assistant.store.access_tokens import Scope, list_tokens, make_token
from assistant.store.audit import verify_all
from assistant.store.database import open_database, upgrade
from assistant.store.dossiers import find_dossier
from assistant.store.forgetting import forget_dossier
from assistant.store.library import keep_imported, list_kept
from assistant.store.mail_choices import MailChoice, find_choice, save_choice
from assistant.store.members import Reader
from assistant.store.redactions import list_redactions, redact_version
from assistant.store.reindex import reindex
from assistant.store.search import search
from assistant.store.versions import find_version, return_version

from .long import LONG
from .postgres import Postgres, find_program
from .store.desk import OFFICER, TEAM, add_people, freeze
from .store.samples import AT, KEY, rows, run, save, start

WRITERS = 4
BACKUPS = {"sqlite": 25, "postgresql": 25 if LONG else 4}


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian keeps pg_dump's server version out of the PATH."""
    folder = str(Path(find_program("initdb")).parent)
    monkeypatch.setenv("PATH", os.pathsep.join((folder, os.environ["PATH"])))


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", database_url=database_url)


def elsewhere(settings: Settings, tmp_path: Path, postgres: Postgres | None, name: str) -> Settings:
    """An empty place of the same kind."""
    if settings.url.startswith("sqlite"):
        url = f"sqlite:///{tmp_path / name / 'assistant.sqlite'}"
    else:
        assert postgres
        url = postgres.create_database(f"restore_{name.replace('-', '_')}_{secrets.token_hex(4)}")
    return Settings(data_dir=tmp_path / name, database_url=url)


@pytest.fixture
def server(database_url: str, request: pytest.FixtureRequest) -> Postgres | None:
    return None if database_url.startswith("sqlite") else request.getfixturevalue("postgres")


def back_up(settings: Settings, engine: Engine, folder: Path, *, keys: bool = False) -> Manifest:
    return make_backup(settings, engine, KEY, folder, AT, keys=keys)


@pytest.fixture
def writing(engine: Engine) -> Iterator[tuple[str, list[int]]]:
    """A dossier in which four people go on saving, and the versions that were acknowledged."""
    id, stop, acknowledged = start(engine).id, Event(), [1]

    def write(number: int) -> None:
        turn = 0
        while not stop.is_set():
            turn += 1
            rev = find_dossier(engine, id).document.answers
            try:
                before = rev[f"q{number}"].rev if f"q{number}" in rev else 0
                acknowledged.append(save(engine, id, f"q{number}", before, f"{number}-{turn}"))
            except Conflict:
                continue

    with ThreadPoolExecutor(WRITERS) as pool:
        done = [pool.submit(write, number) for number in range(WRITERS)]
        yield id, acknowledged
        stop.set()
        for one in done:
            one.result()


def test_backups_under_load_are_put_back_whole(
    settings: Settings, engine: Engine, writing: tuple[str, list[int]], server: Postgres | None, tmp_path: Path
) -> None:
    id, acknowledged = writing
    for number in range(BACKUPS[engine.dialect.name]):
        least = max(acknowledged)
        made = back_up(settings, engine, tmp_path / f"backup-{number}")
        most = find_dossier(engine, id).version
        there = elsewhere(settings, tmp_path, server, f"again-{number}")
        assert restore_backup(there, tmp_path / f"backup-{number}") == made
        restored = open_database(there.url)
        report, version = verify_all(restored, KEY), find_dossier(restored, id).version
        restored.dispose()
        assert report.faults == ()
        assert (report.dossiers, report.events) == (made.dossiers, made.events) == (1, version) or server
        assert least <= version <= most


def test_what_came_beside_dossiers_is_put_back_and_found_again(
    settings: Settings, engine: Engine, server: Postgres | None, tmp_path: Path
) -> None:
    add_people(engine)
    dossier = start(engine, owner=TEAM.actor, actor=TEAM.actor)
    save(engine, dossier.id, "q", 0, "bakfietsen", actor=TEAM.actor)
    freeze(engine, dossier)
    old = find_version(engine, dossier.id, 1)
    cut = Cut(PERSONAL, words=(read_dossier(old.body).project.title,))
    redact_version(engine, dossier.id, 1, cut, "Een naam", based_on=old.hash, typed=None, signed=OFFICER)
    make_token(engine, "zaaksysteem", Scope.REGISTER, AT.date(), signed=OFFICER)
    keep_imported(engine, shipped_examples("nl")["example-early-school-leaving"], signed=OFFICER)
    save_choice(engine, TEAM.actor, MailChoice(False, 3, "en"))
    back_up(settings, engine, tmp_path / "backup")
    there = elsewhere(settings, tmp_path, server, "again")
    restore_backup(there, tmp_path / "backup")
    restored, reader = open_database(there.url), Reader(TEAM.actor, frozenset(), AT.date().isoformat())
    assert verify_all(restored, KEY).faults == ()
    assert [hit.dossier for hit in search(restored, reader, read_query("bakf")).hits] == [dossier.id]
    assert [one.old_hash for one in list_redactions(restored, dossier.id)] == [old.hash]
    assert [one.system for one in list_tokens(restored)] == ["zaaksysteem"]
    assert [one.source for one in list_kept(restored)] == ["imported"]
    assert find_choice(restored, TEAM.actor, "nl") == find_choice(engine, TEAM.actor, "nl")
    rev = find_dossier(restored, dossier.id).document.answers["q"].rev
    with pytest.raises(Refused):
        save(restored, dossier.id, "q", rev, "handkarren", actor=TEAM.actor)  # handed in
    return_version(restored, dossier.id, signed=OFFICER)
    save(restored, dossier.id, "q", rev, "handkarren", actor=TEAM.actor)
    found = {word: search(restored, reader, read_query(word)).count for word in ("bakf", "handkarren")}
    assert found == {"bakf": 0, "handkarren": 1}
    assert reindex(restored) == 1
    assert search(restored, reader, read_query("handkarren")).count == 1
    restored.dispose()


def test_a_backup_holds_no_keys_unless_asked_and_nobody_else_reads_it(
    settings: Settings, engine: Engine, tmp_path: Path, server: Postgres | None
) -> None:
    settings.data_dir.mkdir(exist_ok=True)
    for path in (settings.secret_key_path, settings.audit_key_path, settings.seal_key_path):
        path.write_text("geheim", encoding="ascii")
    back_up(settings, engine, tmp_path / "without")
    assert sorted(path.name for path in (tmp_path / "without").iterdir())[1:] == [MANIFEST]
    back_up(settings, engine, tmp_path / "with", keys=True)
    there_are = {path.name for path in (tmp_path / "with" / "keys").iterdir()}
    assert there_are == {"audit.key", "seal.key", "secret.key"}
    if server is None:
        for path in (tmp_path / "with").rglob("*"):
            assert not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO), path
    there = elsewhere(settings, tmp_path, server, "again")
    restore_backup(there, tmp_path / "with")
    assert there.seal_key_path.read_text(encoding="ascii") == "geheim"


def test_what_was_erased_is_in_no_backup_made_later(tmp_path: Path, sqlite_url: str) -> None:
    engine, settings = open_database(sqlite_url), Settings(data_dir=tmp_path, database_url=sqlite_url)
    upgrade(engine)
    dossier = start(engine)
    save(engine, dossier.id, "q", 0, "kanariepiet")
    back_up(settings, engine, tmp_path / "before")
    forget_dossier(engine, dossier.id, actor="", at=AT, audit_key=KEY)
    back_up(settings, engine, tmp_path / "after")
    made = {name: (tmp_path / name / "assistant.sqlite").read_bytes() for name in ("before", "after")}
    holds = {name: b"kanariepiet" in raw for name, raw in made.items()}
    assert holds == {"before": True, "after": False}
    engine.dispose()


def test_a_place_that_is_taken_is_left_as_it_is(settings: Settings, engine: Engine, tmp_path: Path) -> None:
    start(engine)
    back_up(settings, engine, tmp_path / "backup")
    with pytest.raises(NotReady, match="already"):
        restore_backup(settings, tmp_path / "backup")
    with pytest.raises(NotReady, match="not empty"):
        back_up(settings, engine, tmp_path / "backup")
    assert rows(engine, "SELECT count(*) FROM dossier") == [(1,)]


def test_a_database_that_was_tampered_with_gives_no_backup(settings: Settings, engine: Engine, tmp_path: Path) -> None:
    start(engine)
    run(engine, "UPDATE dossier SET title = 'anders'")
    with pytest.raises(NotReady, match="behind"):
        back_up(settings, engine, tmp_path / "backup")
    assert not (tmp_path / "backup" / MANIFEST).exists()


def spoil(folder: Path, what: str) -> None:
    manifest = folder / MANIFEST
    said: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
    database = next(path for path in folder.iterdir() if path.name != MANIFEST)
    match what:
        case "a byte was changed":
            raw = bytearray(database.read_bytes())
            raw[-1] ^= 1
            database.write_bytes(raw)
        case "it was cut off":
            database.write_bytes(database.read_bytes()[:-10])
        case "the bytes are gone":
            database.unlink()
        case "the manifest is gone":
            manifest.unlink()
        case "it is of a later release":
            manifest.write_text(json.dumps(said | {"revision": "9999"}), encoding="utf-8")
        case "it is of another kind":
            manifest.write_text(json.dumps(said | {"kind": "other"}), encoding="utf-8")
        case _:
            manifest.write_text("{", encoding="utf-8")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound backup of a SQLite file."""
    folder = tmp_path_factory.mktemp("whole")
    engine = open_database(f"sqlite:///{folder / 'data' / 'assistant.sqlite'}")
    upgrade(engine)
    start(engine)
    back_up(Settings(data_dir=folder / "data"), engine, folder / "backup")
    engine.dispose()
    return folder / "backup"


@pytest.mark.parametrize("what", [
    "a byte was changed", "it was cut off", "the bytes are gone", "the manifest is gone", "it is of a later release",
    "it is of another kind", "the manifest is broken",
])  # fmt: skip
def test_what_is_no_whole_backup_is_refused_and_nothing_is_put_back(whole: Path, tmp_path: Path, what: str) -> None:
    folder = Path(shutil.copytree(whole, tmp_path / "backup"))
    spoil(folder, what)
    there = Settings(data_dir=tmp_path / "again")
    with pytest.raises(NotReady):
        restore_backup(there, folder)
    assert not there.data_dir.exists()


def test_a_manifest_says_what_is_in_it(whole: Path) -> None:
    made = read_manifest(whole)
    assert (made.kind, made.dossiers, made.format) == ("sqlite", 1, 1)


def test_a_backup_is_put_back_into_a_database_of_its_own_kind(whole: Path, tmp_path: Path) -> None:
    there = Settings(data_dir=tmp_path, database_url="postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(NotReady, match="sqlite"):
        restore_backup(there, whole)


@pytest.mark.postgres
def test_without_its_programs_postgresql_says_what_to_install(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_database(postgres_url)
    upgrade(engine)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotReady, match="pg_dump is missing"):
        back_up(Settings(data_dir=tmp_path, database_url=postgres_url), engine, tmp_path / "backup")
    engine.dispose()
