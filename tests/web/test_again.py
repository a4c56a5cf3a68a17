"""Looking again after an advice: on the page, at the desk, in the calendar."""

from __future__ import annotations

from flask import Flask

from assistant.opening import Shell
from assistant.store.advices import Opinion, give_advice
from assistant.store.decisions import Made, decide
from assistant.store.remarks import list_remarks
from assistant.store.versions import list_versions

from .client import Client
from .desk import OFFICER, draft, handed_in, id_of, signed_by


def advised(app: Flask, shell: Shell, again_on: str = "") -> str:
    id = id_of(handed_in(app, shell))
    [version, *_] = list_versions(shell.engine, id)
    signed = signed_by(shell, OFFICER)
    give_advice(shell.engine, id, version.id, Opinion("po", "go_on", "Goed.", (), again_on=again_on), signed=signed)
    return id


def test_before_an_advice_there_is_nothing_to_look_at_again(shell: Shell, client: Client) -> None:
    id = id_of(draft(shell))
    page = client.get(f"/dossiers/{id}/again")
    assert "zodra er een advies is" in page.text
    assert not page.all("form", id="happened")
    assert "/again" not in client.get(f"/dossiers/{id}").source


def test_a_day_that_has_come_is_told_on_the_task_list(app: Flask, shell: Shell, client: Client) -> None:
    id = advised(app, shell, again_on="2026-01-01")
    assert "Kijk waarom" in client.get(f"/dossiers/{id}").text
    page = client.get(f"/dossiers/{id}/again")
    assert "sinds 1 januari 2026" in page.text
    later = advised(app, shell, again_on="2099-01-01")
    assert "Kijk waarom" not in client.get(f"/dossiers/{later}").text
    assert "Op 1 januari 2099" in client.get(f"/dossiers/{later}/again").text


def test_without_a_day_it_is_three_years_in_the_calendar_too(app: Flask, shell: Shell, client: Client) -> None:
    id = advised(app, shell)
    made = Made("go_on", "college", "2024-02-29")
    decide(shell.engine, id, made, signed=signed_by(shell, OFFICER))
    assert "28 februari 2027" in client.get(f"/dossiers/{id}/again").text
    assert "DTSTART;VALUE=DATE:20270228" in client.get(f"/dossiers/{id}/calendar.ics").source


def test_what_happened_reaches_the_desk_and_ends_with_a_new_version(app: Flask, shell: Shell, client: Client) -> None:
    id, said = advised(app, shell), "Er lag een lijst op straat."
    wrong = client.send(client.get(f"/dossiers/{id}/again"), 422, form="happened", text=" ")
    assert set(wrong.errors) == {"text"}
    client.send(client.get(f"/dossiers/{id}/again"), form="happened", text=said)
    [told] = [one for one in list_remarks(shell.engine, id, shared_only=True) if one.text == said]
    assert told.is_open
    assert said in client.get(f"/dossiers/{id}/again").text
    assert "Kijk waarom" in client.get(f"/dossiers/{id}").text
    officer = Client(app, person="officer")
    assert said in officer.get("/desk").text
    assert officer.get("/desk").all("a", href=f"/nl/desk/dossiers/{id}")
    client.send(client.get(f"/dossiers/{id}/hand-in"), form="hand-in")
    assert said not in officer.get("/desk").text
    assert said not in client.get(f"/dossiers/{id}/again").text


def test_an_officer_does_not_read_what_the_team_is_working_on(app: Flask, shell: Shell) -> None:
    id = advised(app, shell)
    Client(app, person="officer").get(f"/dossiers/{id}/again", 403)
