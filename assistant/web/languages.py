"""The language of a page: the first part of its address, /nl or /en; anything else is not found."""

from __future__ import annotations

from typing import Any, Final, cast

from flask import Flask, g, request, url_for
from flask_babel import Babel

from assistant.trees.model import LANGUAGES, Language

FILTERS: Final = ("state", "domain", "outcome", "taken", "q", "after")  # of the officers' queue
# what an address carries over: url_for obeys more than these, as _scheme
QUERY: Final = ("before", "back", "show", "year", "code", "part", "page", *FILTERS)


def set_up(app: Flask) -> None:
    """Take the language from the address, and put it in every address made."""
    Babel(app, default_domain="messages", locale_selector=the_language)

    @app.url_value_preprocessor
    def take_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and "language" in values:
            g.language = values.pop("language")

    @app.url_defaults
    def give_language(endpoint: str, values: dict[str, Any]) -> None:
        if "language" not in values and app.url_map.is_endpoint_expecting(endpoint, "language"):
            values["language"] = the_language()


def the_language() -> Language:
    """The language of this page; where the address has none, what the browser asks for."""
    first = g.get("language") or request.path.split("/")[1]  # an address that is no page has a language too
    if first in LANGUAGES:
        return cast(Language, first)
    return cast(Language, request.accept_languages.best_match(LANGUAGES) or "nl")


def same_page_in(language: Language) -> str:
    """The address of this page in another language."""
    if request.endpoint is None or request.view_args is None or "language" not in g or not _can_be_opened():
        return f"/{language}/"
    kept = {name: request.args[name] for name in QUERY if name in request.args}
    values: dict[str, Any] = {**kept, **request.view_args, "language": language}
    return url_for(request.endpoint, **values)


def _can_be_opened() -> bool:
    return request.url_rule is not None and "GET" in (request.url_rule.methods or ())
