"""Pressing a button by the words on it, in whatever form it stands."""

from __future__ import annotations

from typing import Any

from .checks import words
from .client import Client, Page


def press(client: Client, page: Page, button: str, /, status: int = 302, **changed: Any) -> Page:
    """Fill in fields of the form that this button belongs to, and press it. `changed`: field -> value(s)."""
    seen = (one for one in page.all("button") if not one.get("aria-hidden"))
    [pressed] = [one for one in seen if words(one).startswith(button)]
    form = next(pressed.iterancestors("form"))
    fields: dict[str, Any] = {}
    for field in form.iter("input", "textarea"):
        kind, name = field.get("type"), field.get("name")
        if kind in ("radio", "checkbox") and field.get("checked") is None:
            continue
        fields.setdefault(name, []).append(field.text or "" if field.tag == "textarea" else field.get("value", ""))
    fields |= changed | ({pressed.get("name"): pressed.get("value")} if pressed.get("name") else {})
    return client.post(form.get("action") or page.path, fields, status)
