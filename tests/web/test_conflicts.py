"""Two people at once: nobody's words are overwritten unseen, and nobody is bothered who need not be."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.opening import Shell

from .client import Client
from .work import saved, version

BOTH: list[tuple[str, dict[str, Any], dict[str, Any], str, str]] = [
    ("way", {"value": "road"}, {"value": "water"}, "Weg", "water"),
    ("tools", {"value": ["rope"]}, {"value": ["map", "knife"]}, "Touw", "map"),
    ("far", {"value": "1"}, {"value": "5"}, "1", "5"),
    ("amount", {"value": "10"}, {"value": "20,5"}, "10", "20,5"),
    ("day", {"value": "1-2-2026"}, {"value": "3-4-2026"}, "1 februari 2026", "3-4-2026"),
    ("name", {"value": "Van Bram"}, {"value": "Van Anna"}, "Van Bram", "Van Anna"),
    ("story", {"value": "Van Bram"}, {"value": "Van Anna"}, "Van Bram", "Van Anna"),
    ("sources", {"r1-title": "Van Bram"}, {"r1-title": "Van Anna"}, "Van Bram", "Van Anna"),
]


@pytest.mark.parametrize(("question", "theirs", "mine", "read", "kept"), BOTH, ids=[one[0] for one in BOTH])
def test_two_on_the_same_question(
    kinds: Shell,
    anna: Client,
    bram: Client,
    dossier: str,
    question: str,
    theirs: dict[str, Any],
    mine: dict[str, Any],
    read: str,
    kept: str,
) -> None:
    path = f"{dossier}/questions/{question}"
    page = anna.get(path)
    bram.answer(path, motivation="Bram legt uit.", **theirs)
    before, his = version(kinds, dossier), saved(kinds, dossier, question)
    typed = {f"{question}-{name}": value for name, value in (mine | {"motivation": "Anna legt uit."}).items()}
    refused = anna.send(page, 409, **typed)
    assert read in " ".join(refused.texts("blockquote"))
    assert "Bram legt uit." in " ".join(refused.texts("blockquote"))
    assert kept in [value for name in typed for value in refused.value(name)]
    assert refused.value(f"{question}-motivation") == ["Anna legt uit."]
    assert (version(kinds, dossier), saved(kinds, dossier, question)) == (before, his)
    anna.send(refused)
    assert saved(kinds, dossier, question).motivation == "Anna legt uit."
    assert saved(kinds, dossier, question).value != his.value


def test_the_other_answer_can_be_kept(kinds: Shell, anna: Client, bram: Client, dossier: str) -> None:
    path = f"{dossier}/questions/way"
    page = anna.get(path)
    bram.answer(path, value="road")
    refused = anna.send(page, 409, **{"way-value": "water"})
    [keep] = [
        a.get("href") for box in refused.all("div", kind="errors") for a in box.iter("a") if a.get("href") == page.path
    ]
    assert anna.get(keep).value("way-value") == ["road"]
    assert saved(kinds, dossier, "way").value == "road"


@pytest.mark.parametrize("do", ["unsure:way", "not_applicable:way"])
def test_not_knowing_overwrites_nobody_either(kinds: Shell, anna: Client, bram: Client, dossier: str, do: str) -> None:
    path = f"{dossier}/questions/way"
    page = anna.get(path)
    bram.answer(path, value="road")
    anna.send(page, 409, do=do, **{"way-not_applicable": "Dat is er niet."})
    assert saved(kinds, dossier, "way").value == "road"


def test_a_third_save_is_refused_again(anna: Client, bram: Client, dossier: str) -> None:
    path = f"{dossier}/questions/way"
    page = anna.get(path)
    bram.answer(path, value="road")
    refused = anna.send(page, 409, **{"way-value": "water"})
    bram.answer(path, value="cliff")
    assert "Afgrond" in " ".join(anna.send(refused, 409).texts("blockquote"))


def test_two_on_different_questions(kinds: Shell, anna: Client, bram: Client, dossier: str) -> None:
    pages = anna.get(f"{dossier}/questions/way"), bram.get(f"{dossier}/questions/name")
    anna.send(pages[0], **{"way-value": "road"})
    bram.send(pages[1], **{"name-value": "De tocht"})
    assert (saved(kinds, dossier, "way").value, saved(kinds, dossier, "name").value) == ("road", "De tocht")


def test_a_form_sent_twice(kinds: Shell, anna: Client, dossier: str) -> None:
    page = anna.get(f"{dossier}/questions/way")
    anna.send(page, **{"way-value": "road"})
    anna.send(page, **{"way-value": "road"})
    assert version(kinds, dossier) == 2


def test_two_who_say_the_same(kinds: Shell, anna: Client, bram: Client, dossier: str) -> None:
    page = anna.get(f"{dossier}/questions/way")
    bram.answer(f"{dossier}/questions/way", value="road")
    anna.send(page, **{"way-value": "road"})
    assert version(kinds, dossier) == 2


@pytest.mark.parametrize("rev", ["", "x", "-1", "9" * 5000, "1.0", "²"])
def test_a_form_that_does_not_say_what_it_showed(kinds: Shell, anna: Client, dossier: str, rev: str) -> None:
    path = f"{dossier}/questions/way"
    anna.answer(path, value="road")
    anna.send(anna.get(path), 409, **{"way-rev": rev, "way-value": "water"})
    assert saved(kinds, dossier, "way").value == "road"


def test_another_view_is_never_in_the_way(kinds: Shell, anna: Client, bram: Client, dossier: str) -> None:
    page = anna.get(f"{dossier}/questions/way")
    bram.send(bram.get(f"{dossier}/questions/way/views"), form="add-view", view="Anders.")
    anna.send(page, **{"way-value": "road"})
    assert (saved(kinds, dossier, "way").value, saved(kinds, dossier, "way").other_views) == ("road", ("Anders.",))
