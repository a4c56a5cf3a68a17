from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, ProgrammingError

from assistant.errors import NotReady, Unavailable
from assistant.store.audit import verify_all
from assistant.store.database import driver_connection, open_database, reading, upgrade, writing
from assistant.store.dossiers import Dossier, find_dossier

from ..postgres import Postgres
from .samples import KEY, rows, run, save, start

CANARY = "kanarie-7f3a"
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": 5000,
}


@pytest.fixture
def file_engine(sqlite_url: str) -> Iterator[Engine]:
    """SQLite that waits a fifth of a second for a lock."""
    engine = open_database(sqlite_url, busy_timeout=0.2)
    upgrade(engine)
    yield engine
    engine.dispose()


def test_sqlite_is_set_up_for_evidence(sqlite_url: str) -> None:
    engine = open_database(sqlite_url)
    for use in (reading, writing):
        with use(engine) as connection:
            found = {name: connection.scalar(text(f"PRAGMA {name}")) for name in PRAGMAS}
        assert found == PRAGMAS
    engine.dispose()


@pytest.mark.postgres
def test_postgres_commits_durably_and_does_not_wait_for_ever(postgres_url: str) -> None:
    engine = open_database(postgres_url)
    with reading(engine) as connection:
        assert connection.scalar(text("SHOW synchronous_commit")) == "on"
        assert connection.scalar(text("SHOW lock_timeout")) == "5s"
    engine.dispose()


def test_only_its_owner_reads_the_file(file_engine: Engine, tmp_path: Path) -> None:
    start(file_engine)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").iterdir()}
    assert modes == {"assistant.db": 0o600, "assistant.db-wal": 0o600, "assistant.db-shm": 0o600}
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


@pytest.mark.parametrize("url", ["", "nonsense", "sqlite://", "sqlite:///:memory:", "mysql://u:geheim@h/d"])
def test_an_unusable_url_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(NotReady) as caught:
        open_database(url)
    assert "geheim" not in "".join(traceback.format_exception(caught.value)).replace(f"'{url}'", "")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_usual_postgres_url_is_taken(scheme: str) -> None:
    assert open_database(f"{scheme}://u@h/d").url.drivername == "postgresql+psycopg"


def test_a_write_locks_from_its_beginning(file_engine: Engine) -> None:
    with writing(file_engine) as connection:
        assert driver_connection(connection).in_transaction
        with pytest.raises(Unavailable), writing(file_engine):
            pytest.fail("two writers at once")
        with reading(file_engine) as reader:
            assert driver_connection(reader).in_transaction


