"""The draft for the Algorithm Register: the JSON that it takes (publication standard 1.0), and the same to read."""

from __future__ import annotations

import json

from assistant.onward.model import Register
from exports.drafts import build_draft_paper
from exports.drawn import draw_text


def render_json(register: Register) -> bytes:
    """Only the keys of the standard; what is not known is left out, so that nothing has to be made up."""
    return (json.dumps(register.values, ensure_ascii=False, indent=2) + "\n").encode()


def render_text(register: Register) -> bytes:
    """Plain text: first what still has to be looked at, then every field with where it comes from."""
    return draw_text(build_draft_paper(register))
