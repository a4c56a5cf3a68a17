"""Drafts: one's own, kept until saved or thrown away, and no part of the dossier."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from assistant.access import Relation
from assistant.store.audit import verify_all
from assistant.store.dossiers import Dossier, find_dossier
from assistant.store.drafts import LONGEST, find_draft, forget_draft, keep_draft, list_my_drafts
from assistant.store.forgetting import forget_dossier
from assistant.store.members import Reader, forget_member, save_member

from .desk import SECOND, TEAM, add_people
from .samples import AT, KEY, SIGNED, rows

FIELDS = {"q-value": ["Half af é 🦊"], "q-rev": ["1"]}
ME, OTHER = TEAM.actor, SECOND.actor
TODAY = AT.date().isoformat()


@pytest.fixture
def shared(engine: Engine, dossier: Dossier) -> Dossier:
    """A dossier that two work on."""
    add_people(engine)
    for person in (ME, OTHER):
        save_member(engine, dossier.id, person, Relation.OWNER, signed=TEAM)
    return find_dossier(engine, dossier.id)


def mine(engine: Engine, person: str = ME, today: str = TODAY) -> list[str]:
    return [line.question for line in list_my_drafts(engine, Reader(person, frozenset(), today))]


def test_a_draft_is_kept_in_place_of_the_one_before(engine: Engine, shared: Dossier) -> None:
    assert keep_draft(engine, ME, shared.id, "q", {"q-value": ["Ha"]}, AT) == 1
    assert keep_draft(engine, ME, shared.id, "q", FIELDS, AT + timedelta(minutes=1)) == 2
    draft = find_draft(engine, ME, shared.id, "q")
    assert draft
    assert (draft.rev, draft.fields, draft.at) == (2, FIELDS, AT + timedelta(minutes=1))
    assert "Half af" not in repr(draft)
    assert mine(engine) == ["q"]


def test_nobody_else_has_it(engine: Engine, shared: Dossier) -> None:
    keep_draft(engine, ME, shared.id, "q", FIELDS, AT)
    assert find_draft(engine, OTHER, shared.id, "q") is None
    assert mine(engine, OTHER) == []
    forget_draft(engine, OTHER, shared.id, "q")
    assert find_draft(engine, ME, shared.id, "q")


def test_it_is_no_part_of_the_dossier(engine: Engine, shared: Dossier) -> None:
    events = rows(engine, "SELECT * FROM event ORDER BY seq")
    keep_draft(engine, ME, shared.id, "q", FIELDS, AT)
    assert find_dossier(engine, shared.id) == shared
    assert rows(engine, "SELECT * FROM event ORDER BY seq") == events
    assert verify_all(engine, KEY).faults == ()


def test_thrown_away_or_too_old_it_is_gone(engine: Engine, shared: Dossier) -> None:
    keep_draft(engine, ME, shared.id, "q", FIELDS, AT)
    forget_draft(engine, ME, shared.id, "q")
    assert find_draft(engine, ME, shared.id, "q") is None
    keep_draft(engine, ME, shared.id, "old", FIELDS, AT)
    keep_draft(engine, OTHER, shared.id, "q", FIELDS, AT + LONGEST + timedelta(seconds=1))
    assert rows(engine, "SELECT question FROM draft") == [("q",)]


def test_who_is_out_of_the_dossier_has_none_in_a_list(engine: Engine, shared: Dossier) -> None:
    keep_draft(engine, ME, shared.id, "q", FIELDS, AT)
    save_member(engine, shared.id, ME, Relation.GUEST, until="2026-12-01", signed=TEAM)
    assert (mine(engine, today="2026-12-01"), mine(engine, today="2026-12-02")) == (["q"], [])
    forget_member(engine, shared.id, ME, signed=replace(TEAM, at=AT))
    assert mine(engine) == []


def test_it_goes_with_the_dossier(engine: Engine, shared: Dossier) -> None:
    keep_draft(engine, ME, shared.id, "q", FIELDS, AT)
    forget_dossier(engine, shared.id, **SIGNED)
    assert rows(engine, "SELECT * FROM draft") == []


def test_two_tabs_at_once_keep_one_of_them(engine: Engine, shared: Dossier) -> None:
    with ThreadPoolExecutor(8) as pool:
        revs = list(pool.map(lambda n: keep_draft(engine, ME, shared.id, "q", {"q-value": [f"v{n}"]}, AT), range(8)))
    assert sorted(revs) == list(range(1, 9))
    draft = find_draft(engine, ME, shared.id, "q")
    assert draft
    assert draft.fields == {"q-value": [f"v{revs.index(8)}"]}
