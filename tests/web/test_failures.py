"""When the database or the code fails: what was typed is still there, what was saved is safe, nothing leaks."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from assistant.opening import Shell, open_shell
from assistant.settings import Settings
from assistant.store.audit import verify_all
from assistant.store.database import open_database, reading
from assistant.web import errors
from assistant.web.team import asking, dossiers, downloads

from .checks import CANARY
from .client import Client
from .conftest import TREES
from .forms import TYPED, check_kept, each_save
from .work import make_dossier, saved, version


@contextmanager
def locked(shell: Shell) -> Iterator[None]:
    """Somebody else writes, and does not stop."""
    with closing(sqlite3.connect(str(shell.engine.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def hasty(compiled: Flask, kinds: Shell) -> Iterator[Client]:
    """Someone on a server that waits for the database no longer than a tenth of a second."""
    engine = open_database(kinds.settings.url, busy_timeout=0.1)
    compiled.extensions["shell"] = replace(kinds, engine=engine)
    yield Client(compiled)
    engine.dispose()


@each_save
def test_a_locked_database_keeps_what_was_typed(
    kinds: Shell, hasty: Client, unsure: str, path: str, form: str, typed: dict[str, str]
) -> None:
    page, before = hasty.get(path.format(unsure)), version(kinds, unsure)
    with locked(kinds):
        refused = hasty.send(page, 503, form=form, **typed)
    assert refused.response.headers["Retry-After"]
    check_kept(refused, typed)
    assert version(kinds, unsure) == before
    hasty.send(refused, form=form)
    assert TYPED in hasty.get("/").source + hasty.get(f"{unsure}/download/json").source


@each_save
def test_a_database_that_is_gone_keeps_what_was_typed(
    kinds: Shell, anna: Client, unsure: str, path: str, form: str, typed: dict[str, str]
) -> None:
    page = anna.get(path.format(unsure))
    folder = Path(str(kinds.engine.url.database)).parent
    kinds.engine.dispose()
    folder.rename(folder.with_name("away"))
    refused = anna.send(page, 503, form=form, **typed)
    assert refused.response.headers["Retry-After"]
    check_kept(refused, typed)
    assert anna.get("/", 503).response.headers["Retry-After"]
    anna.get("/./healthz", 503, language="nl")
    folder.with_name("away").rename(folder)
    anna.send(refused, form=form)
    assert TYPED in anna.get("/").source + anna.get(f"{unsure}/download/json").source


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.skipif(os.getuid() != 0 or not shutil.which("mount"), reason="only root can mount a small disk")
def test_a_full_disk_keeps_what_was_typed(compiled: Flask, small_disk: Path) -> None:
    shell = open_shell(Settings(data_dir=small_disk / "data", trees_dir=TREES))
    compiled.extensions["shell"] = shell
    client, dossier = Client(compiled), make_dossier(shell, {"people": "yes"})
    path = f"{dossier}/questions/story"
    filler = fill(small_disk / "filler")
    kept, refused = "", None
    for number in range(40):
        text = f"{number} " + "vol" * 5_000
        page = client.open(path, "POST", data=client.get(path).fields() | {"story-value": [text], "do": ["save"]})
        if page.status == 503:
            refused = page
            break
        kept = text
    assert refused is not None, "the disk did not get full"
    assert refused.value("story-value") == [text]
    assert saved(shell, dossier, "story").value == (kept or None)
    filler.unlink()
    client.send(refused)
    assert saved(shell, dossier, "story").value == text
    assert verify_all(shell.engine, shell.audit_key).faults == ()
    with reading(shell.engine) as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    shell.engine.dispose()


def fill(path: Path) -> Path:
    """A file that takes what is left of a disk, save some room for a save or two."""
    with path.open("wb", buffering=0) as file:
        with contextlib.suppress(OSError):
            while True:
                file.write(b"x" * 65_536)
        file.truncate(max(file.tell() - 131_072, 0))
    return path


BROKEN: list[tuple[Any, str, str, str]] = [
    (dossiers, "build_strip", "{}", "GET"),
    (downloads, "attachment", "{}/download/html", "GET"),
    (asking, "read_posted", "{}/questions/story", "POST"),
    (asking, "show_answer", "{}/questions/story", "GET"),
    (dossiers, "create_dossier", "/dossiers/new", "POST"),
]


@pytest.mark.parametrize(("module", "name", "path", "method"), BROKEN, ids=[one[1] for one in BROKEN])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_nobody_foresaw_is_told_without_what_was_typed(
    monkeypatch: pytest.MonkeyPatch,
    told: list[str],
    someone: Callable[..., Client],
    unsure: str,
    module: Any,
    name: str,
    path: str,
    method: str,
    language: str,
) -> None:
    client = someone(language)
    token = client.get("/dossiers/new").value("csrf_token")[0]

    def fail(*given: Any, **named: Any) -> None:
        raise RuntimeError(f"{CANARY} in {given}")

    monkeypatch.setattr(module, name, fail)
    data = {"csrf_token": token, "title": TYPED, "story-value": TYPED}
    page = client.open(path.format(unsure), method, data=data if method == "POST" else None)
    assert page.status == 500
    assert CANARY not in page.source
    [number] = re.findall("500-([0-9a-f]{16})", page.text)
    [line] = [line for line in told if "RuntimeError" in line]
    assert number in line
    assert "test_failures.py" in line


@pytest.mark.parametrize("where", ["handler", "page"])
def test_an_error_while_telling_of_an_error(
    monkeypatch: pytest.MonkeyPatch, told: list[str], anna: Client, unsure: str, where: str
) -> None:
    def fail(*given: Any, **named: Any) -> None:
        raise RuntimeError(CANARY)

    if where == "handler":
        monkeypatch.setattr(asking, "refuse_token", fail)
    else:
        monkeypatch.setattr(errors, "render_template", fail)
    page = anna.open(f"{unsure}/questions/story" if where == "handler" else "/nothing", "POST", data={"a": TYPED})
    assert page.status == 500
    assert CANARY not in page.source
    assert [line for line in told if "RuntimeError" in line]
