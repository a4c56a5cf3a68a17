"""Commands for who looks after the database."""

from __future__ import annotations

from pathlib import Path

import click

from assistant import clock
from assistant.settings import load_settings


@click.command("reindex")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder of the database and keys.")
def reindex_queue(data: Path | None) -> None:
    """Write the lines of the officers' queue again, from the versions that were handed in."""
    from assistant import opening
    from assistant.store.reindex import reindex

    shell = opening.open_shell(load_settings(data_dir=data))
    click.echo(f"{reindex(shell.engine)} dossiers")


@click.command("tick")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder of the database and keys.")
def tick(data: Path | None) -> None:
    """Do what time asks for; run it every hour. With SQLite, `assistant serve` does it by itself.

    Workshops that nobody ended are ended; what was said in a workshop is destroyed some weeks after it.
    """
    from assistant import opening
    from assistant.upkeep import tidy

    done = tidy(opening.open_shell(load_settings(data_dir=data)), clock.now())
    click.echo(f"{done.ended} workshops ended, {done.forgotten} forgotten")
