"""A question's fields: what they show, and what came back. WTForms takes the texts, the core takes the answer.

Every field is named `<question>-...`, so that one form can hold one question or a whole theme.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, Optional

from assistant.answers import (
    UNSURE_CELL,
    Answer,
    Problem,
    check_answer,
    check_text,
    clean_text,
    read_cell,
    read_value,
    without_meta,
)
from assistant.display import read_date, read_number
from assistant.trees.model import Column, Kind, Language, Question
from assistant.words import problem_text

UNSURE = "?"  # what a cell's "not known yet" sends
WITH_UNSURE = ("choice", "yes_no", "scale")  # columns with that button; in others a blank cell says it
NO_REV = -1  # a form that does not say what it showed conflicts with whatever is saved


class Texts(FlaskForm):  # type: ignore[misc]
    """The fields beside the answer itself; prefixed with the question's id."""

    motivation = TextAreaField(validators=[Optional()])
    not_applicable = TextAreaField(validators=[Optional()])
    maybe_more = BooleanField()
    rev = IntegerField(validators=[InputRequired()])


@dataclass(frozen=True)
class Shown:
    """What the fields of one question show: what is saved, or what somebody typed and could not save yet."""

    question: Question
    value: Any = None  # str, list of str, or rows of {"id": ..., column: str or list of str}
    maybe_more: bool = False
    motivation: str = ""
    not_applicable: str = ""
    rev: int = 0
    was: str = ""  # the mark of the fields when nobody had touched them
    errors: Mapping[str, str] = field(default_factory=dict)  # part ("value", "motivation", ...) -> what is wrong
    proposed: tuple[str, ...] = ()  # asks of the questions that a proposal comes from

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of a table, with some empty ones to go on in."""
        rows = list(self.value or [])
        taken = {row["id"] for row in rows}
        free = (f"r{n}" for n in range(1, 1000) if f"r{n}" not in taken)
        return rows + [{"id": next(free)} for _ in range(1 if rows else 2)]

    @property
    def mark(self) -> str:
        """The same for fields that say the same; a form carries it, so that what nobody touched is not saved."""
        said = [_plain(self.question, self.value), self.maybe_more, self.motivation, self.not_applicable]
        text = json.dumps([clean_text(part) if isinstance(part, str) else part for part in said], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def is_empty(self) -> bool:
        """Nothing is filled in."""
        return not (self.value or self.motivation or self.not_applicable or self.maybe_more)

    @property
    def is_untouched(self) -> bool:
        """Nobody changed what the form showed."""
        return self.was == self.mark

    def error(self, part: str) -> str:
        """What is wrong with a part, or ""."""
        return self.errors.get(part, "")


def _plain(question: Question, value: Any) -> Any:
    """Blank and left out are the same; so is "not known yet" in a cell that has no such button."""
    if question.kind is not Kind.TABLE:
        return value or ""
    typed = {column.id for column in question.columns if column.kind not in WITH_UNSURE}
    rows = [
        {id: cell for id, cell in row.items() if cell and not (cell == UNSURE and id in typed)} for row in value or []
    ]
    return [row for row in rows if len(row) > 1] or ""


def show_answer(question: Question, answer: Answer, language: Language) -> Shown:
    """The fields as they are when nobody typed yet."""
    shown = Shown(
        question=question,
        value=_typed_value(question.kind, answer.value, language),
        maybe_more=answer.unsure and answer.has_value,
        motivation=answer.motivation,
        not_applicable=answer.not_applicable,
        rev=answer.rev,
    )
    return replace(shown, was=shown.mark)


def show_proposal(shown: Shown, value: Any, asks: tuple[str, ...], language: Language) -> Shown:
    """The same fields with a proposed answer filled in."""
    return replace(shown, value=_typed_value(shown.question.kind, value, language), proposed=asks)


def _typed_value(kind: Kind, value: Any, language: Language) -> Any:
    if value is None:
        return None
    match kind:
        case Kind.CHOICES:
            return list(value)
        case Kind.TABLE:
            return [{key: _typed_cell(cell, language) for key, cell in row.items()} for row in value]
        case Kind.DATE:
            return "-".join(reversed(value.split("-")))
        case Kind.NUMBER:
            return _typed_number(value, language)
        case _:
            return str(value)


def _typed_cell(cell: Any, language: Language) -> Any:
    if cell == UNSURE_CELL:
        return UNSURE
    if isinstance(cell, list):
        return cell
    return _typed_number(cell, language) if isinstance(cell, int | float) else str(cell)


def _typed_number(number: float, language: Language) -> str:
    return str(number).replace(".", ",") if language == "nl" else str(number)


@dataclass(frozen=True)
class Posted:
    """What came back for one question: the fields to show again, and the answer if it can be taken."""

    shown: Shown
    answer: Answer | None
    rev: int


def read_posted(question: Question, form: MultiDict[str, str], language: Language, before: Answer) -> Posted:
    """Read one question's fields. Owner, date and other views of the answer before are kept."""
    do, _, about = form.get("do", "save").partition(":")
    texts = Texts(formdata=form, prefix=f"{question.id}-", meta={"csrf": False})
    valid = texts.validate()
    typed, value, problems = _read_value(question, form, language)
    errors = {"value": _texts_of(problems, language)} if problems else {}
    for part in ("motivation", "not_applicable"):
        found = check_text(texts[part].data or "")
        if found:
            errors[part] = _texts_of(found, language)
    shown = Shown(
        question=question,
        value=typed,
        maybe_more=bool(texts.maybe_more.data),
        motivation=texts.motivation.data or "",
        not_applicable=texts.not_applicable.data or "",
        rev=texts.rev.data if valid and texts.rev.data is not None else NO_REV,
        was=form.get(f"{question.id}-was", ""),
    )
    if errors:
        return Posted(replace(shown, errors=errors), None, shown.rev)
    pressed = do if about in ("", question.id) else "save"
    answer, wrong = _answer(question, shown, value, pressed, before)
    if wrong:
        errors = {part: problem_text(problem, language) for part, problem in wrong.items()}
        return Posted(replace(shown, errors=errors), None, shown.rev)
    return Posted(shown, answer, shown.rev)


