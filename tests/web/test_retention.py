"""The end of dossiers on screen: numbers and dates alone, and two people."""

from __future__ import annotations

import pytest
from flask import Flask

from assistant.access import Role
from assistant.opening import Shell
from assistant.store.database import writing
from assistant.store.destruction import find_hold, list_destructions
from assistant.store.dossiers import find_dossier
from assistant.store.org_settings import RETENTION, find_retention, save_setting

from .client import Client
from .desk import OFFICER, add_person, draft, handed_in, id_of, press, sign_in_as, signed_by


@pytest.fixture
def due(app: Flask, shell: Shell, client: Client) -> str:
    """A dossier that was closed six years ago, where five are kept."""
    dossier = draft(shell)
    press(client, dossier, f"{dossier}/close")
    with writing(shell.engine) as connection:
        connection.exec_driver_sql("UPDATE event SET at = '2020' || substr(at, 5) WHERE kind = 'closed'")
    term = {"years": 5, "ground": "Selectielijst 2020"}
    save_setting(shell.engine, RETENTION, term, signed=signed_by(shell, OFFICER))
    return id_of(dossier)


@pytest.fixture
def officer(app: Flask) -> Client:
    return Client(app, person="officer")


def test_one_proposes_and_another_approves(app: Flask, shell: Shell, officer: Client, due: str) -> None:
    admin = sign_in_as(app, shell, add_person(shell, Role.ADMIN))
    page = officer.get("/retention")
    kept = find_dossier(shell.engine, due)
    assert kept.number in page.text
    assert kept.document.project.title not in page.text
    listed = officer.follow(officer.send(page, form="propose", dossier=due))
    assert listed.all("form", id="settle") == []
    theirs = admin.get(listed.path.removeprefix("/nl"))
    assert kept.document.project.title not in theirs.text
    admin.send(theirs, form="settle", do="approve")
    officer.get(f"/dossiers/{due}", 404)
    assert "vernietigd op" in officer.get(listed.path.removeprefix("/nl")).text


def test_who_proposed_cannot_approve_by_hand_either(shell: Shell, officer: Client, due: str) -> None:
    officer.send(officer.get("/retention"), form="propose", dossier=due)
    [made] = list_destructions(shell.engine)
    press(officer, "/retention", f"/retention/{made.id}", 403, do="approve")
    assert find_dossier(shell.engine, due)


def test_nothing_chosen_and_what_is_no_longer_due_are_told(app: Flask, shell: Shell, officer: Client, due: str) -> None:
    page = officer.get("/retention")
    assert officer.send(page, 422, form="propose").errors
    with writing(shell.engine) as connection:
        connection.exec_driver_sql("UPDATE dossier SET state = 'team'")
    assert officer.send(page, 409, form="propose", dossier=due).errors


def test_without_a_term_nothing_is_due(shell: Shell, officer: Client, due: str) -> None:
    save_setting(shell.engine, RETENTION, None, signed=signed_by(shell, OFFICER))
    assert "Niemand heeft een termijn" in officer.get("/retention").text


def test_an_admin_sets_the_term_with_its_ground(app: Flask, shell: Shell) -> None:
    admin = sign_in_as(app, shell, add_person(shell, Role.ADMIN))
    page = admin.get("/admin/settings")
    assert set(admin.send(page, 422, form="settings", retention_years="7").errors) == {"retention_ground"}
    assert set(admin.send(page, 422, form="settings", retention_years="700", retention_ground="x").errors) == {
        "retention_years"
    }
    admin.send(page, form="settings", retention_years="7", retention_ground="Selectielijst 11.1")
    assert (find_retention(shell.engine).years, find_retention(shell.engine).ground) == (7, "Selectielijst 11.1")
    admin.send(admin.get("/admin/settings"), form="settings", retention_years="")
    assert find_retention(shell.engine).years == 0


def test_an_officer_keeps_a_dossier_and_lets_it_go(app: Flask, shell: Shell, officer: Client) -> None:
    address = handed_in(app, shell)
    assert officer.send(officer.get(f"{address}/hold"), 422, form="hold").all("div", kind="errors")
    officer.send(officer.get(f"{address}/hold"), form="hold", reason="Rechtszaak")
    assert "Rechtszaak" in officer.get(f"{address}/hold").text
    officer.send(officer.get(f"{address}/hold"), form="hold", do="end")
    assert find_hold(shell.engine, id_of(address)) is None


def test_a_team_sees_nothing_of_it(client: Client, due: str) -> None:
    client.get("/retention", 404)
    client.get(f"/desk/dossiers/{due}/hold", 403)
