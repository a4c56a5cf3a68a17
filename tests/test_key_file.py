from __future__ import annotations

import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import NotReady
from assistant.key_file import load_key, load_keys, load_text
from assistant.web.security import load_secret_key

Load = Callable[[Path, str], Any]
READERS: tuple[Load, ...] = (load_key, load_keys, load_text)
HEX = "0a" * 32


@pytest.fixture(params=READERS, ids=lambda load: load.__name__)
def load(request: pytest.FixtureRequest) -> Load:
    read: Load = request.param
    return read


def test_a_key_is_made_once_and_is_its_owners_alone(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "keys" / "some.key"
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: load(path, "some key"), range(8)))
    assert len(found) == 1
    assert [file.name for file in path.parent.iterdir()] == ["some.key"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_two_files_hold_two_keys(tmp_path: Path) -> None:
    assert load_key(tmp_path / "one", "key") != load_key(tmp_path / "two", "key")


def test_all_read_what_one_made(tmp_path: Path) -> None:
    key = load_key(tmp_path / "key", "key")
    assert load_keys(tmp_path / "key", "key") == (key,)
    assert load_text(tmp_path / "key", "key") == key.hex()


@pytest.mark.parametrize("content", [HEX, f"{HEX}\n", f" {HEX[:60]}\n{HEX[60:]}\n"])
def test_white_space_is_no_part_of_a_key(tmp_path: Path, content: str) -> None:
    (tmp_path / "key").write_text(content)
    assert load_key(tmp_path / "key", "key").hex() == HEX


@pytest.mark.parametrize("load", [load_key, load_keys], ids=lambda load: load.__name__)
@pytest.mark.parametrize("content", ["", "zz" * 32, "00" * 31, "é" * 64, f"{HEX}\n{HEX[2:]}"])
def test_a_damaged_key_is_named_kept_and_not_shown(tmp_path: Path, load: Load, content: str) -> None:
    path = tmp_path / "some.key"
    path.write_text(content, "utf-8")
    with pytest.raises(NotReady, match="some key") as caught:
        load(path, "some key")
    assert not content or content not in str(caught.value)
    assert path.read_text("utf-8") == content


def test_a_place_where_no_key_can_be_made(tmp_path: Path, load: Load) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NotReady, match="the some key cannot be read or made"):
        load(tmp_path / "file" / "some.key", "some key")


def test_a_draft_is_left_nowhere_when_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(NotReady, match="No space left on device"):
        load_key(tmp_path / "some.key", "some key")
    assert list(tmp_path.iterdir()) == []


def test_the_session_key_may_be_any_long_text(tmp_path: Path) -> None:
    (tmp_path / "long").write_text("a sentence of somebody's own, 2026\n")
    (tmp_path / "short").write_text("short\n")
    assert load_secret_key(tmp_path / "long") == "a sentence of somebody's own, 2026"
    with pytest.raises(NotReady, match="too short"):
        load_secret_key(tmp_path / "short")
    assert load_secret_key(tmp_path / "new") == load_secret_key(tmp_path / "new")
