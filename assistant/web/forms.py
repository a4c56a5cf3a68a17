"""The fixed forms. One base: spaces around are taken off, and what cannot be stored is refused kindly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length

from assistant.answers import check_text, clean_text
from assistant.display import read_date
from assistant.web.languages import the_language
from assistant.words import problem_text

MAX_LINE = 200  # characters
SHOW = "show"  # the button that switches language: it posts what was typed, and keeps nothing


def was_sent() -> bool:
    """Posted, to be kept."""
    return request.method == "POST" and request.form.get("do") != SHOW


def clean(value: Any) -> Any:
    """Typed text as it is kept."""
    return clean_text(value) if isinstance(value, str) else value


def ids(values: Iterable[str]) -> Any:
    """Choices that the templates put into words."""
    return [str(value) for value in values]


def storable(form: FlaskForm, field: Field) -> None:
    """No NUL, no lone surrogate, not endless."""
    problems = check_text(field.data or "")
    if problems:
        raise ValidationError(problem_text(problems[0], the_language()))


def existing_date(form: FlaskForm, field: Field) -> None:
    """A date as people write it, or nothing."""
    _iso, problems = read_date(field.data or "")
    if problems:
        raise ValidationError(problem_text(problems[0], the_language()))


def fits(form: FlaskForm, field: Field) -> None:
    """One line of text, and no more."""
    if len(field.data or "") > MAX_LINE:
        raise ValidationError(_("This is too long: at most %(most)s characters fit.", most=MAX_LINE))


def is_email(form: FlaskForm, field: Field) -> None:
    """Roughly an address: whether it is somebody's, only a message there can tell."""
    name, _at, host = (field.data or "").rpartition("@")
    if not (name and "." in host.strip(".") and field.data.isprintable() and " " not in field.data):
        raise ValidationError(_("This is no e-mail address. It looks like name@municipality.nl."))


def line_field(*validators: Any) -> StringField:
    """One line of text."""
    return StringField(validators=[*validators, fits, storable], filters=[clean])


def text_field(*validators: Any) -> TextAreaField:
    """Room to write."""
    return TextAreaField(validators=[*validators, storable], filters=[clean])


def day_field(*validators: Any) -> StringField:
    """A date, typed as people write it."""
    return StringField(validators=[*validators, Length(max=20), existing_date], filters=[clean])


class ProjectForm(FlaskForm):  # type: ignore[misc]
    """What the project is called and whose it is."""

    title = line_field(DataRequired(lazy_gettext("Give the project a name, so that you can recognise it.")))
    organisation = line_field()


class OtherViewForm(FlaskForm):  # type: ignore[misc]
    """How someone else sees a question. Whose view it is, is not asked."""

    view = text_field(DataRequired(lazy_gettext("Write down the other view.")))


class OpenPointForm(FlaskForm):  # type: ignore[misc]
    """Who finds out, and when; prefixed with the question's id."""

    owner = line_field()
    due = day_field()
