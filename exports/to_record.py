"""The draft for the record of processing: as text, and as a row for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.onward.model import Draft, Said, Section
from exports.drafts import build_draft_paper
from exports.drawn import draw_text
from exports.to_table import render_excel_csv


def render_text(draft: Draft) -> bytes:
    """Plain text, a heading for every element."""
    return draw_text(build_draft_paper(draft))


def render_csv(draft: Draft) -> bytes:
    """A header and one row; what was typed is never a formula."""
    words = draft.words
    header = [words["number"], words["title"], *(section.title for section in draft.sections)]
    row = [draft.number, draft.title, *("\n".join(_cell(section, words)) for section in draft.sections)]
    return render_excel_csv(header, [row])


def _cell(section: Section, words: dict[str, str]) -> Iterator[str]:
    for said in section.says:
        yield f"{said.label} ({said.code})" if said.code else said.label
        yield from _lines(said)
    if not section.says:
        yield words["to_fill"]
    elif section.gaps:
        yield words["also_to_fill"]
    for gap in section.gaps:
        yield f"- {gap.says}"


def _lines(said: Said) -> Iterator[str]:
    yield from said.lines
    for row in said.rows:
        yield "; ".join(f"{name}: {cell}" for name, cell in zip(said.header, row, strict=True) if cell)
    yield from said.notes
    if said.reason:
        yield said.reason
