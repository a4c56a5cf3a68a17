"""The forms of the functional admin."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    Field,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    ValidationError,
)
from wtforms.validators import DataRequired, NumberRange, Optional, Regexp

from assistant.access import Role
from assistant.archive import VALUATIONS
from assistant.store.org_settings import SECOND_READERS
from assistant.web.forms import ids, is_email, line_field, text_field


def role_name(role: str) -> str:
    """A role as people call it."""
    match role:
        case Role.PO:
            return str(_("Privacy officer"))
        case Role.FG:
            return str(_("Data protection officer (FG)"))
        case Role.FACILITATOR:
            return str(_("Facilitator"))
        case Role.ADMIN:
            return str(_("Functional admin"))
        case Role.METHOD_OWNER:
            return str(_("Method owner"))
        case _:
            return str(_("Guest: only in dossiers of others"))


class RolesForm(FlaskForm):  # type: ignore[misc]
    """What someone is in the organisation, beside being in a team."""

    roles = SelectMultipleField(choices=ids(Role))

    def validate_roles(self, field: Field) -> None:
        """A guest is there for the dossiers of others alone."""
        if Role.GUEST in field.data and len(field.data) > 1:
            raise ValidationError(_("A guest has no other role."))


class InviteForm(RolesForm):
    """Who is asked to come, and as what."""

    name = line_field()
    email = line_field(DataRequired(lazy_gettext("Fill in an e-mail address.")), is_email)


class EndForm(FlaskForm):  # type: ignore[misc]
    """To whom the dossiers go that would be without an owner."""

    heir = SelectField()


def _with_a_term(form: FlaskForm, field: Field) -> None:
    if form.retention_years.data and not (field.data or "").strip():
        raise ValidationError(_("Say on which ground: the selection list and its number."))


class NumberField(IntegerField):
    """A whole number. What is none keeps standing there as it was typed; NumberRange says what fits."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = "".join(valuelist).strip()
        self.data = int(text) if text.isdecimal() and len(text) < 10 else None


class SettingsForm(FlaskForm):  # type: ignore[misc]
    """How the organisation works."""

    second_reader = RadioField(choices=ids(SECOND_READERS))
    workshop_weeks = NumberField(
        validators=[NumberRange(1, 52, lazy_gettext("Fill in a number of weeks from 1 to 52."))]
    )
    retention_years = NumberField(
        validators=[Optional(), NumberRange(0, 100, lazy_gettext("Fill in a number of years from 0 to 100."))]
    )
    retention_ground = line_field(_with_a_term)
    organisation = line_field()
    privacy = line_field()
    accessibility = line_field()


class ArchiveForm(FlaskForm):  # type: ignore[misc]
    """What only the municipality knows of its archive."""

    municipality = line_field()
    code = line_field(Optional(), Regexp("^gm[0-9]{4}$", message=lazy_gettext("A code looks like gm0344.")))
    source = line_field()
    selection_list = line_field()
    category = line_field()
    category_title = line_field()
    valuation = RadioField(choices=ids(VALUATIONS))
    restriction = text_field()
