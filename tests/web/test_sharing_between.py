"""Two installations, on SQLite and on PostgreSQL: what one passes on, the other reads, keeps and begins like."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from assistant.opening import Shell, open_shell
from assistant.settings import Settings
from assistant.sharing.read import read_example
from assistant.store.audit import verify_all
from assistant.store.database import open_database, upgrade
from assistant.store.dossiers import find_dossier
from assistant.trees.model import Kind
from assistant.web import create_app

from .client import Client, Page
from .desk import HEAVY, draft, hand_in, id_of

TITLE = "Uitval voorspellen"


@pytest.fixture
def elsewhere(tmp_path: Path, postgres_url: str) -> Iterator[Shell]:
    """Another municipality, on PostgreSQL."""
    engine = open_database(postgres_url)
    upgrade(engine)
    engine.dispose()
    shell = open_shell(Settings(data_dir=tmp_path / "elsewhere", database_url=postgres_url))
    yield shell
    shell.engine.dispose()


def export(team: Client, officer: Client, dossier: str) -> bytes:
    """From a draft to an approved file, by the pages."""
    officer.send(officer.get(f"{hand_in(team, dossier)}/advise"), form="advise", outcome="do_not", motivation="Nee.")
    team.send(team.get(f"{dossier}/example"), form="example", title=TITLE, learned="Begin bij de vraag.")
    team.send(team.get(f"{dossier}/example"), form="send")
    officer.send(officer.get(f"/desk{dossier}/example"), form="approve", do="approve")
    return team.get(f"{dossier}/example/file").response.data


def take_in(officer: Client, raw: bytes) -> Page:
    """From a file to a page of the library, by the pages."""
    page = officer.get("/desk/examples/import")
    fields = page.fields("import") | {"file": (io.BytesIO(raw), "x.html")}
    preview = officer.post("/desk/examples/import", fields, 200, content_type="multipart/form-data")
    assert sha256(raw).hexdigest() in preview.text
    return officer.follow(officer.send(preview, form="keep"))


@pytest.mark.postgres
def test_from_one_to_the_other(shell: Shell, elsewhere: Shell) -> None:
    here, there = create_app(shell), create_app(elsewhere)
    dossier = draft(shell, HEAVY)
    raw = export(Client(here), Client(here, person="officer"), dossier)
    entry = take_in(Client(there, person="officer"), raw)
    assert entry.h1 == TITLE
    team = Client(there)
    begun = team.send(team.get(entry.path), form="begin", title="Ook zoiets", organisation="Elders")
    found = re.search(r"[0-9a-f-]{36}", begun.response.headers["Location"])
    assert found
    old = find_dossier(shell.engine, id_of(dossier)).document.answers
    new = find_dossier(elsewhere.engine, found[0]).document.answers
    chosen = {id: value for id, one in old.items() if (value := choices_of(shell, id, one.value)) and id != "phase"}
    on_path = {told.question for chapter in read_example(raw).themes for told in chapter.answers}
    assert len(new) > 80
    assert {id: choices_of(elsewhere, id, one.value) for id, one in new.items()} == {
        id: value for id, value in chosen.items() if id in on_path
    }
    for one in (shell, elsewhere):
        assert verify_all(one.engine, one.audit_key).faults == ()


def choices_of(shell: Shell, id: str, value: Any) -> Any:
    """What was chosen or counted, without what was typed and without days."""
    question = shell.edition.questions[id]
    if question.kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.DATE):
        return None
    if question.kind is not Kind.TABLE or not value:
        return value
    kept = [column.id for column in question.columns if column.kind not in ("text", "date")]
    rows = [{id: row[id] for id in kept if id in row and row[id] != {"unsure": True}} for row in value]
    return [row for row in rows if row]
