"""Every fault in tests/corpora/trees/broken is reported: its line, its reason, a way to mend it, all at once.

What is expected stands in the files themselves: `# expect: reason (mend) && reason (mend)` on the faulty line.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from assistant.errors import Fault, InvalidTrees
from assistant.trees import check, prove
from assistant.trees.check import Report, check_files, check_shipped
from assistant.trees.load import load_edition, load_file
from assistant.trees.model import Tree

CORPUS = Path(__file__).resolve().parents[1] / "corpora" / "trees"
BROKEN = sorted((CORPUS / "broken").iterdir())


@pytest.fixture(autouse=True)
def beside(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sources and thresholds that do not change with what is shipped."""
    monkeypatch.setattr(check, "shipped_folder", lambda: CORPUS / "beside")
    return CORPUS / "beside"


def told(faults: list[Fault]) -> set[tuple[str, int, str]]:
    return {(Path(fault.file).name, fault.line, f"{fault.reason} ({fault.mend})") for fault in faults}


def expected(files: list[Path], mark: str) -> Iterator[tuple[str, int, str]]:
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            for said in re.findall(rf"  # {mark}: (.*?)(?=  # |$)", line):
                yield from ((file.name, number, part) for part in said.split(" && "))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_every_fault_is_reported_at_once(path: Path):
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    report = check_files(files)
    assert told(report.faults) == set(expected(files, "expect"))
    assert told(report.warnings) == set(expected(files, "warn"))
    assert report.faults or report.warnings
    assert all(fault.mend for fault in report.faults + report.warnings)
    assert report.faults == sorted(report.faults)


def test_the_broken_trees_hold_every_sort_of_fault():
    said = " ".join(reason for path in BROKEN for file in files_of(path) for _, _, reason in expected([file], "expect"))
    for sort in (
        "no question is called",
        "no fact is called",
        "no signal is called",
        "no tree is called",
        "no threshold is called",
        "no source is called",
        "no function is called",
        "is no choice of",
        "has no column",
        "these wait for each other",
        "already stands in",
        "contradict each other",
        "is never asked",
        "is never raised",
        "never holds",
        "text is missing",
        "is opened and not closed",
        "stands here twice",
        "is not a word of the tree language",
        "only the language's own functions",
    ):
        assert sort in said


def files_of(path: Path) -> list[Path]:
    return sorted(path.iterdir()) if path.is_dir() else [path]


def test_a_good_tree_has_no_fault_and_a_witness_for_everything():
    report = check_files([CORPUS / "good.yaml"])
    assert (report.faults, report.warnings, report.files) == ([], [], 1)
    assert {proof.node for proof in report.proofs} == {
        *(("question", q) for q in "personal people basis impact group start goal sources confirmed".split()),
        ("fact", "sensitive"),
        ("signal", "small_group"),
        ("signal", "children_far"),
        ("outcome", "good/needed"),
    }
    assert all(proof.witness is not None for proof in report.proofs)


def test_cycles_are_printed_as_a_round_trip():
    (first, *_) = check_files([CORPUS / "broken" / "cycle.yaml"]).faults
    way = first.reason.removeprefix("these wait for each other: ").split(" -> ")
    assert way[0] == way[-1]
    assert set(way) == {"question personal", "question linked", "signal far", "fact odd"}


def test_files_that_open_each_other_in_a_circle_are_refused_together_only():
    folder = CORPUS / "broken" / "opening"
    alone = check_files([folder / "review.yaml"])
    assert alone.faults == []
    assert "question deep" in check_files(sorted(folder.iterdir())).faults[0].reason


def test_faults_of_several_files_come_together():
    files = [CORPUS / "broken" / name for name in ("names.yaml", "markdown.yaml")]
    alone = [told(check_files([file]).faults) for file in files]
    together = told(check_files(files).faults)
    assert all(reasons & together for reasons in alone)
    assert any("already stands in" in reason for _, _, reason in together)  # both say id: broken


def test_a_search_that_gives_up_is_a_warning_not_a_fault(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(check, "prove", lambda edition: prove.prove(edition, most_steps=0))
    report = check_files([CORPUS / "good.yaml"])
    assert report.faults == []
    assert any("not settled whether signal 'children_far' ever holds" in fault.reason for fault in report.warnings)


def test_a_missing_source_file_is_a_fault_of_the_tree_that_needs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(check, "shipped_folder", lambda: tmp_path)
    reasons = {fault.reason for fault in check_files([CORPUS / "good.yaml"]).faults}
    assert "no source is called 'AVG-6'" in reasons
    assert "no threshold is called 'min_group'" in reasons


def test_the_folder_as_a_whole_can_be_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for file in [*(CORPUS / "beside").iterdir(), CORPUS / "good.yaml"]:
        shutil.copy(file, tmp_path)
    monkeypatch.setattr(check, "shipped_folder", lambda: tmp_path)
    report = check_shipped()
    assert (report.faults, report.files) == ([], 3)
    assert report.edition == load_edition(tmp_path)


def test_loading_a_folder_raises_with_every_fault(tmp_path: Path):
    for name in ("twice", "translations"):
        shutil.copy(CORPUS / "broken" / f"{name}.yaml", tmp_path)
    with pytest.raises(InvalidTrees) as caught:
        load_edition(tmp_path)
    assert {Path(fault.file).name for fault in caught.value.faults} == {"twice.yaml", "translations.yaml"}
    assert len(caught.value.faults) == 11
    assert "twice.yaml:15: 'kind' stands here twice (keep one)" in str(caught.value)


def test_an_edition_read_from_its_bytes_is_the_same(tmp_path: Path):
    from assistant.trees.edition import read_edition

    for file in [*(CORPUS / "beside").iterdir(), CORPUS / "good.yaml"]:
        shutil.copy(file, tmp_path)
    made = load_edition(tmp_path)
    again = read_edition(made.body)
    assert (again, again.body, again.hash) == (made, made.body, made.hash)
    assert load_edition(tmp_path).hash == made.hash


def test_the_schema_takes_a_good_tree_and_refuses_a_broken_one():
    schema = Tree.model_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(load_file(CORPUS / "good.yaml").read.data)
    for name in ("translations", "values"):
        assert list(validator.iter_errors(load_file(CORPUS / "broken" / f"{name}.yaml").read.data))


def test_a_report_of_nothing_is_empty():
    assert check_files([]) == Report()
