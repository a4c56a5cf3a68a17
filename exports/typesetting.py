"""Typst as every printed thing uses it: texts made fit to print, then set in a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Collection, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from assistant.errors import NotReady, Unavailable
from exports import fonts

SECONDS: Final = 60
AT_ONCE: Final = 2  # in one server process; each takes about 100 MB
LINE: Final = 48  # characters that fit on a line, however wide
CELL: Final = 12  # the same for a cell
LONG_WORD: Final = 30
WAIT: Final = 2.0  # seconds for a place, before the reader is asked to try again

_TYPESETTER: Final = Path(__file__).with_name("typesetter.py")
_PLACES: Final = threading.BoundedSemaphore(AT_ONCE)
_KEPT: Final = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "TEMP")  # none of our settings or secrets


def printable(data: Any, cells: Collection[str], line: int = LINE) -> tuple[Any, int]:
    """The same data with every text made fit to print, and the number of characters replaced.

    `cells`: the keys under which a line is as short as a cell.
    """
    replaced = 0

    def fit(value: Any, longest: int) -> Any:
        nonlocal replaced
        if isinstance(value, str):
            text, n = fonts.fitted(value)
            replaced += n
            return breakable(text, longest)
        if isinstance(value, list):
            return [fit(item, longest) for item in value]
        if isinstance(value, dict):
            return {key: fit(item, CELL if key in cells else line) for key, item in value.items()}
        return value

    return fit(data, line), replaced


def breakable(text: str, longest: int) -> str:
    """The text with a place to break in what is longer than a line and is no word."""
    return re.sub(rf"\S{{{longest + 1},}}", partial(_broken, longest=longest), text)


def _broken(match: re.Match[str], longest: int) -> str:
    run = match[0]
    is_word = len(run) <= LONG_WORD and run.strip(".,;:!?()'\"-").isalpha()
    if is_word or re.fullmatch("[0-9a-f]{64}", run):
        return run  # hyphens do better, and a hash is there to be copied
    return re.sub(rf".{{{longest}}}(?=[^{fonts.marks()}])", "\\g<0>\u200b", run)


def typeset(templates: Sequence[Path], data: dict[str, Any], standards: Sequence[str]) -> bytes:
    """The PDF that the templates, read after each other, make of the data; it keeps to the standards or is not made."""
    if find_spec("typst") is None:
        raise NotReady("A PDF needs typst. Install it: pip install 'ethical-review-assistant[pdf]'")
    job = {
        "templates": [str(path) for path in templates],
        "fonts": str(fonts.FOLDER),
        "data": data,
        "standards": [*standards],
    }
    if not _PLACES.acquire(timeout=WAIT):
        raise Unavailable("Other PDFs are being made. Try again in a moment.")
    try:
        done = subprocess.run(  # noqa: S603  our own file, nothing of the job on the command line
            [sys.executable, "-I", _TYPESETTER],
            input=json.dumps(job).encode(),
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unavailable(f"The PDF was not ready within {SECONDS} seconds.") from None
    finally:
        _PLACES.release()
    if done.returncode < 0:
        raise Unavailable("Making the PDF was cut short, perhaps for lack of memory.")
    if done.returncode:
        raise RuntimeError(f"typst: {done.stderr.decode(errors='replace').strip().splitlines()[-1]}")
    return done.stdout
