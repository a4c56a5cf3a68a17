"""What is published of dossiers, in an order that skips nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from assistant.dossier.redaction import PERSONAL, Cut
from assistant.errors import NotFound
from assistant.store.advices import Opinion, give_advice
from assistant.store.chain import write_time
from assistant.store.changes import Signed
from assistant.store.published import (
    find_published,
    find_published_version,
    list_published,
    list_published_versions,
)
from assistant.store.redactions import redact_version
from assistant.store.register import Wanted, add_lines, list_register, save_line
from assistant.store.versions import find_version, withdraw

from .desk import OFFICER, TEAM, add_people, freeze
from .samples import AT, SIGNED, save, start

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


def test_a_dossier_moves_with_what_was_said_of_it_and_not_with_its_team(engine: Engine) -> None:
    add_people(engine)
    one, other = start(engine, owner=TEAM.actor), start(engine, owner=TEAM.actor, title="Ander plan")
    with pytest.raises(NotFound):
        find_published(engine, one.id)
    freeze(engine, one, signed=later(1))
    freeze(engine, other, signed=later(2))
    assert order(engine) == [one.id, other.id]
    version = find_version(engine, one.id)
    give_advice(engine, one.id, version.id, Opinion("po", "go_on", "Goed."), signed=later(3, OFFICER))
    assert order(engine) == [other.id, one.id]
    moved = find_published(engine, one.id)
    assert (moved.advice, moved.state, moved.changed_at) == ("go_on", "advised", write_time(later(3).at))
    save(engine, one.id, "q", 0, "b", at=later(4).at, actor=TEAM.actor)
    assert find_published(engine, one.id) == moved
    withdraw(engine, other.id, signed=later(6))
    assert order(engine) == [one.id]
    with pytest.raises(NotFound):
        find_published_version(engine, other.id, 1)
    assert list_published_versions(engine, other.id) == []
    assert find_published_version(engine, one.id, 1).hash == version.hash


def test_a_version_that_a_text_was_taken_out_of_is_told_to_who_keeps_it(engine: Engine) -> None:
    add_people(engine)
    one, other = start(engine, owner=TEAM.actor, title="Over Kanariepiet"), start(engine, owner=TEAM.actor)
    freeze(engine, one, signed=later(1))
    freeze(engine, other, signed=later(2))
    old = find_version(engine, one.id).hash
    cut = Cut(PERSONAL, words=("Kanariepiet",))
    redact_version(engine, one.id, 1, cut, "Een naam", based_on=old, typed=None, signed=later(3, OFFICER))
    [told] = list_published(engine, Wanted(), 100, since=write_time(later(3).at))
    assert (told.id, "Kanariepiet" in told.title) == (one.id, False)
    assert find_published_version(engine, one.id, 1).hash != old


def later(hours: int, who: Signed = TEAM) -> Signed:
    return replace(who, at=AT + timedelta(hours=hours))


def order(engine: Engine) -> list[str]:
    return [one.id for one in list_published(engine, Wanted(), 100)]
