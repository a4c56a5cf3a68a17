"""A real Chromium on a real server, and what has to hold during every journey."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from assistant import clock
from assistant.access import Relation
from assistant.demo import PEOPLE
from assistant.opening import Shell, import_answers, open_shell
from assistant.settings import load_settings
from assistant.store.changes import Signed
from assistant.store.members import save_member
from assistant.trees.load import shipped_folder

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
ARGUMENTS = [
    *("--disable-gpu", "--disable-quic", "--disable-component-update", "--disable-sync"),
    "--disable-smooth-scrolling",  # the focus is in the window at once, not some frames later
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # what a page asks of others goes nowhere
]
PICTURES = Path("test-results")
FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@dataclass(frozen=True)
class Site:
    """The assistant, served on this machine over a database of its own."""

    base: str
    shell: Shell

    def import_scenario(self, name: str) -> str:
        """A dossier of a shipped scenario: its address, without the language."""
        file = f"{name}.yaml"
        made = import_answers(self.shell, (shipped_folder() / "scenarios" / file).read_bytes(), file)
        return f"/dossiers/{made.id}"

    def let_in(self, person: str, dossier: str) -> None:
        """One of the demo's people comes to work along."""
        signed = Signed(PEOPLE["team"].id, clock.now(), self.shell.audit_key)
        id = dossier.rpartition("/")[2]
        save_member(self.shell.engine, id, PEOPLE[person].id, Relation.EDITOR, signed=signed)


@contextmanager
def serve(data: Path, base_url: str = "", **settings: str) -> Iterator[Site]:
    """What a developer starts with one command: the demo on a free port or, with an address, an installation."""
    shell = open_shell(load_settings({}, data_dir=data, base_url=base_url))
    port, environment = base_url.rpartition(":")[2] or "0", {**os.environ, "ASSISTANT_BASE_URL": base_url}
    environment |= {f"ASSISTANT_{name.upper()}": value for name, value in settings.items()}
    command = [Path(sys.executable).with_name("assistant"), "serve", "--port", port, "--data", data]
    log = data / "log"
    with (
        log.open("w") as told,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=told, text=True, env=environment) as server,
    ):
        assert server.stdout
        address = re.search(r"http://[^/\s]+", server.stdout.readline())
        assert address, f"the server did not start: {log.read_text()}"
        yield Site(address[0], shell)
        server.terminate()
    shell.engine.dispose()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serve(tmp_path_factory.mktemp("data")) as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, "there is no Chromium on the PATH; .ci/prepare installs one"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Watch:
    """What no page may ever do: call elsewhere, break its own content policy, stumble over a script or fail."""

    base: str
    foreign: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self._see(request.url))  # a route would switch the cache off
        context.on("console", lambda message: self._hear(message.text))
        context.on("response", self._look)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def _see(self, url: str) -> None:
        if not url.startswith((f"{self.base}/", "data:", "blob:", "about:")):
            self.foreign.append(url)

    def _look(self, response: Response) -> None:
        if response.status == 500:
            self.broken.append(response.url)

    def _hear(self, text: str) -> None:
        if "Content Security" in text or "Trusted" in text:
            self.refused.append(text)


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Opens a page in a browser of its own: each call is another person. Options as of a Playwright context."""
    watch, contexts = Watch(site.base), []

    def open_one(person: str = "team", **options: Any) -> Page:
        given = {"viewport": {"width": 1100, "height": 900}, "locale": "nl-NL", "base_url": site.base} | options
        context = browser.new_context(**given)
        context.set_default_timeout(10_000)
        contexts.append(context)
        if person:
            assert context.request.post("/demo", form={"person": person}).ok
        watch.over(context)
        return context.new_page()

    yield open_one
    for number, context in enumerate(contexts):
        if request.node.stash.get(FAILED, False) and context.pages:
            context.pages[0].screenshot(path=PICTURES / f"{request.node.name}-{number}.png", full_page=True)
        context.close()
    assert watch == Watch(site.base)
