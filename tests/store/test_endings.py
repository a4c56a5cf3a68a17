"""How signals end, and when that holds no longer."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from assistant.answers import Answer
from assistant.errors import Refused
from assistant.store.answers import save_answers
from assistant.store.audit import verify_all
from assistant.store.dossiers import Dossier
from assistant.store.endings import ACCEPTED, CONTESTED, SOLVED, end_signal, list_endings, reopen_signal
from assistant.store.versions import withdraw

from .desk import OFFICER, TEAM, add_people, freeze
from .samples import KEY, SIGNED, rows, run

WHY = "Dat hebben wij met de wethouder besproken."


@pytest.fixture(autouse=True)
def people(engine: Engine) -> None:
    add_people(engine)


def end(engine: Engine, dossier: Dossier, how: str = ACCEPTED, signal: str = "s1") -> None:
    signed = OFFICER if how == SOLVED else TEAM
    end_signal(engine, dossier.id, signal, how, True, WHY, signed=signed)


@pytest.mark.parametrize("how", [ACCEPTED, CONTESTED])
def test_the_owner_ends_a_signal_with_a_reason(engine: Engine, dossier: Dossier, how: str) -> None:
    end(engine, dossier, how)
    [ending] = list_endings(engine, dossier.id).values()
    assert (ending.signal, ending.how, ending.certain, ending.reason) == ("s1", how, True, WHY)
    assert ending.person == TEAM.actor
    assert WHY not in repr(ending)
    assert rows(engine, f"SELECT actor FROM event WHERE kind = 'signal_{how}'") == [(TEAM.actor,)]
    assert verify_all(engine, KEY).faults == ()


def test_the_last_ending_of_a_signal_holds(engine: Engine, dossier: Dossier) -> None:
    end(engine, dossier)
    end(engine, dossier, CONTESTED)
    assert {id: one.how for id, one in list_endings(engine, dossier.id).items()} == {"s1": CONTESTED}
    assert rows(engine, "SELECT count(*) FROM ending") == [(2,)]
    assert verify_all(engine, KEY).faults == ()


def test_opened_again(engine: Engine, dossier: Dossier) -> None:
    end(engine, dossier)
    reopen_signal(engine, dossier.id, "s1", signed=TEAM)
    assert list_endings(engine, dossier.id) == {}
    events = rows(engine, "SELECT count(*) FROM event")
    reopen_signal(engine, dossier.id, "s1", signed=TEAM)
    assert rows(engine, "SELECT count(*) FROM event") == events
    assert verify_all(engine, KEY).faults == ()


def test_an_answer_that_takes_the_signal_away_ends_the_ending(engine: Engine, dossier: Dossier) -> None:
    for signal in ("s1", "s2"):
        end(engine, dossier, signal=signal)
    save_answers(engine, dossier.id, {"q": (0, Answer(value="x"))}, settled=["s1"], **SIGNED)
    assert list(list_endings(engine, dossier.id)) == ["s2"]
    save_answers(engine, dossier.id, {"q": (0, Answer(value="x"))}, settled=["s2"], **SIGNED)
    assert list(list_endings(engine, dossier.id)) == ["s2"]  # it said the same as before: nothing was saved
    assert verify_all(engine, KEY).faults == ()


def test_each_side_in_its_own_time(engine: Engine, dossier: Dossier) -> None:
    with pytest.raises(Refused):
        end(engine, dossier, SOLVED)
    freeze(engine, dossier)
    for how in (ACCEPTED, CONTESTED):
        with pytest.raises(Refused):
            end(engine, dossier, how)
    end(engine, dossier, SOLVED)
    withdraw(engine, dossier.id, signed=TEAM)
    assert [one.how for one in list_endings(engine, dossier.id).values()] == [SOLVED]


def test_an_ending_is_one_of_three(engine: Engine, dossier: Dossier) -> None:
    with pytest.raises(ValueError, match="weg"):
        end(engine, dossier, "weg")


def test_an_ending_changed_in_the_database_is_seen(engine: Engine, dossier: Dossier) -> None:
    end(engine, dossier)
    run(engine, "UPDATE ending SET how = 'solved'")
    assert "a row in ending is not what was sealed" in "\n".join(verify_all(engine, KEY).faults)
