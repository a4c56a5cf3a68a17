from __future__ import annotations

import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from assistant.answers import Answer
from assistant.errors import NotFound, NotReady
from assistant.store.answers import add_other_view
from assistant.store.audit import load_audit_key, verify_all, verify_chain
from assistant.store.chain import Event, seal, write_time
from assistant.store.database import open_database, reading, upgrade, wipe_log, writing
from assistant.store.dossiers import Dossier, find_dossier
from assistant.store.forgetting import forget_dossier
from assistant.store.organisation import save_organisation_event

from .samples import AT, KEY, SIGNED, rows, run, save, start

OTHER_KEY = bytes(32)
SENTINEL = "schildwacht-91c4"


@pytest.fixture
def saved(engine: Engine) -> Dossier:
    """A dossier of six versions."""
    dossier = start(engine, {"phase": Answer("pilot")})
    for version in range(1, 6):
        save(engine, dossier.id, "q", version if version > 1 else 0, f"antwoord {version}")
    return find_dossier(engine, dossier.id)


def reseal(engine: Engine, seq: int, key: bytes) -> None:
    """Seal an event anew, as someone who knows how but has another key."""
    columns = "dossier_id, seq, at, actor, kind, question, digest, previous"
    [(*parts, previous)] = rows(engine, f"SELECT {columns} FROM event WHERE seq = {seq}")
    hash = seal(Event(*parts), previous, key)
    run(engine, "UPDATE event SET hash = :hash WHERE seq = :seq", hash=hash, seq=seq)


def edit(column: str, value: str = "'x'") -> Callable[[Engine], None]:
    return lambda engine: run(engine, f"UPDATE event SET {column} = {value} WHERE seq = 3")


def delete(seq: int) -> Callable[[Engine], None]:
    return lambda engine: run(engine, f"DELETE FROM event WHERE seq = {seq}")


def change(column: str, value: str) -> Callable[[Engine], None]:
    def tamper(engine: Engine) -> None:
        run(engine, "INSERT INTO edition (hash, body, saved_at) VALUES ('other', '{}', '')")
        run(engine, f"UPDATE dossier SET {column} = {value}")

    return tamper


def swap(engine: Engine) -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        run(engine, "UPDATE event SET seq = :new WHERE seq = :old", old=old, new=new)


def forge(engine: Engine) -> None:
    run(engine, "UPDATE event SET actor = 'x' WHERE seq = 6")
    reseal(engine, 6, OTHER_KEY)
    run(engine, "UPDATE dossier SET head = (SELECT hash FROM event WHERE seq = 6)")


def cut_off(engine: Engine) -> None:
    """The last event, with the version and head set back, but not the document."""
    run(engine, "DELETE FROM event WHERE seq = 6")
    run(engine, "UPDATE dossier SET version = 5, head = (SELECT hash FROM event WHERE seq = 5)")


def move(engine: Engine) -> None:
    """An event of another dossier, put in the place of one of this."""
    other = start(engine)
    save(engine, other.id, "q", 0, "a")
    save(engine, other.id, "q", 2, "b")
    run(engine, "DELETE FROM event WHERE seq = 3 AND dossier_id <> :other", other=other.id)
    mine = "(SELECT id FROM dossier WHERE number = '2026-001')"
    run(engine, f"UPDATE event SET dossier_id = {mine} WHERE seq = 3 AND dossier_id = :other", other=other.id)


