"""A whole dossier, a workshop and a backup at the served application, as people do them, with nothing but loopback.

Arguments: a folder, and perhaps another program than `assistant`, of which the front page is seen alone. Prints how
many connections the browsers made.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import cast

from flask import Flask

import exports
from assistant import clock
from assistant.opening import Shell, open_shell
from assistant.settings import Settings
from assistant.store.workshop import running
from exports import to_print
from exports.onward import DRAFTS

from ..web.client import Client, Page
from ..web.desk import HEAVY, draft, hand_in
from ..web.hall import Hall, open_hall
from ..web.rooms import WALL, close_now, open_now
from .served import ASSISTANT, demo

QUESTIONS = 40  # of a dossier that is begun; the one that is handed in is a scenario


def main(folder: Path, *program: str) -> int:
    shell = open_shell(Settings(data_dir=folder / "data"))
    with demo(folder / "data", folder / "log", program=program) as wire:
        if program:
            wire.test_client().get("/nl/")
        else:
            _work(cast(Flask, wire), shell)
    if not program:
        for command in ("backup", str(folder / "backup")), ("verify",), ("tick",), ("doctor",), ("check",):
            own = ["--data", str(folder / "data")] if command != ("check",) else []
            subprocess.run([ASSISTANT, *command, *own], check=True, stdout=subprocess.DEVNULL)
    return wire.connections


def _work(app: Flask, shell: Shell) -> None:
    team, officer = Client(app), Client(app, person="officer")
    _begin(team)
    dossier = draft(shell, HEAVY)
    desk = hand_in(team, dossier, note="Kijk vooral naar de koppeling.")
    officer.send(officer.get(f"{desk}/advise"), form="advise", outcome="go_on", motivation="Goed doordacht.")
    for page in ("", "/advice", "/trail", "/versions", "/onward", "/signals", "/calendar.ics"):
        team.get(f"{dossier}{page}")
    _download(team, dossier)
    _hold_workshop(open_hall(app, shell, sheet="taster"))


def _begin(team: Client) -> None:
    """The wizard, with the first choice everywhere, or not known yet."""
    page = team.follow(team.send(team.get("/dossiers/new"), form="start", title="Reis", organisation="Oeverland"))
    dossier = page.path.partition("/questions/")[0]
    for _ in range(QUESTIONS):
        if not page.all("form", id="answer"):
            break
        sent = team.open(page.path, "POST", data=page.fields() | _chosen(page) | {"do": ["save"]})
        if sent.status == 422:
            team.post(page.path, page.fields() | {"do": ["unsure"]})
        page = team.follow(team.get(f"{dossier}/continue", 302))


def _chosen(page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for field in page.form().iter("input", "textarea"):
        if field.get("type") in ("radio", "checkbox") and (field.get("name") or "").endswith("-value"):
            found.setdefault(field.get("name"), [field.get("value")])
        elif field.tag == "textarea":
            found[field.get("name")] = ["Dat zoeken wij uit."]
    return found


def _download(team: Client, dossier: str) -> None:
    for format in exports.FORMATS:
        for audience in ("team", "decider", "public"):
            team.get(f"{dossier}/download/{format}?for={audience}")
    team.get(f"{dossier}/download/pdf?archive=1")
    for kind, formats in DRAFTS.items():
        for format in formats:
            team.get(f"{dossier}/onward/{kind}.{format}")


def _hold_workshop(hall: Hall) -> None:
    for piece in to_print.PIECES:
        hall.lead.get(f"{hall.url}/print/{piece}.pdf")
    phones = hall.fill(5)
    key = next((one.key for one in hall.workshop.rounds if one.by_phone), WALL)
    open_now(hall, key)
    for phone in phones:
        page = phone.get("/room")
        radios = {one.get("name"): one.get("value") for one in page.all("input", type="radio") if one.get("value")}
        phone.send(page, form="vote", **radios)
    close_now(hall)
    for page in (f"{hall.url}/run", hall.screen, f"{hall.screen}/report", f"{hall.screen}/code.svg"):
        hall.lead.get(page)
    running.end(hall.shell.engine, hall.id, clock.now())
    for piece in ("report", "worksheet_filled"):
        hall.lead.get(f"{hall.url}/print/{piece}.pdf")


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), *sys.argv[2:]))  # noqa: T201
