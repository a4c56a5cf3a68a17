"""What is published of dossiers, in an order that skips nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from assistant.errors import NotFound
from assistant.store.changes import Signed
from assistant.store.published import find_published, list_published
from assistant.store.register import Wanted, add_lines, list_register, save_line

from .samples import AT, SIGNED

SIGNED_BY = Signed(**SIGNED)


def add(engine: Engine, many: int) -> None:
    for number in range(many):
        line = {"title": f"Regel {number % 3}", "owner": "", "reference": "", "look_again": ""}
        add_lines(engine, [line], signed=replace(SIGNED_BY, at=AT + timedelta(seconds=number // 4)))


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 50])
def test_pages_are_together_the_whole(engine: Engine, limit: int) -> None:
    add(engine, 11)
    whole, after = [], None
    while page := list_published(engine, Wanted(), limit, after=after):
        whole += page
        after = (page[-1].changed_at, page[-1].id)
    assert whole == list_published(engine, Wanted(), 100)
    assert len({one.id for one in whole}) == 11
    assert [one.changed_at for one in whole] == sorted(one.changed_at for one in whole)


def test_a_line_that_changes_comes_back_last(engine: Engine) -> None:
    add(engine, 6)
    first, second, *_ = list_published(engine, Wanted(), 100)
    line = {"title": "Anders", "owner": "", "reference": "", "look_again": ""}
    later = replace(SIGNED_BY, at=AT + timedelta(days=1))
    save_line(engine, first.id, 1, line, signed=later)
    found = list_published(engine, Wanted(), 100)
    assert (found[0].id, found[-1].id, found[-1].title) == (second.id, first.id, "Anders")
    assert [one.id for one in list_published(engine, Wanted(), 100, since=found[-1].changed_at)] == [first.id]


def test_the_same_filters_as_the_officers_register(engine: Engine) -> None:
    add(engine, 9)
    wanted = Wanted(search="regel 1")
    there = {one.id for one in list_register(engine, wanted, 100)}
    assert {one.id for one in list_published(engine, wanted, 100)} == there
    assert len(there) == 3


@pytest.mark.parametrize("id", ["x", "4f6c1f5e-0000-4000-8000-000000000000"])
def test_what_was_not_handed_in_is_not_there(engine: Engine, id: str) -> None:
    with pytest.raises(NotFound):
        find_published(engine, id)
