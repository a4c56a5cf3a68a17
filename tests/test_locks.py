"""The locks pin all that pyproject.toml asks for, by hash, wherever it is fetched from."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
RUNTIME, BUILD, TEST = "requirements.lock", "requirements-build.lock", "requirements-test.lock"
MOST_CORE_PACKAGES = 40


def load_pins(lock: str) -> dict[str, str]:
    """Name to version, of every package in a lock. Each must carry at least one hash."""
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text())[1:]
    assert all("--hash=sha256:" in entry for entry in entries)
    pins = [Requirement(entry.split("\\")[0].strip()) for entry in entries]
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in pins}


def load_wanted() -> dict[str, list[Requirement]]:
    """What pyproject.toml asks for, by the lock that must hold it."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())
    project = asked["project"]
    lists = {
        RUNTIME: project["dependencies"],
        BUILD: asked["build-system"]["requires"] + asked["dependency-groups"]["build"],
        TEST: chain.from_iterable(project["optional-dependencies"].values()),
    }
    return {
        lock: [wanted for wanted in map(Requirement, lines) if wanted.name != project["name"]]
        for lock, lines in lists.items()
    }


@pytest.mark.parametrize("lock", [RUNTIME, BUILD, TEST])
def test_a_lock_holds_what_is_asked_for_and_a_version_that_will_do(lock: str) -> None:
    pins = load_pins(lock)
    for wanted in load_wanted()[lock]:
        name = canonicalize_name(wanted.name)
        assert name in pins, "run: make lock"
        assert pins[name] in wanted.specifier, "run: make lock"


@pytest.mark.parametrize("lock", [RUNTIME, BUILD])
def test_what_is_tested_is_what_is_installed(lock: str) -> None:
    assert load_pins(lock).items() <= load_pins(TEST).items(), "run: make lock"


@pytest.mark.parametrize("lock", [RUNTIME, BUILD, TEST])
def test_a_lock_names_no_address(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text()


def test_the_core_stays_small() -> None:
    assert len(load_pins(RUNTIME)) <= MOST_CORE_PACKAGES