def _answer(
    question: Question, shown: Shown, value: Any, pressed: str, before: Answer
) -> tuple[Answer | None, dict[str, Problem]]:
    """The answer that the pressed button makes of the fields, or what is wrong. It is given in the present phase."""
    stands = shown.is_untouched and shown.rev == before.rev and not before.is_missing
    if pressed == "confirm" and stands:  # else it is saved as it is filled in here
        return without_meta(before), {}
    kept = Answer(
        motivation=clean_text(shown.motivation),
        owner=before.owner,
        due=before.due,
        other_views=before.other_views,
    )
    reason = clean_text(shown.not_applicable)
    if pressed == "not_applicable":
        if not reason:
            return None, {"not_applicable": Problem("reason_missing")}
        return replace(kept, not_applicable=reason), {}
    if pressed == "unsure":
        return _unsure(question, kept, value)
    if value is None:
        if shown.maybe_more:
            return replace(kept, unsure=True), {}
        return None, {"value": Problem("answer_missing")}
    answer = replace(kept, value=value, unsure=shown.maybe_more)
    problems = check_answer(question, answer)
    if problems:
        return None, {"value": problems[0]}
    if question.motivation == "required" and not answer.motivation:
        return None, {"motivation": Problem("motivation_missing")}
    return answer, {}


def _unsure(question: Question, kept: Answer, value: Any) -> tuple[Answer | None, dict[str, Problem]]:
    """One tap. What several choices or rows were filled in stays; typed text is never thrown away.

    A tick that rules out all others ("none of these") gives way, as the only one of a choice does.
    """
    exclusive = {choice.id for choice in question.choices if choice.exclusive}
    rules_out = question.kind is Kind.CHOICES and bool(exclusive & set(value or ()))
    if value is None or rules_out or question.kind in (Kind.CHOICE, Kind.YES_NO, Kind.SCALE):
        return replace(kept, unsure=True), {}
    if question.kind in (Kind.CHOICES, Kind.TABLE):
        answer = replace(kept, value=value, unsure=True)
        problems = check_answer(question, answer)
        return (None, {"value": problems[0]}) if problems else (answer, {})
    return None, {"value": Problem("unsure_alone")}


def _texts_of(problems: list[Problem], language: Language) -> str:
    return " ".join(problem_text(problem, language) for problem in problems)


def _read_value(question: Question, form: MultiDict[str, str], language: Language) -> tuple[Any, Any, list[Problem]]:
    """What was typed, what it means, and what is wrong with it."""
    name = f"{question.id}-value"
    match question.kind:
        case Kind.CHOICES:
            picked = form.getlist(name)
            return (picked, *read_value(question, picked))
        case Kind.TABLE:
            return _read_rows(question, form, language)
        case kind:
            typed = form.get(name, "")
            value, problems = _from_typed(kind, typed, language)
            if problems:
                return typed, None, problems
            return (typed, *read_value(question, value))


def _from_typed(kind: Kind, typed: str, language: Language) -> tuple[Any, list[Problem]]:
    match kind:
        case Kind.NUMBER:
            return read_number(typed, language)
        case Kind.DATE:
            return read_date(typed)
        case Kind.SCALE:
            return (int(typed), []) if typed in ("1", "2", "3", "4", "5") else (typed or None, [])
        case _:
            return typed or None, []


def _read_rows(question: Question, form: MultiDict[str, str], language: Language) -> tuple[Any, Any, list[Problem]]:
    typed_rows, raw_rows, problems = [], [], []
    for number, id in enumerate(form.getlist(f"{question.id}-rows")[:200], start=1):
        typed: dict[str, Any] = {"id": id}
        raw: dict[str, Any] = {"id": id}
        for column in question.columns:
            shown, value, found = _read_cell(column, form, f"{question.id}-{id}-{column.id}", language)
            if shown:
                typed[column.id], raw[column.id] = shown, value
            named = {"row": number, "column": column.label[language]}
            problems += [Problem(problem.key, {**problem.params, **named}) for problem in found]
        if len(typed) > 1:
            typed_rows.append(typed)
            raw_rows.append(raw)
    if problems:
        return typed_rows, None, problems
    return (typed_rows, *read_value(question, raw_rows))


def _read_cell(
    column: Column, form: MultiDict[str, str], name: str, language: Language
) -> tuple[Any, Any, list[Problem]]:
    if column.kind == "choices":
        picked = form.getlist(name)
        return picked, picked, read_cell(column, picked)[1] if picked else []
    typed = form.get(name, "")
    if typed == UNSURE:
        return typed, dict(UNSURE_CELL), []
    value, problems = _from_typed(Kind(column.kind), typed, language)
    if value is not None and not problems:
        value, problems = read_cell(column, value)
    return typed, value, problems
