"""The picture of a tree: well formed, alone in the world, and true to the tree."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from assistant.cli import main
from assistant.draw import DOT, WIDTH, draw_tree, rows_of
from assistant.trees.edition import Edition
from assistant.trees.load import shipped_edition
from assistant.trees.model import LANGUAGES, Language, Level

from .trees.samples import both, edition, fact, question, signal, tree

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "desc", "rect", "circle", "path", "text"}
EVERY_TREE = [(language, id) for language in LANGUAGES for id in shipped_edition().tree_ids]


def drawn(made: Edition, language: Language = "en", **how: bool) -> etree._Element:
    return etree.fromstring(draw_tree(made, made.trees[0], language, **how).encode())


def small() -> Edition:
    return edition(
        tree(
            question("first", code="FI01", ask=both("Is it <b>so</b> & true?")),
            question("second", code="SE01", when="first == 'a'"),
            question("third", code="TH01", when="held"),
            facts={"held": fact("first == 'a'")},
            signals=[
                signal("bad", "first", "first == 'b'", "stop"),
                signal("worse", "first", "first == 'c'", "stop"),
                signal("well", "first", "first == 'a'", "strength"),
            ],
        )
    )


@pytest.mark.parametrize(("language", "id"), EVERY_TREE)
def test_a_picture_of_every_shipped_tree_brings_nothing_from_elsewhere(language: Language, id: str) -> None:
    made = shipped_edition()
    source = draw_tree(made, made.tree_ids[id], language)
    root = etree.fromstring(source.encode())
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= ALLOWED
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on") or "href" in name or name == "style"}
    assert "url(" not in source
    assert "@" not in source
    assert root.findtext(f"{SVG}title") == made.tree_ids[id].title[language]
    assert root.findtext(f"{SVG}desc")


@pytest.mark.parametrize(("language", "id"), EVERY_TREE)
def test_every_question_and_theme_stands_in_it_and_nothing_on_top_of_something_else(
    language: Language, id: str
) -> None:
    made = shipped_edition()
    root = etree.fromstring(draw_tree(made, made.tree_ids[id], language).encode())
    words = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
    for theme in made.tree_ids[id].themes:
        assert theme.title[language] in words
        for one in theme.questions:
            assert f"{one.code} {one.ask[language]}" in words
    rows = rows_of(made, made.tree_ids[id], language)
    assert all(below.y - above.y > 20 * len(above.lines) for above, below in pairwise(rows))
    assert all(float(circle.get("cx", "")) < WIDTH for circle in root.iter(f"{SVG}circle"))


def test_typed_words_are_words_and_not_markup() -> None:
    texts = [text.text for text in drawn(small()).iter(f"{SVG}text")]
    assert "FI01 Is it <b>so</b> & true?" in texts


def test_a_question_that_hangs_on_another_is_a_ring_with_a_line_to_it_and_on_a_fact_a_ring() -> None:
    first, second, third = rows_of(small(), small().trees[0], "en")
    assert (first.always, first.after) == (True, ())
    assert (second.always, second.after) == (False, ("first",))
    assert (third.always, third.after) == (False, ())
    root = drawn(small())
    [line] = [path for path in root.iter(f"{SVG}path") if path.get("class") == "bow"]
    assert (line.get("d") or "").startswith(f"M{DOT - 10} {first.y} ")
    assert (line.get("d") or "").endswith(f"{DOT - 10} {second.y}")


def test_signals_are_counted_by_level_and_strengths_are_not() -> None:
    first, second, _ = rows_of(small(), small().trees[0], "en")
    assert (first.levels, second.levels) == ({Level.STOP: 2}, {})


def test_standing_alone_it_has_paper_and_in_a_page_it_has_none() -> None:
    assert len(drawn(small()).findall(f"{SVG}rect")) == 1
    assert not drawn(small(), standalone=False).findall(f"{SVG}rect")


def test_the_command_writes_it(tmp_path: Path) -> None:
    file = tmp_path / "scan.svg"
    result = CliRunner().invoke(main, ["draw", "quick-scan", "-o", str(file), "--language", "en"])
    assert result.exit_code == 0
    assert etree.parse(file).getroot().findtext(f"{SVG}title") == "Quick scan"


def test_the_command_names_the_trees_there_are() -> None:
    result = CliRunner().invoke(main, ["draw", "no-such-tree"])
    assert result.exit_code == 2
    assert "quick-scan" in result.stderr
