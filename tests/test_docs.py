"""What the docs name exists, and what exists is named."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import click
import pytest

from assistant.cli import main
from assistant.settings import PREFIX, Settings
from assistant.trees import model
from assistant.trees.check import check_files

ROOT = Path(__file__).parent.parent
COMMANDS = ROOT / "docs" / "command-line.md"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


def commands(group: click.Group, name: str) -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    for part, command in sorted(group.commands.items()):
        found.append((f"{name} {part}", command))
        if isinstance(command, click.Group):
            found += commands(command, f"{name} {part}")
    return found


def help_document() -> str:
    parts = ["# The command line\n\nGenerated from the commands' own help; `make docs` writes it again.\n"]
    for name, command in [("assistant", main), *commands(main, "assistant")]:
        settings = main.context_settings  # whoever asks first decides: click keeps a command's help option
        context = click.Context(command, info_name=name, terminal_width=100, max_content_width=100, **settings)
        parts.append(f"## {name}\n\n```text\n{command.get_help(context)}\n```\n")
    parts.append(
        "Exit codes: 0 ok, 1 faults found, 2 wrong use or input, 3 the environment (database, files, settings).\n"
    )
    return "\n".join(parts)


def test_help_in_the_docs_is_the_commands_own(update_examples: bool) -> None:
    if update_examples:
        COMMANDS.write_text(help_document(), encoding="utf-8")
    assert COMMANDS.read_text(encoding="utf-8") == help_document(), "run: make docs, then read the diff"


def test_every_setting_stands_in_the_readme_and_nothing_else() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(rf"`({PREFIX}[A-Z_]+)`", readme))
    assert named == {PREFIX + name.upper() for name in Settings.model_fields} | {PREFIX + "CONFIG"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_named_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    known = {name for name, _ in commands(main, "assistant")}
    for name in re.findall(r"(?:`|bin/)assistant ([a-z][a-z-]*)", text):
        assert f"assistant {name}" in known, f"{document.name} names 'assistant {name}'"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_target_named_exists(document: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    for name in re.findall(r"(?:`|^    )make ([a-z-]+)", document.read_text(encoding="utf-8"), re.M):
        assert name in targets, f"{document.name} names 'make {name}'"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_and_file_named_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if not link.startswith("http")]
    for link in links:
        assert (document.parent / link).exists(), f"{document.name} links to {link}"
    for name in re.findall(r"`((?:tests|question_trees|docs|exports|assistant)/[A-Za-z0-9_./-]+)`", text):
        assert (ROOT / name).exists() or "<" in name, f"{document.name} names {name}"


def test_the_changelog_is_about_this_version() -> None:
    assert f"## {version('ethical-review-assistant')}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_key_of_the_tree_language_is_explained() -> None:
    text = (ROOT / "docs" / "trees.md").read_text(encoding="utf-8")
    for part in (model.Tree, model.Theme, model.Question, model.Signal, model.Column, model.Choice, model.Opens):
        for name in part.model_fields:
            assert f"`{name}`" in text or f"{name}:" in text, (
                f"docs/trees.md does not explain '{name}' of {part.__name__}"
            )


def test_the_example_tree_in_the_docs_is_right(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "trees.md").read_text(encoding="utf-8")
    example = tmp_path / "small-example.yaml"
    example.write_text(re.findall(r"```yaml\n(.*?)```", text, re.S)[0], encoding="utf-8")
    report = check_files([example])
    assert report.faults == []
    assert report.warnings == []


def test_the_answers_file_in_the_readme_is_right(tmp_path: Path) -> None:
    from assistant.answers_file import read_answers
    from assistant.trees.load import shipped_edition

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    raw = re.findall(r"```yaml\n(.*?)```", text, re.S)[0]
    read = read_answers(raw.encode(), "README.md", shipped_edition())
    assert read.answers["legal_task"].unsure
    assert read.answers["phase"].value == "idea"
