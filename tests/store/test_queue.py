"""The officers' queue: order, pages, filters, search; and that many dossiers cost no more than few."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Executable

from assistant.access import State
from assistant.store.database import open_database, reading, upgrade
from assistant.store.dossiers import Dossier
from assistant.store.queue import DRAFTS, Filters, build_queue, list_drafts, list_queue, place_of
from assistant.store.summaries import NO_DAY, words_of

from .desk import OFFICER, freeze
from .queue_lines import RARE, VOCABULARY, fill
from .samples import rows, start

MANY = 20_000
PAGES = (
    Filters(),
    Filters(domain="domain3"),
    Filters(taken_by="nobody"),
    Filters(outcome="solve_first"),
    Filters(domain="nothing"),
    Filters(state=""),
    Filters(state="", outcome="solve_first"),
    Filters(search=VOCABULARY[0]),
    Filters(state="", search=RARE),
    Filters(state="", search="2026-123"),
    Filters(search="nergens"),
)


def titles(engine: Engine, **filters: Any) -> list[str]:
    return [line.summary.title for line in list_queue(engine, Filters(**filters))]


def add(engine: Engine, title: str, wanted_start: str = "") -> Dossier:
    dossier = start(engine, title=title)
    freeze(engine, dossier, wanted_start=wanted_start)
    return dossier


def test_what_starts_first_leads_and_no_day_comes_last(engine: Engine) -> None:
    for title, day in (("geen dag", ""), ("in maart", "2027-03-01"), ("in januari", "2027-01-15")):
        add(engine, title, day)
    assert titles(engine) == ["in januari", "in maart", "geen dag"]
    assert list_queue(engine, Filters())[-1].summary.wanted_start == NO_DAY


@pytest.mark.parametrize("filters", [Filters(), Filters(state=""), Filters(state="", search=VOCABULARY[0])])
def test_pages_show_every_line_once_and_in_order(engine: Engine, filters: Filters) -> None:
    fill(engine, 300)
    whole = list_queue(engine, filters, limit=1000)
    assert len(whole) > 20
    assert [place_of(line) for line in whole] == sorted(place_of(line) for line in whole)
    paged, after = [], None
    while page := list_queue(engine, filters, 7, after):
        paged += page
        after = place_of(page[-1])
    assert paged == whole


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("schoolverlaters", ["Vroege schoolverlaters én hun café"]),
        ("SCHOOL", ["Vroege schoolverlaters én hun café"]),
        ("cafe", ["Vroege schoolverlaters én hun café", "Het café op de hoek"]),
        ("café hoek", ["Het café op de hoek"]),
        ("hoek caf", ["Het café op de hoek"]),
        ("2026-002", ["Het café op de hoek"]),
        ("2026-0", ["Vroege schoolverlaters én hun café", "Het café op de hoek"]),
        ("verlaters", []),
        ("café nergens", []),
        ("100% _", []),
        ("'; --", []),
    ],
)
def test_search_finds_words_and_how_they_begin(engine: Engine, search: str, found: list[str]) -> None:
    add(engine, "Vroege schoolverlaters én hun café", "2027-01-01")
    add(engine, "Het café op de hoek", "2027-02-01")
    assert titles(engine, search=search) == found


def test_a_search_over_two_words_shows_a_line_once(engine: Engine) -> None:
    add(engine, "kunst en kunstgras")
    assert titles(engine, search="kunst") == ["kunst en kunstgras"]


def test_common_words_give_what_looking_at_every_line_gives(engine: Engine) -> None:
    fill(engine, 4000)
    wanted = (VOCABULARY[0], VOCABULARY[1][:-1])
    for filters in (Filters(search=" ".join(wanted)), Filters(state="", domain="domain3", search=" ".join(wanted))):
        every = list_queue(engine, Filters(state=filters.state, domain=filters.domain), limit=4000)
        fits = [line for line in every if all(_has(line.summary.title, word) for word in wanted)]
        assert list_queue(engine, filters) == fits[:50]
        assert len(fits) > 50 or filters.state == ""


def _has(title: str, beginning: str) -> bool:
    return any(word.startswith(beginning) for word in words_of(title))


def test_filters(engine: Engine) -> None:
    fill(engine, 300)
    every = list_queue(engine, Filters(state=""), limit=1000)
    assert len(every) == 300
    tried: list[tuple[Filters, Callable[[Any], bool]]] = [
        (Filters(), lambda line: line.state is State.OFFICER),
        (Filters(state="advised"), lambda line: line.state is State.ADVISED),
        (Filters(state="", domain="domain3"), lambda line: line.summary.domain == "domain3"),
        (Filters(state="", outcome="go_on"), lambda line: line.summary.outcome == "go_on"),
        (Filters(state="", taken_by="nobody"), lambda line: line.taken_by == ""),
        (Filters(state="", taken_by="officer1"), lambda line: line.taken_by == "officer1"),
        (Filters(state="no such state"), lambda line: False),
    ]
    for filters, fits in tried:
        assert list_queue(engine, filters, limit=1000) == [line for line in every if fits(line)]


def test_of_drafts_title_phase_and_day_are_all(engine: Engine) -> None:
    start(engine, title="Nog bezig")
    add(engine, "Ingeleverd")
    [(title, phase, at)] = list_drafts(engine)
    assert (title, phase, at) == ("Nog bezig", "", OFFICER.at)


@pytest.fixture(scope="module")
def few_and_many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Engine]]:
    """On SQLite, where steps can be counted."""
    folder: Path = tmp_path_factory.mktemp("queue")
    made = [open_database(f"sqlite:///{folder}/{count}/assistant.db") for count in (1_000, MANY)]
    for engine, count in zip(made, (1_000, MANY), strict=True):
        upgrade(engine)
        fill(engine, count)
    yield made[0], made[1]
    for engine in made:
        engine.dispose()


@pytest.mark.parametrize("filters", PAGES, ids=str)
def test_twenty_times_as_many_dossiers_take_at_most_twice_the_steps(
    few_and_many: tuple[Engine, Engine], filters: Filters
) -> None:
    """Steps of the database's own machine, which no other program on this computer makes slower."""
    few, many = (_steps_a_line(engine, filters) for engine in few_and_many)
    assert many <= 2 * few


