"""A document on paper as Markdown, as a web page and as plain text. What was typed stays text in each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from markupsafe import Markup

from exports.paper import Heading, Items, Paper, Table, Text
from exports.templates import environment
from exports.to_markdown import inline


def draw_markdown(paper: Paper) -> bytes:
    """UTF-8 Markdown (CommonMark with tables)."""
    head = [f"# {inline(paper.title)}", inline(paper.subtitle)]
    return ("\n\n".join([*head, *(_MARKDOWN[part.kind](part) for part in paper.parts)]) + "\n").encode()


def draw_html(paper: Paper) -> bytes:
    """One self-contained page: no script, no request."""
    env = environment(autoescape=True)
    style = Markup(env.get_template("dossier.css").render())  # noqa: S704  our own file, no typed text
    return env.get_template("paper.html.jinja").render(paper=paper, style=style).encode()


def draw_text(paper: Paper) -> bytes:
    """UTF-8, to paste anywhere."""
    head = [paper.title, paper.subtitle]
    return ("\n\n".join([*head, *(_PLAIN[part.kind](part) for part in paper.parts)]) + "\n").encode()


def _heading_markdown(part: Heading) -> str:
    return f"{'#' * (part.level + 1)} {inline(_heading(part))}"


def _text_markdown(part: Text) -> str:
    said = "  \n".join(inline(line) for line in part.text.split("\n"))
    label = f"**{inline(part.label)}**" if part.label else ""
    text = " ".join(filter(None, (label, said)))
    if part.style == "box":
        return f"> {text}"
    return f"*{text}*" if part.style == "note" and text else text


def _items_markdown(part: Items) -> str:
    return "\n".join(
        f"- {' '.join(filter(None, (f'**{inline(label)}**' if label else '', inline(said))))}"
        for label, said in part.items
    )


def _table_markdown(part: Table) -> str:
    def row(cells: tuple[str, ...]) -> str:
        return f"| {' | '.join(map(inline, cells))} |"

    return "\n".join([row(part.header), "|---" * len(part.header) + "|", *map(row, part.rows)])


def _heading_plain(part: Heading) -> str:
    text = " ".join(_heading(part).split())
    return f"{text}\n{'=' * min(len(text), 80)}" if part.level == 1 else text


def _text_plain(part: Text) -> str:
    return " ".join(filter(None, (part.label, part.text)))


def _items_plain(part: Items) -> str:
    return "\n".join(f"- {' '.join(filter(None, item))}" for item in part.items)


def _table_plain(part: Table) -> str:
    """A line a cell, a blank line between rows: columns do not fit in running text."""
    return "\n\n".join("\n".join(_cells(part.header, row)) for row in part.rows)


def _cells(header: tuple[str, ...], row: tuple[str, ...]) -> Iterator[str]:
    for name, cell in zip(header, row, strict=True):
        if cell:
            yield f"- {name}: {cell}"


def _heading(part: Heading) -> str:
    return f"{part.code} {part.text}" if part.code else part.text


_Drawer: TypeAlias = Callable[[Any], str]
_MARKDOWN: Final[Mapping[str, _Drawer]] = {
    Heading.kind: _heading_markdown,
    Text.kind: _text_markdown,
    Items.kind: _items_markdown,
    Table.kind: _table_markdown,
}
_PLAIN: Final[Mapping[str, _Drawer]] = {
    Heading.kind: _heading_plain,
    Text.kind: _text_plain,
    Items.kind: _items_plain,
    Table.kind: _table_plain,
}
