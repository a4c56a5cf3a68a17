"""The pages for readers: every tree, with every question, signal and source, as a picture and in words."""

from __future__ import annotations

import pytest
from flask import Flask

from assistant.opening import Shell
from assistant.trees.load import shipped_edition
from assistant.trees.model import LANGUAGES, Language

from .checks import words
from .client import Client

EVERY_TREE = [(language, id) for language in LANGUAGES for id in shipped_edition().tree_ids]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_links_to_every_tree_and_says_when_it_comes(app: Flask, language: Language) -> None:
    page = Client(app, language).get("/trees")
    links = {link.get("href") for link in page.all("a")}
    for tree in shipped_edition().trees:
        assert f"/{language}/trees/{tree.id}" in links
        assert tree.about[language] in page.text
    assert {"nl": "Iedereen begint hier.", "en": "Everyone begins here."}[language] in page.text


@pytest.mark.parametrize(("language", "id"), EVERY_TREE)
def test_a_tree_shows_every_question_and_what_it_can_raise(app: Flask, language: Language, id: str) -> None:
    page, edition = Client(app, language).get(f"/trees/{id}"), shipped_edition()
    tree = edition.tree_ids[id]
    assert page.h1 == tree.title[language]
    sections = {section.get("id"): words(section) for section in page.all("section", kind="question")}
    assert list(sections) == [f"question-{question.id}" for question in tree.questions]
    for question in tree.questions:
        said = sections[f"question-{question.id}"]
        for text in (question.ask, question.why, *(choice.label for choice in question.options)):
            assert words_of(text[language]) in said
        for signal in edition.signals.values():
            if signal.about == question.id:
                assert words_of(signal.says[language]) in said
                assert signal.code in said
                for key in signal.refs:
                    assert words_of(edition.references[key].says[language]) in said


def words_of(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(("language", "id"), EVERY_TREE)
def test_the_picture_stands_in_the_page_and_its_words_too(app: Flask, language: Language, id: str) -> None:
    page = Client(app, language).get(f"/trees/{id}")
    [picture] = page.all("svg")
    assert picture.get("role") == "img"
    assert words(picture.find("title")) == shipped_edition().tree_ids[id].title[language]


def test_a_condition_is_told_in_words(client: Client) -> None:
    page = client.get("/trees/quick-scan")
    [section] = page.all("section", id="question-outcome_about")
    assert "Deze vraag komt als dit klopt: “Het gaat over mensen” geldt" in words(section)
    [always] = page.all("section", id="question-phase")
    assert "Deze vraag komt altijd." in words(always)


def test_there_is_no_page_for_a_tree_that_is_not_there(client: Client) -> None:
    client.get("/trees/no-such-tree", 404)


def test_the_about_page_leads_to_the_trees(client: Client) -> None:
    assert "/nl/trees" in {link.get("href") for link in client.get("/about").all("a")}


def test_trees_of_ones_own_are_shown_as_well(kinds: Shell, someone: object) -> None:
    client = someone()
    for tree in kinds.edition.trees:
        assert client.get(f"/trees/{tree.id}").h1 == tree.title["nl"]
