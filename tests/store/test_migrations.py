from __future__ import annotations

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from assistant.errors import NotReady
from assistant.store.database import build_config, open_database, reading, require_head, upgrade
from assistant.store.migrations import HEAD
from assistant.store.tables import METADATA

from .samples import rows, run


def test_the_migrated_tables_are_those_of_the_models(engine: Engine) -> None:
    with reading(engine) as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _has_model})
        assert compare_metadata(context, METADATA) == []


def _has_model(name: str | None, _kind: str, _parents: object) -> bool:
    """SQLite's own tables for the search, and PostgreSQL's column and index for it, have none."""
    return not (name or "").startswith("search_match")


def test_the_noted_head_is_the_newest_step(engine: Engine) -> None:
    with reading(engine) as connection:
        assert ScriptDirectory.from_config(build_config(connection)).get_heads() == [HEAD]


def test_upgrading_again_changes_nothing(engine: Engine) -> None:
    run(engine, "UPDATE organisation SET version = 7")
    assert upgrade(engine) is None
    assert rows(engine, "SELECT version FROM organisation") == [(7,)]
    require_head(engine)


def test_an_empty_database_is_not_ready_and_says_what_to_do(database_url: str) -> None:
    engine = open_database(database_url)
    with pytest.raises(NotReady, match="assistant migrate"):
        require_head(engine)
    engine.dispose()


def test_a_newer_database_is_refused_by_both(engine: Engine) -> None:
    run(engine, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NotReady, match="newer"):
        upgrade(engine)
    with pytest.raises(NotReady, match="9999"):
        require_head(engine)
    assert rows(engine, "SELECT version_num FROM alembic_version") == [("9999",)]


def test_several_that_upgrade_at_once_take_turns(database_url: str) -> None:
    def bring_up(_number: int) -> None:
        engine = open_database(database_url)
        upgrade(engine)
        require_head(engine)
        engine.dispose()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(bring_up, range(4)))


def test_sqlite_is_copied_before_an_upgrade(sqlite_url: str, tmp_path: Path) -> None:
    engine = open_database(sqlite_url)
    run(engine, "CREATE TABLE kept (word TEXT)")
    run(engine, "INSERT INTO kept VALUES ('van vroeger')")
    copy = upgrade(engine)
    assert copy is not None
    assert copy.parent == tmp_path / "data"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("SELECT word FROM kept").fetchall() == [("van vroeger",)]
        assert old.execute("SELECT name FROM sqlite_schema").fetchall() == [("kept",)]
    assert upgrade(engine) is None
    engine.dispose()


def test_a_fresh_sqlite_file_needs_no_copy(sqlite_url: str, tmp_path: Path) -> None:
    engine = open_database(sqlite_url)
    assert upgrade(engine) is None
    engine.dispose()
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["assistant.db"]


def test_a_failing_step_leaves_everything_as_it_was(sqlite_url: str) -> None:
    engine = open_database(sqlite_url)
    run(engine, "CREATE TABLE dossier (word TEXT)")  # in the way of the first step
    with pytest.raises(Exception, match="already exists"):
        upgrade(engine)
    assert rows(engine, "SELECT name FROM sqlite_schema") == [("dossier",)]
    engine.dispose()
