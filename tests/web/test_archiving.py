"""The archive package on screen: who gets it, what is missing, and that the list of the end says so."""

from __future__ import annotations

import io
import zipfile
from hashlib import sha256

import pytest
from flask import Flask

from assistant.access import Role
from assistant.archive import ArchiveSettings
from assistant.opening import Shell
from assistant.store.database import writing
from assistant.store.org_settings import ARCHIVE, RETENTION, find_archive, save_setting
from assistant.store.versions import find_version

from .client import Client
from .desk import OFFICER, add_person, handed_in, id_of, press, sign_in_as, signed_by


@pytest.fixture
def officer(app: Flask) -> Client:
    return Client(app, person="officer")


@pytest.fixture
def closed(app: Flask, shell: Shell, officer: Client) -> str:
    """A dossier that an officer saw, closed by its team; its address on the desk."""
    address = handed_in(app, shell)
    officer.send(officer.get(f"{address}/return"), form="return", **{"row0-text": "Waarom?"})
    team = address.removeprefix("/desk")
    press(Client(app), team, f"{team}/close")
    return address


def files(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def test_an_officer_takes_a_closed_dossier_to_the_archive(shell: Shell, officer: Client, closed: str) -> None:
    assert officer.get(closed).all("a", href=f"/nl{closed}/archive")
    page = officer.get(f"{closed}/archive")
    assert "Naam van de gemeente" in page.text
    sent = officer.send(page, 200, form="archive")
    assert sent.response.headers["Content-Type"] == "application/zip"
    assert "-archief.zip" in sent.response.headers["Content-Disposition"]
    found = files(sent.response.data)
    kept = find_version(shell.engine, id_of(closed), 1)
    assert sha256(found["versie-1/dossier.json"]).hexdigest() == kept.hash
    assert b"<begripCode>N</begripCode>" in found["versie-1/versie-1.mdto.xml"]
    assert "Laatst geëxporteerd" in officer.get(f"{closed}/archive").text


def test_the_trail_says_so(app: Flask, officer: Client, closed: str) -> None:
    officer.send(officer.get(f"{closed}/archive"), 200, form="archive")
    assert "Geëxporteerd voor het archief" in Client(app).get(f"{closed.removeprefix('/desk')}/trail").text


def test_it_is_not_there_before_it_is_closed_nor_for_others(app: Flask, shell: Shell, officer: Client) -> None:
    address = handed_in(app, shell)
    officer.get(f"{address}/archive", 403)
    Client(app).get(f"{address}/archive", 403)
    sign_in_as(app, shell, add_person(shell, Role.ADMIN)).get(f"{address}/archive", 404)


def test_an_admin_fills_in_what_the_archive_has_to_know(app: Flask, shell: Shell) -> None:
    admin = sign_in_as(app, shell, add_person(shell, Role.ADMIN))
    page = admin.get("/admin/archive")
    wrong = admin.send(page, 422, form="archive", code="0344", municipality="Gemeente Oeverland")
    assert set(wrong.errors) == {"code"}
    assert wrong.value("municipality") == ["Gemeente Oeverland"]
    admin.send(page, form="archive", code="gm9999", municipality="Gemeente Oeverland", valuation="keep")
    assert find_archive(shell.engine) == ArchiveSettings("Gemeente Oeverland", "gm9999", valuation="keep")


def test_a_term_that_nobody_set_is_told(shell: Shell, officer: Client, closed: str) -> None:
    save_setting(shell.engine, ARCHIVE, {"valuation": "destroy"}, signed=signed_by(shell, OFFICER))
    assert "niemand heeft die termijn bepaald" in officer.get(f"{closed}/archive").text


def test_the_end_of_dossiers_says_whether_it_was_exported(shell: Shell, officer: Client, closed: str) -> None:
    save_setting(shell.engine, RETENTION, {"years": 5, "ground": "x"}, signed=signed_by(shell, OFFICER))
    save_setting(shell.engine, ARCHIVE, {"valuation": "keep"}, signed=signed_by(shell, OFFICER))
    with writing(shell.engine) as connection:
        connection.exec_driver_sql("UPDATE event SET at = '2020' || substr(at, 5) WHERE kind = 'closed'")
    page = officer.get("/retention")
    assert "nooit geëxporteerd voor het archief" in page.text
    assert "Jullie organisatie bewaart deze dossiers voorgoed." in page.text
    officer.send(officer.get(f"{closed}/archive"), 200, form="archive")
    page = officer.get("/retention")
    assert "geëxporteerd voor het archief op" in page.text
    listed = officer.follow(officer.send(page, form="propose", dossier=id_of(closed)))
    assert "geëxporteerd voor het archief op" in listed.text
    with writing(shell.engine) as connection:
        connection.exec_driver_sql("UPDATE event SET at = '2019' || substr(at, 5) WHERE kind = 'archived'")
    assert "sinds het sluiten niet geëxporteerd" in officer.get(listed.path.removeprefix("/nl")).text
