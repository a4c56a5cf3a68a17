"""The dossier as a PDF for everyone and for the archive: PDF/UA-1 and PDF/A-3a in one file, set by typst."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from assistant.dossier import Dossier, frozen
from assistant.words import Catalogue, word
from exports import fonts, typesetting
from exports.arrange import build_paper
from exports.paper import Part

STANDARDS: Final = ("ua-1", "a-3a")

_TEMPLATE: Final = Path(__file__).with_name("templates") / "dossier.typ"
_CELLS: Final = ("header", "rows")

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
    "metadata": ("Metagegevens volgens MDTO", "Metadata according to MDTO"),
}


def render(dossier: Dossier, archive: bool = False, mdto: bytes = b"") -> bytes:
    """A PDF; an archive copy carries dossier.json and says its SHA-256. Takes a second, in a process of its own.

    `mdto`: the record that describes the version, for an archive copy to carry too.
    """
    if archive and dossier.audience != "team":
        raise ValueError("only the team's dossier goes into the archive")
    attachment = frozen(dossier).decode() if archive else ""
    paper, replaced = typesetting.printable(json.loads(json.dumps(vars(build_paper(dossier)), default=_part)), _CELLS)
    words = {key: word(_WORDS, key, dossier.language) for key in _WORDS}
    notes = [{"text": words["replaced"].format(n=replaced, sign=fonts.SIGN)}] if replaced else []
    if archive:
        notes.append({"text": words["attached"], "code": hashlib.sha256(attachment.encode()).hexdigest()})
    data = {**paper, "words": words, "notes": notes, "attachment": attachment, "mdto": mdto.decode()}
    return typesetting.typeset([_TEMPLATE], data, STANDARDS)


def _part(part: Part) -> dict[str, Any]:
    return {"kind": part.kind, **vars(part)}
