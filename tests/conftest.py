"""What tests share: a fresh database each, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from assistant.store.database import open_database, upgrade

from .long import load_profile
from .postgres import Postgres

load_profile()
BOTH = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for all tests, started by the first that needs it."""
    server = Postgres()
    yield server
    server.remove()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'data' / 'assistant.db'}"


@pytest.fixture(scope="session")
def sqlite_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with every table and nothing in them; copied for each test, which is faster than making them."""
    file = tmp_path_factory.mktemp("tables") / "assistant.db"
    _make_tables(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_tables(postgres: Postgres) -> str:
    """The same on PostgreSQL: a template's name."""
    _make_tables(postgres.create_database("tables"))
    return "tables"


def _make_tables(url: str) -> None:
    engine = open_database(url)
    upgrade(engine)
    engine.dispose()


@pytest.fixture
def postgres_url(postgres: Postgres, request: pytest.FixtureRequest) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    has_tables = "engine" in request.fixturenames  # made from the template at once: filling it later takes longer
    template = request.getfixturevalue("postgres_tables") if has_tables else "template1"
    yield postgres.create_database(name, template)
    postgres.drop_database(name)


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database; the test runs on both."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def engine(database_url: str, sqlite_tables: Path) -> Iterator[Engine]:
    """A database with its tables."""
    engine = open_database(database_url)
    if engine.url.database and engine.dialect.name == "sqlite":
        shutil.copyfile(sqlite_tables, engine.url.database)
    upgrade(engine)
    yield engine
    engine.dispose()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-examples", action="store_true", help="write generated files again instead of comparing")


@pytest.fixture
def update_examples(request: pytest.FixtureRequest) -> bool:
    """Whether generated files are written again."""
    return bool(request.config.getoption("--update-examples"))
