"""What somebody typed is text on every page, also where a page borrows a template from the exports."""

from __future__ import annotations

import pytest
from flask import Flask

from assistant.opening import Shell

from .client import Client
from .work import make_dossier

TYPED = "<i>schuin</i>"


@pytest.mark.parametrize("part", ["", "/check", "/signals", "/preview", "/downloads", "/questions/benefit"])
def test_typed_text_is_text(part: str, shell: Shell, client: Client) -> None:
    said = {"phase": "idea", "personal_data": {"value": "coded", "motivation": TYPED}, "benefit": TYPED}
    page = client.get(make_dossier(shell, said, title=TYPED) + part)
    assert TYPED in page.text
    assert "<i>" not in page.source


def test_every_template_escapes_whatever_its_name(app: Flask) -> None:
    assert app.jinja_env.from_string("{{ typed }}").render(typed=TYPED) == "&lt;i&gt;schuin&lt;/i&gt;"
    assert app.jinja_env.autoescape is True
