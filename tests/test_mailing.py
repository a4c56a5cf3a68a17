"""The weekly mail and the outbox, with a real mail server: what is sent, to whom, when, and what when it fails."""

from __future__ import annotations

import logging
from codecs import decode
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, text

from assistant import clock, mailing
from assistant.access import Role
from assistant.accounts.sealed import load_seal_key
from assistant.cli import main
from assistant.mailing import Posted, fill
from assistant.opening import Shell
from assistant.serving import keep_tidy
from assistant.store.changes import Signed
from assistant.store.database import reading, writing
from assistant.store.invitations import Postage, forget_invitation, invite, list_invitations
from assistant.store.leaving import end_person
from assistant.store.mail_choices import MailChoice, save_choice
from assistant.store.outbox import CLAIM, DELAYS, claim, count_mail, list_given_up, list_ready, try_again
from assistant.store.person_data import find_person_data

from .mail_town import BASE, MONDAY, add, open_town, post, signed, waiting_because, with_action
from .mailbox import SENDER, Mailbox, mail_settings, open_mailbox
from .postgres import free_port


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with open_mailbox() as made:
        yield made


@pytest.fixture
def shell(box: Mailbox, tmp_path: Path) -> Iterator[Shell]:
    made = open_town(tmp_path, mail_settings(box))
    yield made
    made.engine.dispose()


def test_who_has_something_waiting_gets_one_mail_a_week_and_nobody_else_does(shell: Shell, box: Mailbox) -> None:
    anna = add(shell, "anna")
    add(shell, "bram")
    dossier = with_action(shell, anna)
    assert post(shell) == Posted(1, 0)
    assert post(shell) == post(shell, MONDAY + timedelta(days=1)) == Posted(0, 0)
    [message], [body] = box.messages, box.texts
    assert box.to == ["anna@oeverland.example"]
    assert f"{BASE}/nl/dossiers/{dossier}/actions" in body
    assert "2026-001, op 1 december 2026" in body
    assert message["From"] == SENDER
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == f"<{BASE}/nl/account/mail>"
    assert message["Message-ID"].endswith("@toets.oeverland.example>")
    assert message.get_content_type() == "text/plain"
    assert post(shell, MONDAY + timedelta(weeks=1)) == Posted(1, 0)


def test_without_a_mail_server_nothing_is_kept_or_sent(tmp_path: Path) -> None:
    shell = open_town(tmp_path, {})
    with_action(shell, add(shell, "anna"))
    assert post(shell) == Posted(0, 0)
    assert count_mail(shell.engine).waiting == 0
    shell.engine.dispose()


@pytest.mark.parametrize(("at", "rows"), [
    (MONDAY.replace(hour=4), 0),  # before six, where the municipality is
    (MONDAY + timedelta(days=2), 1),  # the machine was off
    (MONDAY + timedelta(days=3), 0),
    (MONDAY + timedelta(days=6), 0),
])  # fmt: skip
def test_a_day_that_was_missed_is_caught_up_with_for_two_days(shell: Shell, at: datetime, rows: int) -> None:
    add(shell, "anna")
    assert fill(shell, at) == rows


def test_one_chooses_day_and_language_or_none_and_a_guest_is_not_mailed_unasked(shell: Shell, box: Mailbox) -> None:
    anna, bram = add(shell, "anna"), add(shell, "bram")
    guest = add(shell, "gast", Role.GUEST)
    for person in (anna, bram, guest):
        with_action(shell, person)
    save_choice(shell.engine, anna.id, MailChoice(True, 3, "en"))
    save_choice(shell.engine, bram.id, MailChoice(False, 0, "nl"))
    assert post(shell) == Posted(0, 0)
    assert post(shell, MONDAY + timedelta(days=3)) == Posted(1, 0)
    assert box.messages[0]["Subject"] == "Ethical review: what waits for you"
    assert "/en/dossiers/" in box.texts[0]
    save_choice(shell.engine, guest.id, MailChoice(True, 4, "nl"))
    assert post(shell, MONDAY + timedelta(days=4)) == Posted(1, 0)
    assert box.to[-1] == guest.email


def test_what_was_turned_off_after_it_was_filled_is_not_sent(shell: Shell, box: Mailbox) -> None:
    anna = add(shell, "anna")
    with_action(shell, anna)
    assert fill(shell, MONDAY) == 1
    save_choice(shell.engine, anna.id, MailChoice(False, 0, "nl"))
    assert post(shell) == Posted(0, 0)
    assert box.raw == []


