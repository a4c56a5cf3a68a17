"""Two people at work in two browsers: who was first is not overwritten, and what is typed is kept for its writer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from assistant import clock
from assistant.access import Relation
from assistant.demo import PEOPLE
from assistant.store.changes import Signed
from assistant.store.dossiers import find_dossier
from assistant.store.members import save_member

from .conftest import OpenPage, Site

KEPT = re.compile(r"Kept as a draft at \d\d:\d\d")
FIELD, STATE = "#description-value", ".draft-state"


@pytest.fixture
def address(site: Site) -> str:
    """The question that both look at, in a dossier that both work on."""
    dossier = site.import_scenario("drop-out-per-course")
    signed = Signed(PEOPLE["team"].id, clock.now(), site.shell.audit_key)
    id = dossier.rpartition("/")[2]
    save_member(site.shell.engine, id, PEOPLE["facilitator"].id, Relation.EDITOR, signed=signed)
    return f"/en{dossier}/questions/description"


def saved(site: Site, address: str) -> object:
    answer = find_dossier(site.shell.engine, address.split("/")[3]).document.answers["description"]
    return answer.value


def type_in(page: Page, text: str) -> None:
    page.locator(FIELD).press_sequentially(text)


def test_two_browsers_meet_on_one_question(site: Site, open_page: OpenPage, address: str) -> None:
    anna, bram = open_page(), open_page("facilitator")
    for page in (anna, bram):
        page.goto(address)
    bram.locator(FIELD).fill("Van Bram.")
    bram.get_by_role("button", name="Save and continue").click()
    anna.locator(FIELD).fill("Van Anna.")
    anna.get_by_role("button", name="Save and continue").click()
    expect(anna.locator("blockquote")).to_contain_text("Van Bram.")
    expect(anna.locator(FIELD)).to_have_value("Van Anna.")
    assert saved(site, address) == "Van Bram."
    anna.locator("#description-keep-value").check()
    anna.get_by_role("button", name="Save and continue").click()
    expect(anna.locator(".saved")).to_be_visible()
    assert saved(site, address) == "Van Anna."


def test_what_is_typed_is_kept_for_its_writer_alone(site: Site, open_page: OpenPage, address: str) -> None:
    before = saved(site, address)
    page = open_page()
    page.goto(address)
    page.locator(FIELD).fill("")
    type_in(page, "Half af")
    expect(page.locator(STATE)).to_have_text(KEPT)
    page.reload()
    expect(page.locator(FIELD)).to_have_value("Half af")
    assert saved(site, address) == before
    other = open_page("facilitator")
    other.goto(address)
    expect(other.locator(FIELD)).to_have_value(str(before))
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".saved")).to_be_visible()
    assert saved(site, address) == "Half af"
    page.goto(address)
    expect(page.locator("form[action$='/forget']")).to_have_count(0)


def test_what_could_not_be_kept_is_said_and_tried_again(open_page: OpenPage, address: str) -> None:
    page = open_page()
    page.goto(address)
    page.route("**/drafts/*", lambda route: route.abort())
    type_in(page, "En meer")
    expect(page.locator(STATE)).not_to_have_text(KEPT)
    expect(page.locator(STATE)).not_to_be_empty()
    page.unroute("**/drafts/*")
    type_in(page, "!")
    expect(page.locator(STATE)).to_have_text(KEPT)
