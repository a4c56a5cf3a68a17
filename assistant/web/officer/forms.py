"""The forms of the desk: a judgement, an advice with its conditions, a phrase, a standing advice, a redaction."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from assistant.access import Role
from assistant.display import read_date
from assistant.dossier import redaction
from assistant.store.advices import OUTCOMES, Asked
from assistant.web.forms import day_field, ids, line_field, text_field
from assistant.web.personal import in_words, kinds_in

MAX_CONDITIONS = 30
SAY_WHICH = lazy_gettext("Choose one of these.")


def iso(field: Field) -> str:
    """The day in a field that was found right; empty where there is none."""
    return read_date(field.data or "")[0] or ""


class ConditionFields(Form):
    """One condition in the form of an advice; a row left empty is none."""

    text = text_field()
    owner = line_field()
    due = day_field()

    def validate_text(self, field: Field) -> None:
        """Who or when without what is a slip."""
        if not field.data and (self.owner.data or self.due.data):
            raise ValidationError(lazy_gettext("Write down what has to be done."))

    @property
    def asked(self) -> Asked | None:
        """The condition, if there is one in this row."""
        return Asked(self.text.data, self.owner.data or "", iso(self.due)) if self.text.data else None


class WithConditions(FlaskForm):  # type: ignore[misc]
    """A form with rows for conditions."""

    conditions = FieldList(FormField(ConditionFields), min_entries=1, max_entries=MAX_CONDITIONS)

    def add_row(self) -> None:
        """Room for one more condition."""
        if len(self.conditions) < MAX_CONDITIONS:
            self.conditions.append_entry()

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The conditions in the rows that are filled in."""
        return tuple(asked for row in self.conditions if (asked := row.form.asked))

    @property
    def fields(self) -> list[Field]:
        """Every field that can be wrong, in the order of the page."""
        plain = [field for field in self if field.name not in ("conditions", "csrf_token")]
        return plain + [field for row in self.conditions for field in row.form]


class AdviceForm(WithConditions):
    """An advice on a version. Whoever is both PO and FG says as which they give it."""

    kind = RadioField(choices=ids((Role.PO, Role.FG)), validators=[InputRequired(SAY_WHICH)])
    outcome = RadioField(choices=ids(OUTCOMES), validators=[InputRequired(SAY_WHICH)])
    motivation = text_field()
    again_on = day_field()

    def validate_motivation(self, field: Field) -> None:
        """Who says less than yes says why."""
        if not field.data and self.outcome.data in OUTCOMES[1:]:
            raise ValidationError(lazy_gettext("Write down why. The team and who decides need your reasons."))

    def validate_conditions(self, field: Field) -> None:
        """The outcome and the conditions say the same."""
        if self.outcome.data == "go_on_with_conditions" and not self.asked:
            first = self.conditions[0].form.text
            first.errors = [*first.errors, lazy_gettext("Write down at least one condition.")]
            raise ValidationError("")


class PartForm(FlaskForm):  # type: ignore[misc]
    """What a colleague advises on one theme."""

    outcome = RadioField(choices=ids(OUTCOMES), validators=[InputRequired(SAY_WHICH)])
    motivation = text_field(DataRequired(lazy_gettext("Write down why. The officer needs your reasons.")))


class LightForm(FlaskForm):  # type: ignore[misc]
    """No further review; on which day to look again."""

    again_on = day_field(DataRequired(lazy_gettext("Write down on which day to look again.")))


class StanceForm(FlaskForm):  # type: ignore[misc]
    """What an officer says of one signal. Agreeing needs no sentence."""

    kind = SelectField(choices=ids(("raise", "lower", "ask", "action", "close", "agree")))
    level = SelectField(choices=ids(("", "stop", "high", "attention", "info")), validators=[Optional()])
    reason = text_field()

    def validate_reason(self, field: Field) -> None:
        """Whoever differs says why."""
        if not field.data and self.kind.data != "agree":
            raise ValidationError(lazy_gettext("Write one sentence, so that the team knows why."))


class ColleagueForm(FlaskForm):  # type: ignore[misc]
    """Which colleague is asked about which theme."""

    person = SelectField(validators=[InputRequired(SAY_WHICH)])
    theme = SelectField(validators=[InputRequired(SAY_WHICH)])


class ReplyForm(FlaskForm):  # type: ignore[misc]
    """What an officer answers to an early question."""

    text = text_field(DataRequired(lazy_gettext("Write down your answer.")))


class PhraseForm(FlaskForm):  # type: ignore[misc]
    """A sentence to use more often."""

    text = text_field(DataRequired(lazy_gettext("Write down the sentence.")))


class DoneForm(FlaskForm):  # type: ignore[misc]
    """How a condition was met, and where that can be found."""

    note = text_field(DataRequired(lazy_gettext("Write in one sentence how it was done.")))
    reference = line_field(DataRequired(lazy_gettext("Write down the number of the document or case.")))


class StandingForm(WithConditions):
    """An advice for a kind of project; which kind is chosen in lists beside it."""

    title = line_field(DataRequired(lazy_gettext("Say for what kind of project it is.")))
    motivation = text_field(DataRequired(lazy_gettext("Write down why. The team and who decides need your reasons.")))
    until = day_field()


class RedactForm(FlaskForm):  # type: ignore[misc]
    """What is taken out of a version, as what, and why."""

    texts = SelectMultipleField(choices=[], validate_choice=False)
    words = text_field()
    kind = RadioField(choices=ids(redaction.KINDS), default=redaction.PERSONAL)
    reason = line_field(DataRequired(lazy_gettext("Say why it is left out, without repeating it.")))
    clean = BooleanField(default=True)
    based_on = HiddenField()

    @property
    def listed(self) -> tuple[str, ...]:
        """The words, one a line, the longest first."""
        lines = {line.strip() for line in (self.words.data or "").splitlines()} - {""}
        return tuple(sorted(lines, key=lambda line: (-len(line), line)))

    @property
    def cut(self) -> redaction.Cut:
        """All of it together."""
        return redaction.Cut(self.kind.data, frozenset(self.texts.data or ()), self.listed)

    def validate_words(self, field: Field) -> None:
        """A word of one or two letters stands everywhere."""
        if any(len(line) < redaction.SHORTEST for line in self.listed):
            raise ValidationError(_("A word has at least three characters."))
        if len(self.listed) > redaction.MOST_WORDS:
            raise ValidationError(_("Take out at most %(most)s words at a time.", most=redaction.MOST_WORDS))

    def validate_reason(self, field: Field) -> None:
        """The reason stays: it does not repeat what goes."""
        found = kinds_in([field.data or ""])
        if found:
            raise ValidationError(
                _("This looks like %(kinds)s. The reason stays, so leave it out.", kinds=in_words(found))
            )
        if self.cut.without(field.data or "", "") != (field.data or ""):
            raise ValidationError(_("The reason repeats a word that you take out. The reason stays."))
