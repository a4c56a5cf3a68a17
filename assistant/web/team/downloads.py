"""The dossier as a file."""

from __future__ import annotations

import re
import unicodedata

from flask import Blueprint, Response, abort, request

import exports
from assistant.dossier import AUDIENCES, Dossier
from assistant.trees.model import LANGUAGES, Language
from assistant.web.files import build_attachment
from assistant.web.team.work import DossierWork
from exports import to_pdf

blueprint = Blueprint("downloads", __name__)


@blueprint.get("/dossiers/<id>/download/<format>")
def download(id: str, format: str) -> Response:
    """For an audience; in the dossier's own language, unless asked otherwise. `archive`: with its JSON inside."""
    if format not in exports.FORMATS or not exports.is_ready(format):
        abort(404)
    work = DossierWork.open(id)
    language = request.args.get("in", work.kept.language)
    audience = request.args.get("for", "team")
    if language not in LANGUAGES or audience not in AUDIENCES:
        abort(404)
    chosen: Language = "nl" if language == "nl" else "en"
    made = work.dossier(chosen, next(one for one in AUDIENCES if one == audience))
    if format == "pdf" and audience == "team" and "archive" in request.args:
        return attachment(made, format, to_pdf.render(made, archive=True))
    return attachment(made, format)


def attachment(dossier: Dossier, format: str, body: bytes | None = None) -> Response:
    """A file to save; shown in the browser it may do nothing. `body`: made already."""
    made = exports.FORMATS[format]
    rendered = made.render(dossier) if body is None else body
    return build_attachment(rendered, made.media_type, file_name(dossier) + made.suffix)


def file_name(dossier: Dossier) -> str:
    """The number and the title in plain letters."""
    suffix = "" if dossier.audience == "team" else dossier.audience
    return plain_name(f"{dossier.project.number} {dossier.project.title} {suffix}")


def plain_name(text: str) -> str:
    """A text in plain letters and dashes, for a file's name."""
    plain = unicodedata.normalize("NFKD", text)
    words = re.findall(r"[A-Za-z0-9]+", plain.encode("ascii", "ignore").decode())
    return "-".join(words)[:80].lower() or "dossier"
