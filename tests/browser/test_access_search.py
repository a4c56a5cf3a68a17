"""The search page and what looks like a description, in every state that they have."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

from .conftest import OpenPage, Site
from .looks import SOME, find_faults


def test_no_fault_on_a_page_that_searches(site: Site, open_page: OpenPage) -> None:
    dossier = site.import_scenario("youth-care-in-tiny-groups")
    page = open_page()
    faults = [f"{state}: {fault}" for state in states(page, dossier) for fault in find_faults(page, SOME)]
    assert not faults, "\n".join(faults)


def states(page: Page, dossier: str) -> Iterator[str]:
    for query, state in (("", "nothing asked"), ("?q=jeugd", "found"), ("?q=nergens", "nothing found")):
        page.goto(f"/nl/search{query}")
        yield state
    page.goto(f"/nl/dossiers/{dossier.rsplit('/', 1)[-1]}/questions/description")
    yield "a description that is saved"
    page.fill("#description-value", "Jeugdhulp en jongerenwerk per buurt tellen.")
    page.click("button[value=alike]")
    assert page.url.endswith("#alike")
    assert page.input_value("#description-value").startswith("Jeugdhulp en jongerenwerk")
    yield "what is like it, asked for"
