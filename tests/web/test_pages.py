"""Every page, in both languages, for a dossier that is empty, half done and finished."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from assistant.opening import Shell
from assistant.store.dossiers import find_dossier
from assistant.walk import phase_of, walk

from .client import Client
from .work import count_rows, make_dossier, version

ROUTES = Path(__file__).parents[1] / "routes.txt"
UNKNOWN = "4f6c1f5e-0000-4000-8000-000000000000"
NUMBER = re.compile(r"[0-9a-f]{16}|value=\"[^\"]{60,}\"")  # of the message, and the token: new each time
ENGLISH = {"Accept-Language": "en"}
DOSSIER_PAGES = (
    "",
    "/project",
    "/map",
    "/check",
    "/signals",
    "/preview",
    "/downloads",
    "/questions/phase",
    "/questions/phase/views",
    "/questions/review_date",
    "/themes/quick-scan/the_idea",
    "/themes/quick-scan/the_idea/open-points",
)
HOW = "run pytest --update-examples, and read the difference"
FILES = ("markdown", "html", "json", "pdf", "docx")


def routes(app: Flask) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        yield f"{','.join(sorted((rule.methods or set()) - {'HEAD', 'OPTIONS'})):8} {rule.rule}"


def test_no_route_comes_or_goes_unseen(app: Flask, update_examples: bool) -> None:
    """Addresses are kept in bookmarks and mails: one that goes away needs a redirect."""
    if update_examples:
        ROUTES.write_text("".join(f"{line}\n" for line in sorted(routes(app))), encoding="utf-8")
    assert sorted(routes(app)) == ROUTES.read_text(encoding="utf-8").splitlines(), HOW


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("dossier", ["empty", "half", "example"])
def test_every_page_of_a_dossier(request: pytest.FixtureRequest, app: Flask, dossier: str, language: str) -> None:
    client, address = Client(app, language), request.getfixturevalue(dossier)
    for page in DOSSIER_PAGES:
        client.get(address + page)
    for format in FILES:
        assert client.get(f"{address}/download/{format}").response.data
    assert client.follow(client.get(f"{address}/continue", 302)).h1


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_other_page(app: Flask, language: str) -> None:
    client = Client(app, language)
    for page in ("/", "/about", "/privacy", "/accessibility", "/scan", "/scan/questions/phase", "/dossiers/new"):
        client.get(page)
    assert client.get("/static/app.css").response.headers["Cache-Control"] == "public, max-age=3600"
    assert client.get("/healthz").response.data == b"ok\n"


@pytest.mark.parametrize("dossier", ["empty", "half", "example"])
def test_every_question_on_its_page_and_every_theme_on_one(
    request: pytest.FixtureRequest, shell: Shell, client: Client, dossier: str
) -> None:
    address = request.getfixturevalue(dossier)
    asked = find_dossier(shell.engine, address.rsplit("/", 1)[-1]).document.answers
    way = walk(shell.edition, asked, phase_of(asked), date(2026, 11, 21))
    for step in (*way.steps, *way.later):
        assert client.get(f"{address}/questions/{step.question.id}").h1 == step.question.ask["nl"]
    for tree, theme in dict.fromkeys((step.tree, step.theme) for step in way.steps):
        client.get(f"{address}/themes/{tree}/{theme}")
        client.get(f"{address}/themes/{tree}/{theme}/open-points")


def test_a_question_off_the_path_says_why_it_is_not_asked(client: Client, empty: str, shell: Shell) -> None:
    page = client.get(f"{empty}/questions/special_exception")
    assert shell.edition.questions["special_exception"].ask["nl"] in page.text


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_dossier_that_is_not_there_looks_like_an_id_that_cannot_be(client: Client, accept: str) -> None:
    seen = set()
    for id in (UNKNOWN, UNKNOWN.upper(), "x", "0", "4f6c1f5e000040008000000000000000"):
        for page in (*DOSSIER_PAGES, "/download/html"):
            found = client.get(f"/dossiers/{id}{page}", 404, headers={"Accept": accept})
            seen.add(re.sub(NUMBER, "", found.source.replace(f"/dossiers/{id}{page}", "")))
    assert len(seen) == 1


@pytest.mark.parametrize("id", ["%27%20or%201=1", "..%2f..%2fetc", "%00", "%ff", "a%0d%0aX-Evil:%201", "<script>"])
def test_an_id_that_wants_something_else(client: Client, id: str) -> None:
    client.get(f"/dossiers/{id}", 404)


@pytest.mark.parametrize("path", ["/questions/no_such_question", "/themes/no/theme", "/themes/quick-scan/no", "/x"])
def test_parts_of_a_dossier_that_are_not_there(client: Client, example: str, path: str) -> None:
    client.get(example + path, 404)
    client.open(example + path, "POST")


@pytest.mark.parametrize("path", ["/de/", "/de/scan", "/favicon.ico", "/wp-login.php", "/nl/nothing", "/en/no/thing"])
def test_an_address_that_is_no_page(client: Client, path: str) -> None:
    language = path[1:3] if path[:3] in ("/nl", "/en") else "en"
    page = client.open(f"/.{path}", language=language, headers=ENGLISH)
    assert page.status == 404


@pytest.mark.parametrize(
    ("asked", "given"),
    [("nl,en;q=0.8", "nl"), ("en-GB,en;q=0.9", "en"), ("de,en;q=0.5,nl;q=0.4", "en"), ("fr", "nl"), ("", "nl")],
)
def test_the_front_door_follows_the_browser(client: Client, asked: str, given: str) -> None:
    page = client.get("/./", 302, headers={"Accept-Language": asked} if asked else {})
    assert page.response.headers["Location"] == f"/{given}/"
    assert page.response.headers["Vary"] == "Accept-Language"


@pytest.mark.parametrize(
    "query", ["_scheme=javascript&_external=1", "endpoint=x", "_method=POST", "language=de", "before=x"]
)
def test_an_address_takes_no_orders(client: Client, query: str) -> None:
    page = client.open(f"/?{query}")
    assert page.status in (200, 404)
    assert {link.get("href") for link in page.all("a", hreflang="en")} <= {"/en/", "/en/?before=x"}


def test_older_dossiers_are_on_the_next_page(client: Client, shell: Shell) -> None:
    for number in range(25):
        make_dossier(shell, title=f"Project {number}")
    first = client.get("/")
    [older] = [link.get("href") for link in first.all("a") if "before=" in link.get("href", "")]
    titles = [*first.texts("a"), *client.get(older).texts("a")]
    assert {f"Project {number}" for number in range(25)} <= set(titles)


def test_a_dossier_starts_with_its_first_question(client: Client, shell: Shell) -> None:
    form = client.get("/dossiers/new")
    page = client.follow(client.send(form, form="start", title="  Een plan ", organisation="Oeverland"))
    assert page.h1 == next(iter(shell.edition.questions.values())).ask["nl"]
    assert "Een plan" in client.get("/").texts("a")


@pytest.mark.parametrize("title", ["", "   ", "\0", "x" * 201])
def test_a_dossier_needs_a_title_that_fits(client: Client, engine: Engine, title: str) -> None:
    before = count_rows(engine)
    page = client.send(client.get("/dossiers/new"), 422, form="start", title=title)
    assert list(page.errors) == ["title"]
    assert page.response.status_code == 422
    assert count_rows(engine) == before


FIXED_FORMS = [
    ("/dossiers/new", "start", {"title": "Een plan"}),
    ("/project", "project", {"title": "Een plan"}),
    ("/questions/phase/views", "add-view", {"view": "Ik zie dat anders."}),
    ("/themes/quick-scan/the_idea/open-points", "open", {"purpose-owner": "jurist"}),
]


@pytest.mark.parametrize(("path", "form", "typed"), FIXED_FORMS, ids=[form for _, form, _ in FIXED_FORMS])
def test_another_language_keeps_what_was_typed_and_saves_nothing(
    client: Client, shell: Shell, half: str, path: str, form: str, typed: dict[str, str]
) -> None:
    path = path if path == "/dossiers/new" else half + path
    before = count_rows(shell.engine), version(shell, half)
    page = client.get(path)
    [button] = page.all("button", lang="en")
    fields = page.fields(form) | typed | {"do": button.get("value")}
    assert button.get("form") == form
    english = client.post(button.get("formaction"), fields, 200)
    assert english.tree.get("lang") == "en"
    assert {name: english.value(name) for name in typed} == {name: [value] for name, value in typed.items()}
    assert not english.errors
    assert (count_rows(shell.engine), version(shell, half)) == before


def test_the_project_gets_another_name(client: Client, shell: Shell, half: str) -> None:
    page = client.get(f"{half}/project")
    assert client.follow(client.send(page, form="project", title="Anders")).h1 == "Anders"
    stale = client.send(page, 409, form="project", title="Nog anders")
    assert "Anders" in stale.texts("blockquote")[0]
    assert stale.value("title") == ["Nog anders"]
    client.send(stale, form="project")
    assert client.get(half).h1 == "Nog anders"
