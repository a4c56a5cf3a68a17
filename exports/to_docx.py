"""The dossier as a Word document that people go on in: real headings, lists and tables, and nothing else inside.

Written as the few XML parts a document needs (ECMA-376), so no library leaves its name, styles or sample pictures.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from functools import cache
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from jinja2 import Environment

from assistant.dossier import Dossier
from exports.arrange import build_paper
from exports.paper import Paper
from exports.templates import environment

LANGUAGES: Final = {"nl": "nl-NL", "en": "en-GB"}
TEXT_WIDTH: Final = 9412  # twentieths of a point between the margins of the page

_PARTS: Final = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "docProps/app.xml": "app.xml",
    "docProps/core.xml": "core.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/footer.xml": "footer.xml",
    "word/numbering.xml": "numbering.xml",
    "word/settings.xml": "settings.xml",
    "word/styles.xml": "styles.xml",
}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2


def render(dossier: Dossier) -> bytes:
    """A DOCX; the same dossier gives the same bytes."""
    return render_paper(build_paper(dossier))


def render_paper(paper: Paper) -> bytes:
    """A DOCX of anything that is arranged as a document on paper."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        for name, template in _PARTS.items():
            text = _templates().get_template(f"docx/{template}").render(paper=paper, language=LANGUAGES[paper.language])
            package.writestr(ZipInfo(name), text.strip().encode(), ZIP_DEFLATED)  # ZipInfo: a date of 1980
    return made.getvalue()


@cache
def _templates() -> Environment:
    env = environment(autoescape=True, words=words)
    env.globals.update(lines=lines, twips=twips)
    return env


def words(text: str) -> str:
    """The text without what XML can't hold."""
    return _NOT_XML.sub("\ufffd", text)


def lines(text: str) -> list[str]:
    """The lines of a text."""
    return words(text).split("\n")


def twips(widths: Sequence[int]) -> list[int]:
    """Relative widths of columns as twentieths of a point."""
    return [TEXT_WIDTH * width // sum(widths) for width in widths]
