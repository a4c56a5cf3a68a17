"""`assistant reindex` at the command line."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from assistant.cli import main
from assistant.examples import add_demo
from assistant.opening import open_shell
from assistant.settings import load_settings
from assistant.store.queue import Filters, list_queue

from .store.samples import run


def test_a_queue_that_was_lost_is_made_again(tmp_path: Path) -> None:
    shell = open_shell(load_settings({}, data_dir=tmp_path))
    add_demo(shell)
    every = Filters(state="")
    before = list_queue(shell.engine, every)
    assert before
    run(shell.engine, "DELETE FROM summary_word")
    run(shell.engine, "DELETE FROM summary")
    assert list_queue(shell.engine, every) == []
    done = CliRunner().invoke(main, ["reindex", "--data", str(tmp_path)])
    assert (done.exit_code, done.output) == (0, f"{len(before)} dossiers\n")
    assert list_queue(shell.engine, every) == before
    shell.engine.dispose()
