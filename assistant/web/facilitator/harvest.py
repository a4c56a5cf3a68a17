"""The form of a table's harvest: one choice, one open question, one thing for tomorrow, and who does what."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, TextAreaField, ValidationError

from assistant.display import read_date
from assistant.store.workshop.tables import MOST_ACTIONS, Harvest, HarvestAction
from assistant.web.forms import day_field, line_field, text_field
from assistant.web.team.asking import ADD_ROW

ROWS = 3  # actions that there is room for at first
MORE = 3


class HarvestForm(FlaskForm):  # type: ignore[misc]
    """What a table takes home."""

    choice = text_field()
    question = text_field()
    tomorrow = text_field()


def _with_a_text(form: ActionRow, field: Field) -> None:
    if (form.owner.data or form.due.data) and not form.text.data:
        raise ValidationError(_("Say what is to be done."))


class ActionRow(FlaskForm):  # type: ignore[misc]
    """Something somebody does; prefixed with its place. A row that is left empty is none."""

    text: TextAreaField = text_field(_with_a_text)
    owner = line_field()
    due = day_field()


def show_harvest(harvest: Harvest) -> dict[str, str]:
    """The fields as they are saved."""
    return {"choice": harvest.choice, "question": harvest.question, "tomorrow": harvest.tomorrow}


def rows_of(harvest: Harvest) -> list[ActionRow]:
    """The actions, saved or typed, with some empty rows to go on in."""
    many = max(ROWS, len(harvest.actions) + 1)
    if request.method == "POST":
        many = request.form.get("rows", many, type=int) + (MORE if request.form.get("do") == ADD_ROW else 0)
    saved = [_shown(one) for one in harvest.actions]
    return [
        ActionRow(prefix=f"action{n}-", data=saved[n] if n < len(saved) else None, meta={"csrf": False})
        for n in range(min(max(many, 1), MOST_ACTIONS))
    ]


def _shown(action: HarvestAction) -> dict[str, str]:
    due = "-".join(reversed(action.due.split("-"))) if action.due else ""
    return {"text": action.text, "owner": action.owner, "due": due}


def said(form: HarvestForm, rows: Sequence[ActionRow]) -> Harvest:
    """What was typed, as it is kept."""
    actions = (
        HarvestAction(row.text.data, row.owner.data or "", read_date(row.due.data or "")[0] or "")
        for row in rows
        if row.text.data
    )
    return Harvest(form.choice.data or "", form.question.data or "", form.tomorrow.data or "", tuple(actions))
