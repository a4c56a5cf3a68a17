"""Databases that earlier releases made: they come up to date with everything that is in them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assistant.access import Relation
from assistant.demo import PEOPLE
from assistant.opening import Shell, open_shell
from assistant.settings import Settings
from assistant.store.audit import verify_all
from assistant.store.changes import Signed
from assistant.store.database import open_database, upgrade, writing
from assistant.store.dossiers import find_dossier
from assistant.store.lists import list_dossiers
from assistant.store.members import adopt_orphans, list_members
from assistant.store.people import save_person

from .samples import AT

RELEASES = Path(__file__).with_name("releases")  # <migration>.sql: a dump; <migration>.key: the key of its chain
EVERY = sorted(path.stem for path in RELEASES.glob("*.sql"))
TEAM = PEOPLE["team"]


@pytest.fixture(params=EVERY)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A data folder as that release left it."""
    (tmp_path / "audit.key").write_bytes((RELEASES / f"{request.param}.key").read_bytes())
    with closing(sqlite3.connect(tmp_path / "assistant.sqlite")) as connection:
        connection.executescript((RELEASES / f"{request.param}.sql").read_text(encoding="utf-8"))
    return tmp_path


def check(shell: Shell) -> None:
    """Everything that the dump's dossiers said is still there, and the chains are whole."""
    lines = list_dossiers(shell.engine)
    assert {line.title for line in lines} == {"Van de eerste uitgave", "Nog een"}
    [first] = [find_dossier(shell.engine, line.id) for line in lines if line.title == "Van de eerste uitgave"]
    answers = first.document.answers
    assert answers["story"].value == "En toen."
    assert answers["name"].unsure
    assert answers["way"].other_views == ("Ik zie dit anders.",)
    assert first.version == 4
    assert shell.edition_of(first.edition_hash).hash == first.edition_hash
    assert verify_all(shell.engine, shell.audit_key).faults == ()


def test_the_demo_takes_them_over(folder: Path) -> None:
    shell = open_shell(Settings(data_dir=folder))
    for line in list_dossiers(shell.engine):
        assert [(one.person, one.relation) for one in list_members(shell.engine, line.id)] == [
            (TEAM.id, Relation.OWNER)
        ]
    report = verify_all(shell.engine, shell.audit_key)
    assert report.faults == ()
    assert len(list(folder.glob("assistant.sqlite.before-*"))) == 1
    shell.engine.dispose()


def test_an_installation_keeps_them_until_somebody_adopts_them(folder: Path) -> None:
    address = "https://toets.example.nl"
    shell = open_shell(Settings(data_dir=folder, base_url=address))
    check(shell)
    signed = Signed("", AT, shell.audit_key)
    with writing(shell.engine) as connection:
        person = save_person(connection, name="A", email="a@example.nl", roles=(), signed=signed)
    assert adopt_orphans(shell.engine, person.id, signed=signed) == 2
    assert adopt_orphans(shell.engine, person.id, signed=signed) == 0
    assert verify_all(shell.engine, shell.audit_key).faults == ()
    shell.engine.dispose()


def test_upgrading_twice_is_upgrading_once(folder: Path) -> None:
    engine = open_database(f"sqlite:///{folder / 'assistant.sqlite'}")
    assert upgrade(engine) is not None
    assert upgrade(engine) is None
    engine.dispose()