def test_who_leaves_takes_choice_and_mails_along_and_data_tells_both(shell: Shell, box: Mailbox) -> None:
    anna = add(shell, "anna")
    save_choice(shell.engine, anna.id, MailChoice(True, 0, "nl"))
    post(shell)
    found = find_person_data(shell.engine, anna.id)
    assert [row["about"] for row in found["mail"]] == ["2026-W48"]
    assert found["mail_choice"] == [{"person_id": anna.id, "wants": 1, "weekday": 0, "language": "nl"}]
    assert "sealed" not in found["mail"][0]
    end_person(shell.engine, anna, None, signed=signed(shell))
    assert not {"mail", "mail_choice"} & set(find_person_data(shell.engine, anna.id))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def either(request: pytest.FixtureRequest, box: Mailbox, tmp_path: Path, sqlite_url: str) -> Iterator[Shell]:
    url = sqlite_url if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    if request.param == "postgres":
        from assistant.store.database import open_database, upgrade

        fresh = open_database(url)
        upgrade(fresh)
        fresh.dispose()
    made = open_town(tmp_path, mail_settings(box, database_url=url))
    yield made
    made.engine.dispose()


def test_four_ticks_at_once_send_each_mail_once(either: Shell, box: Mailbox) -> None:
    people = [add(either, f"p{number}") for number in range(12)]
    for person in people:
        with_action(either, person)
    ready, done = Barrier(4), list[Posted]()

    def tick() -> None:
        ready.wait()
        done.append(post(either))

    threads = [Thread(target=tick) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert len(done) == 4
    assert sum(one.sent for one in done) == len(box.raw) == 12
    assert sorted(box.to) == sorted(person.email for person in people)
    assert count_rows(either.engine) == 12


def count_rows(engine: Engine) -> int:
    with reading(engine) as connection:
        return int(connection.scalar(text("SELECT count(*) FROM mail")) or 0)


def test_a_crash_after_the_servers_yes_sends_again_under_the_same_message_id(
    either: Shell, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_action(either, add(either, "anna"))

    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(mailing, "settle", crash)
        with pytest.raises(KeyboardInterrupt):
            post(either)
    assert post(either, MONDAY + CLAIM - timedelta(seconds=1)) == Posted(0, 0)  # it may still be underway
    assert post(either, MONDAY + CLAIM) == Posted(1, 0)
    first, second = box.messages
    assert first["Message-ID"] == second["Message-ID"]
    assert count_rows(either.engine) == 1


def test_a_server_that_is_gone_is_tried_less_and_less_and_then_given_up(shell: Shell, box: Mailbox) -> None:
    away = open_town(Path(shell.settings.data_dir).parent, mail_settings(box, mail_port=free_port()))
    with_action(away, add(away, "anna"))
    with_action(away, add(away, "bram"))
    tried = [at for hours in range(100) if post(away, at := MONDAY + timedelta(hours=hours)).failed]
    assert tried[1] - tried[0] == timedelta(hours=1)  # each in turn, as the first failure ends a round
    counts = count_mail(away.engine)
    assert (counts.waiting, counts.given_up) == (0, 2)
    assert len(tried) <= 2 * (len(DELAYS) + 2)
    [first, _second] = list_given_up(away.engine)
    assert first.failure == "connection"
    assert try_again(away.engine, MONDAY + timedelta(days=5)) == 2
    assert post(shell, MONDAY + timedelta(days=5)) == Posted(2, 0)
    away.engine.dispose()


@pytest.mark.parametrize(("answer", "is_over"), [("550 No such user", True), ("451 Come back later", False)])
def test_a_refused_recipient_keeps_nobody_else_waiting(
    shell: Shell, box: Mailbox, caplog: pytest.LogCaptureFixture, answer: str, is_over: bool
) -> None:
    anna, bram = add(shell, "anna"), add(shell, "bram")
    with_action(shell, anna)
    with_action(shell, bram)
    box.answers[anna.email] = answer
    with caplog.at_level(logging.INFO):
        assert post(shell) == Posted(1, 1)
    assert box.to == [bram.email]
    assert [line.getMessage() for line in caplog.records if line.name == "assistant.mail"] == [
        "a mail was not sent: recipient"
    ]
    assert count_mail(shell.engine).given_up == int(is_over)
    box.answers.clear()
    assert post(shell, MONDAY + timedelta(hours=1)) == Posted(0 if is_over else 1, 0)


def test_a_message_that_the_server_does_not_want_is_no_reason_to_stop(shell: Shell, box: Mailbox) -> None:
    for name in ("anna", "bram"):
        with_action(shell, add(shell, name))
    box.says = "554 Looks like spam"
    assert post(shell) == Posted(0, 2)
    assert {one.failure for one in list_given_up(shell.engine)} == {"refused"}


def test_the_command_says_how_many_went(shell: Shell, box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_in(shell, at=clock.now())
    for name, value in (mail_settings(box) | {"base_url": BASE, "data_dir": shell.settings.data_dir}).items():
        monkeypatch.setenv(f"ASSISTANT_{name.upper()}", str(value))
    done = CliRunner().invoke(main, ["tick"])
    assert (done.exit_code, "1 mails sent, 0 not sent" in done.output) == (0, True)


def test_who_serves_sends_by_itself(shell: Shell, box: Mailbox) -> None:
    ask_in(shell, at=clock.now())
    stop = Event()
    thread = Thread(target=keep_tidy, args=(shell, 0.01, stop))
    thread.start()
    while not box.raw and thread.is_alive():
        stop.wait(0.01)
    stop.set()
    thread.join(10)
    assert box.to == ["cato@oeverland.example"]


# Invitations


def ask_in(shell: Shell, email: str = "cato@oeverland.example", at: datetime = MONDAY) -> str:
    keys = load_seal_key(shell.settings.seal_key_path)
    return invite(
        shell.engine, name="Cato", email=email, signed=Signed("a1", at, shell.audit_key), postage=Postage(keys, "nl")
    )


def sealed(shell: Shell) -> list[str]:
    with reading(shell.engine) as connection:
        return list(connection.scalars(text("SELECT sealed FROM mail WHERE kind = 'invitation'")))


def test_an_invitation_is_mailed_once_and_its_link_lies_nowhere_in_the_open(shell: Shell, box: Mailbox) -> None:
    token = ask_in(shell)
    [kept] = sealed(shell)
    assert kept.startswith("v1.")
    assert token not in everything_kept(shell)
    assert post(shell) == Posted(1, 0)
    assert f"{BASE}/nl/join/{token}" in box.texts[0]
    assert "tot en met 6 december 2026" in box.texts[0]
    assert "Cato" not in box.raw[0].decode()
    assert box.messages[0]["List-Unsubscribe"] is None
    assert sealed(shell) == [""]
    assert post(shell) == Posted(0, 0)


def everything_kept(shell: Shell) -> str:
    folder = Path(shell.settings.data_dir)
    return "".join(file.read_bytes().decode("latin-1") for file in folder.iterdir() if file.is_file())


def test_a_withdrawn_invitation_is_not_mailed_and_goes(shell: Shell, box: Mailbox) -> None:
    ask_in(shell)
    [one] = list_invitations(shell.engine, MONDAY)
    forget_invitation(shell.engine, one.id, signed=signed(shell))
    assert post(shell) == Posted(0, 0)
    assert (sealed(shell), box.raw) == ([], [])


def test_a_link_that_was_moved_to_another_mail_stays_shut(shell: Shell, box: Mailbox) -> None:
    ask_in(shell)
    [kept] = sealed(shell)
    ask_in(shell, "daan@oeverland.example")
    with writing(shell.engine) as connection:
        connection.execute(text("UPDATE mail SET sealed = :kept"), {"kept": kept})
    assert post(shell) == Posted(1, 1)
    assert waiting_because(shell) == ["seal"]


def test_a_claim_that_lapsed_is_no_longer_its_holders_to_end(shell: Shell) -> None:
    ask_in(shell)
    [id] = list_ready(shell.engine, MONDAY)
    slow = claim(shell.engine, id, MONDAY)
    assert claim(shell.engine, id, MONDAY) is None
    second = claim(shell.engine, id, MONDAY + CLAIM)
    assert slow
    assert second
    mailing.put_off(shell.engine, slow, "connection", MONDAY, for_good=True)
    assert count_mail(shell.engine).given_up == 0


# What people type stays out of headers and out of mails


INJECTIONS = (Path(__file__).parent / "corpora" / "mail_headers.txt").read_text(encoding="utf-8").splitlines()
HEADERS = sorted([
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language", "Content-Type",
    "Content-Transfer-Encoding", "MIME-Version",
])  # fmt: skip


@pytest.mark.parametrize("typed", [line for line in INJECTIONS if line and not line.startswith("#")])
def test_no_address_becomes_a_header_or_a_second_recipient(shell: Shell, box: Mailbox, typed: str) -> None:
    address = decode(typed, "unicode_escape")
    ask_in(shell, address)
    posted = post(shell)
    assert posted in (Posted(0, 1), Posted(1, 0))
    for message in box.messages:
        assert message.get_all("To") == [address.casefold()]
        assert sorted(message.keys()) == HEADERS
    assert box.to == [address.casefold()] * posted.sent
    assert not posted.sent or "@" in address
