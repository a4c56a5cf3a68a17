"""One answer as others may read it: its choices and numbers, a month for a day, and texts that were let through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from assistant.answers import UNSURE_CELL
from assistant.display import cell_text, written_month
from assistant.dossier.model import AnswerEntry
from assistant.sharing.model import Told
from assistant.steps import Mark
from assistant.trees.model import Column, Kind, Language, Question

_LEFT_OUT: Final = "–"
Let = Callable[[str], str]  # the text that goes along for a key, or ""


def value_of(raw: Any) -> Any:
    """The value in an answer as an answers file writes it."""
    return raw.get("value") if isinstance(raw, Mapping) else raw


def tell(question: Question, entry: AnswerEntry, raw: Any, let: Let, language: Language) -> Told:
    """The answer without what somebody typed, save for what is let through."""
    reasons = [f"{question.id}-{name}" for name in ("motivation", "not_applicable") if getattr(entry, name)]
    shown = _shown(question, entry, value_of(raw), let, language)
    is_typed = question.kind in (Kind.TEXT, Kind.LONG_TEXT) and bool(entry.lines) and not shown.get("lines")
    is_table = question.kind is Kind.TABLE and _has_unlet(question, value_of(raw), let)
    return Told(
        question=question.id,
        code=entry.code,
        ask=entry.ask,
        mark_says="" if entry.mark is Mark.ANSWERED else entry.mark_says,
        reason="\n\n".join(filter(None, map(let, reasons))),
        is_short=is_typed or is_table or any(not let(key) for key in reasons),
        answer=_answer(question, value_of(raw), entry.mark is Mark.PARTLY),
        **shown,
    )


def _shown(question: Question, entry: AnswerEntry, value: Any, let: Let, language: Language) -> dict[str, Any]:
    match question.kind:
        case Kind.TABLE if value:
            return _table(question, value, let, language)
        case Kind.DATE if value:
            return {"lines": (written_month(value, language),)}
        case Kind.TEXT | Kind.LONG_TEXT:
            text = let(f"{question.id}-value")
            return {"lines": (text,) if text else ()}
        case _:
            return {"lines": entry.lines}


def _table(question: Question, rows: Any, let: Let, language: Language) -> dict[str, Any]:
    """The columns that anything is left of, and the rows; nothing when all of it was typed."""
    cells = [
        {column.id: _cell(question, column, number, row, let, language) for column in question.columns}
        for number, row in enumerate(rows, start=1)
    ]
    kept = [one for one in question.columns if one.kind != "text" or any(row[one.id] for row in cells)]
    if not kept:
        return {}
    header = tuple(column.label[language] for column in kept)
    return {"header": header, "rows": tuple(tuple(row[one.id] or _LEFT_OUT for one in kept) for row in cells)}


def _cell(question: Question, column: Column, number: int, row: Any, let: Let, language: Language) -> str:
    value = row.get(column.id)
    if column.kind == "text" and isinstance(value, str):
        return let(f"{question.id}-{number}-{column.id}")
    if column.kind == "date" and isinstance(value, str):
        return written_month(value, language)
    return cell_text(column, value, language) if column.kind != "text" else ""


def _has_unlet(question: Question, rows: Any, let: Let) -> bool:
    texts = [column.id for column in question.columns if column.kind == "text"]
    return any(
        isinstance(row.get(id), str) and not let(f"{question.id}-{number}-{id}")
        for number, row in enumerate(rows or (), start=1)
        for id in texts
    )


def _answer(question: Question, value: Any, is_partly: bool) -> Any:
    """What another dossier may begin with: no text, no day, and no "we don't know yet" of somebody else."""
    match question.kind:
        case Kind.TEXT | Kind.LONG_TEXT | Kind.DATE:
            return None
        case Kind.TABLE:
            value = [row for row in map(_row_of(question), value or ()) if row] or None
    return {"value": value, "unsure": True} if is_partly and value is not None else value


def _row_of(question: Question) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    kept = [column.id for column in question.columns if column.kind not in ("text", "date")]
    return lambda row: {id: row[id] for id in kept if id in row and row[id] != UNSURE_CELL}
