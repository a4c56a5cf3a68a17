"""The register: dossiers and other lines together, filtered, as a file, a year in figures."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask

from assistant.opening import Shell
from assistant.store import register as store
from assistant.store.advices import Opinion, give_advice
from assistant.store.audit import verify_all
from assistant.store.database import writing
from assistant.store.decisions import Made, decide
from assistant.store.register import Wanted, list_register
from assistant.store.versions import list_versions
from assistant.web.officer import register

from .client import Client, Page
from .desk import HEAVY, LIGHT, OFFICER, draft, handed_in, id_of, signed_by


@pytest.fixture
def officer(app: Flask) -> Client:
    return Client(app, person="officer")


def add(officer: Client, status: int = 302, **typed: Any) -> Page:
    return officer.send(officer.get("/register/lines/new"), status, form="line", **{"title": "Camera's"} | typed)


def titles(page: Page) -> list[str]:
    return list(page.texts("th", scope="row"))


def test_dossiers_and_lines_stand_together_by_title(app: Flask, shell: Shell, officer: Client) -> None:
    handed_in(app, shell, HEAVY)
    draft(shell, LIGHT)
    add(officer, owner="beheerder", reference="Z-17", look_again="01-02-2020")
    page = officer.get("/register")
    assert titles(page)[0].strip().startswith("Camera")
    assert len(titles(page)) == 2  # a draft that nobody handed in is the team's
    for said in ("beheerder", "Z-17", "1 februari 2020", "nu", "Geen dossier"):
        assert said in page.text


def test_what_was_advised_and_decided_is_told(app: Flask, shell: Shell, officer: Client) -> None:
    id = id_of(handed_in(app, shell))
    [version, *_] = list_versions(shell.engine, id)
    give_advice(shell.engine, id, version.id, Opinion("po", "go_on", "Goed."), signed=signed_by(shell, OFFICER))
    made = Made("go_on", "college", "2026-11-20", reference="B-3", look_again="2027-11-20")
    decide(shell.engine, id, made, signed=signed_by(shell, OFFICER))
    page = officer.get("/register?outcome=go_on")
    for said in ("Het project gaat door", "college", "B-3", "20 november 2027", "Besloten en lopend"):
        assert said in page.text
    assert officer.get("/register?outcome=stop").texts("caption") == []


@pytest.mark.parametrize(("query", "many"), [
    ("q=camera", 1), ("q=CAMERA", 1), ("q=Z-17", 1), ("q=%25", 0), ("q=_", 0), ("state=line", 1), ("state=officer", 1),
    ("state=closed", 0), ("state=nonsense", 2), ("q=%00", 2), ("after=9", 0), ("after=x", 2),
])  # fmt: skip
def test_filters_stand_in_the_address(app: Flask, shell: Shell, officer: Client, query: str, many: int) -> None:
    handed_in(app, shell)
    add(officer, reference="Z-17")
    assert len(titles(officer.get(f"/register?{query}"))) == many


def test_a_line_is_changed_and_taken_off_and_nobody_overwrites_another(shell: Shell, officer: Client) -> None:
    add(officer)
    [entry] = list_register(shell.engine, Wanted(), 10)
    first = officer.get(f"/register/lines/{entry.id}")
    officer.send(first, form="line", title="Camera's op het plein")
    late = officer.send(first, 409, form="line", title="Iets anders")
    assert late.value("title") == ["Iets anders"]
    assert verify_all(shell.engine, shell.audit_key).faults == ()
    officer.send(officer.get(f"/register/lines/{entry.id}"), form="line", do="remove")
    assert list_register(shell.engine, Wanted(), 10) == []
    assert verify_all(shell.engine, shell.audit_key).faults == ()
    officer.get(f"/register/lines/{entry.id}", 404)


def test_a_line_changed_in_the_database_is_seen(shell: Shell, officer: Client) -> None:
    add(officer)
    with writing(shell.engine) as connection:
        connection.exec_driver_sql("UPDATE register_line SET owner = 'iemand anders'")
    assert any("register line" in fault for fault in verify_all(shell.engine, shell.audit_key).faults)


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(officer: Client) -> None:
    page = add(officer, 422, title="", owner="beheerder", look_again="morgen")
    assert set(page.errors) == {"title", "look_again"}
    assert page.value("owner") == ["beheerder"]


def read(officer: Client, raw: bytes, status: int = 302) -> Page:
    token = officer.get("/register/lines/new").value("csrf_token")[0]
    fields = {"csrf_token": token, "do": "save", "file": (io.BytesIO(raw), "lijst.csv")}
    return officer.post("/register/lines/file", fields, status)


def test_many_lines_come_from_a_file_or_none(shell: Shell, officer: Client) -> None:
    read(officer, b"titel;eigenaar\nCamera's;beheer\nDrukte;binnenstad\n")
    assert [one.title for one in list_register(shell.engine, Wanted(), 10)] == ["Camera's", "Drukte"]
    page = read(officer, b"titel;opnieuw bekijken\nA;31-02-2026\n;1-1-2027\n", 422)
    assert "Regel 2" in page.text
    assert "Regel 3" in page.text
    assert len(list_register(shell.engine, Wanted(), 10)) == 2
    assert read(officer, b"", 422).all("div", kind="errors")


def test_a_file_that_is_too_large_is_refused(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "LARGEST", 100)
    assert "te groot" in read(officer, b"titel\n" + b"x" * 100, 422).text


def test_a_full_register_says_so_and_keeps_what_was_typed(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_LINES", 1)
    read(officer, b"titel\nCamera's\n")
    assert "Haal eraf wat niet meer loopt" in read(officer, b"titel\nDrukte\n", 409).text
    page = add(officer, 409, title="Drukte in de stad")
    assert "Haal eraf wat niet meer loopt" in page.text
    assert page.value("title") == ["Drukte in de stad"]


@pytest.mark.parametrize(("format", "kind"), [("csv", "text/csv"), ("excel", "text/csv"), ("xlsx", "sheet")])
def test_it_is_a_file_too_with_what_the_filters_show(
    app: Flask, shell: Shell, officer: Client, format: str, kind: str
) -> None:
    handed_in(app, shell)
    add(officer, title="=1+1")
    response = officer.get(f"/register/file.{format}?state=line").response
    assert kind in response.mimetype
    if format != "xlsx":
        text = response.get_data().decode("utf-8-sig")
        assert len(text.strip().splitlines()) == 2
        assert ("'=1+1" in text) is (format == "excel")
    officer.get("/register/file.exe", 404)


def test_a_year_in_figures(app: Flask, shell: Shell, officer: Client) -> None:
    id = id_of(handed_in(app, shell))
    [version, *_] = list_versions(shell.engine, id)
    give_advice(shell.engine, id, version.id, Opinion("po", "go_on", "Goed."), signed=signed_by(shell, OFFICER))
    page = officer.get("/register/figures")
    assert page.texts("dd")[:2] == ["1", "1"]
    assert len(page.all("dl", kind="bars")) == 3
    assert not officer.get("/register/figures?year=2020").all("dl", kind="bars")
    officer.get("/register/figures?year=9999")


def test_only_officers_read_it(client: Client) -> None:
    for path in ("/register", "/register/figures", "/register/file.csv", "/register/lines/new"):
        client.get(path, 404)
