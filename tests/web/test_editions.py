"""Editions: published at the command line, listed for the method owner, pinned by what was begun."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from assistant.access import Role
from assistant.cli import main
from assistant.errors import NotReady
from assistant.opening import Shell, open_shell, publish
from assistant.settings import Settings
from assistant.store.audit import verify_all
from assistant.store.database import writing
from assistant.store.edition_uses import list_editions
from assistant.store.editions import save_edition
from assistant.store.moving import move_edition
from assistant.store.org_settings import EDITION, find_setting, save_setting
from assistant.trees.against import find_differences
from assistant.trees.load import load_edition, shipped_edition
from assistant.trees.model import Question, Text
from assistant.web import create_app

from ..test_moving import mutate
from ..trees.samples import question, tree
from .client import Client, Page
from .town import BASE, add, enter, kinds_of_events, open_town, signed
from .work import make_dossier


def write(folder: Path, *questions: dict[str, object]) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "own.yaml").write_text(json.dumps(tree(*questions, id="own")), encoding="utf-8")
    return folder


def run(town: Shell, *arguments: str | Path) -> Result:
    environment = {"ASSISTANT_BASE_URL": BASE, "ASSISTANT_DATA_DIR": str(town.settings.data_dir)}
    return CliRunner().invoke(main, ["trees", "publish", *map(str, arguments)], env=environment)


@pytest.mark.slow
def test_what_is_published_is_for_dossiers_begun_after_the_next_start(town: Shell, tmp_path: Path) -> None:
    kept = make_dossier(town, owner=add(town, "anna", Role.METHOD_OWNER).id)
    done = run(town, write(tmp_path / "own", question("first")))
    assert done.exit_code == 0, done.output
    hash = done.stdout.split()[-1]
    assert kinds_of_events(town)[-1] == "setting"
    again = open_town(town.settings.data_dir)
    assert again.edition.hash == hash
    assert set(again.edition.tree_ids) == {"own", *shipped_edition().tree_ids}
    assert again.edition_of(shipped_edition().hash) == shipped_edition()
    client = Client(create_app(again), person="")
    enter(client, "anna")
    client.get(kept)
    page = client.get("/admin/editions")
    cards = page.texts("section", kind="card")
    assert len(cards) == 2
    assert sorted("1 dossier" in card for card in cards) == [False, True]
    [current] = [card for card in cards if "voor nieuwe dossiers" in card or "for new dossiers" in card]
    assert hash in current
    again.engine.dispose()


@pytest.mark.slow
def test_it_can_be_tried_compared_and_taken_back(town: Shell, tmp_path: Path) -> None:
    folder, shipped = write(tmp_path / "own", question("first")), shipped_edition()
    tried = run(town, folder, "--try", "--against", shipped.hash[:10])
    assert tried.stdout.splitlines()[:2] == ["question first: new", "tree own: new"]
    assert tried.stdout.endswith(" (not published)\n")
    assert find_setting(town.engine, EDITION) is None
    assert run(town, folder, "--against", "nothing").exit_code == 2
    save_setting(town.engine, EDITION, "0" * 64, signed=signed(town))
    publish(town, None, signed=signed(town))
    assert find_setting(town.engine, EDITION) is None


def test_faults_are_all_told_and_nothing_is_published(town: Shell, tmp_path: Path) -> None:
    folder = write(tmp_path / "own", question("first", when="nowhere == 'x'"), question("second", when="= ="))
    done = run(town, folder)
    assert (done.exit_code, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) >= 3
    assert "setting" not in kinds_of_events(town)


def test_it_says_what_changed_and_what_changed_its_meaning(tmp_path: Path) -> None:
    old = load_edition(write(tmp_path / "old", question("first"), question("second", kind="number")))
    new = load_edition(write(tmp_path / "new", question("second", kind="text"), question("third")))
    assert list(map(str, find_differences(old, new))) == [
        "question first: no longer there",
        "question second: asks for text in place of number; give it a new id",
        "question third: new",
    ]


def test_a_choice_that_goes_is_grave_and_one_that_comes_is_not() -> None:
    old = shipped_edition()
    changed = next(one for one in old.questions.values() if one.kind == "choice" and len(one.choices) > 2)
    fewer = changed.model_copy(update={"choices": changed.choices[:-1]})

    def says(before: object, after: object) -> list[tuple[str, bool]]:
        parts = [old.model_copy(update={"trees": ()}) for _ in range(2)]
        for part, one in zip(parts, (before, after), strict=True):
            part.__dict__["questions"] = {changed.id: one}
        return [(one.says, one.is_grave) for one in find_differences(*parts)]

    assert says(changed, fewer) == [(f"choices no longer there: {changed.choices[-1].id}", True)]
    assert says(fewer, changed) == [("changed: choices", False)]
    assert find_differences(old, old) == []


def test_a_folder_that_the_settings_name_decides(tmp_path: Path) -> None:
    folder = write(tmp_path / "own", question("first"))
    shell = open_shell(Settings(data_dir=tmp_path / "data", base_url=BASE, trees_dir=folder))
    with pytest.raises(NotReady):
        publish(shell, shipped_edition(), signed=signed(shell))
    shell.engine.dispose()


def test_editions_are_for_the_method_owner(town: Shell, town_app: Flask) -> None:
    add(town, "anna")
    client = Client(town_app, person="")
    enter(client, "anna")
    client.get("/admin/editions", 404)


def test_what_nothing_needs_can_be_removed_and_nothing_else(town: Shell, town_app: Flask) -> None:
    owner = add(town, "anna", Role.METHOD_OWNER)
    client = Client(town_app, person="")
    enter(client, "anna")
    with writing(town.engine) as connection:
        unused, needed = (save_edition(connection, mutate(town.edition, worded(n)).body) for n in (1, 2))
    made = make_dossier(replace(town, edition=town.edition_of(needed)), owner=owner.id)
    page = client.get("/admin/editions")
    assert removable(page) == [unused]
    token = page.value("csrf_token")[0]
    for hash, status in ((needed, 409), (town.edition.hash, 409), ("0" * 64, 404)):
        client.post(f"/admin/editions/{hash}/remove", {"csrf_token": token}, status)
    client.post(f"/admin/editions/{unused}/remove", {"csrf_token": token})
    assert kinds_of_events(town)[-1] == "edition_removed"
    assert {one.hash for one in list_editions(town.engine)} == {needed, town.edition.hash}
    move_edition(
        town.engine, made.rsplit("/", 1)[-1], based_on=1, edition=town.edition.hash, answers={}, reopened=(),
        signed=signed(town, owner.id),
    )  # fmt: skip
    page = client.get("/admin/editions")
    assert removable(page) == []
    assert "1 dossier is overgezet" in page.text
    assert not verify_all(town.engine, town.audit_key).faults


def worded(n: int) -> Callable[[Question], Question]:
    said = Text(nl=f"Vraag {n}?", en=f"Question {n}?")
    return lambda question: question.model_copy(update={"ask": said}) if question.id == "purpose" else question


def removable(page: Page) -> list[str]:
    addresses = [str(form.get("action")) for form in page.tree.iter("form")]
    return [one.split("/")[-2] for one in addresses if one.endswith("/remove")]
