"""The formats of the texts to go on with, by text and by the ending of the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from exports import to_dpia, to_record, to_register


@dataclass(frozen=True)
class DraftFormat:
    """How a draft is made and sent."""

    render: Callable[[Any], bytes]
    media_type: str


_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TEXT: Final = "text/plain; charset=utf-8"
DRAFTS: Final[Mapping[str, Mapping[str, DraftFormat]]] = {
    "dpia": {
        "docx": DraftFormat(to_dpia.render_docx, _WORD),
        "html": DraftFormat(to_dpia.render_html, "text/html; charset=utf-8"),
        "md": DraftFormat(to_dpia.render_markdown, "text/markdown; charset=utf-8"),
    },
    "register": {
        "txt": DraftFormat(to_register.render_text, _TEXT),
        "json": DraftFormat(to_register.render_json, "application/json"),
    },
    "record": {
        "txt": DraftFormat(to_record.render_text, _TEXT),
        "csv": DraftFormat(to_record.render_csv, "text/csv; charset=utf-8"),
    },
}
