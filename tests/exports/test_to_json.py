"""The JSON of a dossier is the published format."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from assistant.cli import schema_text
from assistant.dossier import canonical
from assistant.trees.load import shipped_edition
from exports import to_json

from .samples import EXAMPLES, SCENARIOS, dossier_of, dossier_that_says

FILES = [EXAMPLES / "answers.yaml", *sorted(SCENARIOS.glob("*.yaml"))]


def json_of(file: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(to_json.render(dossier_of(file)))
    return made


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_keeps_to_the_published_schema(file: Path) -> None:
    schema = json.loads(schema_text("dossier"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json_of(file), schema, jsonschema.Draft202012Validator)


def test_the_schema_refuses_what_is_no_dossier() -> None:
    schema = json.loads(schema_text("dossier"))
    wrong = json_of(FILES[0]) | {"colour": "blue"}
    with pytest.raises(jsonschema.ValidationError, match="colour"):
        jsonschema.validate(wrong, schema, jsonschema.Draft202012Validator)


def test_signals_path_and_open_points_are_lists_that_a_program_can_follow() -> None:
    made = json_of(SCENARIOS / "early-school-leaving.yaml")
    assert made["format"] == 1
    assert made["path"][:2] == ["phase", "personal_data"]
    unknown = ["sources", "special_exception", "sharing", "dpia_new_way", "ai_since"]
    assert [point["question"] for point in made["open_points"]] == unknown
    for signal in made["signals"]:
        assert signal["level"] in ("stop", "high", "attention", "info", "strength")
        assert signal["certainty"] in ("certain", "possible")
        assert all(reason["question"] in made["path"] for reason in signal["because"])
        assert signal["because"]


def test_everything_it_points_at_is_in_it() -> None:
    made = json_of(SCENARIOS / "early-school-leaving.yaml")
    signals = {signal["id"] for signal in made["signals"]}
    sources = {source["key"] for source in made["sources"]}
    assert {*made["matters_most"], *made["strengths"]} <= signals
    assert {s["superseded_by"] for s in made["signals"]} <= {*signals, ""}
    assert {key for s in made["signals"] for key in s["sources"]} == sources
    assert [a["question"] for theme in made["themes"] for a in theme["answers"]] == made["path"]
    assert set(made["answers"]) <= set(made["path"])


def test_its_hashes_can_be_checked_by_anybody() -> None:
    made = json_of(SCENARIOS / "early-school-leaving.yaml")
    assert made["answers_hash"] == hashlib.sha256(canonical(made["answers"])).hexdigest()
    assert made["edition"]["hash"] == hashlib.sha256(shipped_edition().body).hexdigest()


def test_it_is_utf_8_for_people_to_read_and_ends_in_one_line_end() -> None:
    raw = to_json.render(dossier_that_says("Zoë & <b>漢</b>"))
    assert "Zoë & <b>漢</b>".encode() in raw
    assert raw.endswith(b"}\n")
    assert raw == to_json.render(dossier_that_says("Zoë & <b>漢</b>"))
