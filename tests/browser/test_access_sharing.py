"""The pages of an example for others: chosen, looked at, approved, passed on, read again; and the file by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page

from exports import to_example

from ..sharing.samples import example
from .conftest import OpenPage, Site
from .looks import SOME, find_faults
from .review import Review

LONG_WORD: Final = "Aansprakelijkheidswaardevaststellingsveranderingen"
SAVE: Final = "button[value=save]"


def test_no_fault_on_a_page_of_an_example(site: Site, open_page: OpenPage, tmp_path: Path) -> None:
    dossier = site.import_scenario("youth-care-in-tiny-groups")
    team, officer = Review(open_page(), dossier), Review(open_page("officer", accept_downloads=True), dossier)
    team.hand_in("", "15-01-2027", "directeur")
    officer.pick_up()
    officer.advise("Goed.", LONG_WORD, "beheerder", "01-03-2027")
    faults = [f"{state}: {fault}" for state in choosing(team) for fault in find_faults(team.page, SOME)]
    faults += [f"{state}: {fault}" for state in approving(officer) for fault in find_faults(officer.page, SOME)]
    file = download(officer.page, tmp_path)
    faults += [f"{state}: {fault}" for state in reading(officer, file) for fault in find_faults(officer.page, SOME)]
    assert not faults, "\n".join(faults)


def choosing(team: Review) -> Iterator[str]:
    """What the owner sees, with nothing filled in, with something found, and ready."""
    team.open("/example")
    yield "an example not begun"
    team.fill(title=LONG_WORD, about="Bel 06-12345678 of mail naar iemand@oeverland.nl.", learned="Vraag eerst.")
    team.go("#example button[value=save]")
    yield "something was found"
    team.go("#send button")
    yield "not sent"
    team.open("/example/texts/after")
    team.page.locator("input[id^=goes-]").first.check()
    team.page.locator("textarea").first.fill("Op 12 mei 2027 kijken wij weer.")
    team.go(SAVE)
    yield "a text of the dossier"
    team.page.locator("input[id^=cleared-]").first.check()
    team.go(SAVE)
    team.open("/example")
    team.page.locator("#cleared-about").check()
    team.go("#example button[value=save]")
    team.open("/example/page")
    yield "as others read it"
    team.open("/example")
    team.go("#send button")
    yield "sent"


def approving(officer: Review) -> Iterator[str]:
    """What an officer reads, gives back wrongly, and approves."""
    officer.page.goto("/nl/desk/examples")
    yield "what waits"
    officer.open("/example", at="/desk")
    officer.go("#return button[value=return]")
    yield "given back without a reason"
    officer.go("#approve button[value=approve]")
    yield "approved"


def download(page: Page, folder: Path) -> Path:
    """The file, saved as a person saves it."""
    with page.expect_download() as started:
        page.locator("main a[href$='/example/file']").click()
    file = folder / "example.html"
    started.value.save_as(file)
    return file


def reading(officer: Review, file: Path) -> Iterator[str]:
    """The library, and a file from elsewhere."""
    for path in ("/library", "/library/example-early-school-leaving", "/library/case-housing-monitor"):
        officer.page.goto(f"/nl{path}")
        yield path
    officer.page.goto("/nl/desk/examples/import")
    officer.go("#import button[value=save]")
    yield "no file"
    officer.page.locator("#file").set_input_files(file)
    officer.go("#import button[value=save]")
    yield "a file that is known already"


def test_the_file_reads_by_itself_without_a_network(browser: Browser, tmp_path: Path) -> None:
    """It asks for nothing, runs nothing, and fits a telephone."""
    file = tmp_path / "example.html"
    file.write_bytes(to_example.render(example()))
    context = browser.new_context(viewport={"width": 320, "height": 800}, offline=True)
    page, asked = context.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    assert page.locator("h1").inner_text() == "Een titel"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert not page.locator("#data").is_visible()
    context.close()