def test_a_failed_write_is_rolled_back(engine: Engine) -> None:
    def write_and_fail() -> None:
        with writing(engine) as connection:
            connection.execute(text("UPDATE organisation SET version = 9"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert rows(engine, "SELECT version FROM organisation") == [(0,)]


@contextmanager
def write_lock(engine: Engine, seconds: float) -> Iterator[None]:
    """Another process that holds the lock for so long."""
    other = sqlite3.connect(str(engine.url.database), isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(seconds, other.rollback)
    timer.start()
    yield
    timer.join()
    other.close()


def test_a_save_waits_for_a_short_lock(sqlite_url: str) -> None:
    engine = open_database(sqlite_url, busy_timeout=5)
    upgrade(engine)
    dossier = start(engine)
    with write_lock(engine, 0.5):
        begun = time.monotonic()
        assert save(engine, dossier.id, "q", 0, "x") == 2
        assert time.monotonic() - begun > 0.3
    engine.dispose()


def test_a_save_gives_up_on_a_long_lock_and_can_be_repeated(file_engine: Engine) -> None:
    dossier = start(file_engine)
    with write_lock(file_engine, 1), pytest.raises(Unavailable, match="locked"):
        save(file_engine, dossier.id, "q", 0, "x")
    assert find_dossier(file_engine, dossier.id) == dossier
    assert save(file_engine, dossier.id, "q", 0, "x") == 2


@pytest.mark.postgres
def test_a_save_gives_up_on_a_locked_row(postgres_url: str) -> None:
    engine = open_database(postgres_url, busy_timeout=0.2)
    upgrade(engine)
    dossier = start(engine)
    with writing(engine) as other:
        other.execute(text("SELECT 1 FROM dossier FOR UPDATE"))
        with pytest.raises(Unavailable, match="lock timeout"):
            save(engine, dossier.id, "q", 0, "x")
    assert save(engine, dossier.id, "q", 0, "x") == 2
    engine.dispose()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    if os.getuid() != 0:
        pytest.skip("mounting a small disk needs root")
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m,mode=700", "tmpfs", str(folder)]
    result = subprocess.run(mount, capture_output=True, text=True)
    if result.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {result.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(engine: Engine, id: str) -> tuple[int, str]:
    """Save until the database refuses: the last version that was saved, and the refusal."""
    for version in range(1, 500):
        try:
            save(engine, id, f"q{version}", 0, f"{version}" * 1000)
        except Unavailable as refusal:
            return version, str(refusal)
    raise AssertionError("the disk never filled up")


def test_a_full_disk_loses_nothing_and_comes_back(small_disk: Path) -> None:
    engine = open_database(f"sqlite:///{small_disk}/assistant.db")
    upgrade(engine)
    dossier = start(engine)
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 1_500_000)
    saved, refusal = fill(engine, dossier.id)
    assert "full" in refusal or "disk I/O" in refusal
    assert find_dossier(engine, dossier.id).version == saved
    assert rows(engine, "PRAGMA integrity_check") == [("ok",)]
    ballast.unlink()
    assert save(engine, dossier.id, "after", 0, "x") == saved + 1
    assert verify_all(engine, KEY).faults == ()
    engine.dispose()


def test_a_missing_table_is_a_fault_of_ours_and_stays_one(database_url: str) -> None:
    engine = open_database(database_url)
    with pytest.raises((OperationalError, ProgrammingError)), reading(engine) as connection:
        connection.execute(text("SELECT * FROM dossier"))
    engine.dispose()


def test_a_broken_rule_is_a_fault_and_says_no_word_of_the_row(engine: Engine, dossier: Dossier) -> None:
    breaks = (
        "UPDATE dossier SET language = 'xx', document = :canary",
        "UPDATE dossier SET version = 0, title = :canary",
        "UPDATE dossier SET edition_hash = :canary",
        "UPDATE dossier SET salt = NULL, document = :canary",
        "INSERT INTO answer_history VALUES ('nobody', 1, 'q', :canary)",
    )
    for statement in breaks:
        with pytest.raises(IntegrityError) as caught:
            run(engine, statement, canary=CANARY)
        assert CANARY not in "".join(traceback.format_exception(caught.value)) + repr(caught.value)


def test_two_numbers_alike_are_refused_without_repeating_them(engine: Engine, dossier: Dossier) -> None:
    start(engine)
    with pytest.raises(IntegrityError) as caught:
        run(engine, "UPDATE dossier SET number = :canary", canary=CANARY)
    assert CANARY not in "".join(traceback.format_exception(caught.value))


@pytest.mark.postgres
def test_data_that_postgres_cannot_take_is_not_repeated(postgres_url: str) -> None:
    engine = open_database(postgres_url)
    with pytest.raises(DBAPIError) as caught, reading(engine) as connection:
        connection.execute(text("SELECT CAST(:canary AS integer)"), {"canary": CANARY})
    assert CANARY not in "".join(traceback.format_exception(caught.value))
    engine.dispose()


@pytest.mark.postgres
def test_a_server_that_goes_and_comes_back(postgres: Postgres, postgres_url: str) -> None:
    engine = open_database(postgres_url)
    upgrade(engine)
    dossier = start(engine)

    def write_while_it_stops() -> None:
        with writing(engine) as connection:
            connection.execute(text("UPDATE dossier SET title = 'weg'"))
            postgres.stop()
            connection.execute(text("SELECT 1"))

    with pytest.raises(Unavailable):
        write_while_it_stops()
    with pytest.raises(Unavailable):
        find_dossier(engine, dossier.id)
    postgres.start()
    assert find_dossier(engine, dossier.id) == dossier
    assert save(engine, dossier.id, "q", 0, "x") == 2
    engine.dispose()
