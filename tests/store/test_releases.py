"""Databases that earlier releases made: they come up to date with everything that is in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, MetaData, delete, insert, select

from assistant.access import Relation, Role
from assistant.demo import PEOPLE
from assistant.dossier.read import read_dossier
from assistant.dossier.redaction import PERSONAL, Cut
from assistant.opening import Shell, open_shell
from assistant.search_terms import read_query
from assistant.settings import Settings
from assistant.sharing.draft import Draft
from assistant.store.advices import list_advices
from assistant.store.audit import verify_all
from assistant.store.changes import Signed
from assistant.store.conditions import list_conditions
from assistant.store.database import build_config, open_database, upgrade, writing
from assistant.store.dossiers import find_dossier
from assistant.store.due import list_due
from assistant.store.forgetting import forget_dossier
from assistant.store.lists import list_dossiers
from assistant.store.members import Reader, adopt_orphans, list_members
from assistant.store.people import list_people, save_person
from assistant.store.redactions import redact_version
from assistant.store.reindex import reindex_missing
from assistant.store.search import search
from assistant.store.shared import save_draft
from assistant.store.versions import find_version

from .desk import OFFICER
from .desk import TEAM as TEAM_SIGNED
from .samples import AT, KEY

RELEASES = Path(__file__).with_name("releases")  # <migration>.sql: a dump; <migration>.key: the key of its chain
EVERY = sorted(path.stem for path in RELEASES.glob("*.sql"))
WITHOUT_PEOPLE = ["0001"]  # the first release knew nobody
TEAM = PEOPLE["team"]
READERS = ((TEAM_SIGNED, frozenset[Role]()), (OFFICER, frozenset({Role.PO})))


def unpack(release: str, folder: Path) -> Path:
    """A data folder as that release left it."""
    (folder / "audit.key").write_bytes((RELEASES / f"{release}.key").read_bytes())
    with closing(sqlite3.connect(folder / "assistant.sqlite")) as connection:
        connection.executescript((RELEASES / f"{release}.sql").read_text(encoding="utf-8"))
    return folder


@pytest.fixture(params=WITHOUT_PEOPLE)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return unpack(request.param, tmp_path)


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


def test_people_reviews_and_advice_of_the_second_release_are_still_there(tmp_path: Path) -> None:
    shell = open_shell(Settings(data_dir=unpack("0002", tmp_path), base_url="https://toets.example.nl"))
    [line] = list_dossiers(shell.engine)
    assert line.title == "Van de tweede uitgave"
    assert find_dossier(shell.engine, line.id).document.answers["q"].value == "a"
    [advice] = list_advices(shell.engine, line.id)
    assert (advice.outcome, advice.is_given) == ("go_on_with_conditions", True)
    assert [one.text for one in list_conditions(shell.engine, line.id)] == ["Zet het uit."]
    assert len(list_people(shell.engine)) == 3
    assert verify_all(shell.engine, shell.audit_key).faults == ()
    shell.engine.dispose()


@pytest.fixture
def fifth(database_url: str, tmp_path: Path) -> Iterator[Engine]:
    """What the fifth release kept, row by row in each kind of database at the step of that release."""
    old = open_database(f"sqlite:///{unpack('0005', tmp_path) / 'assistant.sqlite'}")
    engine, tables = open_database(database_url), MetaData()
    with writing(engine) as connection:
        command.upgrade(build_config(connection), "0005")
        tables.reflect(connection)
        kept = [table for table in tables.sorted_tables if table.name != "alembic_version"]
        for table in reversed(kept):
            connection.execute(delete(table))
        with old.connect() as source:
            for table in kept:
                if rows := [dict(row) for row in source.execute(select(table)).mappings()]:
                    connection.execute(insert(table), rows)
    old.dispose()
    yield engine
    engine.dispose()


def test_the_fifth_release_comes_up_to_date_on_both_and_can_be_searched(fifth: Engine) -> None:
    upgrade(fifth)
    assert verify_all(fifth, KEY).faults == ()
    assert {line.title for line in list_dossiers(fifth)} == {"Van de vijfde uitgave", "Nog bezig", "Teruggegeven"}
    reader, officer = (Reader(who.actor, roles, "2026-11-26") for who, roles in READERS)
    assert search(fifth, reader, read_query("bakfietsen")).count == 0
    assert reindex_missing(fifth) == 3
    assert reindex_missing(fifth) == 0
    assert search(fifth, reader, read_query("bakfietsen")).count == 3
    for words in ("kenteken", "beelden", "markt"):
        assert search(fifth, officer, read_query(words)).count >= 1, words
    assert {one.kind for one in list_due(fifth, reader, "jurist", "2026-12-09", "")} == {"action"}


def test_what_it_kept_goes_on_with_what_came_later(fifth: Engine) -> None:
    upgrade(fifth)
    [line] = [line for line in list_dossiers(fifth) if line.title == "Teruggegeven"]
    save_draft(fifth, line.id, 0, Draft(title="Een titel"), signed=TEAM_SIGNED)
    old = find_version(fifth, line.id, 1)
    cut = Cut(PERSONAL, words=(read_dossier(old.body).project.title,))
    redact_version(fifth, line.id, 1, cut, "Een naam", based_on=old.hash, typed=None, signed=OFFICER)
    assert find_version(fifth, line.id, 1).hash != old.hash
    assert verify_all(fifth, KEY).faults == ()
    forget_dossier(fifth, line.id, actor="", at=AT, audit_key=KEY)
    assert verify_all(fifth, KEY).faults == ()


@pytest.mark.parametrize("release", EVERY)
def test_upgrading_twice_is_upgrading_once(release: str, tmp_path: Path) -> None:
    folder = unpack(release, tmp_path)
    engine = open_database(f"sqlite:///{folder / 'assistant.sqlite'}")
    assert upgrade(engine) is not None
    assert upgrade(engine) is None
    engine.dispose()
