"""Versions: the bytes that were handed in, never changed; who takes it back, who gives it back, and one at a time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import Engine

from assistant.errors import Conflict, NotFound, Refused
from assistant.store.audit import verify_all
from assistant.store.dossiers import Dossier, find_dossier
from assistant.store.summaries import build_summary
from assistant.store.versions import find_version, hand_in, list_versions, return_version, take, withdraw

from .desk import OFFICER, SECOND, TEAM, add_people, build_made, freeze
from .samples import AT, KEY, rows, run, save

BODY = '{"a":"é 🦊 \\u0000","b":[]}'.encode()
NOTE = "Graag voor de kerst."


@pytest.fixture(autouse=True)
def people(engine: Engine) -> None:
    add_people(engine)


def state(engine: Engine) -> tuple[str, str]:
    [(state, taken_by)] = rows(engine, "SELECT state, taken_by FROM dossier")
    return state, taken_by


def hand_in_with_a_note(engine: Engine, dossier: Dossier, based_on: int) -> None:
    hand_in(
        engine,
        dossier.id,
        BODY,
        based_on=based_on,
        note=NOTE,
        wanted_start="2027-01-15",
        decider="Het college",
        summary=build_summary(build_made(dossier), "2027-01-15"),
        signed=TEAM,
    )


def test_the_bytes_are_kept_as_they_are(engine: Engine, dossier: Dossier) -> None:
    hand_in_with_a_note(engine, dossier, 1)
    version = find_version(engine, dossier.id)
    assert (version.body, version.hash) == (BODY, sha256(BODY).hexdigest())
    assert (version.number, version.note, version.wanted_start) == (1, NOTE, "2027-01-15")
    assert (version.decider, version.made_by, version.made_at) == ("Het college", TEAM.actor, AT)
    assert (version.ended_as, version.ended_at) == ("", "")
    assert NOTE not in repr(version)
    assert NOTE not in str(rows(engine, "SELECT * FROM event"))
    assert [one.body for one in list_versions(engine, dossier.id)] == [b""]
    assert state(engine) == ("officer", "")
    assert verify_all(engine, KEY).faults == ()


@pytest.mark.parametrize("based_on", [0, 1, 3])
def test_what_is_not_what_the_dossier_says_is_not_handed_in(engine: Engine, dossier: Dossier, based_on: int) -> None:
    assert save(engine, dossier.id, "q", 0, "net veranderd") == 2
    with pytest.raises(Conflict):
        hand_in_with_a_note(engine, dossier, based_on)
    assert list_versions(engine, dossier.id) == []
    assert state(engine) == ("new", "")


def test_from_hand_in_the_answers_are_locked_until_it_comes_back(engine: Engine, dossier: Dossier) -> None:
    freeze(engine, dossier)
    for change in (lambda: save(engine, dossier.id, "q", 0, "x"), lambda: freeze(engine, dossier)):
        with pytest.raises(Refused):
            change()
    return_version(engine, dossier.id, signed=OFFICER)
    assert save(engine, dossier.id, "q", 0, "x") == find_dossier(engine, dossier.id).version


Give = Callable[[Engine, Dossier], None]


@pytest.mark.parametrize(
    ("give", "how", "is_newest"),
    [
        (lambda engine, dossier: withdraw(engine, dossier.id, signed=TEAM), "withdrawn", False),
        (lambda engine, dossier: return_version(engine, dossier.id, signed=OFFICER), "returned", True),
    ],
    ids=["withdrawn", "returned"],
)
def test_back_with_the_team(engine: Engine, dossier: Dossier, give: Give, how: str, is_newest: bool) -> None:
    freeze(engine, dossier, BODY)
    give(engine, dossier)
    [version] = list_versions(engine, dossier.id)
    assert (version.ended_as, bool(version.ended_at)) == (how, True)
    assert state(engine)[0] == "team"
    assert find_version(engine, dossier.id, 1).body == BODY  # withdrawn too: the team may read what it handed in
    if is_newest:
        assert find_version(engine, dossier.id).number == 1
    else:
        with pytest.raises(NotFound):
            find_version(engine, dossier.id)
    with pytest.raises(Refused):
        give(engine, dossier)
    freeze(engine, dossier)
    assert [one.number for one in list_versions(engine, dossier.id)] == [2, 1]
    assert verify_all(engine, KEY).faults == ()


def test_officers_take_it_over_and_let_it_go(engine: Engine, dossier: Dossier) -> None:
    with pytest.raises(Refused):
        take(engine, dossier.id, OFFICER.actor, signed=OFFICER)
    freeze(engine, dossier)
    for person in (OFFICER.actor, OFFICER.actor, SECOND.actor, ""):
        take(engine, dossier.id, person, signed=replace(OFFICER, at=AT + timedelta(days=1)))
        assert state(engine) == ("officer", person)
    assert rows(engine, "SELECT question FROM event WHERE kind = 'taken' ORDER BY seq") == [
        (OFFICER.actor,),
        (SECOND.actor,),
        ("",),
    ]
    assert verify_all(engine, KEY).faults == ()


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_version_that_is_not_there(engine: Engine, dossier: Dossier, number: int) -> None:
    freeze(engine, dossier)
    with pytest.raises(NotFound):
        find_version(engine, dossier.id, number)


@pytest.mark.parametrize("id", ["4f6c1f5e-0000-4000-8000-000000000000", "x", ""])
def test_a_dossier_that_is_not_there(engine: Engine, dossier: Dossier, id: str) -> None:
    freeze(engine, dossier)
    for find in (lambda: find_version(engine, id), lambda: withdraw(engine, id, signed=TEAM)):
        with pytest.raises(NotFound):
            find()


def test_handed_in_and_taken_back_at_once_happens_once(engine: Engine, dossier: Dossier) -> None:
    def happens(do: Callable[[], object]) -> bool:
        try:
            do()
        except (Conflict, Refused):
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        handed_in = list(pool.map(lambda _: happens(lambda: hand_in_with_a_note(engine, dossier, 1)), range(6)))
        taken_back = list(pool.map(lambda _: happens(lambda: withdraw(engine, dossier.id, signed=TEAM)), range(6)))
    assert (handed_in.count(True), taken_back.count(True)) == (1, 1)
    assert [(one.number, one.ended_as) for one in list_versions(engine, dossier.id)] == [(1, "withdrawn")]
    assert verify_all(engine, KEY).faults == ()


def test_other_bytes_under_the_same_number_are_seen(engine: Engine, dossier: Dossier) -> None:
    freeze(engine, dossier, BODY)
    run(engine, "UPDATE version SET body = '{}'")
    assert "the bytes of version" in "\n".join(verify_all(engine, KEY).faults)
