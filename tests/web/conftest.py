"""An installation with a dossier or two, and a browser that checks every answer it gets."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from assistant.examples import add_example
from assistant.opening import Shell, open_shell
from assistant.settings import Settings
from assistant.store.lists import list_dossiers
from assistant.trees.edition import Edition
from assistant.trees.load import load_edition
from assistant.web import create_app

from .checks import CANARY
from .client import Client
from .hall import Hall, open_hall
from .town import open_town
from .work import make_dossier

TREES = Path(__file__).with_name("trees")


@pytest.fixture(autouse=True)
def told(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Everything that was logged, tracebacks included. Typed text is never in it."""
    lines: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    ear, root = Ear(), logging.getLogger()
    before = root.level
    root.setLevel(logging.INFO)
    root.addHandler(ear)
    yield lines
    root.removeHandler(ear)
    root.setLevel(before)
    assert not [line for line in lines if CANARY in line]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the finished example; copied for each test, which is faster than making one."""
    folder = tmp_path_factory.mktemp("prepared") / "data"
    shell = open_shell(Settings(data_dir=folder))
    add_example(shell)
    shell.engine.dispose()
    return folder


@pytest.fixture
def data_dir(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "data"))


@pytest.fixture
def shell(data_dir: Path) -> Iterator[Shell]:
    """An installation with the shipped questions."""
    shell = open_shell(Settings(data_dir=data_dir))
    yield shell
    shell.engine.dispose()


@pytest.fixture(scope="session")
def compiled(prepared: Path) -> Iterator[Flask]:
    """The application, made once: compiling its templates takes longer than most tests."""
    shell = open_shell(Settings(data_dir=prepared))
    yield create_app(shell)
    shell.engine.dispose()


@pytest.fixture
def app(compiled: Flask, shell: Shell) -> Flask:
    compiled.extensions["shell"] = shell
    return compiled


@pytest.fixture
def engine(shell: Shell) -> Engine:
    return shell.engine


@pytest.fixture
def client(app: Flask) -> Client:
    return Client(app)


@pytest.fixture
def example(shell: Shell) -> str:
    """The address of the finished example, without a language."""
    return f"/dossiers/{list_dossiers(shell.engine)[-1].id}"


@pytest.fixture
def empty(shell: Shell) -> str:
    return make_dossier(shell)


@pytest.fixture
def half(shell: Shell) -> str:
    """A dossier in which some is answered, some is not known yet, and some does not apply."""
    return make_dossier(
        shell,
        {
            "phase": "idea",
            "personal_data": "coded",
            "purpose": {"value": ["help"], "unsure": True},
            "analysis_level": "predict",
            "outcome_about": {"unsure": True},
            "sensitive_data": ["health"],
            "description": "Wij willen weten wie er stopt met school.",
            "benefit": {"not_applicable": "Dat is er niet."},
        },
    )


@pytest.fixture(scope="session")
def prepared_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town") / "data"
    open_town(folder).engine.dispose()
    return folder


@pytest.fixture
def town(prepared_town: Path, tmp_path: Path) -> Iterator[Shell]:
    """An installation where people sign in, without anybody in it yet."""
    shell = open_town(Path(shutil.copytree(prepared_town, tmp_path / "town")))
    yield shell
    shell.engine.dispose()


@pytest.fixture(scope="session")
def compiled_town(prepared_town: Path) -> Iterator[Flask]:
    shell = open_town(prepared_town)
    yield create_app(shell)
    shell.engine.dispose()


@pytest.fixture
def town_app(compiled_town: Flask, town: Shell) -> Flask:
    compiled_town.extensions["shell"] = town
    return compiled_town


@pytest.fixture(scope="session")
def own_edition() -> Edition:
    """One question of every kind; its YAML is read once, where a server reads it at its start."""
    return load_edition(TREES)


@pytest.fixture
def kinds(data_dir: Path, own_edition: Edition, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """An installation with own questions, one of every kind."""
    monkeypatch.setattr("assistant.opening.current_edition", {TREES: own_edition}.__getitem__)
    shell = open_shell(Settings(data_dir=data_dir, trees_dir=TREES))
    yield shell
    shell.engine.dispose()


@pytest.fixture
def someone(compiled: Flask, kinds: Shell) -> Callable[..., Client]:
    """Makes people who work in that installation, each in a browser of their own."""
    compiled.extensions["shell"] = kinds
    return lambda language="nl": Client(compiled, language)


@pytest.fixture
def anna(someone: Callable[..., Client]) -> Client:
    return someone()


@pytest.fixture
def bram(someone: Callable[..., Client]) -> Client:
    return someone()


@pytest.fixture
def dossier(kinds: Shell) -> str:
    """A dossier in which one question of every kind is asked."""
    return make_dossier(kinds, {"phase": "idea", "people": "yes", "words": "Een tocht"})


@pytest.fixture
def unsure(kinds: Shell) -> str:
    """A dossier with something not known yet, so that every form has something to send."""
    return make_dossier(kinds, {"phase": "idea", "people": "yes", "way": {"unsure": True}})


@pytest.fixture
def hall(app: Flask, shell: Shell) -> Hall:
    """A workshop in its first round, its door open."""
    return open_hall(app, shell)
