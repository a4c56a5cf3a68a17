"""What every template can use: typed text, trees' own Markdown, dates, the language switch."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import nh3
from flask import Flask, g, request, session, url_for
from flask_babel import gettext as _
from markdown import Markdown
from markupsafe import Markup, escape

from assistant.access import Action
from assistant.answers import SOFT_TEXT
from assistant.display import written_date
from assistant.event_words import EVENTS
from assistant.library import BECAME
from assistant.mail.words import KINDS as DUE
from assistant.onward.words import ADVICES
from assistant.sharing.hits import Hit
from assistant.sharing.words import KINDS
from assistant.trees.edition import Edition
from assistant.trees.model import LANGUAGES
from assistant.web.languages import same_page_in, the_language
from assistant.web.shell import the_shell
from assistant.words import (
    ABOUT,
    LEVELS,
    LIMITS,
    MARKS,
    OUTCOMES,
    PERSONAL_DATA,
    PHASES,
    SOURCE_CERTAINTIES,
    STATES,
    Catalogue,
    word,
)
from exports.to_html import typed

CATALOGUES = {
    "level_name": LEVELS,
    "phase_name": PHASES,
    "state_name": STATES,
    "event_name": EVENTS,
    "outcome_name": OUTCOMES,
    "mark_name": MARKS,
    "source_certainty": SOURCE_CERTAINTIES,
    "about_word": ABOUT,
    "advice_name": ADVICES,
    "hit_name": {**PERSONAL_DATA, **KINDS},
    "became_name": BECAME,
    "due_name": DUE,
}
_TAGS = {"p", "ul", "ol", "li", "strong", "em", "code", "a", "br"}


def set_up(app: Flask) -> None:
    """Add filters and names to the templates."""
    app.add_template_filter(typed, "typed")
    app.add_template_filter(tree_markdown, "tree_markdown")
    app.add_template_filter(lambda iso: written_date(iso, the_language()), "written_date")
    for name, catalogue in CATALOGUES.items():
        app.add_template_filter(_named_in(catalogue), name)
    app.add_template_filter(written_moment, "written_moment")
    app.add_template_filter(lambda at: written_date(_here(at).date().isoformat(), the_language()), "written_day")
    app.add_template_filter(marked, "marked")
    app.add_template_filter(function_name, "function_name")
    app.context_processor(
        lambda: {
            "language": the_language(),
            "languages": LANGUAGES,
            "same_page_in": same_page_in,
            "request_id": g.get("request_id", ""),
            "just_saved": just_saved,
            "comfort": comfort,
            "limits": LIMITS,
            "person": g.get("person"),  # the gate asked; an error page asks no database
            "may": may,
            "is_demo": the_shell().settings.is_demo,
        }
    )


def may(action: str) -> bool:
    """Whether who is signed in may do this with the dossier of this page."""
    return "reach" in g and Action(action) in g.reach.allowed


def comfort(draft: str = "") -> Markup:
    """What app.js needs to know of a form: its words, where to look for personal data, how long is long.

    `draft`: where what is typed may be kept.

    A page that answers a post holds what was typed and not saved: refused, or shown in the other language.
    """
    unsaved = Markup(" data-unsaved") if request.method == "POST" else ""
    if draft:
        failed = _("Not kept: we cannot reach the assistant. We try again in a moment; saving works too.")
        unsaved += Markup(' data-draft="{}" data-failed="{}"').format(draft, failed)
    return Markup(' data-comfort data-look="{}" data-count="{}" data-soft="{}"{}').format(
        url_for("personal.look"), _("{n} characters. A reader likes to read {soft} at most."), SOFT_TEXT, unsaved
    )


def just_saved() -> bool:
    """Whether this is the first page after saving; asked once."""
    return bool(session.pop("saved", False))


def written_moment(at: datetime) -> str:
    """A moment as people here read it: 25 november 2026, 14:03."""
    return f"{written_date(_here(at).date().isoformat(), the_language())}, {written_time(at)}"


def written_time(at: datetime) -> str:
    """The time on the clock here."""
    return f"{_here(at):%H:%M}"


def _here(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(the_shell().settings.time_zone))


def _named_in(catalogue: Catalogue) -> Callable[[str], str]:
    return lambda key: word(catalogue, key, the_language())


def marked(text: str, hits: Iterable[Hit]) -> Markup:
    """A text, escaped, with the places that were found marked."""
    parts, end = [], 0
    for hit in hits:
        parts.append(Markup("{}<mark>{}</mark>").format(text[end : hit.start], text[hit.start : hit.end]))
        end = hit.end
    return Markup("").join([*parts, escape(text[end:])])


def function_name(function: str, edition: Edition) -> str:
    """Someone in the organisation, by what they do."""
    return edition.functions[function][the_language()]


@lru_cache(maxsize=4096)
def tree_markdown(text: str) -> Markup:
    """The trees' own Markdown as clean HTML, made once a text. Never for what people type."""
    html = Markdown(output_format="html").convert(text)
    clean = nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"https"}, link_rel="noreferrer")
    return Markup(clean)  # noqa: S704  cleaned on the line above
