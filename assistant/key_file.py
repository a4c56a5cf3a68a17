"""Keys in files, kept away from the database: made at first use, whole or not at all, readable by their owner alone."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from assistant.errors import NotReady

LENGTH: Final = 32  # bytes


def load_key(path: Path, name: str) -> bytes:
    """The key in this file; `name` says in an error which one is amiss. Raises NotReady."""
    return _read([load_text(path, name)], path, name)[0]


def load_keys(path: Path, name: str) -> tuple[bytes, ...]:
    """The keys in this file, a line each, at least one. Raises NotReady."""
    return _read(load_text(path, name).split(), path, name)


def load_text(path: Path, name: str) -> str:
    """What stands in this file: a key in hexadecimal, unless somebody put another text there. Raises NotReady."""
    try:
        if not path.exists():
            _make(path)
        return path.read_text("ascii").strip()
    except UnicodeDecodeError:
        raise _damaged(path, name) from None  # the cause would carry what the file holds
    except OSError as error:
        raise NotReady(f"the {name} cannot be read or made: {path}: {error.strerror}") from error


def _read(texts: Iterable[str], path: Path, name: str) -> tuple[bytes, ...]:
    try:
        keys = tuple(map(bytes.fromhex, texts))
    except ValueError:
        keys = ()
    if {len(key) for key in keys} != {LENGTH}:
        raise _damaged(path, name)
    return keys


def _damaged(path: Path, name: str) -> NotReady:
    return NotReady(f"the {name} in {path} is not one of {LENGTH} bytes: put the right file back")


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent) as draft:  # mode 0600
        draft.write(secrets.token_hex(LENGTH) + "\n")
        draft.flush()
        os.fsync(draft.fileno())
        with suppress(FileExistsError):
            os.link(draft.name, path)  # whole or not at all, and never over the key that another process made
