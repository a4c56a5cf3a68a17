"""The editions there are: which dossiers rest on which questions. New ones come by `assistant trees publish`."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from assistant.errors import Conflict
from assistant.store.edition_uses import list_editions, remove_edition
from assistant.store.org_settings import EDITION, find_setting
from assistant.trees.load import shipped_edition
from assistant.web.shell import the_shell
from assistant.web.who import signed

blueprint = Blueprint("editions", __name__)


@blueprint.get("/admin/editions")
def index() -> str:
    """Each with its date, its trees, and how many dossiers rest on it."""
    return _page(refused=False)


@blueprint.post("/admin/editions/<hash>/remove")
def remove(hash: str) -> ResponseReturnValue:
    """Forget an edition that no dossier, earlier answer or workshop needs."""
    try:
        remove_edition(the_shell().engine, hash, in_use=(the_shell().edition.hash, _published()), signed=signed())
    except Conflict:  # something began to need it since the page was opened
        return _page(refused=True), 409
    session["saved"] = True
    return redirect(url_for("editions.index"))


def _published() -> str:
    return str(find_setting(the_shell().engine, EDITION) or shipped_edition().hash)


def _page(*, refused: bool) -> str:
    shell, published = the_shell(), _published()
    kept = [(one, shell.edition_of(one.hash)) for one in list_editions(shell.engine)]
    coming = "" if shell.settings.trees_dir or published == shell.edition.hash else published
    in_use = (shell.edition.hash, published)
    return render_template(
        "admin/editions.html", kept=kept, current=shell.edition.hash, coming=coming, in_use=in_use, refused=refused
    )
