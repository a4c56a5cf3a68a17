"""A closed dossier goes to the archive: what is in the package, what is still missing, and the package itself."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

import exports
from assistant.access import Task
from assistant.archive import DESTROY
from assistant.store.archiving import find_exports, gather_package, list_for_archive, save_export
from assistant.store.org_settings import find_archive, find_retention
from assistant.web.files import build_attachment
from assistant.web.forms import was_sent
from assistant.web.shell import the_shell
from assistant.web.who import may_do, signed
from exports import to_archive

blueprint = Blueprint("archiving", __name__)


@blueprint.route("/desk/dossiers/<id>/archive", methods=["GET", "POST"])
def page(id: str) -> ResponseReturnValue:
    """What the package holds, and what nobody filled in; sent: the package, made before it is written down."""
    engine, is_ready = the_shell().engine, exports.is_ready("pdf")
    if was_sent() and is_ready:
        return _export(id)
    settings = find_archive(engine)
    return render_template(
        "officer/archiving.html",
        id=id,
        versions=list_for_archive(engine, id),
        exported_on=find_exports(engine, [id]).get(id),
        missing=settings.missing,
        lacks_term=settings.valuation == DESTROY and not find_retention(engine).years,
        may_set=may_do(Task.PEOPLE),
        is_ready=is_ready,
    )


def _export(id: str) -> ResponseReturnValue:
    by = signed()
    package = gather_package(the_shell().engine, id, signed=by)
    body = to_archive.render(package)
    save_export(the_shell().engine, id, body, based_on=package.based_on, signed=by)
    return build_attachment(body, "application/zip", f"{package.number}-archief.zip")
