"""An answer, and how one is read: from a file, a form or the store. Pure; faults come as problems, all at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from assistant.trees.model import PHASE_QUESTION, Choice, Column, Kind, Phase, Question

MAX_TEXT: Final = 20_000  # hard limit on typed text, characters
SOFT_TEXT: Final = 1_200  # what a reader still reads, characters
MAX_ROWS: Final = 100
MAX_VIEWS: Final = 100
MAX_NAMED: Final = 20  # of one kind of mistake in one place; naming a hundred thousand helps nobody
MAX_NUMBER: Final = 10**12
CARRIED: Final = "carried"  # stands where a phase stands: the answer came along from an earlier dossier
REWORDED: Final = "reworded"  # the same: the question was another one in the edition in which it was answered
UNSURE_CELL: Final = {"unsure": True}
_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")  # a terminal obeys some, XML holds none

Row = dict[str, Any]  # a table's row: its "id", and a value per column
Answers = Mapping[str, "Answer"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a value cannot be taken, as a key of `words.PROBLEMS` with what fills it."""

    key: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a team said to one question.

    `value`: a choice id; a list of them; 1-5; a number; an ISO date; text; or a list of rows.
    `unsure`: "we don't know yet"; with a value of choices or rows it means "these, and maybe more".
    `not_applicable`: the reason why the question does not fit, or "".
    `rev`: the version of the dossier at which this answer last changed.
    `confirmed_in`: the phase in which it was last given or confirmed; empty as long as that is the present one; or
    `CARRIED` or `REWORDED`.
    """

    value: Any = None
    unsure: bool = False
    not_applicable: str = ""
    motivation: str = ""
    owner: str = ""
    due: str = ""
    other_views: tuple[str, ...] = ()
    rev: int = 0
    by: str = ""
    at: str = ""
    confirmed_in: str = ""

    @property
    def has_value(self) -> bool:
        """Something was chosen or typed."""
        return self.value is not None

    @property
    def is_missing(self) -> bool:
        """Neither a value, nor "don't know yet", nor "not applicable"."""
        return self.value is None and not self.unsure and not self.not_applicable


NO_ANSWER: Final = Answer()


def answers_after(answers: Answers, changes: Answers) -> dict[str, Answer]:
    """The answers with the changed ones in place; when the phase moves on, the others keep the one they were given in.

    Only then, so that a dossier in one phase says nothing twice, and one saved before phases were kept needs no repair.
    """
    before = answers.get(PHASE_QUESTION, NO_ANSWER).value
    after = {**answers, **changes}
    if not isinstance(before, str) or before == after[PHASE_QUESTION].value:
        return after
    kept = {id: replace(answer, confirmed_in=answer.confirmed_in or before) for id, answer in answers.items()}
    return {**kept, **changes}


def read_answer(question: Question, raw: object) -> tuple[Answer, list[Problem]]:
    """An answer as an answers file writes it: the bare value, or a mapping with the value and more."""
    if not isinstance(raw, Mapping):
        value, problems = read_value(question, raw)
        return Answer(value=value), problems
    known = {"value", "motivation", "unsure", "not_applicable", "owner", "due", "other_views", "confirmed_in"}
    unknown = [key for key in raw if key not in known]
    problems = [Problem("unknown_key", {"name": shown(key)}) for key in unknown[:MAX_NAMED]]
    value, found = read_value(question, raw.get("value"))
    problems += found
    unsure = raw.get("unsure", False)
    if not isinstance(unsure, bool):
        problems.append(Problem("unsure_is_true"))
    texts = {name: raw.get(name) or "" for name in ("not_applicable", "motivation", "owner", "due")}
    views = raw.get("other_views") or []
    if not isinstance(views, list):
        problems.append(Problem("views_are_a_list"))
        views = []
    if len(views) > MAX_VIEWS:
        problems.append(Problem("too_many_views", {"most": MAX_VIEWS}))
        views = []
    for text in (*texts.values(), *views):
        problems += check_text(text)
    if texts["due"] and not is_iso_date(texts["due"]):
        problems.append(Problem("not_a_date"))
    confirmed_in = raw.get("confirmed_in") or ""
    if confirmed_in and confirmed_in not in (*Phase, CARRIED, REWORDED):
        problems.append(Problem("file_phase", {"choices": ", ".join(Phase)}))
    if problems:
        return NO_ANSWER, problems
    answer = Answer(
        value=value,
        unsure=bool(unsure),
        not_applicable=clean_text(texts["not_applicable"]),
        motivation=clean_text(texts["motivation"]),
        owner=clean_text(texts["owner"]),
        due=texts["due"],
        other_views=tuple(filter(None, map(clean_text, views))),
        confirmed_in=confirmed_in,
    )
    return answer, check_answer(question, answer)


def check_answer(question: Question, answer: Answer) -> list[Problem]:
    """What does not go together in one answer."""
    if answer.not_applicable and (answer.has_value or answer.unsure):
        return [Problem("not_applicable_alone")]
    if not (answer.unsure and answer.has_value):
        return []
    if question.kind not in (Kind.CHOICES, Kind.TABLE):
        return [Problem("unsure_alone")]
    if question.kind is Kind.CHOICES and exclusive_in(question.options, answer.value):
        return [Problem("exclusive_unsure")]
    return []


def read_value(question: Question, raw: object) -> tuple[Any, list[Problem]]:
    """The value of a question of any kind, made clean; None where nothing was given."""
    if raw is None or raw == "" or raw == []:
        return None, []
    if question.kind is Kind.TABLE:
        return _read_rows(question, raw)
    value, problems = _read_cell(question.kind, question.options, raw)
    if question.kind is Kind.CHOICES and not problems:
        if question.max_choices and len(value) > question.max_choices:
            problems.append(Problem("too_many_choices", {"most": question.max_choices}))
    return (None, problems) if problems else (value, [])


def _read_rows(question: Question, raw: object) -> tuple[list[Row] | None, list[Problem]]:
    if not isinstance(raw, list) or not all(isinstance(row, Mapping) and len(row) <= MAX_ROWS for row in raw):
        return None, [Problem("rows_expected")]
    if len(raw) > MAX_ROWS:
        return None, [Problem("too_many_rows", {"most": MAX_ROWS})]
    columns = {column.id: column for column in question.columns}
    taken = {str(row["id"]) for row in raw if row.get("id")}
    rows, problems = [], []
    for number, given in enumerate(raw, start=1):
        row: Row = {"id": given.get("id") or _free_id(taken)}
        if not isinstance(row["id"], str) or not re.fullmatch(r"[A-Za-z0-9-]{1,40}", row["id"]):
            problems.append(Problem("bad_row_id", {"row": number}))
        for name, cell in given.items():
            if name == "id" or cell is None or cell == "" or cell == []:
                continue
            if name not in columns:
                problems.append(Problem("unknown_column", {"row": number, "name": shown(name)}))
                continue
            value, found = read_cell(columns[name], cell)
            problems += [Problem(p.key, {**p.params, "row": number, "column": name}) for p in found]
            if value is not None:
                row[name] = value
        rows.append(row)
    if len({str(row["id"]) for row in rows}) < len(rows):
        problems.append(Problem("same_row_id"))
    rows = [row for row in rows if len(row) > 1]  # an empty row says nothing
    return (None, problems[:MAX_ROWS]) if problems or not rows else (rows, [])


def _free_id(taken: set[str]) -> str:
    number = next(n for n in range(1, 10_000) if f"r{n}" not in taken)
    taken.add(f"r{number}")
    return f"r{number}"


def read_cell(column: Column, raw: object) -> tuple[Any, list[Problem]]:
    """The value of one cell; {"unsure": true} is kept as it is."""
    if raw == UNSURE_CELL:
        return dict(UNSURE_CELL), []
    return _read_cell(Kind(column.kind), column.options, raw)


def _read_cell(kind: Kind, options: tuple[Choice, ...], raw: object) -> tuple[Any, list[Problem]]:
    ids = [choice.id for choice in options]
    match kind:
        case Kind.CHOICE | Kind.YES_NO:
            return (raw, []) if raw in ids else (None, [Problem("not_a_choice", {"name": shown(raw)})])
        case Kind.CHOICES:
            return _read_choices(options, raw)
        case Kind.SCALE:
            fits = isinstance(raw, int) and not isinstance(raw, bool) and 1 <= raw <= 5
            return (raw, []) if fits else (None, [Problem("not_on_scale")])
        case Kind.NUMBER:
            fits = isinstance(raw, int | float) and not isinstance(raw, bool) and 0 <= raw <= MAX_NUMBER
            return (raw, []) if fits else (None, [Problem("not_a_number")])
        case Kind.DATE:
            return (raw, []) if is_iso_date(raw) else (None, [Problem("not_a_date")])
        case _:
            problems = check_text(raw)
            return (None, problems) if problems else (clean_text(str(raw)) or None, [])


def _read_choices(options: tuple[Choice, ...], raw: object) -> tuple[list[str] | None, list[Problem]]:
    if not isinstance(raw, list):
        return None, [Problem("list_expected")]
    ids = [choice.id for choice in options]
    wrong = [item for item in raw if item not in ids]
    problems = [Problem("not_a_choice", {"name": shown(item)}) for item in wrong[:MAX_NAMED]]
    picked = [id for id in ids if id in raw]  # in the tree's order, each once
    if exclusive_in(options, picked) and len(picked) > 1:
        problems.append(Problem("exclusive_with_others"))
    return (None, problems) if problems else (picked, [])


def exclusive_in(options: Iterable[Choice], picked: Iterable[str]) -> bool:
    """Whether one of the picked choices rules out all others."""
    return any(choice.exclusive for choice in options if choice.id in set(picked))


def check_text(raw: object) -> list[Problem]:
    """Typed text is text, not endless, and storable everywhere: no NUL, no lone surrogate."""
    if not isinstance(raw, str):
        return [Problem("text_expected")]
    if len(raw) > MAX_TEXT:
        return [Problem("text_too_long", {"most": MAX_TEXT, "now": len(raw)})]
    if "\0" in raw or any("\ud800" <= char <= "\udfff" for char in raw):
        return [Problem("text_unstorable")]
    return []


def clean_text(text: str) -> str:
    """Line ends made one kind, no space around it, no control characters; nothing else is touched."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", text).strip()


def is_iso_date(raw: object) -> bool:
    """Whether it is a date written as 2026-11-21."""
    if not isinstance(raw, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", raw):
        return False
    try:
        date.fromisoformat(raw)
    except ValueError:
        return False
    return True


def without_meta(answer: Answer) -> Answer:
    """The answer without when and by whom it was saved: what two people may compare."""
    return replace(answer, rev=0, by="", at="", confirmed_in="")


def shown(raw: object) -> str:
    """What was written, as far as it looks like an id or a number; a message repeats no typed text."""
    text = str(raw) if isinstance(raw, str | bool | int | float) else ""
    return text if re.fullmatch(r"[A-Za-z0-9_.-]{1,60}", text) else "…"
