"""The dossier as one self-contained HTML page: no script, no request, readable on a phone and on paper."""

from __future__ import annotations

from markupsafe import Markup, escape

from assistant.dossier import Dossier
from assistant.plain_text import Bullets, blocks
from exports.templates import environment


def render(dossier: Dossier) -> bytes:
    """A UTF-8 page."""
    env = environment(autoescape=True, typed=typed)
    style = Markup(env.get_template("dossier.css").render())  # noqa: S704  our own file, no typed text
    return env.get_template("dossier.html.jinja").render(dossier=dossier, words=dossier.words, style=style).encode()


def typed(text: str) -> Markup:
    """Typed text as paragraphs and lists, everything in it escaped."""
    parts = []
    for block in blocks(text):
        if isinstance(block, Bullets):
            items = Markup("").join(Markup("<li>{}</li>").format(item) for item in block.items)
            parts.append(Markup("<ul>{}</ul>").format(items))
        else:
            lines = Markup("<br>").join(escape(line) for line in block.lines)
            parts.append(Markup("<p>{}</p>").format(lines))
    return Markup("\n").join(parts)
