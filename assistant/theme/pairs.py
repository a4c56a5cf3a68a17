"""Which colours the pages put on which, as CSS says them. Who changes app.css or a template looks here too.

The least ratios are WCAG 2.2's: 4.5 for text (1.4.3), 3 for large text and for what shows a control's edge (1.4.11).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

TEXT: Final = 4.5
LARGE = EDGE = 3.0
INK, PAPER = "var(--ink)", "var(--paper)"


@dataclass(frozen=True)
class Pair:
    """Two colours, as CSS says them, that a page shows one on the other."""

    what: str
    front: str
    back: str
    least: float

    @property
    def tokens(self) -> str:
        """The custom properties that decide first, for who wants to mend it."""
        return " or ".join(value.removeprefix("var(").split(",")[0].rstrip(")") for value in (self.front, self.back))


def _token(*names: str, last: str) -> str:
    for name in reversed(names):
        last = f"var(--utrecht-{name}, {last})"
    return last


def _pairs() -> Iterator[Pair]:
    yield Pair("text", INK, PAPER, TEXT)
    yield Pair("text in a quiet box", INK, "var(--soft)", TEXT)
    yield Pair("hint", "var(--quiet, var(--ink))", PAPER, TEXT)
    yield Pair("link", _token("link-color", last="var(--accent)"), PAPER, TEXT)
    yield Pair("link in a quiet box", _token("link-color", last="var(--accent)"), "var(--soft)", TEXT)
    yield Pair("what went wrong", "var(--wrong)", PAPER, TEXT)
    yield Pair("what went well", "var(--well)", PAPER, TEXT)
    yield Pair("text on the accent", "var(--on-accent)", "var(--accent)", TEXT)
    yield Pair("line around a field", "var(--line)", PAPER, EDGE)
    yield Pair("focus ring", _token("focus-outline-color", last="var(--focus)"), PAPER, EDGE)
    for state in ("visited", "hover", "active"):
        yield Pair(f"link, {state}", _token(f"link-{state}-color", "link-color", last="var(--accent)"), PAPER, TEXT)
    behind = _token("link-focus-background-color", last=PAPER)
    yield Pair("link with focus", _token("link-focus-color", "link-color", last="var(--accent)"), behind, TEXT)
    for level, least in ((1, LARGE), (2, LARGE), (3, TEXT), (4, TEXT)):
        yield Pair(f"heading {level}", _token(f"heading-{level}-color", "heading-color", last=INK), PAPER, least)
    yield Pair("lead paragraph", _token("paragraph-lead-color", "paragraph-color", last=INK), PAPER, TEXT)
    yield Pair("paragraph", _token("paragraph-color", last=INK), PAPER, TEXT)
    yield from _controls()
    yield from _blocks()


def _controls() -> Iterator[Pair]:
    for kind, front, back in (("primary", "var(--on-accent)", "var(--accent)"), ("secondary", "var(--accent)", PAPER)):
        for state in ("", "hover-", "active-", "focus-"):
            name, plain = f"button-{kind}-action-{state}", f"button-{kind}-action-"
            text = _token(f"{name}color", f"{plain}color", last=front)
            box = _token(f"{name}background-color", f"{plain}background-color", last=back)
            yield Pair(f"{kind} button{', ' if state else ''}{state.rstrip('-')}", text, box, TEXT)
    for kind in ("textbox", "textarea", "select"):
        text, box = _token(f"{kind}-color", "form-control-color", last=INK), f"{kind}-background-color"
        yield Pair(f"{kind}, text", text, _token(box, "form-control-background-color", last=PAPER), TEXT)
        edge = _token(f"{kind}-border-color", "form-control-border-color", last="var(--line)")
        yield Pair(f"{kind}, edge", edge, PAPER, EDGE)
    for kind in ("textbox", "textarea"):
        text = _token(f"{kind}-invalid-color", f"{kind}-color", "form-control-color", last=INK)
        box = _token(f"{kind}-invalid-background-color", f"{kind}-background-color", last=PAPER)
        yield Pair(f"{kind} with an error, text", text, box, TEXT)
        yield Pair(
            f"{kind} with an error, edge", _token(f"{kind}-invalid-border-color", last="var(--wrong)"), PAPER, EDGE
        )
    yield Pair("label", _token("form-label-color", last=INK), PAPER, TEXT)
    yield Pair("explanation of a field", _token("form-field-description-color", last=INK), PAPER, TEXT)
    yield Pair("error message", _token("form-field-error-message-color", last="var(--wrong)"), PAPER, TEXT)


def _blocks() -> Iterator[Pair]:
    for block in ("page-header", "page-footer", "skip-link", "code"):
        text, box = _token(f"{block}-color", last=INK), _token(f"{block}-background-color", last=PAPER)
        yield Pair(block, text, box, TEXT)
    box = _token("table-header-background-color", last=PAPER)
    yield Pair("head of a table", _token("table-header-color", last=INK), box, TEXT)
    for block in ("alert", "spotlight-section"):
        for level in ("info", "ok", "warning", "error"):
            text = _token(f"{block}-{level}-color", f"{block}-color", last=INK)
            box = _token(f"{block}-{level}-background-color", f"{block}-background-color", last=PAPER)
            yield Pair(f"{block}, {level}", text, box, TEXT)


PAIRS: Final = tuple(_pairs())
