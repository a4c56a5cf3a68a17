"""For a server of your own: `gunicorn 'assistant.web.wsgi:app()'`."""

from __future__ import annotations

import logging

from flask import Flask

from assistant.errors import NotReady
from assistant.opening import open_shell
from assistant.settings import load_settings
from assistant.web import create_app


def app() -> Flask:
    """The application, from the settings of the environment. Raises NotReady for a demo: it lets in everyone."""
    settings = load_settings()
    if settings.is_demo:
        raise NotReady("set ASSISTANT_BASE_URL; without it this is a demo, which `assistant serve` opens")
    logging.getLogger("assistant").setLevel(logging.INFO)
    return create_app(open_shell(settings))
