"""A canary typed into every field: it comes back on the pages and in the files of its own dossier, nowhere else."""

from __future__ import annotations

import re

import pytest
from sqlalchemy.exc import SQLAlchemyError

from assistant.opening import Shell
from assistant.store.database import writing
from assistant.store.dossiers import find_dossier

from .checks import CANARY
from .client import Client
from .work import make_dossier

QUESTIONS = ("way", "tools", "sure", "far", "amount", "day", "name", "story", "sources", "reason", "confirmed")
HARMLESS = {"way": "road", "tools": ["rope"], "sure": "yes", "far": "2", "amount": "5", "day": "1-2-2027",
            "reason": "short", "confirmed": "yes"}  # fmt: skip
PAGES = ("", "/project", "/check", "/signals", "/preview", "/downloads", "/download/html", "/download/json",
         "/download/markdown", "/questions/story", "/questions/way/views", "/themes/kinds/every_kind")  # fmt: skip


@pytest.fixture
def planted(kinds: Shell, anna: Client, dossier: str) -> str:
    """A dossier with the canary in every text it can hold, typed through the pages."""
    for question in QUESTIONS:
        typed = {"value": HARMLESS.get(question, f"{CANARY} {question}"), "motivation": f"{CANARY} omdat"}
        if question == "sources":
            typed = {"r1-title": CANARY, "r1-sort": "?", "motivation": CANARY}
        anna.answer(f"{dossier}/questions/{question}", **typed)
        anna.send(anna.get(f"{dossier}/questions/{question}/views"), form="add-view", view=f"{CANARY} anders")
    anna.answer(f"{dossier}/questions/detail", do="not_applicable:detail", not_applicable=CANARY)
    points = anna.get(f"{dossier}/themes/kinds/every_kind/open-points")
    anna.send(points, form="open", **{"sources-owner": CANARY})
    anna.send(anna.get(f"{dossier}/project"), form="project", title=f"{CANARY} plan", organisation=CANARY)
    return dossier


def test_the_canary_was_planted_everywhere(kinds: Shell, planted: str) -> None:
    document = find_dossier(kinds.engine, planted.rsplit("/", 1)[-1]).document
    assert CANARY in document.project.title
    assert CANARY in document.project.organisation
    for question in QUESTIONS:
        assert CANARY in document.answers[question].motivation
        assert CANARY in document.answers[question].other_views[0]
    assert CANARY in str(document.answers["story"].value) + str(document.answers["name"].value)
    assert CANARY in str(document.answers["sources"].value)
    assert CANARY in document.answers["sources"].owner
    assert CANARY in document.answers["detail"].not_applicable


def test_it_stands_in_its_own_dossier_and_in_no_other(kinds: Shell, anna: Client, planted: str) -> None:
    other = make_dossier(kinds, {"people": "yes", "way": "road", "sources": [{"title": "Verzuim"}]})
    for page in PAGES:
        found = anna.get(other + page)
        assert CANARY not in found.source + str(found.response.headers)
    for page in ("/check", "/preview", "/download/html", "/download/json", "/download/markdown"):
        assert CANARY in anna.get(planted + page).source


def test_it_stands_on_no_error_page(anna: Client, planted: str) -> None:
    for path, method in (("/nothing", "GET"), ("/questions/gone", "GET"), ("", "PUT"), ("/download/exe", "GET")):
        page = anna.open(planted + path, method)
        assert page.status in (404, 405)
        assert CANARY not in page.source + str(page.response.headers)
    anna.open(f"/{CANARY}?{CANARY}=1")


def test_only_the_title_names_a_file_and_in_plain_letters(kinds: Shell, anna: Client) -> None:
    title = 'Een "plan"\r\nX-Evil: 1/../../\\ ü漢 =cmd'
    dossier = make_dossier(kinds, title=title)
    for format, end in (("html", ".html"), ("json", ".json"), ("markdown", ".md")):
        header = anna.get(f"{dossier}/download/{format}").response.headers["Content-Disposition"]
        [name] = re.findall(r'^attachment; filename="?([^"]*)"?$', header)
        assert re.fullmatch(r"[a-z0-9-]+" + re.escape(end), name)


def test_no_exception_repeats_it(kinds: Shell, planted: str) -> None:
    with pytest.raises(SQLAlchemyError) as caught, writing(kinds.engine) as connection:
        connection.exec_driver_sql("INSERT INTO dossier (id, title) VALUES (?, ?)", (CANARY, CANARY))
    assert CANARY not in f"{caught.value} {caught.value!r}"
    found = find_dossier(kinds.engine, planted.rsplit("/", 1)[-1])
    assert CANARY not in repr(found)


def test_what_is_logged_of_a_request(told: list[str], anna: Client, dossier: str) -> None:
    anna.get(f"{dossier}/questions/way?back={CANARY}")
    [line] = [line for line in told if "questions.question" in line]
    assert re.fullmatch(r"GET questions\.question 200 \d+ms [0-9a-f]{16}", line)
    assert dossier.rsplit("/", 1)[-1] not in line


def test_nobody_else_on_the_computer_reads_the_files(kinds: Shell, planted: str) -> None:
    folder = kinds.settings.data_dir
    for path in (folder, *folder.iterdir()):
        assert path.stat().st_mode & 0o077 == 0, path.name
