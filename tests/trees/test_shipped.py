"""The trees in the package follow their own rules, and everything in them can happen."""

from __future__ import annotations

import json
import time

import jsonschema
import pytest

from assistant.trees.check import check_shipped
from assistant.trees.load import load_file, shipped_edition, shipped_folder, tree_files
from assistant.trees.model import Tree
from assistant.trees.prove import prove


def test_checking_finds_nothing_wrong_and_shows_a_witness_for_everything():
    report = check_shipped()
    assert (report.faults, report.warnings) == ([], [])
    assert report.proofs
    assert all(proof.witness is not None for proof in report.proofs)


def test_the_edition_in_the_package_is_what_the_trees_make():
    assert (
        check_shipped().edition.body == shipped_folder().joinpath("edition.json").read_bytes() == shipped_edition().body
    )


def test_proving_takes_less_than_three_seconds():
    started = time.process_time()
    prove(shipped_edition())
    assert time.process_time() - started < 3


@pytest.mark.parametrize("path", tree_files(shipped_folder()), ids=lambda path: path.name)
def test_the_published_schema_takes_them(path):
    loaded = load_file(path)
    if isinstance(loaded.part, Tree):
        schema = json.loads(shipped_folder().joinpath("tree.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator(schema).validate(loaded.read.data)
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        assert first.endswith("$schema=tree.schema.json")
    else:
        jsonschema.validate(loaded.read.data, type(loaded.part).model_json_schema())
