"""Reading: the little YAML that trees use, and what happens to files that mean harm."""

from __future__ import annotations

import copy
import json
import time
import tracemalloc
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.trees import check, yaml
from assistant.trees.check import Report, check_files
from assistant.trees.load import load_file
from assistant.trees.yaml import Read, read_yaml

from ..strategies import texts
from .hostile import GOOD, cases

CORPUS = Path(__file__).resolve().parents[1] / "corpora" / "trees"
CASES = cases()
NAMES = [name for name, _, _ in CASES]
MOST_SECONDS = 0.2
MOST_BYTES = 50_000_000


@pytest.fixture(autouse=True)
def beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "shipped_folder", lambda: CORPUS / "beside")


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "hostile.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def test_there_are_enough_of_them_and_each_is_different():
    assert len(CASES) >= 60
    assert len(set(NAMES)) == len({content for _, content, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("name", "content", "reason"), CASES, ids=NAMES)
def test_is_refused_with_line_and_reason_or_does_nothing(name, content, reason, tmp_path: Path):
    path = write(tmp_path, content)
    took, report = timed(path)
    if reason is None:
        assert report.faults == []
        assert report.edition is not None
    else:
        assert any(reason in fault.reason for fault in report.faults), report.faults
        assert_readable(report, path)
    assert took < MOST_SECONDS


def timed(path: Path) -> tuple[float, Report]:
    """Seconds of this process, the better of two, since other programs run beside it."""
    took = []
    for _ in range(2):
        started = time.process_time()
        report = check_files([path])
        took.append(time.process_time() - started)
    return min(took), report


def assert_readable(report: Report, path: Path) -> None:
    lines = path.read_bytes().count(b"\n") + 1
    for fault in report.faults:
        assert fault.file == str(path)
        assert 0 <= fault.line <= lines
        assert fault.line or "larger than" in fault.reason or "parts" in fault.reason  # about the file as a whole
        assert fault.mend
        said = fault.reason + fault.mend
        assert len(said) < 2_000
        assert said.isprintable()
        assert "Traceback" not in said


@pytest.mark.parametrize(("name", "content"), [(name, content) for name, content, _ in CASES], ids=NAMES)
def test_takes_little_memory(name, content, tmp_path: Path):
    path = write(tmp_path, content)
    tracemalloc.start()
    try:
        check_files([path])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MOST_BYTES


def test_a_text_that_looks_like_code_stays_as_it_is(tmp_path: Path):
    for name, content, reason in CASES:
        if name.startswith("text: "):
            assert reason is None
            edition = check_files([write(tmp_path, content)]).edition
            assert (
                edition.questions["personal"].ask.en
                == load_file(tmp_path / "hostile.yaml").read.data["themes"][0]["questions"][0]["ask"]["en"]
            )


# What is read


SCALARS: list[tuple[str, Any]] = [
    ("no", "no"),
    ("yes", "yes"),
    ("on", "on"),
    ("off", "off"),
    ("y", "y"),
    ("NO", "NO"),
    ("true", True),
    ("False", False),
    ("null", None),
    ("~", None),
    ("5", 5),
    ("-5", -5),
    ("0", 0),
    ("017", "017"),
    ("0o17", "0o17"),
    ("0x1f", "0x1f"),
    ("1_000", "1_000"),
    ("1:30", "1:30"),
    ("12:30:45", "12:30:45"),
    ("1.5", 1.5),
    ("1e3", "1e3"),
    (".5", ".5"),
    (".inf", ".inf"),
    (".nan", ".nan"),
    ("2026-01-01", "2026-01-01"),
    ("'5'", "5"),
    ('"true"', "true"),
    ("'no'", "no"),
    ("=", "="),
    ("1.2.3", "1.2.3"),
    ("99999999999999999999", "99999999999999999999"),
]


@pytest.mark.parametrize(("text", "value"), SCALARS, ids=[text for text, _ in SCALARS])
def test_a_word_is_read_as(text: str, value: Any):
    read = read_yaml(f"key: {text}\n".encode(), "f")
    assert read.faults == []
    assert read.data == {"key": value}
    assert type(read.data["key"]) is type(value)


def test_every_node_knows_its_line():
    read = read_yaml(GOOD.encode(), "f")
    assert read.line(("themes", 0, "questions", 0, "kind")) == 14
    assert read.line(("themes", 0, "questions", 0, "ask", "en")) == 12
    assert read.line(("themes", 0, "questions", 0, "when")) == 10  # not there: the question
    assert read.line(("nothing",)) == 1


def test_blocks_of_text_are_text():
    read = read_yaml(b"a: |\n  one\n  two\nb: >\n  one\n  two\n", "f")
    assert read.data == {"a": "one\ntwo\n", "b": "one two\n"}


def test_limits_are_reached_only_beyond_them():
    deep = "[" * yaml.MAX_DEPTH + "]" * yaml.MAX_DEPTH
    assert read_yaml(deep.encode(), "f").faults == []
    assert read_yaml(f"[{deep}]".encode(), "f").faults
    many = "- a\n" * (yaml.MAX_NODES - 1)
    assert read_yaml(many.encode(), "f").faults == []
    assert read_yaml((many + "- a\n").encode(), "f").faults
    full = "a: b\n#".ljust(yaml.MAX_BYTES, "x").replace("x" * 20_000, "x" * 19_998 + "\n#")
    assert read_yaml(full[: yaml.MAX_BYTES].encode(), "f").faults == []
    assert read_yaml(full.ljust(yaml.MAX_BYTES + 1).encode(), "f").faults


# Whatever is in it


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes):
    assert_read_or_refused(read_yaml(raw, "f"))


SIGNS = [*"{}[],:?-&*!|>'\"%@`#~ \n\t\\", "\n  ", "---\n", "a", "a: ", "- ", "<<: ", "!!str ", "&a ", "*a "]
SIGNS += ["%YAML 1.1\n", "\u202e", "\0", "\ufeff", "\u2028", "é", "1", "no", "\\x00", '"\\ud800"']


@given(st.lists(st.sampled_from(SIGNS), max_size=40).map("".join))
def test_any_text_like_yaml_is_read_or_refused(text: str):
    assert_read_or_refused(read_yaml(text.encode("utf-8"), "f"))


def assert_read_or_refused(read: Read) -> None:
    assert read.faults or read.data is not None
    assert all(fault.reason and fault.line >= 0 for fault in read.faults)


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | texts()
    | st.sampled_from(["yes", "personal == 'yes'"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEYS = "format id title about minutes themes facts signals outcomes opens deepens references thresholds".split()


WHOLE = read_yaml((CORPUS / "good.yaml").read_bytes(), "f")
places = st.sampled_from(sorted((path for path in WHOLE.lines if path), key=str))


@given(places, values)
def test_any_change_to_a_tree_is_checked_to_the_end(place: tuple[Any, ...], value: Any):
    """A good tree with something else in the place of some part of it."""
    content = copy.deepcopy(WHOLE.data)
    part = content
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = value
    assert_checked(content)


@given(st.dictionaries(st.sampled_from(KEYS), values))
def test_any_mapping_is_checked_to_the_end(content: dict[str, Any]):
    assert_checked(content)


def assert_checked(content: dict[str, Any]) -> None:
    """Written as JSON, which is YAML too."""
    with TemporaryDirectory() as folder:
        report = check_files([write(Path(folder), json.dumps(content, indent=1, ensure_ascii=False))])
    assert report.faults or report.edition or "themes" not in content
    assert all(fault.reason and fault.mend for fault in report.faults)