def _steps_a_line(engine: Engine, filters: Filters) -> float:
    """Per line found, with a few of its own for a page: one with fifty lines is more work than one with nine."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    with reading(engine) as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
    driver.set_progress_handler(count, 10)
    found = list_queue(engine, filters)
    driver.set_progress_handler(None, 0)
    return steps / (len(found) + 5)


def explain(engine: Engine, statement: Executable, **given: Any) -> str:
    """How the database goes about it."""
    sql = str(statement.compile(engine, compile_kwargs={"literal_binds": True}))
    prefix = "EXPLAIN " if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
    return "\n".join(str(row[-1]) for row in rows(engine, prefix + sql))


def test_both_databases_go_by_the_index(engine: Engine) -> None:
    fill(engine, MANY // 4)
    after = ("2027-06-01", "")
    tried: dict[str, Executable] = {
        "ix_summary_queue": build_queue(Filters(), "officer", 50, None),
        "ix_summary_queue ": build_queue(Filters(), "advised", 50, after),
        "ix_summary_domain": build_queue(Filters(domain="domain3"), "advised", 50, after),
        "ix_summary_outcome": build_queue(Filters(outcome="go_on"), "advised", 50, None),
        "ix_summary_taken_by": build_queue(Filters(taken_by="officer1"), "closed", 50, None),
        "ix_dossier_draft": DRAFTS.params(limit=50),
    }
    for index, statement in tried.items():
        plan = explain(engine, statement)
        assert index.strip() in plan, plan
        assert "Seq Scan" not in plan
        assert "SORT" not in plan.upper().replace("SORTKEY", ""), plan
