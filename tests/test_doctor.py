"""What `assistant doctor` finds, and that it changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant import clock
from assistant.cli import main
from assistant.doctor import Finding, examine
from assistant.opening import open_shell
from assistant.settings import Settings
from assistant.store.database import open_database
from assistant.store.migrations import HEAD
from assistant.store.outbox import add_digests, claim, list_ready, put_off
from assistant.web.security import load_secret_key

from .mailbox import make_certificate, open_mailbox


def found(settings: Settings) -> dict[str, Finding]:
    return {one.about: one for one in examine(settings)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data folder of an installation that was started once."""
    settings = Settings(data_dir=tmp_path / "data", base_url="https://toets.example.nl")
    shell = open_shell(settings)
    shell.engine.dispose()
    load_secret_key(settings.secret_key_path)
    return tmp_path / "data"


def test_all_is_well(folder: Path) -> None:
    settings = Settings(
        data_dir=folder, base_url="https://toets.example.nl", audit_key_file=folder.parent / "keys" / "audit.key"
    )
    settings.audit_key_path.parent.mkdir(mode=0o700)
    (folder / "audit.key").rename(settings.audit_key_path)
    verdicts = {about: one.verdict for about, one in found(settings).items()}
    assert {about for about, verdict in verdicts.items() if verdict != "ok"} <= {
        "seal key",
        "room on disk",
        "security.txt",
    }


def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    assert not [one for one in examine(settings) if one.verdict == "fault"]
    assert not settings.data_dir.exists()


def test_an_older_database_is_left_as_it_is(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    engine = open_database(settings.url)
    engine.dispose()
    assert found(settings)["tables"] == Finding("look", "tables", f"nothing, newest {HEAD}")


@pytest.mark.parametrize(("about", "break_it"), [
    ("session key", lambda folder: (folder / "secret.key").chmod(0o644)),
    ("chain key", lambda folder: (folder / "audit.key").chmod(0o640)),
    ("data folder", lambda folder: folder.chmod(0o755)),
])  # fmt: skip
def test_what_others_can_read_is_told(folder: Path, about: str, break_it: object) -> None:
    settings = Settings(data_dir=folder, audit_key_file=folder.parent / "audit.key")
    (folder / "audit.key").rename(settings.audit_key_path)
    target = folder.parent if about == "chain key" else folder
    assert callable(break_it)
    break_it(target)
    assert found(settings)[about].verdict in ("fault", "look")
    assert "chmod" in found(settings)[about].says


@pytest.mark.parametrize(("changed", "about", "says"), [
    ({"time_zone": "Europe/Oeverland"}, "time zone", "not known"),
    ({"database_url": "postgresql://nobody:secret@127.0.0.1:1/none"}, "database", "not available"),
    ({"trees_dir": Path("/nowhere")}, "question trees", ""),
    ({"database_url": "mysql://x"}, "database", "URL"),
])  # fmt: skip
def test_what_does_not_work_is_a_fault(tmp_path: Path, changed: dict[str, object], about: str, says: str) -> None:
    made = found(Settings.model_validate({"data_dir": tmp_path, **changed}))[about]
    assert made.verdict == "fault"
    assert says in made.says
    assert "secret" not in made.says


def test_a_damaged_file_is_a_fault(folder: Path) -> None:
    path = folder / "assistant.sqlite"
    raw = bytearray(path.read_bytes())
    raw[40_960 : 40_960 + 8_000] = b"\xff" * 8_000
    path.write_bytes(raw)
    verdicts = {one.verdict for about, one in found(Settings(data_dir=folder)).items() if about.startswith("database")}
    assert "fault" in verdicts


def test_the_command_says_it_and_its_exit_code_too(folder: Path) -> None:
    well = CliRunner().invoke(main, ["doctor", "--data", str(folder)])
    assert (well.exit_code, "ok    database" in well.output) == (0, True)
    (folder / "secret.key").chmod(0o644)
    assert CliRunner().invoke(main, ["doctor", "--data", str(folder)]).exit_code == 1


@pytest.mark.parametrize(("expires", "verdict"), [("2999-01-01", "ok"), ("2020-01-01", "look")])
def test_a_security_contact_is_renewed_in_time(tmp_path: Path, expires: str, verdict: str) -> None:
    settings = Settings(data_dir=tmp_path, security_contact="mailto:x@example.nl", security_expires=expires)
    assert found(settings)["security.txt"].verdict == verdict


# The mail server


def mail_finding(folder: Path, box_port: int, **other: object) -> Finding:
    given = {"mail_server": "localhost", "mail_port": box_port, "mail_sender": "toets@oeverland.example", **other}
    settings = Settings.model_validate({"data_dir": folder, "base_url": "https://toets.example.nl", **given})
    return found(settings)["mail server"]


def test_without_mail_the_doctor_says_nothing_of_it(folder: Path) -> None:
    assert not {"mail", "mail server"} & set(found(Settings(data_dir=folder)))


def test_a_mail_server_that_answers_over_a_closed_way_is_well(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, certificate = make_certificate(folder)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with open_mailbox(tls=context) as box:
        assert mail_finding(folder, box.port).verdict == "ok"
        assert box.raw == []
    gone = mail_finding(folder, box.port)
    assert (gone.verdict, "does not answer" in gone.says) == ("fault", True)


def test_a_mail_server_that_anybody_can_listen_to_is_a_fault_unless_one_said_so(folder: Path) -> None:
    with open_mailbox() as box:
        assert "STARTTLS" in mail_finding(folder, box.port).says
        assert mail_finding(folder, box.port, mail_security="plain").verdict == "ok"  # on this computer
        assert mail_finding(folder, box.port, mail_security="plain_over_network").verdict == "look"


def test_a_password_that_cannot_be_read_is_told_without_it(folder: Path) -> None:
    with open_mailbox() as box:
        given = {"mail_security": "plain", "mail_user": "toets", "mail_password_file": folder / "none"}
        finding = mail_finding(folder, box.port, **given)
    assert (finding.verdict, "file with the password" in finding.says) == ("fault", True)


def test_mails_that_were_given_up_are_told(folder: Path) -> None:
    settings = Settings(data_dir=folder)
    engine = open_database(settings.url)
    add_digests(engine, "2026-W48", [("somebody", "nl")], clock.now())
    [id] = list_ready(engine, clock.now())
    mail = claim(engine, id, clock.now())
    assert mail
    put_off(engine, mail, "recipient", clock.now(), for_good=True)
    engine.dispose()
    assert found(settings)["mail"].verdict == "look"
