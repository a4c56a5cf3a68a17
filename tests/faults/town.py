"""A town in which many people write in one dossier, each at a question of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.access import Relation
from assistant.opening import Shell, open_shell
from assistant.settings import Settings
from assistant.store.database import open_database, upgrade
from assistant.store.members import save_member

from ..web.town import BASE, add, signed
from ..web.work import make_dossier, version

TREES = Path(__file__).parents[1] / "web" / "trees"
QUESTION = """
      - id: q{0}
        code: QW{0}
        ask: {{nl: Wat schrijft nummer {0}?, en: What does number {0} write?}}
        why: {{nl: Dan zien we het terug., en: Then we find it again.}}
        kind: long_text
        motivation: none"""


@dataclass(frozen=True)
class Town:
    """The installation, its settings as the server gets them, and the dossier's address without a language."""

    shell: Shell
    settings: dict[str, str | Path]
    dossier: str
    version: int  # before anybody wrote

    def path(self, number: int) -> str:
        return f"{self.dossier}/questions/q{number}"


@contextmanager
def a_town(folder: Path, writers: int, url: str = "") -> Iterator[Town]:
    """People w0, w1, ... may all write; question q0 is for w0. `url`: an empty PostgreSQL database, else SQLite."""
    settings: dict[str, str | Path] = {
        "data_dir": folder / "data",
        "trees_dir": _write_trees(folder / "trees", writers),
    }
    if url:
        settings["database_url"] = url
        engine = open_database(url)
        upgrade(engine)
        engine.dispose()
    shell = open_shell(Settings.model_validate({**settings, "base_url": BASE}))
    people = [add(shell, f"w{number}") for number in range(writers)]
    dossier = make_dossier(shell, {"phase": "idea"}, owner=people[0].id)
    for person in people[1:]:
        id = dossier.rpartition("/")[2]
        save_member(shell.engine, id, person.id, Relation.EDITOR, signed=signed(shell, people[0].id))
    yield Town(shell, settings, dossier, version(shell, dossier))
    shell.engine.dispose()


def _write_trees(folder: Path, questions: int) -> Path:
    shutil.copytree(TREES, folder)
    start = (folder / "start.yaml").read_text(encoding="utf-8")
    before, opens, after = start.partition("opens:")
    asked = "".join(QUESTION.format(number) for number in range(questions)).lstrip("\n")
    (folder / "start.yaml").write_text(f"{before}{asked}\n{opens}{after}", encoding="utf-8")
    return folder
