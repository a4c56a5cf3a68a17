"""The dossier as a PDF for everyone and for the archive: PDF/UA-1 and PDF/A-3a in one file, set by typst."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import threading
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from assistant.dossier import Dossier, frozen
from assistant.errors import NotReady, Unavailable
from assistant.words import Catalogue, word
from exports import fonts
from exports.arrange import build_paper
from exports.paper import Part

SECONDS: Final = 60
AT_ONCE: Final = 2  # in one server process; each takes about 100 MB
LINE: Final = 48  # characters that fit on a line, however wide
CELL: Final = 12  # the same for a cell
LONG_WORD: Final = 30
WAIT: Final = 2.0  # seconds for a place, before the reader is asked to try again

_TYPESETTER: Final = Path(__file__).with_name("typesetter.py")
_TEMPLATE: Final = Path(__file__).with_name("templates") / "dossier.typ"
_PLACES: Final = threading.BoundedSemaphore(AT_ONCE)
_KEPT: Final = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "TEMP")  # none of our settings or secrets

_WORDS: Final[Catalogue] = {
    "contents": ("Inhoud", "Contents"),
    "page": ("Pagina {page} van {pages}", "Page {page} of {pages}"),
    "about_file": ("Over dit bestand", "About this file"),
    "replaced": (
        "Tekens die dit lettertype niet heeft: {n}. Daarvoor staat het teken {sign}.",
        "Characters this typeface does not have: {n}. The sign {sign} stands in their place.",
    ),
    "attached": (
        "In dit bestand zit dossier.json, waarmee een ander programma het dossier kan lezen. De SHA-256 daarvan is:",
        "This file holds dossier.json, with which another program can read the dossier. Its SHA-256 is:",
    ),
    "attachment": ("Het dossier als gegevens", "The dossier as data"),
}


def render(dossier: Dossier, archive: bool = False) -> bytes:
    """A PDF; an archive copy carries dossier.json and says its SHA-256. Takes a second, in a process of its own."""
    if archive and dossier.audience != "team":
        raise ValueError("only the team's dossier goes into the archive")
    attachment = frozen(dossier).decode() if archive else ""
    paper, replaced = _printable(json.loads(json.dumps(vars(build_paper(dossier)), default=_part)))
    words = {key: word(_WORDS, key, dossier.language) for key in _WORDS}
    notes = [{"text": words["replaced"].format(n=replaced, sign=fonts.SIGN)}] if replaced else []
    if archive:
        notes.append({"text": words["attached"], "code": hashlib.sha256(attachment.encode()).hexdigest()})
    return _typeset(
        {
            "template": str(_TEMPLATE),
            "fonts": str(fonts.FOLDER),
            "data": {**paper, "words": words, "notes": notes, "attachment": attachment},
        }
    )


def _part(part: Part) -> dict[str, Any]:
    return {"kind": part.kind, **vars(part)}


def _printable(data: Any) -> tuple[Any, int]:
    """The same data with every text made fit to print, and the number of characters replaced."""
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
            return {key: fit(item, CELL if key in ("header", "rows") else LINE) for key, item in value.items()}
        return value

    return fit(data, LINE), replaced


def breakable(text: str, longest: int) -> str:
    """The text with a place to break in what is longer than a line and is no word."""
    return re.sub(rf"\S{{{longest + 1},}}", partial(_broken, longest=longest), text)


def _broken(match: re.Match[str], longest: int) -> str:
    run = match[0]
    is_word = len(run) <= LONG_WORD and run.strip(".,;:!?()'\"-").isalpha()
    if is_word or re.fullmatch("[0-9a-f]{64}", run):
        return run  # hyphens do better, and a hash is there to be copied
    return re.sub(rf".{{{longest}}}(?=[^{fonts.marks()}])", "\\g<0>\u200b", run)


def _typeset(job: dict[str, Any]) -> bytes:
    if find_spec("typst") is None:
        raise NotReady("A PDF needs typst. Install it: pip install 'ethical-review-assistant[pdf]'")
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
