"""Standard phrases: there for every officer, off the list when nobody wants them."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from assistant.errors import NotFound
from assistant.store.audit import verify_all
from assistant.store.changes import Signed
from assistant.store.phrases import add_phrase, forget_phrase, list_phrases

from .samples import AT, KEY, rows

OFFICER = Signed("o1", AT, KEY)


def test_a_phrase_comes_and_goes(engine: Engine) -> None:
    second = add_phrase(engine, "Wie ziet de uitkomst?", signed=OFFICER)
    first = add_phrase(engine, "Noem de bewaartermijn.", signed=OFFICER)
    assert [phrase.id for phrase in list_phrases(engine)] == [first, second]
    forget_phrase(engine, second, signed=OFFICER)
    assert [phrase.text for phrase in list_phrases(engine)] == ["Noem de bewaartermijn."]


def test_each_change_is_an_event_without_the_text(engine: Engine) -> None:
    id = add_phrase(engine, "Noem de bewaartermijn.", signed=OFFICER)
    forget_phrase(engine, id, signed=OFFICER)
    told = rows(engine, "SELECT kind, subject, actor FROM organisation_event ORDER BY seq")
    assert told[-2:] == [("phrase_added", id, "o1"), ("phrase_removed", id, "o1")]
    assert not verify_all(engine, KEY).faults


@pytest.mark.parametrize("id", ["4f6c1f5e-0000-4000-8000-000000000000", "x", ""])
def test_one_that_is_not_there(engine: Engine, id: str) -> None:
    with pytest.raises(NotFound):
        forget_phrase(engine, id, signed=OFFICER)
