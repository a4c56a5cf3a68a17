"""Settings of the organisation: each change is an event in its chain."""

from __future__ import annotations

from dataclasses import asdict, fields

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from assistant.archive import ArchiveSettings
from assistant.store.org_settings import (
    ARCHIVE,
    CONTACTS,
    RETENTION,
    SECOND_READER,
    WORKSHOP_WEEKS,
    Contacts,
    find_archive,
    find_contacts,
    find_retention,
    find_second_reader,
    find_workshop_weeks,
    save_setting,
)
from assistant.store.sessions import IDLE, LONGEST, LONGEST_ADMIN
from assistant.web.admin.forms import ArchiveForm, SettingsForm
from assistant.web.forms import was_sent
from assistant.web.shell import the_shell
from assistant.web.who import signed

blueprint = Blueprint("settings", __name__)


@blueprint.route("/admin/settings", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """What can be chosen, and what is fixed."""
    engine = the_shell().engine
    retention, contacts = find_retention(engine), find_contacts(engine)
    form = SettingsForm(
        data={
            SECOND_READER: find_second_reader(engine),
            WORKSHOP_WEEKS: find_workshop_weeks(engine),
            "retention_years": retention.years,
            "retention_ground": retention.ground,
            **asdict(contacts),
        }
    )
    if was_sent() and form.validate():
        save_setting(engine, SECOND_READER, form.second_reader.data, signed=signed())
        save_setting(engine, WORKSHOP_WEEKS, form.workshop_weeks.data, signed=signed())
        term = {"years": form.retention_years.data or 0, "ground": form.retention_ground.data or ""}
        if term != asdict(retention):
            save_setting(engine, RETENTION, term, signed=signed())
        named = Contacts(*(form[field.name].data or "" for field in fields(Contacts)))
        if named != contacts:
            save_setting(engine, CONTACTS, asdict(named), signed=signed())
        session["saved"] = True
        return redirect(url_for("settings.show"))
    minutes = {"idle": IDLE, "admin": LONGEST_ADMIN, "longest": LONGEST}
    fixed = {name: int(time.total_seconds() // 60) for name, time in minutes.items()}
    return render_template("admin/settings.html", form=form, fixed=fixed), 422 if form.errors else 200


@blueprint.route("/admin/archive", methods=["GET", "POST"])
def archive() -> ResponseReturnValue:
    """What an archive package says of the municipality, and what only the municipality knows."""
    engine = the_shell().engine
    kept = find_archive(engine)
    form = ArchiveForm(data=asdict(kept))
    if was_sent() and form.validate():
        names = asdict(kept)
        given = ArchiveSettings(**{name: value or "" for name, value in form.data.items() if name in names})
        if given != kept:
            save_setting(engine, ARCHIVE, asdict(given), signed=signed())
        session["saved"] = True
        return redirect(url_for("settings.archive"))
    return render_template("admin/archive.html", form=form, kept=kept), 422 if form.errors else 200
