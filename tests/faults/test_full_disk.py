"""A disk that is full to another point each time: 503 with what was typed, and everything works once there is room.

Data folder and temporary folder lie on a small disk of the server's own; the machine's disk is never filled.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest
from flask import Flask

from assistant import clock
from assistant.opening import Shell, open_shell
from assistant.settings import Settings
from assistant.store.audit import verify_all
from assistant.store.database import reading
from assistant.store.workshop import door, running

from ..long import LONG
from ..web.client import Client, Page
from ..web.desk import draft, hand_in, press
from ..web.hall import Hall, prepare
from ..web.rooms import REASONS, open_now
from .served import demo
from .spaces import Space, small_disk
from .wire import Wire

LEVELS = 20 if LONG else 4
STEP = 8_192 if LONG else 40_960  # bytes that are left more at each level
MEGABYTES = 16
LONG_TEXT = "Vol is vol. " * 700  # some pages of the database


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[tuple[Space, Path]]:
    folder = tmp_path / "disk"
    with small_disk(folder, MEGABYTES) as place:
        yield place, folder


@contextmanager
def full(folder: Path, left: int) -> Iterator[None]:
    """So many bytes are left, rounded to pages."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        file.truncate(0)
        free = shutil.disk_usage(folder).free - left
        for _ in range(max(free, 0) // 4096):
            file.write(b"x" * 4096)
    yield
    filler.unlink()


@pytest.mark.slow
def test_a_full_disk_is_told_of_and_loses_nothing(disk: tuple[Space, Path], prepared: Path, tmp_path: Path) -> None:
    place, folder = disk
    seen = place.see(folder)
    (seen / "tmp").mkdir()
    begun = open_shell(Settings(data_dir=shutil.copytree(prepared, tmp_path / "begun")))
    town = Town(begun)
    begun.engine.dispose()
    shutil.copytree(tmp_path / "begun", seen / "data")
    with demo(folder / "data", tmp_path / "log", place.around(), TMPDIR=str(folder / "tmp")) as wire:
        town.enter(wire)
        refused = [name for level in range(LEVELS) for name in town.live_through(seen, level * STEP)]
    print(f"{LEVELS} levels, refused: {dict(Counter(refused))}")  # noqa: T201
    assert {"answer", "hand in", "advice"} <= {*refused}  # else there was room all the time
    assert not [*(seen / "tmp").iterdir()]
    shell = open_shell(Settings(data_dir=shutil.copytree(seen / "data", tmp_path / "ended")))
    with reading(shell.engine) as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert verify_all(shell.engine, shell.audit_key).faults == ()
    shell.engine.dispose()


class Town:
    """Somebody who answers, somebody who hands in, an officer who advises, a facilitator, a phone."""

    def __init__(self, shell: Shell) -> None:
        now = clock.now()
        self.writing, self.ready, self.advised = draft(shell), draft(shell), draft(shell)
        workshop = prepare(shell)
        running.start(shell.engine, workshop, now)
        door.open_door(shell.engine, workshop, now)
        open_now(Hall(Flask(__name__), shell, workshop, lead=cast(Client, None)), REASONS)
        self.shell, self.workshop, self.turn = shell, workshop, 0

    def enter(self, wire: Wire) -> None:
        """Everybody comes in, over HTTP."""
        app = cast(Flask, wire)  # it makes browsers, and is asked for nothing else
        self.team, self.officer = Client(app), Client(app, person="officer")
        self.desk = hand_in(self.team, self.advised)
        self.hall = Hall(app, self.shell, self.workshop, Client(app, person="facilitator"))
        self.phone = self.hall.enter()

    def forms(self) -> list[tuple[str, Client, Page, str, dict[str, str]]]:
        """What is tried at each level: its name, who tries, the page as it was opened, its form, and what is typed."""
        self.turn += 1
        text, pages = f"{self.turn}. {LONG_TEXT}", self.team
        question, note = f"{self.writing}/questions/description", f"{self.turn}. Vol is vol, zegt iedereen hier."
        return [
            ("answer", self.team, pages.get(question), "answer", {"description-value": text}),
            ("other view", self.team, pages.get(f"{question}/views"), "add-view", {"view": text[:1000]}),
            ("hand in", self.team, pages.get(f"{self.ready}/hand-in"), "hand-in", {"note": text}),
            ("advice", self.officer, self.officer.get(f"{self.desk}/advise"), "advise",
             {"outcome": "go_on", "motivation": text}),
            ("vote", self.phone, self.phone.get("/room"), "vote", {"for": note}),
        ]  # fmt: skip

    def live_through(self, disk: Path, left: int) -> list[str]:
        """A disk that is full to this point: what was refused, and sent again once there was room."""
        forms, refused = self.forms(), []
        with full(disk, left):
            for name, who, page, form, typed in forms:
                answer = who.open(page.form(form).get("action") or page.path, "POST", data=_filled(page, form, typed))
                assert answer.status in (302, 503), (name, left, answer.status, answer.text[:300])
                if answer.status == 503:
                    assert answer.response.headers["Retry-After"]
                    assert {field: answer.value(field)[0].strip() for field in typed} == {
                        field: text.strip() for field, text in typed.items()
                    }
                    refused.append((name, who, answer))
            made = [self.team.open(f"{self.writing}/download/{kind}").status for kind in ("pdf", "docx")]
            printed = self.hall.lead.open(f"{self.hall.url}/print/report.pdf").status
            assert {*made, printed} <= {200, 503}, (made, printed)
        for name, who, answer in refused:
            again = who.open(answer.path, "POST", data=_sent_again(answer))
            assert again.status == 302, (name, left, again.status, again.text[:300])
        assert self.team.get(f"{self.writing}/download/pdf").response.data.startswith(b"%PDF")
        press(self.team, self.ready, f"{self.ready}/withdraw")
        return [name for name, _, _ in refused]


def _filled(page: Page, form: str, typed: dict[str, str]) -> dict[str, list[str]]:
    return page.fields(form) | {"do": ["save"]} | {name: [text] for name, text in typed.items()}


def _sent_again(answer: Page) -> dict[str, list[str]]:
    """The form that stands on the page, as it is."""
    ids = [form.get("id") for form in answer.tree.findall(".//main//form")]
    return answer.fields(ids[0] or "") | {"do": ["save"]}
