"""The language of a page: the first part of its address, /nl or /en; anything else is not found."""

from __future__ import annotations

from typing import Any, cast

from flask import Flask, abort, g, request, url_for
from flask_babel import Babel

from assistant.trees.model import LANGUAGES, Language


def set_up(app: Flask) -> None:
    """Take the language from the address, and put it in every address made."""
    Babel(app, default_domain="messages", locale_selector=the_language)

    @app.url_value_preprocessor
    def take_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and "language" in values:
            g.language = values.pop("language")
            if g.language not in LANGUAGES:
                abort(404)

    @app.url_defaults
    def give_language(endpoint: str, values: dict[str, Any]) -> None:
        if "language" not in values and app.url_map.is_endpoint_expecting(endpoint, "language"):
            values["language"] = the_language()


def the_language() -> Language:
    """The language of this page; where the address has none, what the browser asks for."""
    if "language" in g and g.language in LANGUAGES:
        return cast(Language, g.language)
    return cast(Language, request.accept_languages.best_match(LANGUAGES) or "nl")


def same_page_in(language: Language) -> str:
    """The address of this page in another language."""
    if request.endpoint is None or request.view_args is None or "language" not in g:
        return f"/{language}"
    values: dict[str, Any] = {**request.args.to_dict(), **request.view_args, "language": language}
    return url_for(request.endpoint, **values)
