"""The forms of signing in and of one's own account. A passphrase is never shown again, whatever else was wrong."""

from __future__ import annotations

from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, ValidationError
from wtforms.validators import DataRequired

from assistant.accounts.passwords import FEWEST, MOST, Problem, problems_with
from assistant.web.forms import is_email, line_field

MAX_SECRET: Final = 1_000  # characters: longer is no passphrase of ours, and not worth hashing


def said(field: Field) -> str:
    """What was typed; empty when nothing came along."""
    return field.data or ""


def _not_endless(form: FlaskForm, field: Field) -> None:
    if len(field.data or "") > MAX_SECRET:
        raise ValidationError(problem_text("long"))


def problem_text(problem: Problem) -> str:
    """What is wrong with a new passphrase, and what to do."""
    match problem:
        case "short":
            return str(_("Use at least %(fewest)s characters: four words that have nothing in common.", fewest=FEWEST))
        case "long":
            return str(_("Use at most %(most)s characters.", most=MOST))
        case "common":
            return str(_("Many people use this one. Choose words that only you would put together."))
        case _:
            return str(_("This one is too easy to guess. Add a word that has nothing to do with the others."))


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Who, and the proof."""

    email = line_field(DataRequired(lazy_gettext("Fill in your e-mail address.")))
    passphrase = PasswordField(validators=[DataRequired(lazy_gettext("Fill in your passphrase.")), _not_endless])


class CodeForm(FlaskForm):  # type: ignore[misc]
    """A code of the telephone, or a recovery code."""

    code = line_field(DataRequired(lazy_gettext("Fill in the code.")))


class FactsForm(FlaskForm):  # type: ignore[misc]
    """What someone is called, and what they do."""

    name = line_field(DataRequired(lazy_gettext("Fill in your name.")))
    function = line_field(
        DataRequired(lazy_gettext("Fill in what you do: it stands in a dossier in place of your name."))
    )


class NewPassphrase(FlaskForm):  # type: ignore[misc]
    """A passphrase to be; `words` are somebody's own, which others would try first."""

    words: tuple[str, ...] = ()
    passphrase = PasswordField()

    def validate_passphrase(self, field: Field) -> None:
        """Every reason against it."""
        problems = problems_with(field.data or "", self.words)
        if problems:
            raise ValidationError(" ".join(map(problem_text, problems)))


class JoinForm(FactsForm, NewPassphrase):
    """An account to be."""

    def validate_passphrase(self, field: Field) -> None:
        """As for any; the name that stands beside it is no good one."""
        self.words = (*self.words, self.name.data or "")
        super().validate_passphrase(field)


class ArriveForm(FactsForm):
    """Who comes in by single sign-on, without an invitation."""

    email = line_field(DataRequired(lazy_gettext("Fill in your e-mail address.")), is_email)


class ChangePassphrase(NewPassphrase):
    """The old one, and another."""

    now = PasswordField(validators=[DataRequired(lazy_gettext("Fill in your passphrase of now.")), _not_endless])
