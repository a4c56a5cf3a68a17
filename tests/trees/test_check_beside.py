"""A tree that takes the place of a shipped one, while others lean on a name that it no longer has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.trees import check

from ..strategies import SMALL, small_edition

NAMES = [*small_edition().questions, *small_edition().facts, *small_edition().signals]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_taken_from_under_other_trees_is_told_or_does_no_harm(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """One tree of the small edition with a name changed in it, beside the other trees as they were."""
    monkeypatch.setattr(check, "shipped_folder", lambda: SMALL)
    for shipped in SMALL.glob("*.yaml"):
        content = shipped.read_text(encoding="utf-8")
        changed = re.sub(rf"(?<![.']){name}\b(?!')(?=[:,\s\"])|(?<=raised\('){name}\b", "something_else", content)
        if re.search(rf"id: {name},?$|^  {name}: ", content, re.MULTILINE):
            path = tmp_path / shipped.name
            path.write_text(changed, encoding="utf-8")
            report = check.check_files([path])
            assert report.faults or report.edition


def test_where_it_hangs_is_told_with_file_and_line():
    path = check.shipped_folder() / "quick-scan.yaml"
    assert check.check_files([path]).faults == []


def test_every_place_that_leans_on_a_gone_question_is_told(tmp_path: Path):
    shipped = check.shipped_folder() / "quick-scan.yaml"
    path = tmp_path / "quick-scan.yaml"
    path.write_text(shipped.read_text(encoding="utf-8").replace("software", "programs"), encoding="utf-8")
    report = check.check_files([path])
    told = {(Path(fault.file).name, fault.reason) for fault in report.faults}
    assert ("ai-act.yaml", "no question is called 'software'") in told
    assert all(fault.line > 1 and fault.mend for fault in report.faults)
    assert report.edition is None
