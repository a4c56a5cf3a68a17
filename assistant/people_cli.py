"""Commands for who looks after an installation: the first admin, dossiers without an owner, new question trees."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant import clock
from assistant.access import Role
from assistant.errors import NotReady
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.opening import Shell
    from assistant.store.changes import Signed
    from assistant.trees.edition import Edition

_DATA = click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), help="Folder of the database and keys."
)
_FAULTS = 1


@click.command("invite-admin")
@click.argument("email")
@_DATA
def invite_admin(email: str, data: Path | None) -> None:
    """Print a link for the first functional admin: it works once, for a day."""
    from assistant.store.invitations import invite

    shell = _open(data)
    if shell.settings.is_demo:
        raise NotReady("set ASSISTANT_BASE_URL first: without it this is a demo, which needs no admin")
    token = invite(shell.engine, name="", email=email, roles=[Role.ADMIN], signed=_nobody(shell), days=1)
    click.echo(f"{shell.settings.base_url}/{shell.settings.default_language}/join/{token}")


@click.command()
@click.argument("email")
@_DATA
def adopt(email: str, data: Path | None) -> None:
    """Make someone owner of every dossier that has none, such as those made before there were accounts."""
    from assistant.store.members import adopt_orphans

    shell = _open(data)
    count = adopt_orphans(shell.engine, find_owner(shell, email), signed=_nobody(shell))
    click.echo(f"{count} dossiers")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
@click.option("--against", help="Compare with this edition, by the first signs of its hash, not with the current one.")
@click.option("--try", "only_try", is_flag=True, help="Check and compare; publish nothing.")
@_DATA
def publish(folder: Path | None, against: str | None, only_try: bool, data: Path | None) -> None:
    """Check a folder of trees and make it the edition for new dossiers, from the next start on.

    Its trees come in place of shipped ones with the same id, beside the others. Without a folder: the shipped
    ones alone. Dossiers keep the edition that they began with.
    """
    from assistant import opening
    from assistant.trees.against import find_differences
    from assistant.trees.load import shipped_edition

    shell = _open(data)
    edition = _checked(folder) if folder else shipped_edition()
    for difference in find_differences(_held(shell, against) if against else shell.edition, edition):
        click.echo(str(difference))
    if not only_try:
        opening.publish(shell, edition if folder else None, signed=_nobody(shell))
    click.echo(f"edition {edition.hash}" + (" (not published)" if only_try else ""))


def find_owner(shell: Shell, email: str) -> str:
    """The id of who has this address. Raises NotReady."""
    from assistant.store.database import reading
    from assistant.store.people import find_by_email

    with reading(shell.engine) as connection:
        person = find_by_email(connection, email)
    if person is None or Role.GUEST in person.roles:
        raise NotReady("nobody with this address can own a dossier: invite them first")
    return person.id


def _checked(folder: Path) -> Edition:
    from assistant.trees.check import check_files
    from assistant.trees.load import tree_files

    report = check_files([path for path in tree_files(folder) if isinstance(path, Path)])
    for fault in report.faults:
        click.echo(str(fault), err=True)
    if report.faults or report.edition is None:
        click.echo(f"{len(report.faults)} faults: nothing was published.", err=True)
        sys.exit(_FAULTS)
    return report.edition


def _held(shell: Shell, start: str) -> Edition:
    from assistant.store.edition_uses import list_editions

    found = [kept.hash for kept in list_editions(shell.engine) if kept.hash.startswith(start.lower())]
    if len(found) != 1:
        raise click.UsageError(f"{len(found)} editions that are kept here begin with {start}")
    return shell.edition_of(found[0])


def _open(data: Path | None) -> Shell:
    from assistant import opening

    return opening.open_shell(load_settings(data_dir=data))


def _nobody(shell: Shell) -> Signed:
    """Who works at the command line is no person in the database."""
    from assistant.store.changes import Signed

    return Signed("", clock.now(), shell.audit_key)
