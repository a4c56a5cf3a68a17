"""Commands for who looks after the database."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from assistant import clock
from assistant.settings import load_settings


@click.command("reindex")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder of the database and keys.")
def reindex_queue(data: Path | None) -> None:
    """Write the lines of the officers' queue again, and what is searched, from what dossiers say."""
    from assistant import opening
    from assistant.store.reindex import reindex

    shell = opening.open_shell(load_settings(data_dir=data))
    click.echo(f"{reindex(shell.engine)} dossiers")


@click.command("tick")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder of the database and keys.")
def tick(data: Path | None) -> None:
    """Do what time asks for; run it every hour. With SQLite, `assistant serve` does it by itself.

    Workshops that nobody ended are ended; what was said in a workshop is destroyed some weeks after it. With a
    mail server: invitations are mailed, and one digest a week to each person who has something waiting. What no
    search knows of yet, as after an upgrade, is made searchable.
    """
    from assistant import opening
    from assistant.mailing import post_mail
    from assistant.upkeep import tidy

    shell = opening.open_shell(load_settings(data_dir=data))
    done = tidy(shell, clock.now())
    click.echo(f"{done.ended} workshops ended, {done.forgotten} forgotten")
    if shell.settings.has_mail:
        posted = post_mail(shell)
        click.echo(f"{posted.sent} mails sent, {posted.failed} not sent")


@click.command("backup")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--with-keys", is_flag=True, help="The keys too. Keep such a backup as carefully as the machine itself.")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder of the database and keys.")
def backup(folder: Path, with_keys: bool, data: Path | None) -> None:
    """Copy the database to a new FOLDER, while people go on working, and check the copy.

    Without the keys, which belong in a safe of their own. Needs pg_dump where the database is PostgreSQL.
    """
    from assistant import opening
    from assistant.backup import make_backup

    settings = load_settings(data_dir=data)
    shell = opening.open_shell(settings)
    made = make_backup(settings, shell.engine, shell.audit_key, folder, clock.now(), keys=with_keys)
    click.echo(f"{made.dossiers} dossiers, {made.events} events, {made.size} bytes, SHA-256 {made.sha256}")


@click.command("restore")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder of the database and keys.")
def restore(folder: Path, data: Path | None) -> None:
    """Put a backup back, into a place where there is nothing yet; then run `assistant verify`.

    Refused when its bytes are not what its manifest says. Needs pg_restore where the database is PostgreSQL.
    """
    from assistant.backup import restore_backup

    made = restore_backup(load_settings(data_dir=data), folder)
    click.echo(f"{made.dossiers} dossiers of {made.made_at} are back. Now run: assistant verify")


@click.command("doctor")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder of the database and keys.")
def doctor(data: Path | None) -> None:
    """Look whether everything is there, and shut where it should be. Changes nothing.

    Exit code 0: all is well, or somebody should look at something; 1: something does not work.
    """
    from assistant.doctor import examine

    findings = list(examine(load_settings(data_dir=data)))
    for one in findings:
        click.echo(f"{one.verdict:6}{one.about}: {one.says}")
    sys.exit(1 if any(one.verdict == "fault" for one in findings) else 0)
