"""What people install is what was tested: the wheel holds everything the product needs and works on its own."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("assistant", "exports", "question_trees")
NEEDED = (
    "assistant/py.typed",
    "assistant/store/migrations/env.py",
    "assistant/store/migrations/versions/*.py",
    "assistant/web/static/*.css",
    "assistant/web/templates/*.html",
    "assistant/web/translations/nl/LC_MESSAGES/messages.mo",
    "exports/templates/*",
    "question_trees/edition.json",
    "question_trees/playbook.json",
    "question_trees/onward.json",
    "question_trees/quick-scan.yaml",
    "question_trees/ethical-review.yaml",
    "question_trees/references.yaml",
    "question_trees/settings.yaml",
    "*.dist-info/licenses/LICENSE",
    "*.dist-info/sboms/sbom.cdx.json",
)


def run(*command: str | Path, cwd: Path) -> str:
    """The command's output; the test fails with all of it when the command does."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=cwd, env=outside, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout without the network."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """The path of every file in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a fresh environment: the wheel, and this environment's libraries beside it."""
    home = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "--without-pip", home, cwd=home)
    run(sys.executable, "-m", "pip", "--python", home, "install", "--quiet", "--no-deps", wheel, cwd=home)
    (site,) = home.glob("lib/python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return home / "bin"


def shipped_files() -> set[str]:
    """What lies in the packages here, but for what Python writes itself and the examples."""
    found = (path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file())
    paths = {path.relative_to(ROOT).as_posix() for path in found if "__pycache__" not in path.parts}
    return {path for path in paths if not path.startswith("exports/examples/")}


def test_the_wheel_holds_every_file_of_the_packages_and_nothing_else(names: set[str]) -> None:
    assert {name for name in names if ".dist-info/" not in name} == shipped_files()


@pytest.mark.parametrize("pattern", NEEDED)
def test_the_wheel_holds(pattern: str, names: set[str]) -> None:
    assert any(fnmatch(name, pattern) for name in names)


@pytest.mark.slow
def test_the_installed_command_finds_its_trees_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = run(installed / "python", "-c", "import assistant; print(assistant.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent)
    assert "serve" in run(installed / "assistant", "--help", cwd=tmp_path)
    run(installed / "assistant", "check", cwd=tmp_path)
