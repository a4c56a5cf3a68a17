"""publiccode.yml keeps to its standard, and says of the product what pyproject.toml says."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from assistant.trees.model import LANGUAGES
from assistant.trees.yaml import read_yaml

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    read = read_yaml((ROOT / "publiccode.yml").read_bytes(), "publiccode.yml")
    assert not read.faults
    data: dict[str, Any] = read.data
    return data


def test_it_keeps_to_the_standard(said: dict[str, Any]) -> None:
    schema = json.loads((ROOT / "tests/corpora/publiccode-0.5.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(said, schema)


def test_it_says_what_the_project_says(said: dict[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert said["softwareVersion"] == project["version"]
    assert said["legal"]["license"] == project["license"]
    [python] = [one for one in said["dependsOn"]["open"] if one["name"] == "Python"]
    assert f">={python['versionMin']}" == project["requires-python"]


def test_it_speaks_every_language_of_the_screens(said: dict[str, Any]) -> None:
    assert set(said["description"]) == set(said["localisation"]["availableLanguages"]) == set(LANGUAGES)
