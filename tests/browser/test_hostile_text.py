"""Texts that are code to a page which forgets to escape: in every field, on every page, in the file one takes home."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route

from assistant import clock
from assistant.answers import Answer, clean_text
from assistant.answers_file import read_answers
from assistant.demo import PEOPLE, TEAM
from assistant.dossier import AUDIENCES
from assistant.store.dossiers import create_dossier
from assistant.trees.edition import Edition
from assistant.trees.load import shipped_folder
from assistant.trees.model import Kind, Question
from assistant.web.security import CONTENT_POLICY

from .conftest import OpenPage, Site, Watch, serve
from .test_access import save_meanwhile
from .wizard import Wizard

CORPUS: Final = Path(__file__).parent.parent / "corpora" / "xss.txt"
PAYLOADS: Final = [clean_text(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
TOGETHER: Final = 20  # payloads in one field
CHUNKS: Final = ["\n".join(PAYLOADS[start : start + TOGETHER]) for start in range(0, len(PAYLOADS), TOGETHER)]
ALL: Final = "\n".join(PAYLOADS)
# What no page of ours holds: elements that load or run something, handlers, addresses elsewhere.
ALIVE: Final = """() => [...document.querySelectorAll("*")].filter(e => {
  const loads = /^(iframe|frame|frameset|object|embed|applet|portal|base|audio|video|track|marquee|animate|set|style)$/;
  const own = e.matches("head > script[src='/static/app.js'], head > style");
  const away = ["href", "src", "action", "formaction", "data"].some(name => {
    const value = e.getAttribute(name);
    return value !== null && !/^(#|\\/(?!\\/))/.test(value);
  });
  const handler = [...e.attributes].some(a => a.name.startsWith("on") || (a.name === "style"));
  return !own && (loads.test(e.localName) || e.localName === "script" || away || handler);
}).map(e => e.outerHTML.slice(0, 120))"""
META_POLICY: Final = b'<meta http-equiv="Content-Security-Policy"'


@dataclass
class Texts:
    """Hands out hostile texts, to each kind of field all of them in turn, and remembers which."""

    given: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    chunks: dict[str, Iterator[str]] = field(default_factory=lambda: defaultdict(lambda: cycle(CHUNKS)))

    def next(self, kind: str) -> str:
        text = next(self.chunks[kind])
        self.given[kind].update(text.split("\n"))
        return text

    def value(self, question: Question, value: Any) -> Any:
        if question.kind in (Kind.TEXT, Kind.LONG_TEXT):
            return self.next("text")
        if question.kind is not Kind.TABLE:
            return value
        typed = [column.id for column in question.columns if column.kind == "text"]
        return [{"id": f"r{n}"} | {id: self.next("cell") for id in typed} for n in range(3)]

    def views(self) -> tuple[str, ...]:
        return (self.next("other view"), self.next("other view"))


def answers_of(way: str, edition: Edition, texts: Texts) -> dict[str, Answer]:
    """A heavy dossier with hostile texts: everything answered, not applicable, or not known yet."""
    file = "early-school-leaving.yaml"
    said = read_answers((shipped_folder() / "scenarios" / file).read_bytes(), file, edition).answers
    scanned = {question.id for tree in edition.trees if tree.id == "quick-scan" for question in tree.questions}
    answers = {}
    for id, question in edition.questions.items():
        motivation = texts.next("motivation")
        value = texts.value(question, said[id].value if id in said else None)
        if way == "answered" or id in scanned:
            answers[id] = Answer(value=value, motivation=motivation, other_views=texts.views())
        elif way == "not applicable":
            answers[id] = Answer(not_applicable=texts.next("not applicable"), motivation=motivation)
        else:
            owner = texts.next("owner")
            answers[id] = Answer(unsure=True, motivation=motivation, owner=owner, due="2027-01-11")
    return answers


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A place of its own: names this long stand on the start page for good."""
    with serve(tmp_path_factory.mktemp("hostile")) as site:
        yield site


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts()


@pytest.fixture(scope="module")
def dossiers(site: Site, texts: Texts) -> dict[str, str]:
    """Addresses of three dossiers, all trees open."""
    shell, made = site.shell, {}
    for way in ("answered", "not applicable", "not known"):
        dossier = create_dossier(
            shell.engine,
            title=ALL,
            organisation=ALL,
            language="nl",
            edition_hash=shell.edition.hash,
            answers=answers_of(way, shell.edition, texts),
            trees=tuple(tree.id for tree in shell.edition.trees),
            actor=PEOPLE[TEAM].id,
            owner=PEOPLE[TEAM].id,
            at=clock.now(),
            audit_key=shell.audit_key,
        )
        made[way] = f"/dossiers/{dossier.id}"
    return made


@pytest.fixture
def page(open_page: OpenPage) -> Iterator[Page]:
    """A page that shows no dialog; what else it may not do is watched anyway."""
    page, dialogs = open_page(), list[str]()

    def close(dialog: Dialog) -> None:
        if dialog.type != "beforeunload":
            dialogs.append(dialog.message)
        dialog.accept()

    page.on("dialog", close)
    yield page
    assert dialogs == []


@pytest.fixture
def team(site: Site, page: Page) -> Wizard:
    return Wizard(page, site.shell.edition)


def check(page: Page) -> None:
    assert page.evaluate(ALIVE) == [], page.url


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_corpus_is_large_and_every_kind_of_field_gets_all_of_it(texts: Texts, dossiers: dict[str, str]) -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 120
    kinds = {"text", "cell", "motivation", "not applicable", "other view", "owner"}
    assert {kind: len(set(PAYLOADS) - given) for kind, given in texts.given.items()} == dict.fromkeys(kinds, 0)


def test_the_watch_hears_what_is_not_escaped(browser: Browser, site: Site) -> None:
    context, watch = browser.new_context(), Watch(site.base)
    watch.over(context)
    headers = {"Content-Security-Policy": CONTENT_POLICY}
    context.route(f"{site.base}/bare", lambda route: route.fulfill(body=ALL, content_type="text/html", headers=headers))
    page = context.new_page()
    page.goto(f"{site.base}/bare")
    assert watch.refused
    assert len(page.evaluate(ALIVE)) > 10
    context.close()


@pytest.mark.parametrize("way", ["answered", "not applicable", "not known"])
def test_pages_show_it_as_text(way: str, dossiers: dict[str, str], team: Wizard) -> None:
    dossier, edition = dossiers[way], team.edition
    themes = [f"/themes/{tree.id}/{theme.id}" for tree in edition.trees for theme in tree.themes]
    for part in ("", "/project", "/check", "/signals", "/map", "/downloads", *themes):
        team.open(dossier + part)
        check(team.page)
    team.open(f"{dossier}/preview")
    check(team.page)
    shown = words(team.page.locator("main").text_content() or "")
    assert [payload for payload in PAYLOADS if words(payload) not in shown] == []


def test_pages_around_it_show_it_as_text(dossiers: dict[str, str], team: Wizard) -> None:
    theme = next(theme for tree in team.edition.trees for theme in tree.themes if tree.id == "ethical-review")
    for path in (
        *("/", "/no-such-page/%3Cscript%3Ealert(1)%3C/script%3E", "/?before=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"),
        dossiers["answered"] + "/questions/benefit",
        dossiers["answered"] + "/questions/sources",
        dossiers["answered"] + "/questions/benefit/views",
        dossiers["answered"] + "/questions/benefit?back=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        dossiers["answered"] + "/questions/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        dossiers["not known"] + f"/themes/ethical-review/{theme.id}/open-points",
    ):
        team.open(path)
        check(team.page)


def test_forms_that_come_back_show_it_as_text(
    site: Site, dossiers: dict[str, str], team: Wizard, open_page: OpenPage
) -> None:
    page, dossier = team.page, site.import_scenario("early-school-leaving")
    for path, box in (
        ("/dossiers/new", "#title"),
        (f"{dossier}/project", "#title"),
        (f"{dossier}/questions/review_date", "#review_date-value"),
        (f"{dossier}/themes/ethical-review/data/open-points", "input[name$=-due]"),
    ):
        team.open(path)
        page.locator(box).first.fill(ALL)
        team.press()
        assert page.locator(".errors").count() >= 1, path
        check(page)
    team.open(f"{dossier}/questions/benefit")
    save_meanwhile(site, dossier, "benefit", ALL)
    with page.expect_response("**/personal-data"):
        page.locator("#benefit-value").fill(f"{ALL} en meer")
    check(page)  # with the notes of our own script
    team.press()
    assert page.get_by_role("alert").count() == 1
    check(page)


def test_what_was_typed_into_a_question_that_went_shows_as_text(site: Site, team: Wizard) -> None:
    page, dossier = team.page, site.import_scenario("early-school-leaving")
    team.open(f"{dossier}/questions/sensitive_data")
    page.locator("#sensitive_data-motivation").fill(ALL)
    save_meanwhile(site, dossier, "personal_data", "none")
    team.press()
    assert page.locator("blockquote").count() == 1
    check(page)


def fulfill(body: bytes, route: Route) -> None:
    route.fulfill(body=body, content_type="text/html; charset=utf-8")


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_page_one_takes_home_shows_it_as_text(
    audience: str, site: Site, dossiers: dict[str, str], team: Wizard
) -> None:
    """Opened as a page, and without the policy that it brings along: escaping alone has to do."""
    page = team.page
    for dossier in dossiers.values():
        body = page.request.get(f"/nl{dossier}/download/html?for={audience}").body()
        assert META_POLICY in body

        bare = body.replace(META_POLICY, b"<meta name=policy")
        page.route("**/taken-home", partial(fulfill, bare))
        page.goto("/taken-home")
        check(page)
        page.unroute("**/taken-home")
