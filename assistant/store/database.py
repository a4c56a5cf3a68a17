"""Opening the database, reading and writing in it, and bringing it to the newest tables."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from assistant.errors import NotReady, Unavailable
from assistant.store.migrations import HEAD

if TYPE_CHECKING:
    from alembic.config import Config

BUSY_TIMEOUT: Final = 5.0  # seconds that a save waits for another one
UPGRADE_LOCK: Final = 0x657261  # "era": two machines that upgrade at once take turns
SILENCE: Final = 5  # seconds without a sign of life after which a connection to PostgreSQL is looked after
CABLE: Final = {  # seen from here: a machine that was cut off says so, and does not keep people waiting
    "connect_timeout": SILENCE,
    "keepalives_idle": SILENCE,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": SILENCE * 1000,
}
CABLE_THERE: Final = (  # seen from the server: what such a machine had locked is free again
    f"SET tcp_keepalives_idle = {SILENCE}",
    "SET tcp_keepalives_interval = 2",
    "SET tcp_keepalives_count = 2",
    f"SET tcp_user_timeout = {SILENCE * 1000}",
)
PASSING: Final = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
}


def open_database(url: str, *, busy_timeout: float = BUSY_TIMEOUT) -> Engine:
    """An engine for `sqlite:////path/file.db` or `postgresql://...`; `busy_timeout` in seconds."""
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed, busy_timeout)
    return _open_postgres(parsed, busy_timeout)


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise NotReady("the database URL cannot be read") from error
    if parsed.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return parsed
    raise NotReady("the database URL has to be sqlite:////path/to/file.db or postgresql://...")


def _open_sqlite(url: URL, busy_timeout: float) -> Engine:
    make_private_file(Path(str(url.database)))
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": busy_timeout})

    @event.listens_for(engine, "connect")
    def _set_pragmas(driver: sqlite3.Connection, _record: object) -> None:
        driver.isolation_level = None  # the driver would begin by itself, too late and without a lock
        driver.execute("PRAGMA journal_mode = WAL")
        driver.execute("PRAGMA synchronous = FULL")
        driver.execute("PRAGMA foreign_keys = ON")
        driver.execute("PRAGMA secure_delete = ON")

    return engine


def make_private_file(path: Path) -> None:
    """An empty file that only its owner can read, in a folder of that kind, unless it is there already."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as error:
        raise NotReady(f"the database file cannot be opened: {path}: {error.strerror}") from error


def _open_postgres(url: URL, busy_timeout: float) -> Engine:
    try:
        engine = create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=CABLE)
    except ModuleNotFoundError as error:
        raise NotReady("PostgreSQL needs: pip install 'ethical-review-assistant[postgres]'") from error

    @event.listens_for(engine, "connect")
    def _set_timeouts(driver: Any, _record: object) -> None:
        for statement in (f"SET lock_timeout = {round(busy_timeout * 1000)}", *CABLE_THERE):
            driver.execute(statement)
        driver.commit()

    event.listen(engine, "handle_error", _hide_row)
    return engine


def _hide_row(context: ExceptionContext) -> None:
    """PostgreSQL quotes the failing row, or value, in its message: typed text, on its way to a log."""
    original = context.original_exception
    diagnosis = getattr(original, "diag", None)
    if diagnosis is None or diagnosis.sqlstate is None:
        return
    is_about_a_value = diagnosis.sqlstate.startswith("22")
    told = "a value was refused" if is_about_a_value else diagnosis.message_primary
    original.args = (f"{told} ({diagnosis.sqlstate})",)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = (f"({type(original).__name__}) {original}",)


@contextmanager
def reading(engine: Engine, *, one_moment: bool = False) -> Iterator[Connection]:
    """A transaction that only reads. On SQLite it sees one moment; on PostgreSQL each statement does, unless asked."""
    with _translated(), engine.connect() as connection:
        if one_moment and connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        _begin(connection, "BEGIN")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: committed at the end, rolled back on any error.

    A connection lost during the commit itself leaves open whether it happened; who then saves again
    with the old `rev` meets a conflict, never a silent loss.
    """
    with _translated(), engine.begin() as connection:
        _begin(connection, "BEGIN IMMEDIATE")
        yield connection


def _begin(connection: Connection, how: str) -> None:
    if connection.dialect.name == "sqlite":
        driver_connection(connection).execute(how)


def driver_connection(connection: Connection) -> Any:
    """The driver's own connection, for what SQLAlchemy has no words for."""
    return connection.connection.driver_connection


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, sqlite3.OperationalError, PoolTimeout) as error:
        if not _may_pass(error):
            raise
        raise Unavailable(f"the database is not available: {getattr(error, 'orig', error)}") from error


def _may_pass(error: Exception) -> bool:
    if isinstance(error, PoolTimeout):
        return True
    original = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(original, sqlite3.Error):
        return getattr(original, "sqlite_errorcode", 0) & 0xFF in PASSING
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return isinstance(error, OperationalError) or lost


def wipe_log(engine: Engine) -> bool:
    """Empty SQLite's write-ahead log, where older content lingers; whether that could be done now."""
    if engine.dialect.name != "sqlite":
        return True
    with engine.connect() as connection:
        busy, *_ = driver_connection(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def upgrade(engine: Engine) -> Path | None:
    """Bring the tables to the newest step; nothing happens if they are. The copy made of a SQLite file, if any."""
    with reading(engine) as connection:
        if find_revision(connection) == HEAD:
            return None
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": UPGRADE_LOCK})
        revision = find_revision(connection)  # again: another process may have been first
        if revision == HEAD:
            return None
        copy = _copy(engine, revision) if connection.dialect.name == "sqlite" else None
        migrate(connection)
    return copy


def require_head(engine: Engine) -> None:
    """Refuse to serve on tables of another version of the assistant."""
    with reading(engine) as connection:
        revision = find_revision(connection)
    if revision != HEAD:
        raise NotReady(f"the database is at {revision or 'nothing'}, not at {HEAD}: run `assistant migrate`")


def find_revision(connection: Connection) -> str | None:
    """The step that the tables are at; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def migrate(connection: Connection) -> None:
    """Run the steps that are missing, in the transaction of this connection."""
    from alembic import command
    from alembic.util import CommandError

    try:
        command.upgrade(build_config(connection), "head")
    except CommandError as error:
        raise NotReady("the database was made by a newer version of the assistant: install that one") from error


def build_config(connection: Connection) -> Config:
    """What alembic's commands need: our steps, and the connection to run them on."""
    from alembic.config import Config  # a third of a second, which a start with nothing to do is spared

    config = Config()
    config.set_main_option("script_location", "assistant.store:migrations")
    config.attributes["connection"] = connection
    return config


def _copy(engine: Engine, revision: str | None) -> Path | None:
    """A copy beside the file, made while nobody else can write; none of a file without tables."""
    source = Path(str(engine.url.database))
    target = source.with_name(f"{source.name}.before-{HEAD}-was-{revision or 'nothing'}")
    with closing(sqlite3.connect(source)) as old:
        if not old.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            return None
        make_private_file(target)
        with closing(sqlite3.connect(target)) as new:
            old.backup(new)
    return target
