"""The edition is the same for ever: its bytes read and written again are its bytes."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from assistant.cli import schema_text
from assistant.trees import model
from assistant.trees.edition import Edition, read_edition
from assistant.trees.load import load_edition, shipped_edition

from .trees.samples import edition, question, tree

FOLDER = Path(str(files("question_trees")))
MEND = "Run: .venv/bin/assistant trees compile question_trees"

# What an edition leaves out of its bytes, because format 1 says so. Another default would change what a kept
# edition means without changing its hash: a change here needs format 2.
DEFAULTS = {
    "Choice": {"exclusive": False, "suggest": None},
    "Column": {"choices": [], "choices_from": None, "optional": False},
    "Question": {
        "more": None,
        "core": False,
        "choices": [],
        "choices_from": None,
        "max_choices": None,
        "scale": None,
        "unit": None,
        "columns": [],
        "when": None,
        "prefill": None,
        "motivation": "optional",
        "phases": ["idea", "exploration", "prototype", "pilot", "in_use", "change", "stopped"],
        "ask_also": [],
        "refs": [],
    },
    "Theme": {"gate": "real_data", "when": None},
    "Signal": {"action": None, "gate": None, "supersedes": []},
    "TreeOutcome": {"refs": []},
    "Opens": {"depth": "all"},
    "Tree": {"facts": {}, "signals": [], "outcomes": [], "opens": [], "deepens": []},
    "Reference": {},
    "Threshold": {},
    "Fact": {},
    "Text": {},
    "LongText": {},
    "Scale": {},
}


def plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=list))


@pytest.mark.parametrize("name", DEFAULTS)
def test_a_default_is_part_of_format_1(name: str) -> None:
    part: type[BaseModel] = getattr(model, name)
    now = {id: plain(field.default) for id, field in part.model_fields.items() if not field.is_required()}
    added = {id: now[id] for id in now.keys() - DEFAULTS[name].keys()}
    assert {id: now.get(id) for id in DEFAULTS[name]} == DEFAULTS[name]
    assert all(not value for value in added.values()), (
        "A new key starts as nothing, so that old editions stay as they are."
    )


def test_the_shipped_bytes_read_and_written_again_are_the_same() -> None:
    raw = (FOLDER / "edition.json").read_bytes()
    assert read_edition(raw).body == raw
    assert read_edition(raw).hash == hashlib.sha256(raw).hexdigest()


def test_the_shipped_bytes_are_canonical() -> None:
    raw = (FOLDER / "edition.json").read_bytes()
    canonical = json.dumps(json.loads(raw), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert raw == canonical.encode()


def test_the_shipped_edition_is_what_the_yaml_files_make() -> None:
    assert load_edition(FOLDER).body == (FOLDER / "edition.json").read_bytes(), MEND


def test_the_published_schema_is_what_the_model_says() -> None:
    assert (FOLDER / "tree.schema.json").read_text(encoding="utf-8") == schema_text("tree") + "\n", MEND


def test_each_tree_names_the_schema_that_helps_an_editor() -> None:
    for file in FOLDER.glob("*.yaml"):
        if "themes:" in file.read_text(encoding="utf-8"):
            assert file.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=tree.schema.json\n")


def test_an_edition_read_back_is_equal_and_asks_the_same() -> None:
    shipped = shipped_edition()
    again = read_edition(shipped.body)
    assert again == shipped
    assert list(again.program.asked) == list(shipped.program.asked)
    assert again.program.order == read_edition(shipped.body).program.order


def test_an_edition_that_spells_out_its_defaults_has_the_same_hash() -> None:
    spelled_out = shipped_edition().model_dump_json(exclude_defaults=False)
    assert read_edition(spelled_out.encode()).hash == shipped_edition().hash


@pytest.mark.parametrize(
    "other",
    [
        edition(tree(question("a"), question("b", core=True))),
        edition(tree(question("b"), question("a"))),
        edition(tree(question("a"), question("b")), limit=3),
    ],
)
def test_another_content_order_or_threshold_is_another_edition(other: Edition) -> None:
    assert other.hash != edition(tree(question("a", code="AA"), question("b", code="BB"))).hash


@pytest.mark.parametrize("wrong", [b"", b"{}", b'{"format": 2}', b"[]", b"\xff", b'{"format": 1, "trees": []}'])
def test_bytes_that_are_no_edition_are_refused(wrong: bytes) -> None:
    with pytest.raises(ValueError, match="Edition"):
        read_edition(wrong)


def test_everything_in_an_edition_is_found_by_its_id() -> None:
    shipped = shipped_edition()
    assert set(shipped.homes) == set(shipped.questions) == set(shipped.program.asked)
    assert all(signal.about in shipped.questions for signal in shipped.signals.values())
    assert all(key in shipped.references for signal in shipped.signals.values() for key in signal.refs)
