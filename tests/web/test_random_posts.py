"""Whatever is posted to a question, it is saved or refused: never an error of ours."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.answers import MAX_TEXT
from assistant.opening import Shell
from assistant.store.audit import verify_all
from assistant.trees.edition import Edition

from .client import Client
from .test_questions import KINDS

FEW = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
PIECES = (
    "", " ", "?", "yes", "road", "nothing", "rope", "1", "5", "12,5", "1.250", "31-2-2026", "21-11-2026", "y", "-1",
    "9" * 400, "a\0b", "\ud7ff\ue000", "<script>", "{{ 7*7 }}", "x" * (MAX_TEXT + 1), "= 1+1", "\r\n- een", "²", "r1",
)  # fmt: skip
BUTTONS = ("unsure", "not_applicable")
DO = ("save", "show", "add_row", "", "x:y:z", *BUTTONS, *(f"{button}:{id}" for button in BUTTONS for id in KINDS))

values = st.one_of(st.sampled_from(PIECES), st.text(st.characters(exclude_categories=("Cs",)), max_size=30))


def names(edition: Edition) -> list[str]:
    """The names of all fields there are, and some that are not."""
    parts = ("value", "motivation", "not_applicable", "maybe_more", "rev", "was", "rows")
    found = [f"{id}-{part}" for id in KINDS for part in parts]
    cells = [
        f"sources-{row}-{column.id}" for row in ("r1", "r2", "") for column in edition.questions["sources"].columns
    ]
    return [*found, *cells, "back", "x", "way", "-", "sources-r1-"]


@pytest.mark.parametrize("kept", ["question", "theme", "scan"])
def test_any_form_is_saved_or_refused(kinds: Shell, anna: Client, dossier: str, kept: str) -> None:
    token = anna.get("/dossiers/new").value("csrf_token")[0]
    forms = st.dictionaries(
        st.sampled_from(names(kinds.edition)), st.lists(values, min_size=1, max_size=3), max_size=12
    )
    paths = {
        "question": st.sampled_from(KINDS).map(lambda id: f"{dossier}/questions/{id}"),
        "theme": st.just(f"{dossier}/themes/kinds/every_kind"),
        "scan": st.sampled_from(["phase", "people", "words"]).map(lambda id: f"/scan/questions/{id}"),
    }[kept]

    @FEW
    @given(path=paths, form=forms, do=st.sampled_from(DO), language=st.sampled_from(["nl", "en"]))
    def post(path: str, form: dict[str, Any], do: str, language: str) -> None:
        page = anna.open(f"/{language}{path}", "POST", data=form | {"csrf_token": token, "do": do})
        assert page.status in (200, 302, 409, 422) or (kept, page.status) == ("scan", 503)
        if page.status == 302:
            anna.follow(page)

    post()
    assert verify_all(kinds.engine, kinds.audit_key).faults == ()
