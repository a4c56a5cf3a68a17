"""The dossier as Markdown that any reader shows the same. Typed text stays text: nothing in it becomes layout."""

from __future__ import annotations

import re

from assistant.dossier import Dossier
from assistant.plain_text import Bullets, blocks
from exports.templates import environment

# A backslash where every reader of Markdown knows it, an entity for what only some would take for layout.
_ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]{}#>"} | {sign: f"&#{ord(sign)};" for sign in "<&|~$"})
_LIST_START = re.compile(r"^([+-]|\d+[.)])(?=\s|$|[+-])")
_UNDERLINE_START = re.compile(r"^[=:]")  # of a heading, of a definition


def render(dossier: Dossier) -> bytes:
    """UTF-8 Markdown (CommonMark with tables)."""
    template = environment(autoescape=False, inline=inline, typed=typed).get_template("dossier.md.jinja")
    text = template.render(dossier=dossier, words=dossier.words)
    return (re.sub(r"\n{3,}", "\n\n", text).strip() + "\n").encode()


def inline(text: str) -> str:
    """Typed text on one line, with everything that Markdown would take for layout escaped."""
    line = " ".join(text.split())
    escaped = _LIST_START.sub(_escaped_start, line.translate(_ESCAPES))
    return _UNDERLINE_START.sub(lambda match: f"&#{ord(match[0])};", escaped)


def _escaped_start(match: re.Match[str]) -> str:
    return f"{match[1][:-1]}\\{match[1][-1]}"


def typed(text: str, indent: str = "") -> str:
    """Typed text as paragraphs and lists."""
    parts = []
    for block in blocks(text):
        if isinstance(block, Bullets):
            parts.append("\n".join(f"{indent}- {inline(item)}" for item in block.items))
        else:
            parts.append("  \n".join(f"{indent}{inline(line)}" for line in block.lines))
    return "\n\n".join(parts)
