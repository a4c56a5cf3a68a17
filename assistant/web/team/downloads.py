"""The dossier as a file."""

from __future__ import annotations

import re
import unicodedata

from flask import Blueprint, Response, abort, request

import exports
from assistant.dossier import Dossier
from assistant.trees.model import LANGUAGES, Language
from assistant.web.team.work import DossierWork

blueprint = Blueprint("downloads", __name__)


@blueprint.get("/dossiers/<id>/download/<format>")
def download(id: str, format: str) -> Response:
    """In the dossier's own language, unless asked otherwise."""
    if format not in exports.FORMATS:
        abort(404)
    work = DossierWork.open(id)
    language = request.args.get("in", work.kept.language)
    if language not in LANGUAGES:
        abort(404)
    chosen: Language = "nl" if language == "nl" else "en"
    return attachment(work.dossier(chosen), format)


def attachment(dossier: Dossier, format: str) -> Response:
    """A file to save; shown in the browser it may do nothing."""
    made = exports.FORMATS[format]
    response = Response(made.render(dossier), content_type=made.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=file_name(dossier) + made.suffix)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    return response


def file_name(dossier: Dossier) -> str:
    """The number and the title in plain letters."""
    plain = unicodedata.normalize("NFKD", f"{dossier.project.number} {dossier.project.title}")
    words = re.findall(r"[A-Za-z0-9]+", plain.encode("ascii", "ignore").decode())
    return "-".join(words)[:80].lower() or "dossier"
