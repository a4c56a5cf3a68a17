"""The draft of a DPIA: as a Word document to go on in, as a web page, as Markdown."""

from __future__ import annotations

from assistant.onward.model import Draft
from exports import to_docx
from exports.drafts import build_draft_paper
from exports.drawn import draw_html, draw_markdown


def render_docx(draft: Draft) -> bytes:
    """A DOCX with a heading for every section and every answer."""
    return to_docx.render_paper(build_draft_paper(draft))


def render_markdown(draft: Draft) -> bytes:
    """UTF-8 Markdown."""
    return draw_markdown(build_draft_paper(draft))


def render_html(draft: Draft) -> bytes:
    """A self-contained page."""
    return draw_html(build_draft_paper(draft))