TAMPERED = {
    "the time of an event": (edit("at"), "event 3 was changed"),
    "the actor of an event": (edit("actor"), "event 3 was changed"),
    "the kind of an event": (edit("kind"), "event 3 was changed"),
    "the question of an event": (edit("question"), "event 3 was changed"),
    "the digest of an event": (edit("digest"), "event 3 was changed"),
    "the previous hash of an event": (edit("previous"), "event 3 does not follow"),
    "the hash of an event": (edit("hash"), "event 4 does not follow"),
    "the first event": (delete(1), "between event 0 and event 2"),
    "an event in the middle": (delete(3), "between event 2 and event 4"),
    "the last event": (delete(6), "its last event is 5"),
    "all events": (lambda engine: run(engine, "DELETE FROM event"), "its last event is 0"),
    "two events swapped": (swap, "event 3 was changed"),
    "an event of another dossier": (move, "event 3 was changed"),
    "another key": (forge, "event 6 was changed"),
    "the last event with version and head": (cut_off, "what it says is not what event 5 left"),
    "an answer": (change("document", "replace(document, 'antwoord 5', 'antwoord 6')"), "what it says"),
    "the title": (change("title", "'x'"), "what it says"),
    "the phase": (change("phase", "'idea'"), "what it says"),
    "the number": (change("number", "'2026-777'"), "what it says"),
    "the language": (change("language", "'en'"), "what it says"),
    "the edition": (change("edition_hash", "'other'"), "what it says"),
    "the salt": (change("salt", "'00'"), "what it says"),
    "the version": (change("version", "7"), "its last event is 6; it should be 7"),
    "the head": (change("head", "''"), "its last event is 6"),
    "the text of an edition": (
        lambda engine: run(engine, "UPDATE edition SET body = replace(body, 'proef', 'echt')"),
        "its text was changed",
    ),
}


def test_an_untouched_database_has_no_faults(engine: Engine, saved: Dossier) -> None:
    report = verify_all(engine, KEY)
    assert (report.dossiers, report.events, report.editions, report.faults) == (1, 6, 1, ())
    with reading(engine) as connection:
        assert verify_chain(connection, saved.id, KEY) == []
        with pytest.raises(NotFound):
            verify_chain(connection, "nobody", KEY)


@pytest.mark.parametrize("what", TAMPERED)
def test_tampering_is_seen(engine: Engine, saved: Dossier, what: str) -> None:
    tamper, fault = TAMPERED[what]
    tamper(engine)
    assert fault in "\n".join(verify_all(engine, KEY).faults)


def test_what_cannot_be_seen(engine: Engine, saved: Dossier) -> None:
    """Listed in the docstring of `store.audit`: whoever holds the key; and everything put back at once."""
    run(engine, "UPDATE event SET actor = 'x' WHERE seq = 6")
    reseal(engine, 6, KEY)
    run(engine, "UPDATE dossier SET head = (SELECT hash FROM event WHERE seq = 6)")
    run(engine, "UPDATE answer_history SET body = '{}'")
    assert verify_all(engine, KEY).faults == ()
    columns = ("title", "phase", "version", "head", "document", "updated_at")
    [older] = rows(engine, f"SELECT {', '.join(columns)} FROM dossier")
    save(engine, saved.id, "q", 6, "spijt")
    run(engine, "DELETE FROM event WHERE seq = 7")
    values = dict(zip(columns, older, strict=True))
    run(engine, f"UPDATE dossier SET {', '.join(f'{name} = :{name}' for name in columns)}", **values)
    assert verify_all(engine, KEY).faults == ()


def test_the_wrong_key_fits_no_event(engine: Engine, saved: Dossier) -> None:
    assert len(verify_all(engine, OTHER_KEY).faults) == 6


def test_events_hold_no_content_and_no_names(engine: Engine) -> None:
    dossier = start(engine, {"q": Answer(SENTINEL)}, title=SENTINEL, organisation=SENTINEL)
    save(engine, dossier.id, "q", 1, SENTINEL * 2)
    add_other_view(engine, dossier.id, "q", SENTINEL, at=AT, audit_key=KEY)
    assert SENTINEL not in str(rows(engine, "SELECT * FROM event"))


def test_the_same_words_have_another_digest_in_another_dossier(engine: Engine) -> None:
    start(engine), start(engine)
    digests = rows(engine, "SELECT digest FROM event")
    assert len(digests) == len(set(digests)) == 2


def organisation_event(engine: Engine, subject: str) -> None:
    with writing(engine) as connection:
        save_organisation_event(connection, kind="tried", subject=subject, digest="", **SIGNED)


