"""The days of a dossier in one's own calendar."""

from __future__ import annotations

from flask import Flask

from assistant.opening import Shell
from assistant.store.actions import add_action
from assistant.store.advices import Asked, Opinion, give_advice
from assistant.store.decisions import Made, decide
from assistant.store.versions import list_versions

from .client import Client
from .desk import OFFICER, handed_in, id_of, signed_by


def test_every_day_that_is_open_is_in_it_and_nothing_that_was_written(app: Flask, shell: Shell, client: Client) -> None:
    id = id_of(handed_in(app, shell))
    officer = signed_by(shell, OFFICER)
    [version, *_] = list_versions(shell.engine, id)
    asked = (Asked("Zet de kanarie uit.", "beheerder", "2027-01-15"), Asked("Zonder dag"))
    opinion = Opinion("po", "go_on_with_conditions", "Goed.", asked, again_on="2027-06-01")
    give_advice(shell.engine, id, version.id, opinion, signed=officer)
    add_action(shell.engine, id, about="", text="De kanarie bellen", owner="jurist", due="2027-02-01", signed=officer)
    decide(shell.engine, id, Made("go_on", "college", "2026-11-20", look_again="2027-11-20"), signed=officer)
    client.get(f"/dossiers/{id}/actions")
    page = client.get(f"/dossiers/{id}/calendar.ics")
    assert page.response.mimetype == "text/calendar"
    assert page.response.headers["Content-Disposition"].endswith(".ics")
    days = [line.partition(":")[2] for line in page.source.splitlines() if line.startswith("DTSTART")]
    assert {"20270115", "20270201", "20270601", "20271120"} <= set(days)
    assert days == sorted(days)
    for kind in ("actiepunt", "voorwaarde", "opnieuw bekijken"):
        assert kind in page.source
    assert "kanarie" not in page.source
    assert "beheerder" not in page.source


def test_what_is_done_is_not_in_it(app: Flask, shell: Shell, client: Client) -> None:
    id = id_of(handed_in(app, shell))
    add_action(shell.engine, id, about="", text="x", owner="", due="", signed=signed_by(shell, OFFICER))
    assert "actiepunt" not in client.get(f"/dossiers/{id}/calendar.ics").source
