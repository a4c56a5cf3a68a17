"""The search page and what looks like a description, in every state that they have."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

from assistant.demo import PEOPLE
from assistant.store.database import writing
from assistant.store.editions import save_edition

from ..store.samples import start
from ..trees import samples as trees
from .conftest import OpenPage, Site
from .looks import SOME, find_faults


def test_no_fault_on_a_page_that_searches(site: Site, open_page: OpenPage) -> None:
    dossier = site.import_scenario("youth-care-in-tiny-groups")
    begin_before(site)
    page = open_page()
    faults = [f"{state}: {fault}" for state in states(page, dossier) for fault in find_faults(page, SOME)]
    assert not faults, "\n".join(faults)


def begin_before(site: Site) -> None:
    """A dossier that was begun before the questions changed."""
    with writing(site.shell.engine) as connection:
        old = save_edition(connection, trees.edition(trees.tree(trees.question("q"))).body)
    team = PEOPLE["team"].id
    start(site.shell.engine, owner=team, actor=team, edition_hash=old, audit_key=site.shell.audit_key)


def states(page: Page, dossier: str) -> Iterator[str]:
    for query, state in (
        ("", "nothing asked"),
        ("?q=jeugd", "found"),
        ("?q=schooluitval", "in the library"),
        ("?q=nergens", "nothing found"),
    ):
        page.goto(f"/nl/search{query}")
        yield state
    page.goto(f"/nl/dossiers/{dossier.rsplit('/', 1)[-1]}/questions/description")
    yield "a description that is saved"
    page.fill("#description-value", "Jeugdhulp en jongerenwerk per buurt tellen.")
    page.click("button[value=alike]")
    assert page.url.endswith("#alike")
    assert page.input_value("#description-value").startswith("Jeugdhulp en jongerenwerk")
    assert page.locator("#alike a[href*='/library/']").count()
    yield "what is like it, asked for"
    page.goto("/nl/my-work")
    assert page.locator("a[href$='/edition']").count()
    yield "what comes up"
