"""My weekly mail: on which day, in which language, or none."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField

from assistant.errors import NotFound
from assistant.store.mail_choices import WORKDAYS, MailChoice, find_choice, save_choice
from assistant.trees.model import LANGUAGES, Language
from assistant.web.forms import ids, was_sent
from assistant.web.shell import the_shell
from assistant.web.who import the_person

NEVER: Final = "never"

blueprint = Blueprint("my_mail", __name__)


class MailForm(FlaskForm):  # type: ignore[misc]
    """When, and in which language."""

    day = RadioField(choices=ids((*map(str, range(WORKDAYS)), NEVER)))
    language = RadioField(choices=ids(LANGUAGES))


@blueprint.route("/account/mail", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """What I chose, and the address it goes to. A link in each mail leads here."""
    person, shell = the_person(), the_shell()
    found = find_choice(shell.engine, person.id, shell.settings.default_language)
    if found is None:
        raise NotFound(person.id)
    choice = found[1]
    form = MailForm(data={"day": str(choice.weekday) if choice.wants else NEVER, "language": choice.language})
    if was_sent() and form.validate():
        save_choice(shell.engine, person.id, _read(form, choice.weekday))
        session["saved"] = True
        return redirect(url_for("mine.show"))
    page = render_template("account/mail.html", form=form, has_mail=shell.settings.has_mail, days=_days())
    return page, 422 if form.errors else 200


def _read(form: MailForm, usual: int) -> MailChoice:
    wants = form.day.data != NEVER
    language: Language = "en" if form.language.data == "en" else "nl"
    return MailChoice(wants, int(form.day.data) if wants else usual, language)


def _days() -> list[tuple[str, str]]:
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"))
    return [(str(number), str(name)) for number, name in enumerate(names)] + [(NEVER, str(_("Never")))]
