"""The way to a mail server: closed, with its own certificate, or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.mailing import Posted

from .mail_town import add, open_town, post, waiting_because, with_action
from .mailbox import PASSWORD, USER, mail_settings, make_certificate, open_mailbox


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    context, file = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return context


def password_file(folder: Path, password: str = PASSWORD) -> Path:
    file = folder / "mail.password"
    file.write_text(password + "\n")
    return file


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # aiosmtpd takes TLS from the first byte for none
@pytest.mark.parametrize("way", ["starttls", "tls"])
def test_over_tls_with_a_password(way: str, certificate: Any, tmp_path: Path) -> None:
    with open_mailbox(tls=certificate, at_once=way == "tls", signs_in=True) as box:
        signing = {"mail_security": way, "mail_user": USER, "mail_password_file": password_file(tmp_path)}
        shell = open_town(tmp_path, mail_settings(box, **signing))
        with_action(shell, add(shell, "anna"))
        assert post(shell) == Posted(1, 0)
        shell.engine.dispose()


def test_a_wrong_password_is_told_as_such_and_not_logged(
    certificate: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with open_mailbox(tls=certificate, signs_in=True) as box:
        file = password_file(tmp_path, "verkeerd geheim")
        signing = {"mail_security": "starttls", "mail_user": USER, "mail_password_file": file}
        shell = open_town(tmp_path, mail_settings(box, **signing))
        with_action(shell, add(shell, "anna"))
        assert post(shell) == Posted(0, 1)
        assert waiting_because(shell) == ["sign_in"]
        assert "verkeerd" not in caplog.text
        shell.engine.dispose()


def test_nothing_is_handed_to_a_server_without_starttls_or_with_a_strangers_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, _file = make_certificate(tmp_path, "elsewhere.example")
    _other, trusted = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with open_mailbox() as plain, open_mailbox(tls=context) as stranger:
        for folder, box in (("plain", plain), ("stranger", stranger)):
            shell = open_town(tmp_path / folder, mail_settings(box, mail_security="starttls"))
            with_action(shell, add(shell, "anna"))
            assert post(shell) == Posted(0, 1)
            assert waiting_because(shell) == ["tls"]
            assert box.raw == []
            shell.engine.dispose()
