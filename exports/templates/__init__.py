"""The templates of the exports, and how they are loaded: only from here, and a misspelt name is an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


def environment(*, autoescape: bool, **filters: Callable[..., Any]) -> Environment:
    """A Jinja environment over this folder."""
    env = Environment(
        loader=PackageLoader("exports"),
        autoescape=autoescape,  # noqa: S701  off for Markdown only: its own filters escape
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(filters)
    return env
