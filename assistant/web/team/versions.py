"""The versions of a dossier: frozen, to read again and to download as they were."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template

import exports
from assistant.dossier import Dossier
from assistant.dossier.read import read_dossier
from assistant.store.redactions import list_redactions
from assistant.store.versions import Version, find_version, list_versions
from assistant.web.shell import the_shell
from assistant.web.team.downloads import attachment
from assistant.web.team.work import DossierWork
from exports import to_pdf

blueprint = Blueprint("versions", __name__)


@blueprint.get("/dossiers/<id>/versions")
def every(id: str) -> str:
    """All versions, and what became of each."""
    work = DossierWork.open(id)
    found = list_versions(the_shell().engine, id)
    redactions = list_redactions(the_shell().engine, id)
    return render_template("team/versions.html", work=work, versions=found, redactions=redactions)


@blueprint.get("/dossiers/<id>/versions/<int:number>")
def one(id: str, number: int) -> str:
    """A version as it was handed in."""
    work = DossierWork.open(id)
    version, made = _find(id, number)
    redactions = [one for one in list_redactions(the_shell().engine, id) if one.number == number]
    return render_template(
        "team/version.html", work=work, version=version, dossier=made, words=made.words, redactions=redactions
    )


@blueprint.get("/dossiers/<id>/versions/<int:number>/download/<format>")
def download(id: str, number: int, format: str) -> Response:
    """JSON: the very bytes that were frozen; PDF: for the archive, with those bytes inside."""
    if format not in exports.FORMATS or not exports.is_ready(format):
        abort(404)
    version, made = _find(id, number)
    if format == "json":
        return attachment(made, format, version.body)
    return attachment(made, format, to_pdf.render(made, archive=True) if format == "pdf" else None)


def _find(id: str, number: int) -> tuple[Version, Dossier]:
    version = find_version(the_shell().engine, id, number)
    return version, read_dossier(version.body)
