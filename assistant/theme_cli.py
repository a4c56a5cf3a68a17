"""`assistant theme`: a municipality's own look, looked over before it is used."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_ROW = "{:32} {:6} {:9} {:9} {:>6} {:>6}"


@click.group()
def theme() -> None:
    """A municipality's own look: a folder with theme.css, logo.svg and fonts."""


@theme.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--all", "every", is_flag=True, help="Show the contrast of every pair, the good ones too.")
def check(folder: Path, every: bool) -> None:
    """Check a theme: nothing that fetches or runs, and colours that people can tell apart."""
    from assistant.theme import read_theme

    reading = read_theme(folder)
    for fault in reading.faults:
        click.echo(fault)
    shown = reading.contrasts if every else reading.poor
    if shown:
        click.echo(_ROW.format("contrast", "in", "front", "back", "is", "needs"))
    for one in shown:
        ratio = "?" if one.ratio is None else f"{one.ratio:.2f}"
        row = _ROW.format(one.pair.what, one.scheme, one.front, one.back, ratio, one.pair.least)
        click.echo(row + ("" if one.passes else f"  set {one.pair.tokens}"))
    found = len(reading.all_faults)
    click.echo(f"{len(reading.files)} files, {len(reading.contrasts)} pairs of colours: {found} faults.")
    sys.exit(1 if found else 0)
