"""Getting a question's page and saving its answer, against the same views bare."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

from caller import Caller
from floor import build_floor
from sqlalchemy import event
from timing import Table, ratio, take_turns, typical
from trees import answers, build_tree
from walks import DAY

from assistant import clock
from assistant.demo import PEOPLE, TEAM
from assistant.opening import Shell, open_shell
from assistant.settings import load_settings
from assistant.store.database import writing
from assistant.store.documents import write_document
from assistant.store.dossiers import Dossier, create_dossier, find_dossier
from assistant.store.editions import save_edition
from assistant.trees.model import Phase
from assistant.walk import walk
from assistant.web import create_app

Call = Callable[[], object]
QUESTIONS, ANSWERED = 90, 80
ASKED = "q44"  # a long text with an explanation, so that every save can say something else


def open_generated(folder: Path) -> tuple[Shell, Dossier]:
    """An installation with one dossier: 80 of 90 questions answered."""
    shell = open_shell(load_settings({}, data_dir=folder))
    shell = replace(shell, edition=build_tree(QUESTIONS))
    with writing(shell.engine) as connection:
        save_edition(connection, shell.edition.body)
    made = create_dossier(
        shell.engine,
        title="Gemaakt",
        organisation="Oeverland",
        language="nl",
        edition_hash=shell.edition.hash,
        answers=answers(ANSWERED),
        trees=(),
        actor=PEOPLE[TEAM].id,
        owner=PEOPLE[TEAM].id,
        at=clock.now(),
        audit_key=shell.audit_key,
    )
    return shell, made


def measure_pages() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shell, dossier = open_generated(folder)
        ours = Caller(create_app(shell), f"/nl/dossiers/{dossier.id}/questions/{ASKED}", TEAM)
        document = write_document(dossier.document)
        bare = Caller(build_floor(folder / "floor.db", ours.page, document), "/")
        numbers = count(1)
        rev = find_dossier(shell.engine, dossier.id).document.answers[ASKED].rev

        def save() -> None:
            nonlocal rev
            ours.post({f"{ASKED}-value": f"Antwoord {next(numbers)}", f"{ASKED}-rev": str(rev), "do": "save"})
            rev += 1

        report(ours, bare, save, lambda: bare.post({"value": str(next(numbers))}), len(document))
        count_statements(shell, ours, save)
        share_of_walk(shell, dossier, ours)
        shell.engine.dispose()


def report(ours: Caller, bare: Caller, save: Call, save_bare: Call, size: int) -> None:
    taken = take_turns({"get": ours.get, "bare get": bare.get}, rounds=11, calls=100)
    taken |= take_turns({"post": save, "bare post": save_bare}, rounds=11, calls=60)
    table = Table(f"Pages: {ANSWERED} answers, document {size:,} bytes, page {len(ours.page):,} characters")
    table.line("bare page with session and CSRF", typical(taken, "bare get"))
    table.line("question page", typical(taken, "get"))
    table.line("question page / bare page", f"{ratio(taken, 'get', 'bare get'):.2f}", "<= 2.2")
    table.line("bare save with session, CSRF and one row", typical(taken, "bare post"))
    table.line("save an answer", typical(taken, "post"))
    table.line("save an answer / bare save", f"{ratio(taken, 'post', 'bare post'):.2f}", "<= 2.3")


def share_of_walk(shell: Shell, dossier: Dossier, ours: Caller) -> None:
    given = dossier.document.answers
    walking = {"walk": lambda: walk(shell.edition, given, Phase.IDEA, DAY), "get": ours.get}
    taken = take_turns(walking, rounds=11, calls=50)
    Table("The walk within a page").line("walk / question page", f"{ratio(taken, 'walk', 'get'):.0%}")


def count_statements(shell: Shell, ours: Caller, save: Call) -> None:
    seen: list[str] = []
    event.listen(shell.engine, "before_cursor_execute", lambda c, cursor, statement, *rest: seen.append(statement))
    table = Table("SQL statements, BEGIN and COMMIT aside")
    for what, call in (("GET", ours.get), ("POST", save)):
        seen.clear()
        call()
        table.line(f"{what}: {', '.join(statement.split()[0] for statement in seen)}", str(len(seen)))
