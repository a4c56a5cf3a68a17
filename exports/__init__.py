"""The formats a dossier is handed over in: one module a format, each with `render(dossier) -> bytes`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from exports import to_docx, to_html, to_json, to_markdown, to_pdf

if TYPE_CHECKING:
    from assistant.dossier import Dossier


@dataclass(frozen=True)
class Format:
    """How a format is made and sent."""

    render: Callable[[Dossier], bytes]
    suffix: str
    media_type: str


FORMATS: Final[dict[str, Format]] = {
    "markdown": Format(to_markdown.render, ".md", "text/markdown; charset=utf-8"),
    "html": Format(to_html.render, ".html", "text/html; charset=utf-8"),
    "json": Format(to_json.render, ".json", "application/json"),
    "pdf": Format(to_pdf.render, ".pdf", "application/pdf"),
    "docx": Format(to_docx.render, ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def is_ready(format: str) -> bool:
    """Whether this installation can make the format: PDF needs an extra."""
    return format != "pdf" or find_spec("typst") is not None
