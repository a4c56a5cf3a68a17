"""What the pages ask of people and of their connection; docs/measures.md shows it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, Response

from assistant.answers_file import read_answers
from assistant.opening import import_answers, open_shell
from assistant.settings import Settings
from assistant.trees.load import shipped_folder
from assistant.web import create_app

from .conftest import OpenPage, Site
from .measures import PACE, Measures, Pages, Walker
from .review import Review
from .wizard import Wizard

DOCUMENT: Final = Path(__file__).parent.parent.parent / "docs" / "measures.md"
SCENARIOS: Final = sorted((shipped_folder() / "scenarios").glob("*.yaml"))
TODAY: Final = date(2026, 11, 21)
SCAN_PAGES: Final = 12  # with a question
SCAN_MINUTES: Final = 10
FIRST: Final = 40_000  # bytes, compressed: the first page with all that belongs to it
LATER: Final = 10_000  # a page to work on
WHOLE: Final = 40_000  # a page that shows the whole dossier, or all sources
Counted = dict[str, tuple[Measures, Measures]]


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counted]:
    """Of each scenario the quick scan and the whole dossier."""
    shell = open_shell(Settings(data_dir=tmp_path_factory.mktemp("measures")))
    pages, found = Pages(create_app(shell)), {}
    for file in SCENARIOS:
        read = read_answers(file.read_bytes(), file.name, shell.edition)
        dossier = f"/dossiers/{import_answers(shell, file.read_bytes(), file.name).id}"
        given = (pages, shell.edition, read.answers, dossier, TODAY)
        found[file.stem] = Walker(*given, only=("quick-scan",)).scan(), Walker(*given, by_hand=read.trees).whole()
    yield found
    shell.engine.dispose()


def document(counted: Counted) -> str:
    head = ["", "questions", "pages", "clicks", "texts", "words", "minutes"]
    lines = [
        "# What it asks of people",
        "",
        "Generated from the walk; `make docs` writes it again. Pages in Dutch, from the start page on.",
        "",
        "- **Questions**: pages with a question. **Pages**: those, and all others on the way.",
        "- **Clicks**: each choice, each box to type in, each button and link. Typing itself is not counted.",
        "- **Texts**: boxes of several lines and rows of a table that get something.",
        "- **Words**: all that the middle of the pages shows, what one has to unfold left out.",
        f"- **Minutes**: reading those words, {PACE} a minute, and one minute for each text. The conversation itself,",
        "  which is what it is all for, comes on top.",
        "",
        f"The quick scan stays within {SCAN_PAGES} questions and {SCAN_MINUTES} minutes, whatever the answers are.",
    ]
    for title, place in (("The quick scan", 0), ("The whole dossier", 1)):
        lines += ["", f"## {title}", "", f"| {' | '.join(head)} |", "|---|" + "---:|" * (len(head) - 1)]
        for name, both in counted.items():
            one = both[place]
            numbers = (one.questions, one.pages, one.clicks, one.texts, one.words, one.minutes)
            lines.append(f"| {name} | {' | '.join(map(str, numbers))} |")
    kilo = [f"{most // 1000} kB" for most in (FIRST, LATER, WHOLE)]
    lines += [
        "",
        "## What it asks of a connection",
        "",
        f"Compressed, and measured in a browser: the first page with all that belongs to it takes at most {kilo[0]},",
        f"each later page to work on at most {kilo[1]}, and a page that shows a whole dossier at most {kilo[2]}.",
        "The assistant compresses style sheets. It sends pages as they are, since compressing a page that holds a",
        "secret token can give the token away; these sizes count pages as a proxy would compress them.",
    ]
    return "\n".join(lines) + "\n"


def test_the_document_says_what_is_counted(counted: Counted, update_examples: bool) -> None:
    if update_examples:
        DOCUMENT.write_text(document(counted), encoding="utf-8")
    assert DOCUMENT.read_text(encoding="utf-8") == document(counted), "run: make docs, then read the diff"


def test_quick_scan_is_quick(site: Site, counted: Counted) -> None:
    asked = [question for tree in site.shell.edition.trees if tree.id == "quick-scan" for question in tree.questions]
    assert len(asked) <= SCAN_PAGES
    for name, (scan, _) in counted.items():
        assert scan.minutes <= SCAN_MINUTES, name


def test_clicks_are_those_of_a_mouse(site: Site, open_page: OpenPage, counted: Counted) -> None:
    name = "early-school-leaving"
    page = open_page()
    clicks, visits = count_clicks(page), list[str]()
    page.on("framenavigated", lambda frame: visits.append(frame.url))
    team = Wizard(page, site.shell.edition)
    file = next(file for file in SCENARIOS if file.stem == name)
    answers = read_answers(file.read_bytes(), file.name, site.shell.edition).answers
    team.open("/")
    page.locator("a.button[href$='/scan']").click()
    page.locator("a.button[href*='/scan/questions/']").click()
    while question := team.question:
        answer = answers[question.id]
        if answer.has_value:
            team.choose(*answer.value) if isinstance(answer.value, list) else team.choose(answer.value)
        team.press("unsure" if answer.unsure else "save")
    assert (len(clicks), len(visits)) == (counted[name][0].clicks, counted[name][0].pages)


def count_clicks(page: Page) -> list[None]:
    clicks: list[None] = []
    page.expose_function("counted", lambda: clicks.append(None))
    page.add_init_script("addEventListener('pointerdown', () => counted(), true)")
    return clicks


@pytest.fixture
def visitor(open_page: OpenPage) -> Page:
    return open_page()


def sizes(page: Page, path: str) -> dict[str, int]:
    """What a page and all that belongs to it takes: as sent, and a page as it would be compressed."""
    seen: list[Response] = []

    def look(response: Response) -> None:
        seen.append(response)

    page.on("response", look)
    page.goto(path)
    page.remove_listener("response", look)
    return {response.url: _size(response) for response in seen}


def _size(response: Response) -> int:
    """Bytes with the headers; nothing for what the browser had kept."""
    sent = response.request.sizes()
    if response.headers.get("content-type", "").startswith("text/html"):
        return sent["responseHeadersSize"] + len(gzip.compress(response.body()))
    return sent["responseHeadersSize"] + sent["responseBodySize"]


def test_first_page_comes_quickly(visitor: Page) -> None:
    found = sizes(visitor, "/nl/")
    assert len(found) >= 4  # the page, the two style sheets, the script
    assert sum(found.values()) <= FIRST


def test_later_pages_come_quickly(site: Site, visitor: Page) -> None:
    dossier = site.import_scenario("early-school-leaving")
    visitor.goto("/nl/")
    themes = site.shell.edition.tree_ids["ethical-review"].themes
    work = [
        *("/scan", "/scan/questions/purpose", "/dossiers/new", "/trees"),
        *(dossier + part for part in ("", "/project", "/map", "/downloads", "/questions/sources")),
        *(f"{dossier}/themes/ethical-review/{theme.id}" for theme in themes),
    ]
    whole = ["/about", *(dossier + part for part in ("/check", "/signals", "/preview"))]
    light_enough(visitor, work, whole)


def test_pages_of_a_review_come_quickly(site: Site, open_page: OpenPage, visitor: Page) -> None:
    dossier, officer = site.import_scenario("early-school-leaving"), open_page("officer")
    visitor.goto(f"/nl{dossier}/hand-in")
    parts = ("/people", "/questions/benefit/remarks", "/actions", "/advice", "/trail", "/versions")
    light_enough(visitor, ["/my-work", f"{dossier}/hand-in", *(dossier + part for part in parts)], [])
    Review(visitor, dossier).hand_in("", "15-01-2027", "")
    light_enough(visitor, [dossier], [f"{dossier}/versions/1"])
    officer.goto("/nl/desk")
    desk = f"/desk{dossier}"
    light_enough(officer, ["/desk", desk, f"{desk}/advise", f"{desk}/return"], [f"{desk}/whole"])


def light_enough(page: Page, work: Sequence[str], whole: Sequence[str]) -> None:
    for most, paths in ((LATER, work), (WHOLE, whole)):
        too_large = {path: size for path in paths if (size := sum(sizes(page, f"/nl{path}").values())) > most}
        assert too_large == {}
