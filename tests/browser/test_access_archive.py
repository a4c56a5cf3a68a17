"""The pages where a text is taken out of a version, and where a closed dossier goes to the archive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .conftest import OpenPage, Site
from .looks import SOME, find_faults
from .review import Review

NAME: Final = "Kanariepietaansprakelijkheidswaardevaststellingsveranderingen"


def test_no_fault_where_a_text_goes_and_where_a_dossier_goes(site: Site, open_page: OpenPage) -> None:
    dossier = site.import_scenario("youth-care-in-tiny-groups")
    team, officer = Review(open_page(), dossier), Review(open_page("officer"), dossier)
    team.hand_in(f"Vraag {NAME} maar.", "15-01-2027", "directeur")
    faults = [f"{state}: {fault}" for state in redacting(officer) for fault in find_faults(officer.page, SOME)]
    team.open("/versions/1")
    faults += [f"the version: {fault}" for fault in find_faults(team.page, SOME)]
    officer.pick_up()
    officer.send_back([("", "Waarom?")])
    team.open()
    team.page.locator("details:has(form[action$='/close']) summary").click()
    team.go("form[action$='/close'] button")
    officer.open("/archive", at="/desk")
    faults += [f"the archive: {fault}" for fault in find_faults(officer.page, SOME)]
    with officer.page.expect_download() as download:
        officer.page.keyboard.press("Tab")
        officer.page.locator("#archive button[value=save]").focus()
        officer.page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith("-archief.zip")
    assert not faults, "\n".join(faults)


def redacting(officer: Review) -> Iterator[str]:
    """Chosen by keyboard, wrongly and well; seen; done."""
    officer.open("/versions/1/redact", at="/desk")
    yield "a redaction"
    officer.go("#redact button[value=preview]")
    yield "a redaction without anything"
    officer.page.locator("#words").focus()
    officer.page.keyboard.type(NAME)
    officer.page.locator("#reason").focus()
    officer.page.keyboard.type("Een naam die niet nodig is")
    officer.go("#redact button[value=preview]")
    yield "what then stands there"
    assert NAME not in officer.page.locator("main").inner_text()
    officer.go("#redact button[value=save]")
    yield "a redacted version"
    officer.open(at="/desk")
    yield "a dossier with a redacted version"
