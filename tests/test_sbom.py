"""The bill of materials names every package that the locks pin, and its licence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.utils import canonicalize_name

from .test_locks import RUNTIME, load_pins

ROOT = Path(__file__).resolve().parents[1]
MEND = "run: make sbom"


@pytest.fixture(scope="module")
def text() -> str:
    return (ROOT / "sbom.cdx.json").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def parts(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)["components"]
    return found


def pinned(parts: list[dict[str, Any]], kind: str) -> set[str]:
    """Of one kind of package: name@version."""
    return {part["purl"].removeprefix(kind) for part in parts if part["purl"].startswith(kind)}


def test_it_is_cyclonedx(text: str) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


def test_every_pinned_package_is_in_it(parts: list[dict[str, Any]]) -> None:
    wanted = {f"{name}@{version}" for name, version in load_pins(RUNTIME).items()}
    found = (part.rpartition("@") for part in pinned(parts, "pkg:pypi/"))
    assert {f"{canonicalize_name(name)}@{version}" for name, _at, version in found} == wanted, MEND


def test_every_bundled_style_is_in_it(parts: list[dict[str, Any]]) -> None:
    lock = json.loads((ROOT / "theme/package-lock.json").read_text(encoding="utf-8"))["packages"]
    names = {f"{path.rpartition('node_modules/')[2]}@{about['version']}" for path, about in lock.items() if path}
    assert {name.replace("%40", "@") for name in pinned(parts, "pkg:npm/")} == names, MEND


def test_every_one_has_a_licence(parts: list[dict[str, Any]]) -> None:
    assert [part["name"] for part in parts if not part.get("licenses")] == []


def test_it_is_of_this_version(text: str) -> None:
    from importlib.metadata import version

    about = json.loads(text)["metadata"]["component"]
    assert (about["name"], about["version"]) == ("ethical-review-assistant", version("ethical-review-assistant"))


def test_it_says_no_place_and_no_moment(text: str) -> None:
    assert "timestamp" not in text
    assert "file://" not in text
    assert str(ROOT) not in text
