"""Every form there is, with something typed into it."""

from __future__ import annotations

import pytest

from .checks import CANARY
from .client import Page

TYPED = f"{CANARY} Er was eens een tocht, en die duurde lang."
FORMS: list[tuple[str, str, dict[str, str]]] = [
    ("/dossiers/new", "start", {"title": TYPED}),
    ("/scan/questions/words", "answer", {"words-value": TYPED}),
    ("{}/project", "project", {"title": TYPED}),
    ("{}/questions/story", "answer", {"story-value": TYPED}),
    ("{}/questions/story/views", "add-view", {"view": TYPED}),
    ("{}/themes/kinds/every_kind", "answer", {"story-value": TYPED, "amount-value": "12,5"}),
    ("{}/themes/kinds/every_kind/open-points", "open", {"way-owner": TYPED}),
]
SAVES = [one for one in FORMS if not one[0].startswith("/scan")]
each_save = pytest.mark.parametrize(("path", "form", "typed"), SAVES, ids=[one[0] for one in SAVES])
each_form = pytest.mark.parametrize(("path", "form", "typed"), FORMS, ids=[one[0] for one in FORMS])


def check_kept(page: Page, typed: dict[str, str]) -> None:
    """What was typed stands in the form that came back."""
    assert {name: page.value(name) for name in typed} == {name: [value] for name, value in typed.items()}
