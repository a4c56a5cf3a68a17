"""The draft for the record of processing: the elements of GDPR article 30.1, from the public answers."""

from __future__ import annotations

import json

import pytest

from assistant.dossier import Dossier
from assistant.onward.model import Draft, Section
from assistant.onward.record import build_record

from .samples import (
    ALL,
    EDITION,
    LANGUAGES,
    MAPPING,
    known_texts,
    made_up,
    said_texts,
    scenario,
    school,
    with_answers,
    with_canary,
)


def record(dossier: Dossier) -> Draft:
    return build_record(MAPPING, dossier, EDITION)


def element(draft: Draft, key: str) -> Section:
    return next(section for section in draft.sections if section.key == key)


def test_the_example_gives_every_element_with_its_codes() -> None:
    made = record(school())
    assert element(made, "a").says[0].lines == ("Gemeente Oeverland",)
    codes = {section.key: [one.code for one in section.says if one.code] for section in made.sections}
    assert codes == {
        "a": ["VS04"],
        "b": ["PD01", "QS03", "GD01", "GD02"],
        "c": ["QS07", "GB01", "QS06"],
        "d": ["QS09", "TB04"],
        "e": ["TB05"],
        "f": ["TB03", "TB07"],
        "g": ["TB06", "TB01", "TB02", "AN01"],
    }


def test_what_no_question_asks_is_always_to_be_filled_in() -> None:
    for dossier in (school(), with_answers()):
        says = [gap.says for gap in element(record(dossier), "a").gaps]
        assert "Contactgegevens van de functionaris gegevensbescherming (FG)" in says


def test_with_nothing_filled_in_it_says_nothing() -> None:
    made = record(with_answers())
    assert [section.key for section in made.sections if section.says] == []


def test_it_holds_no_other_view_and_nobody_who_finds_out() -> None:
    made = record(with_canary(school()))
    assert "kanarie" not in json.dumps(made.model_dump(), ensure_ascii=False)


def test_what_is_not_known_says_only_that() -> None:
    dossier = with_answers(personal_data="traceable", description={"unsure": True, "owner": "jurist"})
    [one] = [one for one in element(record(dossier), "b").says if one.question == "description"]
    assert one.notes == ("Nog niet bekend.",)


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_made_up(name: str) -> None:
    for language in LANGUAGES:
        dossier = scenario(name, language)
        known = known_texts(dossier)
        assert [text for text in said_texts(record(dossier)) if made_up(text, known)] == []
