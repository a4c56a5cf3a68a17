"""The table of ASVS 5.0: every requirement of level 1 and 2 once, a verdict for each, and what shows it is there."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
VERDICTS = {"met", "not applicable", "gap"}
MEND = "Judge it again, then change docs/asvs.csv and the totals in docs/asvs.md and docs/ciso.md."


def read(path: str) -> list[dict[str, str]]:
    with (ROOT / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TABLE = read("docs/asvs.csv")
OFFICIAL = read("tests/corpora/asvs-5.0.0.csv")  # numbers and levels of OWASP's release, without its words


def totals() -> dict[tuple[str, str], int]:
    return dict(Counter((row["level"], row["verdict"]) for row in TABLE))


def test_the_official_list_is_whole() -> None:
    assert Counter(row["level"] for row in OFFICIAL) == {"1": 70, "2": 183}
    assert len({row["number"] for row in OFFICIAL}) == 253


def test_every_number_stands_in_it_once_with_its_level() -> None:
    assert [(row["number"], row["level"]) for row in TABLE] == [(row["number"], row["level"]) for row in OFFICIAL]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["number"])
def test_every_line_has_a_verdict_and_says_why(row: dict[str, str]) -> None:
    assert row["subject"]
    assert row["verdict"] in VERDICTS
    assert row["verdict"] != "met" or row["shown by"], "met: by which test or file?"
    assert row["verdict"] == "met" or row["note"], "what is missing, or why is it not applicable?"


@pytest.mark.parametrize("shown", sorted({row["shown by"] for row in TABLE} - {""}))
def test_what_shows_it_is_there(shown: str) -> None:
    name, _, function = shown.partition("::")
    assert (ROOT / name).is_file(), MEND
    if function:
        assert re.search(rf"^def {function}\(", (ROOT / name).read_text(encoding="utf-8"), re.M), MEND


def test_the_totals_in_the_docs_are_those_of_the_table() -> None:
    text = (ROOT / "docs/asvs.md").read_text(encoding="utf-8")
    count = totals()
    for level in ("1", "2"):
        numbers = [count[level, verdict] for verdict in ("met", "not applicable", "gap")]
        assert f"| {level} | {' | '.join(map(str, [*numbers, sum(numbers)]))} |" in text, MEND
    met, away, gap = (count["1", verdict] + count["2", verdict] for verdict in ("met", "not applicable", "gap"))
    assert f"| both | {met} | {away} | {gap} | 253 |" in text, MEND
    ciso = (ROOT / "docs/ciso.md").read_text(encoding="utf-8")
    assert f"{met} met, {away} not applicable, {gap} gaps" in ciso, MEND


def test_every_gap_of_level_1_is_explained() -> None:
    gaps = {row["number"] for row in TABLE if row["verdict"] == "gap" and row["level"] == "1"}
    text = (ROOT / "docs/asvs.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^- \*\*([\d.]+),", text, re.M)) == gaps, MEND