def test_the_organisation_has_one_chain_whoever_writes_it(engine: Engine) -> None:
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda number: organisation_event(engine, str(number)), range(100)))
    assert verify_all(engine, KEY).events == 100
    assert verify_all(engine, KEY).faults == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE organisation_event SET subject = 'x' WHERE seq = 2",
        "DELETE FROM organisation_event WHERE seq = 2",
        "DELETE FROM organisation_event WHERE seq = 3",
        "UPDATE organisation SET version = 4",
    ],
)
def test_tampering_with_the_organisation_is_seen(engine: Engine, statement: str) -> None:
    for number in range(3):
        organisation_event(engine, str(number))
    run(engine, statement)
    assert any(fault.startswith("organisation: ") for fault in verify_all(engine, KEY).faults)


def test_a_destroyed_dossier_leaves_its_number_and_head(engine: Engine, saved: Dossier) -> None:
    [(head,)] = rows(engine, "SELECT head FROM dossier")
    assert forget_dossier(engine, saved.id, **SIGNED) is True
    with pytest.raises(NotFound):
        find_dossier(engine, saved.id)
    assert [rows(engine, f"SELECT count(*) FROM {t}") for t in ("dossier", "event", "answer_history")] == [[(0,)]] * 3
    assert rows(engine, "SELECT kind, subject, digest FROM organisation_event") == [
        ("dossier_destroyed", "2026-001", head)
    ]
    assert verify_all(engine, KEY).faults == ()
    assert start(engine).number == "2026-002"


def test_a_destroyed_dossier_is_gone_from_the_file(sqlite_url: str, tmp_path: Path) -> None:

    engine = open_database(sqlite_url)
    upgrade(engine)
    keep = start(engine, {"q": Answer("blijft")})
    dossier = start(engine, {"q": Answer(SENTINEL * 400)}, title=SENTINEL)
    for number in range(1, 31):
        save(engine, dossier.id, "q", number, SENTINEL * (400 - 13 * number))
        save(engine, keep.id, f"q{number}", 0, "x" * 100)
    assert count_in(tmp_path / "data") > 0
    assert forget_dossier(engine, dossier.id, **SIGNED) is True
    assert count_in(tmp_path / "data") == 0
    assert find_dossier(engine, keep.id).version == 31
    engine.dispose()


def test_a_reader_in_the_way_is_reported_and_the_log_wiped_later(sqlite_url: str, tmp_path: Path) -> None:

    engine = open_database(sqlite_url, busy_timeout=0.1)
    upgrade(engine)
    dossier = start(engine, {"q": Answer(SENTINEL)})
    with reading(engine) as connection:
        connection.execute(text("SELECT 1 FROM dossier"))
        assert forget_dossier(engine, dossier.id, **SIGNED) is False
        assert count_in(tmp_path / "data") > 0
    assert wipe_log(engine) is True
    assert count_in(tmp_path / "data") == 0
    engine.dispose()


def count_in(folder: Path) -> int:
    return sum(path.read_bytes().count(SENTINEL.encode()) for path in folder.iterdir())


def test_the_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "audit.key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: load_audit_key(path), range(8)))
    assert len(keys) == 1
    assert len(keys.pop()) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["audit.key"]


@pytest.mark.parametrize("content", ["", "zz", "00" * 31, "é"])
def test_a_damaged_key_is_not_replaced(tmp_path: Path, content: str) -> None:
    path = tmp_path / "audit.key"
    path.write_text(content, "utf-8")
    with pytest.raises(NotReady, match="audit key"):
        load_audit_key(path)
    assert path.read_text("utf-8") == content


def test_times_sort_as_text_and_need_a_zone() -> None:
    assert write_time(AT) < write_time(AT + timedelta(microseconds=1)) < write_time(AT.replace(year=2027))
    with pytest.raises(ValueError, match="time zone"):
        write_time(AT.replace(tzinfo=None))
