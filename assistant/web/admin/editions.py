"""The editions there are: which dossiers rest on which questions. New ones come by `assistant trees publish`."""

from __future__ import annotations

from flask import Blueprint, render_template

from assistant.store.editions import list_editions
from assistant.store.org_settings import EDITION, find_setting
from assistant.trees.load import shipped_edition
from assistant.web.shell import the_shell

blueprint = Blueprint("editions", __name__)


@blueprint.get("/admin/editions")
def index() -> str:
    """Each with its date, its trees, and how many dossiers rest on it."""
    shell = the_shell()
    kept = [(one, shell.edition_of(one.hash)) for one in list_editions(shell.engine)]
    published = find_setting(shell.engine, EDITION) or shipped_edition().hash
    coming = "" if shell.settings.trees_dir or published == shell.edition.hash else published
    return render_template("admin/editions.html", kept=kept, current=shell.edition.hash, coming=coming)
