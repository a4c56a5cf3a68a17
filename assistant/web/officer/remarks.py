"""Remarks and questions that an officer typed at answers, many in one form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flask import request

from assistant.answers import check_text, clean_text
from assistant.store.phrases import list_phrases
from assistant.store.remarks import add_remark
from assistant.web.languages import the_language
from assistant.web.officer.review import Review, notice_personal
from assistant.web.shell import the_shell
from assistant.web.who import signed
from assistant.words import problem_text

QUESTION, REMARK = "question", "remark"
ROWS = 2  # questions to type at once on the page that returns a dossier


@dataclass(frozen=True)
class Typed:
    """What stands in the fields of one remark; `about`: a question's id, or "" for the dossier as a whole."""

    key: str
    about: str = ""
    kind: str = QUESTION
    text: str = field(default="", repr=False)
    phrase: str = ""  # the id of a standard phrase: comes before the text
    error: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing to keep."""
        return not self.text and not self.phrase


def read_at_answers(review: Review) -> dict[str, Typed]:
    """What was typed on the page of the whole, by the question's id."""
    found = (_read(id, id) for id in review.answers)
    return {typed.about: typed for typed in found if not typed.is_empty}


def read_rows(review: Review) -> list[Typed]:
    """What was typed in rows that say themselves what they are about."""
    rows: list[Typed] = []
    while f"row{len(rows)}-text" in request.form and len(rows) < len(review.answers):
        key = f"row{len(rows)}"
        about = request.form.get(f"{key}-about", "")
        rows.append(_read(key, about if about in review.answers else ""))
    return rows


def fill_up(rows: Iterable[Typed]) -> list[Typed]:
    """Numbered anew, with empty rows to type in."""
    filled = [row for row in rows if not row.is_empty]
    missing = [Typed("")] * (ROWS - len(filled)) or [Typed("")]
    return [
        Typed(f"row{number}", row.about, row.kind, row.text, row.phrase, row.error)
        for number, row in enumerate([*filled, *missing])
    ]


def save_typed(review: Review, typed: Iterable[Typed]) -> None:
    """Each becomes a remark that the team sees."""
    said = [one for one in typed if not one.is_empty]
    phrases: Mapping[str, str] = {phrase.id: phrase.text for phrase in list_phrases(the_shell().engine)}
    notice_personal(one.text for one in said)
    for one in said:
        text = "\n".join(part for part in (phrases.get(one.phrase, ""), one.text) if part)
        add_remark(the_shell().engine, review.id, one.about, text, kind=one.kind, shared=True, signed=signed())


def _read(key: str, about: str) -> Typed:
    form = request.form
    text, kind = clean_text(form.get(f"{key}-text", "")), form.get(f"{key}-kind", QUESTION)
    problems = check_text(text)
    return Typed(
        key,
        about,
        kind if kind in (QUESTION, REMARK) else QUESTION,
        text,
        form.get(f"{key}-phrase", ""),
        problem_text(problems[0], the_language()) if problems else "",
    )
