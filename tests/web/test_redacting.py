"""A text taken out of a version on screen: chosen, seen before, done, told to the team, and gone from every export."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader

from assistant.access import Relation
from assistant.opening import Shell
from assistant.store.audit import verify_all
from assistant.store.dossiers import find_dossier
from assistant.store.members import save_member
from assistant.store.redactions import list_redactions
from assistant.store.versions import find_version

from .client import Client, Page
from .desk import OFFICER, TEAM, handed_in, id_of, press, signed_by
from .systems import CaseSystem, open_token

NAME = "Kanariepiet"


@pytest.fixture
def officer(app: Flask) -> Client:
    return Client(app, person="officer")


@pytest.fixture
def team(app: Flask) -> Client:
    return Client(app)


@pytest.fixture
def named(app: Flask, shell: Shell) -> str:
    """A dossier whose note at hand-in names somebody: its address on the desk."""
    return handed_in(app, shell, note=f"Vraag {NAME} er maar naar.")


def page_of(officer: Client, address: str) -> Page:
    return officer.get(f"{address}/versions/1/redact")


def preview(officer: Client, address: str, status: int = 200, **fields: str) -> Page:
    given = {"words": NAME, "reason": "Een naam die niet nodig is", "do": "preview"} | fields
    return officer.send(page_of(officer, address), status, form="redact", **given)


def test_chosen_seen_and_done(app: Flask, shell: Shell, officer: Client, team: Client, named: str) -> None:
    old = find_version(shell.engine, id_of(named), 1)
    seen = preview(officer, named)
    assert NAME not in seen.text
    assert "Vraag [weggelaten: persoonsgegevens] er maar naar." in seen.text
    assert find_version(shell.engine, id_of(named), 1).hash == old.hash  # nothing is changed yet
    done = officer.follow(officer.send(seen, form="redact", do="save"))
    assert "Een naam die niet nodig is" in done.text
    [told] = list_redactions(shell.engine, id_of(named))
    assert (told.old_hash, told.person, told.texts) == (old.hash, OFFICER, 1)
    dossier = named.removeprefix("/desk")
    for client, path in (
        (officer, named),
        (team, f"{dossier}/versions"),
        (team, f"{dossier}/versions/1"),
    ):
        page = client.get(path)
        assert old.hash in page.text
        assert NAME not in page.source
    assert "Tekst weggelaten uit een versie" in team.get(f"{dossier}/trail").text
    assert verify_all(shell.engine, shell.audit_key).faults == ()


def test_no_export_holds_it(shell: Shell, officer: Client, team: Client, named: str) -> None:
    dossier = named.removeprefix("/desk")
    files = {form: f"{dossier}/versions/1/download/{form}" for form in ("json", "html", "markdown", "pdf", "docx")}
    before = {form: team.get(path).response.data for form, path in files.items()}
    assert [form for form in ("json", "html", "markdown") if NAME.encode() not in before[form]] == []
    officer.send(preview(officer, named), form="redact", do="save")
    for form, path in files.items():
        body = team.get(path).response.data
        assert NAME.encode() not in body
        if form == "pdf":
            reader = PdfReader(io.BytesIO(body))
            assert NAME not in "".join(sheet.extract_text() for sheet in reader.pages)
            assert reader.attachments["dossier.json"] == [find_version(shell.engine, id_of(named), 1).body]


def test_neither_the_archive_the_files_for_systems_nor_a_search_holds_it(
    app: Flask, shell: Shell, officer: Client, team: Client, named: str
) -> None:
    dossier = named.removeprefix("/desk")
    officer.send(preview(officer, named), form="redact", do="save")
    officer.send(officer.get(f"{named}/return"), form="return", **{"row0-text": "Waarom?"})
    press(team, dossier, f"{dossier}/close")
    package = officer.send(officer.get(f"{named}/archive"), 200, form="archive").response.data
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert any(name.endswith("dossier.json") for name in parts)
    assert [name for name, body in parts.items() if NAME.encode() in body] == []
    pdfs = [PdfReader(io.BytesIO(body)) for name, body in parts.items() if name.endswith(".pdf")]
    assert pdfs
    assert NAME not in "".join(sheet.extract_text() for pdf in pdfs for sheet in pdf.pages)
    system, address = CaseSystem(app, open_token(shell)), f"/dossiers/{id_of(named)}"
    [version] = (system.fetch(address).json or {})["versions"]
    for one in (address, "/register", version["href"], *(file["href"] for file in version["files"])):
        assert NAME.encode() not in system.fetch(one).data, one
    for client in (officer, team):
        assert "Niets gevonden" in client.get(f"/search?q={NAME}").text
    for form in ("json", "html", "markdown"):
        assert NAME.encode() not in team.get(f"{dossier}/download/{form}").response.data


def test_nothing_of_it_is_in_the_database(shell: Shell, officer: Client, named: str) -> None:
    folder = Path(str(shell.engine.url.database)).parent

    def traces() -> int:
        return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file()).count(NAME.encode())

    assert traces()
    officer.send(preview(officer, named), form="redact", do="save")
    assert traces() == 0


def test_an_answer_as_a_whole_also_in_the_working_dossier(shell: Shell, officer: Client, named: str) -> None:
    page = page_of(officer, named)
    key = next(one.get("value") for one in page.all("input", name="texts") if one.get("value").startswith("answer/"))
    question = key.split("/")[1]
    said = find_dossier(shell.engine, id_of(named)).document.answers[question]
    seen = preview(officer, named, words="", texts=key, kind="confidential")
    officer.send(seen, form="redact", do="save")
    kept = find_dossier(shell.engine, id_of(named)).document.answers[question]
    assert "[weggelaten: vertrouwelijk]" in (kept.value, kept.motivation, kept.owner, *kept.other_views)
    assert kept != said


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"reason": ""}, {"reason"}),
        ({"reason": f"Daar stond {NAME}"}, {"reason"}),
        ({"reason": "Mail naar piet@voorbeeld.nl"}, {"reason"}),
        ({"words": "ab"}, {"words"}),
        ({"words": "\n".join(f"woord{n}" for n in range(21))}, {"words"}),
        ({"words": "komt niet voor"}, {"words"}),
        ({"kind": "x"}, {"kind"}),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
    officer: Client, named: str, fields: dict[str, str], wrong: set[str]
) -> None:
    page = preview(officer, named, 422, **fields)
    assert set(page.errors) == wrong
    given = {"words": NAME, "reason": "Een naam die niet nodig is"} | fields
    assert page.value("reason") == [given["reason"]]
    assert [text.replace("\r", "") for text in page.value("words")] == [given["words"]]


def test_who_changes_something_first_keeps_what_was_chosen(officer: Client, named: str) -> None:
    again = officer.send(preview(officer, named), 200, form="redact", do="edit")
    assert again.value("words") == [NAME]
    assert again.value("reason") == ["Een naam die niet nodig is"]


def test_a_preview_of_another_moment_does_nothing(shell: Shell, officer: Client, named: str) -> None:
    first, second = preview(officer, named), preview(officer, named, words="maar")
    officer.send(first, form="redact", do="save")
    officer.send(second, 409, form="redact", do="save")
    assert len(list_redactions(shell.engine, id_of(named))) == 1


def test_neither_the_team_nor_an_officer_who_owns_it(shell: Shell, team: Client, officer: Client, named: str) -> None:
    team.get(f"{named}/versions/1/redact", 403)
    officer.get(f"{named}/versions/7/redact", 404)
    save_member(shell.engine, id_of(named), OFFICER, Relation.OWNER, signed=signed_by(shell, TEAM))
    officer.get(f"{named}/versions/1/redact", 403)
