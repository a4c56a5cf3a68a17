"""People who save as fast as it goes, whatever happens to the server, and who know what it told them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from assistant.store.dossiers import find_dossier

from ..web.client import Client, Page
from ..web.town import enter
from .served import Served
from .town import Town

PAUSE = 0.1  # seconds before who was told to wait tries again


@dataclass
class Writer:
    """`saved`: the moment and the text of each save that was acknowledged, in order."""

    client: Client
    path: str
    question: str
    saved: list[tuple[float, str]] = field(default_factory=list)
    waits: int = 0
    slowest: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def write_until(self, over: threading.Event) -> None:
        """Nothing but an answer, or 503 with everything typed still in the form, is right; a save is seen through."""
        try:
            while not over.is_set():
                self._write(f"{self.question} voor de {len(self.saved)}e keer")
        except Exception as error:
            self.wrong.append(f"{type(error).__name__}: {error}"[:500])

    def _write(self, text: str) -> None:
        page, name = self._send(self.path), f"{self.question}-value"
        while page.status == 503:
            self._wait(page)
            page = self._send(self.path)
        while page.status != 302:
            page = self._send(page.path, page.fields() | {name: [text], "do": ["save"]})
            if page.status == 503:
                assert page.value(name) == [text], page.text[:200]
                self._wait(page)
        self.saved.append((time.monotonic(), text))

    def _send(self, path: str, fields: dict[str, list[str]] | None = None) -> Page:
        begun = time.monotonic()
        page = self.client.open(path, "POST" if fields else "GET", data=fields)
        self.slowest = max(self.slowest, time.monotonic() - begun)
        if page.status not in ((302, 503) if fields else (200, 503)):
            raise AssertionError(f"{page.status}: {page.text[:200]}")
        return page

    def _wait(self, page: Page) -> None:
        assert page.response.headers["Retry-After"]
        self.waits += 1
        time.sleep(PAUSE)

    def first_after(self, moment: float) -> float:
        """Seconds from this moment to the next save that was acknowledged."""
        return min((at for at, _ in self.saved if at > moment), default=float("inf")) - moment


def gather(town: Town, served: Served, numbers: Sequence[int]) -> list[Writer]:
    """They sign in as people do."""
    found = []
    for number in numbers:
        client = Client(served.wire, person="")  # type: ignore[arg-type]  # it asks for no more than a test client
        enter(client, f"w{number}")
        found.append(Writer(client, town.path(number), f"q{number}"))
    return found


@contextmanager
def writing(writers: Sequence[Writer]) -> Iterator[None]:
    """They all write, until the end of it."""
    over = threading.Event()
    threads = [threading.Thread(target=one.write_until, args=(over,)) for one in writers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join(120)


def check_nothing_lost_or_doubled(town: Town, writers: Sequence[Writer]) -> int:
    """What each was told last is there, and each save made one version; how many saves there were."""
    assert [one.wrong for one in writers] == [[] for _ in writers]
    now = find_dossier(town.shell.engine, town.dossier.rpartition("/")[2])
    for one in writers:
        assert one.saved
        assert now.document.answers[one.question].value == one.saved[-1][1], one.question
    saves = sum(len(one.saved) for one in writers)
    assert now.version - town.version == saves
    return saves
