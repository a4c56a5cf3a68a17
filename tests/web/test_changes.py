"""What changed, on a page: in words as well as by looks, unchanged folded away, and typed text stays text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask, render_template_string
from lxml import html

from assistant.answers import Answer
from assistant.compare import Changes, compare

from ..test_compare import BASE, UNSURE, dossier

PAGE = '{% import "components/changes.html" as changed with context %}{{ changed.overview(changes) }}'


def drawn(app: Flask, changes: Changes, language: str = "en") -> html.HtmlElement:
    with app.test_request_context(f"/{language}/"):
        page = render_template_string(PAGE, changes=changes)
    element: html.HtmlElement = html.fragment_fromstring(page, create_parent="main")
    return element


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def story(value: str) -> dict[str, Answer]:
    return {"purpose": Answer(value=value)}


def test_what_came_and_went_is_said_in_words_that_only_a_screen_reader_tells(app: Flask) -> None:
    page = drawn(app, compare(dossier(story("Wij bellen de ouders.")), dossier(story("Wij mailen de ouders."))))
    (gone,), (come,) = page.findall(".//del"), page.findall(".//ins")
    assert (text(gone), text(come)) == ("removed: bellen", "added: mailen")
    assert all(element[0].get("class") == "hidden" for element in (gone, come))
    assert "struck through" in text(page)


def test_unchanged_answers_are_folded_away_and_counted(app: Flask) -> None:
    page = drawn(app, compare(dossier(BASE), dossier(BASE | {"people": 5})))
    (folded,) = page.findall(".//details")
    assert folded.get("open") is None
    assert text(folded.find("summary")) == "6 answers in this theme are the same"
    assert text(page.find(".//dt")) == "Changed Wat is people?"
    assert "Basisregister" not in text(page).split("6 answers")[0]


def test_rows_that_stayed_are_folded_away_too(app: Flask) -> None:
    rows = [*BASE["sources"], {"id": "r3", "name": "Inspectie"}]
    page = drawn(app, compare(dossier(BASE), dossier(BASE | {"sources": rows})))
    (place,) = page.findall(".//dl/div")
    assert text(place.find(".//p")) == "added: Bron: Inspectie; Soort: nog niet bekend"
    assert text(place.find(".//details/summary")) == "2 lines are the same"


def test_a_signal_that_another_covers_does_not_crowd_the_list(app: Flask) -> None:
    before, after = dossier({}), dossier({"uses": "a"})
    covered = [signal.model_copy(update={"superseded_by": "other"}) for signal in after.signals]
    assert "What the answers raise" in text(drawn(app, compare(before, after)))
    crowded = after.model_copy(update={"signals": tuple(covered)})
    assert "What the answers raise" not in text(drawn(app, compare(before, crowded)))


def test_nothing_changed_is_said(app: Flask) -> None:
    assert text(drawn(app, compare(dossier(BASE), dossier(BASE)))) == "Nothing changed."


def test_new_and_gone_questions_are_told_by_name_and_not_marked_word_by_word(app: Flask) -> None:
    for before, after, kind in (("b", "a", "New question"), ("a", "b", "No longer asked")):
        changes = compare(dossier(BASE | {"uses": before}), dossier(BASE | {"uses": after}))
        place = next(row for row in drawn(app, changes).findall(".//dl/div") if "children" in text(row))
        assert text(place).startswith(kind)
        assert not place.findall(".//del") + place.findall(".//ins")


def test_every_kind_of_change_has_its_words(app: Flask) -> None:
    later = BASE | {"uses": UNSURE, "people": replace(UNSURE, owner="jurist"), "sources": UNSURE}
    made = dossier(later).model_copy(update={"project": dossier(later).project.model_copy(update={"title": "Anders"})})
    said = text(drawn(app, compare(dossier(BASE | {"starts": UNSURE}), made)))
    for words in (
        "Title: removed: Uitval per opleiding added: Anders",
        "How sure: removed: zeker added: mogelijk",
        "New Aandachtspunt: text",
        "Known now Wat is starts?",
        "New Wat is people? (jurist)",
        "Open points",
    ):
        assert words in said


@pytest.mark.parametrize(("language", "wanted"), [("en", "nl"), ("nl", None)])
def test_the_language_of_the_dossier_is_marked_where_the_page_has_another(
    app: Flask, language: str, wanted: str | None
) -> None:
    page = drawn(app, compare(dossier(BASE), dossier(BASE | {"people": 5})), language)
    assert page.find(".//dt/span[2]").get("lang") == wanted
    assert page.find(".//del/span").get("lang") == (language if wanted else None)


def test_typed_text_is_text(app: Flask) -> None:
    page = drawn(app, compare(dossier(story("Eerst <b>dit</b>.")), dossier(story("Eerst <i>dat</i>."))))
    assert not page.findall(".//b") + page.findall(".//i")
    (line,) = page.findall(".//dd/p")
    for unread in line.findall(".//del") + line.findall("./ins/span"):
        unread.drop_tree()
    assert line.text_content() == "Eerst <i>dat</i>."


def test_white_space_alone_is_not_marked(app: Flask) -> None:
    page = drawn(app, compare(dossier(story("Eerst dit, dan dat.")), dossier(story("Eerst dit,\n\ndan dat."))))
    assert not page.findall(".//del") + page.findall(".//ins")
    assert page.find(".//dd/p").text_content() == "Eerst dit,\n\ndan dat."
    assert "Only spaces or line breaks changed." in text(page)
