"""A copy of the database, checked before it counts as one, and put back where nothing is yet.

A backup is a folder: the database's bytes, and manifest.json with their SHA-256. The keys stay out of it unless asked
for: who has both can read sealed secrets and forge the chain.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, inspect, make_url

from assistant.errors import NotReady
from assistant.settings import Settings
from assistant.store.audit import Report, verify_all
from assistant.store.chain import write_time
from assistant.store.database import find_revision, open_database, reading
from assistant.store.migrations import HEAD

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
KEYS: Final = "keys"
_FILES: Final = {"sqlite": "assistant.sqlite", "postgresql": "assistant.dump"}


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. `kind`: sqlite or postgresql; `revision`: of its tables; `size` in bytes."""

    format: int
    made_at: str
    kind: str
    revision: str
    sha256: str
    size: int
    dossiers: int
    events: int

    @property
    def file(self) -> str:
        """The name of the database's bytes."""
        return _FILES[self.kind]


def make_backup(settings: Settings, engine: Engine, key: bytes, folder: Path, at: datetime, *, keys: bool) -> Manifest:
    """Copy the database as it is at one moment, while others go on. Raises NotReady; then there is no manifest."""
    _begin(folder)
    kind = engine.dialect.name
    file = folder / _FILES[kind]
    if kind == "sqlite":
        report = _copy_sqlite(engine, file, key)
    else:
        _run_postgres("pg_dump", "--format=custom", "--no-owner", f"--file={file}", url=settings.url)
        report = verify_all(engine, key)
    _refuse_faults(report)
    with reading(engine) as connection:
        revision = find_revision(connection) or ""
    hash, size = _measure(file)
    made = Manifest(FORMAT, write_time(at), kind, revision, hash, size, report.dossiers, report.events)
    if keys:
        _copy_keys(settings, folder / KEYS)
    _write_privately(folder / MANIFEST, json.dumps(asdict(made), indent=2) + "\n")
    return made


def restore_backup(settings: Settings, folder: Path) -> Manifest:
    """Put a backup back into an empty place: its keys first, where there are none, then the database.

    Raises NotReady when the backup is not what its manifest says, or when there is something already.
    """
    made = read_manifest(folder)
    if make_url(settings.url).get_backend_name() != made.kind:
        raise NotReady(f"this is a backup of {made.kind}: set ASSISTANT_DATABASE_URL to an empty one of that kind")
    if made.kind == "sqlite":
        _restore_sqlite(settings, folder / made.file)
    else:
        _restore_postgres(settings, folder / made.file)
    _restore_keys(settings, folder / KEYS)
    return made


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup, once its bytes are what it says. Raises NotReady."""
    try:
        made = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise NotReady(f"{folder} is no backup: it has no {MANIFEST} that can be read") from error
    if made.format != FORMAT or made.kind not in _FILES or made.revision > HEAD:
        raise NotReady("this backup was made by a newer version of the assistant: install that one")
    try:
        found = _measure(folder / made.file)
    except OSError as error:
        raise NotReady(f"{made.file} is missing from the backup") from error
    if found != (made.sha256, made.size):
        raise NotReady(f"{made.file} is not what the manifest says: it was changed, or copied by halves")
    return made


def _begin(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise NotReady(f"{folder} is not empty: a backup gets a folder of its own")
    except OSError as error:
        raise NotReady(f"{folder} cannot be made: {error.strerror}") from error


def _copy_sqlite(engine: Engine, file: Path, key: bytes) -> Report:
    """`VACUUM INTO` reads one moment and holds nobody up; freed pages, with what was erased, stay behind."""
    with closing(sqlite3.connect(str(engine.url.database))) as connection:
        connection.execute("VACUUM INTO ?", (str(file),))
    file.chmod(0o600)
    with closing(sqlite3.connect(file)) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise NotReady("the copy is damaged: look at the disk before anything else")
    checked = open_database(f"sqlite:///{file}")
    try:
        return verify_all(checked, key)
    finally:
        checked.dispose()


def _refuse_faults(report: Report) -> None:
    if report.faults:
        raise NotReady(f"the database was changed behind the assistant's back: {report.faults[0]}")


def _restore_sqlite(settings: Settings, file: Path) -> None:
    target = Path(str(make_url(settings.url).database))
    if target.exists() and target.stat().st_size:
        raise NotReady(f"{target} is there already: move it away first")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_name(target.name + ".restoring")
    shutil.copyfile(file, draft)
    draft.chmod(0o600)
    os.replace(draft, target)


def _restore_postgres(settings: Settings, file: Path) -> None:
    engine = open_database(settings.url)
    with reading(engine) as connection:
        taken = inspect(connection).get_table_names()
    engine.dispose()
    if taken:
        raise NotReady("there are tables in that database already: make an empty one")
    _run_postgres("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", str(file), url=settings.url)


def _run_postgres(program: str, *given: str, url: str) -> None:
    """The password goes by the environment, where other people's `ps` does not look."""
    parsed = make_url(url).set(drivername="postgresql")
    environment = {**os.environ, "PGPASSWORD": parsed.password or ""}
    address = parsed.set(password=None).render_as_string(hide_password=False)
    try:
        done = subprocess.run(  # noqa: S603  a fixed program, nothing typed by users
            [program, *given, f"--dbname={address}"], env=environment, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise NotReady(f"{program} is missing: install PostgreSQL's client programs") from error
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise NotReady(f"{program}: {said[-1] if said else 'it failed'}")


def _key_paths(settings: Settings) -> dict[str, Path]:
    return {
        "secret.key": settings.secret_key_path,
        "audit.key": settings.audit_key_path,
        "seal.key": settings.seal_key_path,
    }


def _copy_keys(settings: Settings, folder: Path) -> None:
    folder.mkdir(mode=0o700)
    for name, path in _key_paths(settings).items():
        if path.exists():
            _write_privately(folder / name, path.read_text(encoding="ascii"))


def _restore_keys(settings: Settings, folder: Path) -> None:
    for name, path in _key_paths(settings).items():
        if (folder / name).exists() and not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_privately(path, (folder / name).read_text(encoding="ascii"))


def _write_privately(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _measure(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest(), path.stat().st_size
