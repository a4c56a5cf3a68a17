"""What the questions cover of what others ask: a table from their headings to our questions and signals."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Annotated, Final, Literal

from pydantic import Field

from assistant.trees.edition import Edition
from assistant.trees.model import Id, Part, SourceKey, Text
from assistant.trees.scope import closest
from assistant.trees.yaml import Path

HEAD: Final = """# What the questions cover

Generated from `question_trees/coverage.yaml`; `make docs` writes it again. What the codes stand for can be read in the
app, at `/en/trees`. Headings of others are in our own words.
"""
COLUMNS: Final = "| part | questions | signals | note, or why nothing |\n|---|---|---|---|"


class Row(Part):
    """One heading of theirs, in our words. Without questions and signals it says why."""

    about: Text
    questions: tuple[Id, ...] = ()
    signals: tuple[Id, ...] = ()
    why_not: Text | None = None
    note: Text | None = None


class Table(Part):
    """All headings of one list, law or form. `without_signals`: why a row in it may have questions only."""

    id: Id
    title: Text
    about: Text
    without_signals: Text | None = None
    refs: tuple[SourceKey, ...] = ()
    rows: Annotated[tuple[Row, ...], Field(min_length=1)]


class Coverage(Part):
    """The file coverage.yaml."""

    format: Literal[1]
    coverage: Annotated[tuple[Table, ...], Field(min_length=1)]


def coverage_findings(coverage: Coverage, edition: Edition) -> Iterator[tuple[Path, str, str]]:
    """Ids that do not exist, and rows that are empty without a reason."""
    for t, table in enumerate(coverage.coverage):
        yield from _unknown(("coverage", t, "refs"), table.refs, edition.references, "source")
        for r, row in enumerate(table.rows):
            place: Path = ("coverage", t, "rows", r)
            yield from _unknown((*place, "questions"), row.questions, edition.questions, "question")
            yield from _unknown((*place, "signals"), row.signals, edition.signals, "signal")
            yield from ((place, reason, mend) for reason, mend in _gaps(row, table))


def _gaps(row: Row, table: Table) -> Iterator[tuple[str, str]]:
    empty = not row.questions and not row.signals
    if empty and not row.why_not:
        yield "nothing covers this, and no reason is given", "add why_not: {nl, en}"
    if not empty and row.why_not:
        yield "it is covered, so there is no reason why not", "make it a note"
    if row.questions and not (row.signals or row.note or table.without_signals):
        yield "no signal covers this, and no reason is given", "add a note, or without_signals to the table"
    if row.signals and not row.questions:
        yield "a signal stands here without a question", "add the question that raises it"


def _unknown(place: Path, used: tuple[str, ...], known: Collection[str], kind: str) -> Iterator[tuple[Path, str, str]]:
    for number, name in enumerate(used):
        if name not in known:
            yield (*place, number), f"no {kind} is called '{name}'", closest(name, known)


def coverage_document(coverage: Coverage, edition: Edition) -> str:
    """The tables in Markdown, in English: each heading with the codes of what covers it."""
    parts = [HEAD]
    for table in coverage.coverage:
        about = " ".join(text.en for text in (table.about, table.without_signals) if text)
        parts.append(f"## {table.title.en}\n\n{about}\n")
        parts.append("\n".join([COLUMNS, *_rows(table, edition)]) + "\n")
    return "\n".join(parts)


def _rows(table: Table, edition: Edition) -> Iterator[str]:
    for row in table.rows:
        questions = ", ".join(edition.questions[id].code for id in row.questions)
        signals = ", ".join(edition.signals[id].code for id in row.signals)
        said = row.why_not or row.note
        cells = (row.about.en, questions or "-", signals or "-", said.en if said else "")
        yield "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"
