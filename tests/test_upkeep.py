"""What time asks for, done once, by whoever comes first."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import Unavailable
from assistant.opening import Shell, open_shell
from assistant.serving import keep_tidy
from assistant.settings import Settings
from assistant.store.changes import Signed
from assistant.store.org_settings import WORKSHOP_WEEKS, find_workshop_weeks, save_setting
from assistant.store.workshop import kept, running
from assistant.upkeep import LEFT_OPEN, Tidied, tidy

from .web.hall import FACILITATOR, prepare

AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    made = open_shell(Settings(data_dir=tmp_path / "data"))
    yield made
    made.engine.dispose()


def began(shell: Shell, at: datetime) -> str:
    id = prepare(shell)
    running.start(shell.engine, id, at)
    return id


def states(shell: Shell) -> dict[str, str]:
    return {line.id: line.state for line in kept.list_workshops(shell.engine, FACILITATOR)}


def test_a_workshop_that_nobody_ended_is_ended_the_next_day(shell: Shell) -> None:
    yesterday, today = began(shell, AT - LEFT_OPEN - timedelta(minutes=1)), began(shell, AT)
    assert tidy(shell, AT) == Tidied(1, 0)
    assert states(shell) == {yesterday: kept.ENDED, today: kept.OPEN}
    assert tidy(shell, AT) == Tidied(0, 0)


def test_what_was_said_goes_after_the_weeks_that_the_organisation_keeps_it(shell: Shell) -> None:
    id = began(shell, AT)
    running.end(shell.engine, id, AT)
    assert tidy(shell, AT + timedelta(weeks=8)) == Tidied(0, 0)
    save_setting(shell.engine, WORKSHOP_WEEKS, 2, signed=Signed("", AT, shell.audit_key))
    assert find_workshop_weeks(shell.engine) == 2
    assert tidy(shell, AT + timedelta(weeks=2, seconds=1)) == Tidied(0, 1)
    assert states(shell) == {}


def test_a_prepared_workshop_stays(shell: Shell) -> None:
    id = prepare(shell)
    assert tidy(shell, AT + timedelta(weeks=52)) == Tidied(0, 0)
    assert states(shell) == {id: kept.PREPARED}


def test_who_serves_keeps_tidy_by_itself_also_after_a_moment_without_database(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments: list[datetime] = []
    stop = threading.Event()

    def once_away(_: Shell, at: datetime) -> Tidied:
        moments.append(at)
        if len(moments) == 1:
            raise Unavailable("away")
        stop.set()
        return Tidied(0, 0)

    monkeypatch.setattr("assistant.serving.tidy", once_away)
    thread = threading.Thread(target=keep_tidy, args=(shell, 0.01, stop))
    thread.start()
    thread.join(10)
    assert not thread.is_alive()
    assert len(moments) == 2
