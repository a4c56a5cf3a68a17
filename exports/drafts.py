"""A text to go on with in reading order: what it is for, then every section with what it says and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.onward.model import Draft, Register, Said, Section
from exports.paper import Heading, Items, Paper, Part, Text, table, typed


def build_draft_paper(draft: Draft) -> Paper:
    """The parts that Word, Markdown, a web page and plain text draw."""
    words = draft.words
    about = [words[draft.kind], draft.organisation, draft.number, draft.made_on_says]
    if draft.version:
        about.insert(3, f"{words['version']} {draft.version}")
    return Paper(
        title=draft.title,
        subtitle=" · ".join(filter(None, about)),
        author=draft.organisation,
        language=draft.language,
        made_on=draft.made_on,
        one_page=False,
        parts=tuple(_parts(draft)),
    )


def _parts(draft: Draft) -> Iterator[Part]:
    yield Text(draft.words[f"about_{draft.kind}"], style="box")
    if isinstance(draft, Register) and draft.problems:
        yield Heading(1, draft.words["problems"])
        yield Items(tuple((f"{one.field}:" if one.field else "", one.says) for one in draft.problems))
    for section in draft.sections:
        yield from _section(section, draft)


def _section(section: Section, draft: Draft) -> Iterator[Part]:
    yield Heading(1, section.title if draft.kind == "algorithm_register" else f"{section.key}. {section.title}")
    for said in section.says:
        yield from _said(said, draft.words)
    if not section.says:
        yield Text(draft.words["to_fill"], style="note")
    elif section.gaps:
        yield Text(draft.words["also_to_fill"], style="note")
    if section.gaps:
        yield Items(tuple((gap.code, gap.says) for gap in section.gaps))


def _said(said: Said, words: dict[str, str]) -> Iterator[Part]:
    heads = bool(said.question or said.rows)
    if heads:
        yield Heading(2, said.label, code=said.code)
    label = f"{said.label}:" if said.label and not heads else ""
    if said.rows:
        yield from table(said.label, said.header, said.rows)
    elif len(said.lines) == 1:
        yield from typed(said.lines[0], label=label)
    elif said.lines:
        if label:
            yield Text("", label=label)
        yield Items(tuple(("", line) for line in said.lines))
    for note in said.notes:
        yield Text(note, style="note")
    yield from typed(said.reason, label=f"{words['reason']}:")
    for view in said.views:
        yield from typed(view, label=f"{words['view']}:")
    if said.code and not heads:
        yield Text(f"{words['comes_from']}: {said.code}", style="small")
