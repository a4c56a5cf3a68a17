"""Which answers fill what: the mapping names what exists, and holds every section and field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import InvalidTrees
from assistant.trees.check import check_files
from assistant.trees.load import current_onward, load_onward, shipped_folder
from assistant.trees.onward import Onward, onward_findings, read_onward

from .samples import EDITION, MAPPING
from .standard import ENUMS, HTML, KEYS, LENGTHS, REQUIRED

SHIPPED = shipped_folder().joinpath("onward.json")


def changed(group: str, place: int, **update: Any) -> Onward:
    plain = MAPPING.model_dump()
    plain[group] = [*plain[group]]
    plain[group][place] |= update
    return Onward.model_validate(plain)


def test_the_shipped_mapping_is_what_the_yaml_says() -> None:
    assert load_onward(shipped_folder()).body == SHIPPED.read_bytes(), "run `make trees`"


def test_its_bytes_are_canonical_and_read_back_the_same() -> None:
    raw = SHIPPED.read_bytes()
    assert json.dumps(json.loads(raw), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() == raw
    assert read_onward(raw).body == raw


def test_it_names_only_what_exists() -> None:
    assert list(onward_findings(MAPPING, EDITION)) == []


def test_every_section_of_the_national_model_is_there_in_order() -> None:
    assert [chapter.number for chapter in MAPPING.dpia] == list(range(21))


def test_every_answer_stands_in_one_section_of_a_dpia_at_most() -> None:
    questions = [id for chapter in MAPPING.dpia for id in chapter.questions]
    assert len(set(questions)) == len(questions)


def test_every_element_of_a_record_is_there_in_order() -> None:
    assert [element.key for element in MAPPING.record] == list("abcdefg")


def test_the_fields_of_the_register_are_those_of_the_standard() -> None:
    fields = {entry.key: entry for entry in MAPPING.algorithm_register}
    assert set(fields) == KEYS
    assert {key for key, field in fields.items() if field.presence == "required"} == set(REQUIRED)
    assert {key for key, field in fields.items() if field.kind == "rich"} == set(HTML)
    for key, most in LENGTHS.items():
        assert fields[key].most is not None
        assert fields[key].most <= most
    for key in ("category", "status", "publication_category"):
        assert set(fields[key].values) == ENUMS[key]


def test_nothing_that_is_deliberation_is_named() -> None:
    named = {
        id for group in (MAPPING.dpia, MAPPING.algorithm_register, MAPPING.record) for p in group for id in p.questions
    }
    assert [id for id in named if EDITION.questions[id].deliberation] == []


@pytest.mark.parametrize(
    ("group", "place", "update", "says"),
    [
        ("dpia", 1, {"questions": ["descriptoin"]}, "no question is called 'descriptoin'"),
        ("dpia", 1, {"number": 0}, "'0' stands here twice"),
        ("dpia", 2, {"columns": {"sources": ["nmae"]}}, "no column is called 'nmae'"),
        ("dpia", 2, {"columns": {"sharing": ["what"]}}, "'sharing' is none of the questions here"),
        ("record", 3, {"key": "a"}, "'a' stands here twice"),
        ("algorithm_register", 4, {"choices": {"fase": {"idea": "In gebruik"}}}, "no question is called 'fase'"),
        ("algorithm_register", 4, {"choices": {"phase": {"ideas": "In gebruik"}}}, "no choice is called 'ideas'"),
        ("algorithm_register", 4, {"choices": {"phase": {"idea": "Gebruikt"}}}, "no value is called 'Gebruikt'"),
        ("algorithm_register", 4, {"outcomes": {"ai-akt": {}}}, "no tree is called 'ai-akt'"),
        ("algorithm_register", 4, {"outcomes": {"ai-act": {"ai_hi": "In gebruik"}}}, "no outcome is called 'ai_hi'"),
        ("algorithm_register", 4, {"tests": [{"title": "x", "tree": "dpia"}]}, "no tree is called 'dpia'"),
        (
            "algorithm_register",
            4,
            {"tests": [{"title": "x", "question": "existing_dpia", "choices": ["new"]}]},
            "no choice is called 'new'",
        ),
    ],
)
def test_every_wrong_name_is_a_fault(group: str, place: int, update: dict[str, Any], says: str) -> None:
    assert [reason for _, reason, _ in onward_findings(changed(group, place, **update), EDITION)] == [says]


def test_checking_tells_the_line(tmp_path: Path) -> None:
    text = shipped_folder().joinpath("onward.yaml").read_text(encoding="utf-8")
    file = tmp_path / "onward.yaml"
    file.write_text(text.replace("questions: [storage]", "questions: [storrage]", 1), encoding="utf-8")
    [fault] = check_files([file]).faults
    assert fault.reason == "no question is called 'storrage'"
    assert "storrage" in file.read_text(encoding="utf-8").splitlines()[fault.line - 1]
    assert fault.mend == "did you mean 'storage'?"


def test_an_installations_own_mapping_comes_first_and_without_it_the_shipped_one(tmp_path: Path) -> None:
    assert current_onward(tmp_path) is current_onward(None)
    own = tmp_path / "own"
    own.mkdir()
    (own / "onward.yaml").write_text("format: 1\ndpia: []\n", encoding="utf-8")
    with pytest.raises(InvalidTrees):
        current_onward(own)
