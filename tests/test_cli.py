"""The command line: each command, its exit code, and nothing written where the input is wrong."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import click
import jsonschema
import pytest
from click.testing import CliRunner, Result

import exports
from assistant.cli import main
from assistant.trees.load import shipped_edition

from .trees.samples import question, tree

TREES = Path(str(files("question_trees")))
SCENARIO = TREES / "scenarios" / "early-school-leaving.yaml"
CANARY = "canary-7f3a"
DAY = ["--today", "2026-11-21"]
HEAD = "format: 1\nlanguage: en\nproject: {title: Proef}\n"


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("CONFIG", "DATA_DIR", "DATABASE_URL", "TREES_DIR", "BASE_URL"):
        monkeypatch.delenv(f"ASSISTANT_{name}", raising=False)
    monkeypatch.chdir(tmp_path)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def written(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def commands(group: click.Group, *before: str) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name, command in group.commands.items():
        found.append((*before, name))
        if isinstance(command, click.Group):
            found += commands(command, *before, name)
    return found


@pytest.mark.parametrize("command", [(), *commands(main)], ids=" ".join)
def test_every_command_explains_itself(command: tuple[str, ...]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage:")
    assert result.stdout == run(*command, "-h").stdout
    described = result.stdout.split("\n\n")[1].strip()
    assert described
    assert not described.startswith("Options")


def test_it_says_which_version_it_is() -> None:
    assert run("--version").stdout.startswith("assistant, version ")


@pytest.mark.parametrize("name", exports.FORMATS)
def test_an_answers_file_becomes_a_dossier_in_each_format(name: str, tmp_path: Path) -> None:
    output = tmp_path / "dossier"
    result = run("dossier", SCENARIO, "--to", name, "-o", output, *DAY)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert output.stat().st_size > 5_000


@pytest.mark.parametrize("name", ["markdown", "html", "json"])
def test_a_dossier_goes_to_the_screen_as_it_would_to_a_file(name: str, tmp_path: Path) -> None:
    output = tmp_path / "dossier"
    run("dossier", SCENARIO, "--to", name, "-o", output, *DAY)
    result = run("dossier", SCENARIO, "--to", name, *DAY)
    assert result.stdout_bytes == output.read_bytes()
    assert result.stderr == ""


def test_a_dossier_may_be_in_another_language_and_reckons_from_another_day() -> None:
    text = run("dossier", SCENARIO, "--language", "en", *DAY).stdout
    assert "21 November 2026" in text
    assert "## On one page" in text


def test_a_dossier_in_json_goes_in_again_and_comes_out_the_same(tmp_path: Path) -> None:
    run("dossier", SCENARIO, "--to", "json", "-o", tmp_path / "one.json", *DAY)
    run("dossier", tmp_path / "one.json", "--to", "json", "-o", tmp_path / "two.json", *DAY)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


WRONG = {
    "unknown question": HEAD + "answers: {persnal_data: none}\n",
    "two faults": HEAD + "answers: {phase: someday, purpose: [harm]}\n",
    "no title": "format: 1\n",
    "not YAML": "format: [1\n",
    "not UTF-8": "\udcff",
    "broken JSON": '{"format": 1,',
    "empty": "",
}


@pytest.mark.parametrize("content", WRONG.values(), ids=list(WRONG))
@pytest.mark.parametrize("command", ["dossier", "walk", "import"])
def test_wrong_input_gives_exit_code_2_reasons_on_stderr_and_nothing_written(
    command: str, content: str, tmp_path: Path
) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    output = ["-o", tmp_path / "out.md"] if command == "dossier" else []
    data = ["--data", tmp_path / "data"] if command == "import" else []
    result = run(command, file, *output, *data)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(str(file))
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "out.md").exists()


def test_every_fault_is_on_a_line_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(WRONG["two faults"], encoding="utf-8")
    lines = run("walk", file).stderr.splitlines()
    assert [line.split(": ")[:2] for line in lines] == [[f"{file}:4", "phase"], [f"{file}:4", "purpose"]]


def test_an_edition_that_is_not_here_is_named(tmp_path: Path) -> None:
    file = tmp_path / "dossier.json"
    data = {"format": 1, "project": {"title": "Proef"}, "edition": {"hash": "ab" * 32}}
    file.write_text(json.dumps(data), encoding="utf-8")
    result = run("dossier", file)
    assert result.exit_code == 2
    assert "ab" * 32 in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["dossier"],
        ["dossier", "missing.yaml"],
        ["dossier", str(SCENARIO), "--to", "carrier-pigeon"],
        ["dossier", str(SCENARIO), "--language", "fr"],
        ["dossier", str(SCENARIO), "--today", "21-11-2026"],
        ["walk", str(TREES)],
        ["schema", "answers"],
        ["check", "missing.yaml"],
        ["serve", "--host", "0.0.0.0"],
        ["serve", "--port", "70000"],
        ["fly"],
    ],
)
def test_wrong_use_gives_exit_code_2(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error" in result.stderr


def test_a_folder_that_cannot_be_written_gives_exit_code_3(tmp_path: Path) -> None:
    result = run("dossier", SCENARIO, "-o", tmp_path / "nowhere" / "dossier.md", *DAY)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "nowhere" in result.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("CONFIG", "/nowhere/settings.toml"), ("COLOUR", "blue"), ("DEFAULT_LANGUAGE", "fr")]
)
def test_a_setting_that_is_wrong_gives_exit_code_3(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"ASSISTANT_{name}", value)
    result = run("walk", SCENARIO)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.strip()
    assert "Traceback" not in result.stderr


def test_a_walk_shows_the_questions_the_signals_and_the_outcome() -> None:
    text = run("walk", SCENARIO, "--language", "en", *DAY).stdout
    assert "QS01" in text
    assert "Do not start now (possible)" in text
    assert text.rstrip().split("\n")[-1].startswith("Solve first.")


def test_a_walk_for_a_script_is_json() -> None:
    made = json.loads(run("walk", SCENARIO, "--json", *DAY).stdout)
    assert set(made) == {"path", "signals", "open_points", "outcome", "later", "conclusions"}
    assert made["outcome"]["id"] == "solve_first"
    assert len(made["path"]) == 123


def test_the_schema_of_a_tree_is_the_published_one() -> None:
    assert run("schema").stdout == (TREES / "tree.schema.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("of", ["tree", "references", "settings", "dossier"])
def test_every_schema_is_one(of: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(run("schema", of).stdout))


def test_the_trees_are_listed_with_the_hash_of_the_edition() -> None:
    text = run("trees").stdout
    assert text.startswith(f"edition {shipped_edition().hash}\n")
    assert all(tree in text for tree in shipped_edition().tree_ids)


def test_compiling_the_shipped_trees_gives_the_shipped_edition(tmp_path: Path) -> None:
    folder = tmp_path / "trees"
    shutil.copytree(TREES, folder, ignore=shutil.ignore_patterns("*.json", "__pycache__"))
    result = run("trees", "compile", folder)
    assert result.exit_code == 0
    for name in ("edition.json", "playbook.json", "onward.json", "tree.schema.json"):
        mend = "Run: .venv/bin/assistant trees compile question_trees"
        assert (folder / name).read_bytes() == (TREES / name).read_bytes(), mend


def test_compiling_trees_with_a_fault_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "trees"
    folder.mkdir()
    broken = (TREES / "quick-scan.yaml").read_text(encoding="utf-8").replace("personal_data != 'none'", "no_such == 1")
    (folder / "quick-scan.yaml").write_text(broken, encoding="utf-8")
    result = run("trees", "compile", folder)
    assert result.exit_code == 2
    assert "no_such" in result.stderr
    assert written(folder) == ["quick-scan.yaml"]


def test_checking_a_tree_with_a_fault_gives_exit_code_1_and_the_line(tmp_path: Path) -> None:
    file = tmp_path / "tree.yaml"
    file.write_text("format: 1\nid: Wrong Id\n", encoding="utf-8")
    result = run("check", file)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{file}:")
    assert "1 files: " in result.stdout


def test_own_trees_take_the_place_of_the_shipped_ones(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(json.dumps(tree(question("first"), id="own")), encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_TREES_DIR", str(tmp_path))
    result = run("trees")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()[1:]] == ["own"]


def test_own_trees_with_a_fault_give_exit_code_2_and_the_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("format: 1\nid: own\nthemes: none\n", encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_TREES_DIR", str(tmp_path))
    result = run("walk", SCENARIO)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{tmp_path / 'own.yaml'}:3: " in result.stderr


def test_an_import_makes_a_draft_that_verify_finds_whole(tmp_path: Path) -> None:
    data = tmp_path / "data"
    made = run("import", SCENARIO, "--data", data)
    assert (made.exit_code, made.stderr) == (0, "")
    assert len(made.stdout.split()) == 2
    checked = run("verify", "--data", data)
    assert checked.exit_code == 0
    assert checked.stdout.startswith("1 dossiers, ")
    assert checked.stdout.rstrip().endswith(": 0 faults.")


def test_migrating_twice_changes_nothing_more(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    assert run("migrate", "--data", data).exit_code == 0
    again = run("migrate", "--data", data)
    assert (again.exit_code, again.stdout) == (0, "The database is up to date.\n")


def planted(tmp_path: Path, fault: str) -> Path:
    """A file with the canary in every text that is free, and one thing wrong."""
    answers = []
    for id, asked in shipped_edition().questions.items():
        beside = f"motivation: {CANARY}, owner: {CANARY}, other_views: [{CANARY}]"
        if asked.kind in ("text", "long_text"):
            answers.append(f"  {id}: {{value: {CANARY}, {beside}}}")
        elif asked.columns:
            cells = ", ".join(f"{column.id}: {CANARY}" for column in asked.columns if column.kind == "text")
            answers.append(f"  {id}: {{value: [{{{cells}}}], {beside}}}")
        else:
            answers.append(f"  {id}: {{not_applicable: {CANARY}, {beside}}}")
    head = f"format: 1\nproject: {{title: {CANARY}, organisation: {CANARY}}}\nanswers:\n"
    file = tmp_path / "planted.yaml"
    file.write_text(head + "\n".join(answers) + fault, encoding="utf-8")
    return file


@pytest.mark.parametrize("fault", ["\n  nobody: 1\n", "\ncolour: blue\n", "\n  'open\n", "\nx: &y 1\n"])
@pytest.mark.parametrize("command", ["dossier", "walk", "import"])
def test_a_failing_command_repeats_nothing_that_was_typed(
    command: str, fault: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    result = run(command, planted(tmp_path, fault))
    assert result.exit_code == 2
    assert CANARY not in result.output
    assert CANARY not in str(result.exception)
    assert CANARY not in caplog.text


def test_a_disk_that_is_full_repeats_nothing_that_was_typed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    result = run("dossier", planted(tmp_path, "\n"), "-o", "/dev/full")
    assert result.exit_code == 3
    assert CANARY not in result.output
    assert CANARY not in caplog.text


def test_the_right_file_does_show_it(tmp_path: Path) -> None:
    assert CANARY in run("dossier", planted(tmp_path, "\n"), *DAY).stdout


def process(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    command = Path(sys.executable).parent / "assistant"
    return subprocess.run([command, *arguments], capture_output=True, timeout=60, check=False)


def test_the_installed_command_makes_a_dossier_for_a_pipe() -> None:
    done = process("dossier", SCENARIO, "--to", "json", *DAY)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["outcome"]["id"] == "solve_first"


def test_the_installed_command_fails_without_a_traceback(tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(WRONG["unknown question"], encoding="utf-8")
    done = process("dossier", file, "-o", tmp_path / "out.md")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == (f"{file}:4: There is no question 'persnal_data'. Did you mean 'personal_data'?\n")
    assert written(tmp_path) == ["wrong.yaml"]
