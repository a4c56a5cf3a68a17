"""The lines of the queue: made in the transaction of what made them, and the same when made again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from assistant.answers import Answer
from assistant.dossier import ProjectFacts, build_dossier
from assistant.store.advices import Opinion, agree_with, give_advice
from assistant.store.audit import verify_all
from assistant.store.changes import Signed
from assistant.store.dossiers import Dossier, move_dossier
from assistant.store.queue import Filters, list_queue
from assistant.store.reindex import reindex
from assistant.store.summaries import NO_DAY, build_summary, words_of
from assistant.store.versions import return_version, take, withdraw

from ..exports.samples import SCENARIOS, dossier_of
from ..trees import samples as trees
from .desk import OFFICER, SECOND, TEAM, add_people, freeze
from .samples import AT, KEY, rows, run, start

GO_ON = Opinion("po", "go_on")


def at(hour: int, signed: Signed = TEAM) -> Signed:
    return replace(signed, at=AT + timedelta(hours=hour))


def kept(engine: Engine) -> tuple[list[Any], list[Any]]:
    """Everything the queue and its search live on."""
    names = "dossier_id, word, state, wanted_start"
    return (
        sorted(rows(engine, "SELECT * FROM summary")),
        sorted(rows(engine, f"SELECT {names} FROM summary_word")),
    )


def waiting(engine: Engine) -> Dossier:
    dossier = start(engine, title="wacht")
    freeze(engine, dossier, signed=at(1), wanted_start="2027-01-15")
    return dossier


def taken(engine: Engine) -> None:
    take(engine, waiting(engine).id, OFFICER.actor, signed=at(2, OFFICER))


def returned(engine: Engine) -> None:
    return_version(engine, waiting(engine).id, signed=at(2, OFFICER))


def taken_back(engine: Engine) -> None:
    withdraw(engine, waiting(engine).id, signed=at(2))


def taken_back_the_second_time(engine: Engine) -> None:
    dossier = waiting(engine)
    take(engine, dossier.id, OFFICER.actor, signed=at(2, OFFICER))
    return_version(engine, dossier.id, signed=at(3, OFFICER))
    freeze(engine, dossier, signed=at(4), wanted_start="2027-03-01")
    withdraw(engine, dossier.id, signed=at(5))


def handed_in_again(engine: Engine) -> None:
    dossier = waiting(engine)
    take(engine, dossier.id, OFFICER.actor, signed=at(2, OFFICER))
    withdraw(engine, dossier.id, signed=at(3))
    freeze(engine, dossier, signed=at(4))


def advised_twice(engine: Engine) -> None:
    dossier = start(engine, title="twee adviezen")
    version = freeze(engine, dossier, signed=at(1))
    give_advice(engine, dossier.id, version, GO_ON, signed=at(2, OFFICER))
    give_advice(engine, dossier.id, version, replace(GO_ON, kind="fg"), signed=at(9, SECOND))


def advised_with_a_second_reader(engine: Engine) -> None:
    dossier = start(engine, title="meegelezen")
    version = freeze(engine, dossier, signed=at(1))
    advice = give_advice(engine, dossier.id, version, GO_ON, signed=at(2, OFFICER), needs_reader=True)
    agree_with(engine, dossier.id, advice, signed=at(3, SECOND))


def proposed(engine: Engine) -> None:
    dossier = start(engine, title="voorgesteld")
    version = freeze(engine, dossier, signed=at(1))
    give_advice(engine, dossier.id, version, GO_ON, signed=at(2, OFFICER), needs_reader=True)


def closed(engine: Engine) -> None:
    dossier = waiting(engine)
    withdraw(engine, dossier.id, signed=at(2))
    move_dossier(engine, dossier.id, "close", signed=at(3))
    dossier = waiting(engine)
    return_version(engine, dossier.id, signed=at(2, OFFICER))
    move_dossier(engine, dossier.id, "close", signed=at(4))


def opened_again(engine: Engine) -> None:
    dossier = waiting(engine)
    return_version(engine, dossier.id, signed=at(2, OFFICER))
    move_dossier(engine, dossier.id, "close", signed=at(4))
    move_dossier(engine, dossier.id, "reopen", signed=at(5))


LIVES = (
    waiting, taken, returned, taken_back, taken_back_the_second_time, handed_in_again, advised_twice,
    advised_with_a_second_reader, proposed, closed, opened_again,
)  # fmt: skip


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.__name__)
def test_made_again_the_lines_are_the_same(engine: Engine, life: Any) -> None:
    add_people(engine)
    start(engine, title="nooit ingeleverd")
    life(engine)
    before = kept(engine)
    reindex(engine)
    assert kept(engine) == before
    assert verify_all(engine, KEY).faults == ()


def test_lines_that_are_wrong_or_gone_come_back_right(engine: Engine) -> None:
    handed_in_again(engine)
    returned(engine)
    never = start(engine)
    before = kept(engine)
    run(engine, "UPDATE summary SET state = 'closed', title = 'x', outcome = 'y', taken_by = 'z' WHERE stops = 0")
    run(engine, "DELETE FROM summary_word WHERE word = 'wacht'")
    run(engine, "DELETE FROM summary WHERE state = 'closed' AND wanted_start <> '9999-12-31'")
    columns = "organisation_id, state, number, title, phase, domain, outcome, stops, highs, open_points, wanted_start"
    run(
        engine,
        f"INSERT INTO summary (dossier_id, {columns}, waiting_since, taken_by, is_light) "
        f"SELECT '{never.id}', {columns}, waiting_since, taken_by, is_light FROM summary",
    )
    assert kept(engine) != before
    reindex(engine)
    assert kept(engine) == before


def test_what_was_taken_back_no_officer_sees_any_more(engine: Engine) -> None:
    taken_back(engine)
    assert list_queue(engine, Filters(state="")) == []
    assert rows(engine, "SELECT * FROM summary_word") == []
    taken_back_the_second_time(engine)
    [line] = list_queue(engine, Filters(state=""))
    assert (line.state, line.summary.wanted_start) == ("team", "2027-01-15")
    assert line.waiting_since == at(5).at


def test_since_when_it_waits_is_when_it_came(engine: Engine) -> None:
    handed_in_again(engine)
    advised_twice(engine)
    assert [line.waiting_since for line in list_queue(engine, Filters())] == [at(4).at]
    assert [line.waiting_since for line in list_queue(engine, Filters(state="advised"))] == [at(2).at]


def test_a_line_counts_what_counts_possible_or_certain() -> None:
    made = dossier_of(SCENARIOS / "early-school-leaving.yaml")
    line = build_summary(made, "")
    counting = [signal.level for signal in made.signals if signal.counts]
    assert (line.stops, line.highs) == (counting.count("stop"), counting.count("high"))
    assert line.highs > 0
    assert line.domain == made.answers["legal_task"]["value"][0]
    assert (line.wanted_start, line.open_points, line.is_light) == (NO_DAY, len(made.open_points), False)


def test_without_the_question_about_the_field_of_work_there_is_none() -> None:
    small = trees.edition(trees.tree(trees.question("q")))
    made = build_dossier(small, {"q": Answer("a")}, ProjectFacts("t"), AT.date(), "nl")
    line = build_summary(made, "2027-01-15")
    assert (line.domain, line.wanted_start, line.is_light) == ("", "2027-01-15", True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Vroeg signaleren: schuldhulp", ["vroeg", "signaleren", "schuldhulp"]),
        ("Één café-terras", ["een", "cafe-terras"]),
        ("2026-014", ["2026-014"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("!? —", []),
        ("x" * 100, ["x" * 60]),
    ],
)
def test_words_are_folded(text: str, words: list[str]) -> None:
    assert words_of(text) == words
