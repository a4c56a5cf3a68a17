"""Commands for who looks after an installation, and where it serves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assistant import clock, serving
from assistant.access import Role
from assistant.cli import main
from assistant.errors import NotReady
from assistant.opening import open_shell
from assistant.settings import Settings, load_settings
from assistant.store.changes import Signed
from assistant.store.database import reading, writing
from assistant.store.invitations import find_invitation
from assistant.store.members import list_members
from assistant.store.people import find_by_email, save_person
from assistant.trees.load import shipped_folder
from assistant.web.wsgi import app

BASE = "https://toets.example.nl"
SCENARIO = Path(str(shipped_folder())) / "scenarios" / "early-school-leaving.yaml"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an installation with one person."""
    monkeypatch.setenv("ASSISTANT_BASE_URL", BASE)
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    shell = open_shell(load_settings())
    with writing(shell.engine) as connection:
        for name, roles in (("anna", ()), ("guest", (Role.GUEST,))):
            signed = Signed("", clock.now(), shell.audit_key)
            save_person(connection, name=name, email=f"{name}@x.example", roles=roles, signed=signed)
    shell.engine.dispose()
    return tmp_path / "data"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_first_admin_gets_a_link_for_a_day(data: Path) -> None:
    done = run("invite-admin", "Beheer@x.example")
    assert done.exit_code == 0
    front, _, token = done.stdout.strip().rpartition("/")
    assert front == f"{BASE}/nl/join"
    shell = open_shell(load_settings())
    found = find_invitation(shell.engine, token, clock.now())
    assert (found.email, found.roles) == ("beheer@x.example", {Role.ADMIN})
    assert (found.expires_at - clock.now()).total_seconds() <= 86_400
    shell.engine.dispose()


def test_an_import_needs_an_owner_who_is_there(data: Path) -> None:
    assert run("import", SCENARIO).exit_code == 2
    for nobody in ("nobody@x.example", "guest@x.example"):
        assert run("import", SCENARIO, "--owner", nobody).exit_code == 3
    done = run("import", SCENARIO, "--owner", "ANNA@x.example")
    assert done.exit_code == 0
    shell = open_shell(load_settings())
    with reading(shell.engine) as connection:
        anna = find_by_email(connection, "anna@x.example")
    assert anna
    assert [one.person for one in list_members(shell.engine, done.stdout.split()[1])] == [anna.id]
    shell.engine.dispose()


def test_dossiers_without_an_owner_are_adopted(data: Path) -> None:
    dossier = run("import", SCENARIO, "--owner", "anna@x.example").stdout.split()[1]
    assert run("adopt", "anna@x.example").stdout == "0 dossiers\n"
    shell = open_shell(load_settings())
    with writing(shell.engine) as connection:
        connection.exec_driver_sql("DELETE FROM member")
    assert run("adopt", "nobody@x.example").exit_code == 3
    assert run("adopt", "anna@x.example").stdout == "1 dossiers\n"
    assert [one.name for one in list_members(shell.engine, dossier)] == ["anna"]
    shell.engine.dispose()


def test_a_demo_has_no_admin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASSISTANT_BASE_URL", raising=False)
    done = run("invite-admin", "x@x.example", "--data", tmp_path)
    assert done.exit_code == 3
    assert "ASSISTANT_BASE_URL" in done.stderr


@pytest.mark.parametrize(
    ("base", "host", "serves"),
    [("", "0.0.0.0", False), ("", "192.0.2.1", False), ("", "127.0.0.1", True), ("", "localhost", True),
     (BASE, "0.0.0.0", True), (BASE, "127.0.0.1", True), ("http://localhost:8000", "127.0.0.1", True)],
)  # fmt: skip
def test_only_an_installation_where_people_sign_in_listens_elsewhere(
    monkeypatch: pytest.MonkeyPatch, base: str, host: str, serves: bool
) -> None:
    asked: list[Any] = []
    monkeypatch.setenv("ASSISTANT_BASE_URL", base)
    monkeypatch.setattr(serving, "serve", lambda settings, host, port, **given: asked.append(host))
    done = run("serve", "--host", host)
    assert (done.exit_code, asked) == ((0, [host]) if serves else (2, []))


@pytest.mark.parametrize(
    "address", ["http://toets.example.nl", "toets.example.nl", "ftp://localhost", "https://", "https://x.nl/toets"]
)
def test_an_address_where_others_could_listen_in_is_refused(address: str) -> None:
    with pytest.raises(NotReady, match="base_url"):
        load_settings({"ASSISTANT_BASE_URL": address})


def test_the_host_of_the_address_is_answered_to() -> None:
    assert "toets.example.nl" in load_settings({"ASSISTANT_BASE_URL": f"{BASE}/"}).hosts
    assert Settings(trusted_hosts=("x",)).hosts == ("x",)


def test_a_server_of_ones_own_gets_the_application_but_no_demo(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = app()
    with made.test_client() as browser:
        assert browser.get("/healthz", base_url=BASE).status_code == 200
        assert browser.post("/demo", base_url=BASE, data={"person": "officer"}).status_code == 404
        assert browser.get("/healthz", base_url="https://evil.nl").status_code == 400
    made.extensions["shell"].engine.dispose()
    monkeypatch.delenv("ASSISTANT_BASE_URL")
    with pytest.raises(NotReady):
        app()
