"""The draft for the Algorithm Register: what it takes, in Dutch, from public answers, with what is still wrong."""

from __future__ import annotations

import json

import pytest

from assistant.onward.model import Problem
from assistant.onward.register import build_register
from assistant.trees.model import Language

from ..exports.payloads import PAYLOADS
from ..exports.samples import dossier_that_says
from .samples import (
    ALL,
    EDITION,
    MAPPING,
    known_texts,
    made_up,
    register,
    said_texts,
    scenario,
    school,
    texts_of,
    with_answers,
    with_canary,
)
from .standard import HTML, faults_of, missing_in, read_html


def problems(made: tuple[Problem, ...], kind: str) -> list[str]:
    return [one.key for one in made if one.kind == kind]


def test_the_example_gives_the_fields_that_are_known() -> None:
    values = register(school()).values
    assert values["name"] == "Schooluitval eerder zien aankomen"
    assert values["organization"] == "Gemeente Oeverland"
    assert values["description_short"].startswith("We willen eerder zien welke jongeren dreigen te stoppen")
    assert values["status"] == "In ontwikkeling"
    assert values["begin_date"] == "2027-01"
    assert values["category"] == ["Onderwijs en wetenschap", "Sociale zekerheid", "Zorg en gezondheid"]
    assert values["publication_category"] == "Hoog-risico AI-systeem"
    assert values["impacttoetsen_grouping"] == [{"title": "Ethische toets"}, {"title": "Pre-scan DPIA"}]
    assert "een statistisch model" in values["methods_and_models"]
    assert (values["lang"], values["standard_version"]) == ("nld", "1.0")


def test_what_is_not_known_is_left_out_and_told() -> None:
    made = register(school())
    assert missing_in(made.values) == problems(made.problems, "missing") == ["contact_email"]
    assert problems(made.problems, "empty") == ["provider"]
    assert not made.is_complete
    assert [(one.key, one.question) for one in made.problems if one.kind == "unsure"] == [
        ("begin_date", "ai_since"),
        ("source_data", "special_exception"),
    ]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", ALL)
def test_the_register_would_take_every_field_that_is_there(name: str, language: Language) -> None:
    made = register(scenario(name, language))
    assert list(faults_of(made.values)) == []
    assert missing_in(made.values) == problems(made.problems, "missing")


@pytest.mark.parametrize("text", [*PAYLOADS, "\n".join(PAYLOADS), "woord " * 3000, "x" * 20_000, "- a\n" * 5000])
def test_whatever_was_typed_the_register_would_take_it(text: str) -> None:
    assert list(faults_of(register(dossier_that_says(text)).values)) == []


def test_what_is_too_long_is_cut_and_told() -> None:
    made = register(with_answers(personal_data="traceable", description="lang verhaal " * 60))
    assert len(made.values["description_short"]) <= 350
    assert made.values["description_short"].endswith(" …")
    [cut] = [one for one in made.problems if one.kind == "cut"]
    assert (cut.key, cut.question) == ("description_short", "description")
    assert cut.says == "Te lang: 779 tekens, er passen er 350. Het einde is eraf. Maak de tekst korter."
    assert len(read_html(made.values["goal"])[1][0]) == 779


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_made_up(name: str) -> None:
    dossier = scenario(name, "nl")
    made, known = register(dossier), known_texts(dossier)
    texts = [*said_texts(made), *(node for key in HTML for node in read_html(made.values.get(key, ""))[1])]
    plain = [text for key, value in made.values.items() if key not in HTML for text in texts_of(value)]
    known |= {made.values.get("begin_date", ""), dossier.made_on[:7]}
    assert [(text, made_up(text, known)) for text in (*texts, *plain) if made_up(text, known)] == []


@pytest.mark.parametrize(
    ("phase", "status"),
    [
        ("idea", "In ontwikkeling"), ("exploration", "In ontwikkeling"), ("prototype", "In ontwikkeling"),
        ("pilot", "In gebruik"), ("in_use", "In gebruik"), ("change", "In gebruik"), ("stopped", None),
    ],
)  # fmt: skip
def test_the_status_follows_from_the_phase_and_of_what_stopped_it_is_left_open(phase: str, status: str | None) -> None:
    made = register(with_answers(phase=phase, personal_data="traceable"))
    assert made.values.get("status") == status
    assert ("status" in problems(made.problems, "missing")) == (status is None)


def test_a_phase_that_nobody_gave_is_no_status() -> None:
    assert "status" not in register(with_answers(personal_data="traceable")).values


@pytest.mark.parametrize(
    ("maker", "provider"), [("us", "Intern ontwikkeld"), ("supplier", None), ("municipalities", None)]
)
def test_who_made_it_is_named_only_if_that_is_the_municipality(maker: str, provider: str | None) -> None:
    answers = {
        "phase": "idea",
        "personal_data": "traceable",
        "purpose": ["help"],
        "analysis_level": "predict",
        "outcome_about": "person",
        "software": "statistical",
        "consequence": "contact",
        "model_maker": maker,
    }
    assert register(with_answers(**answers)).values.get("provider") == provider


def test_a_publication_category_is_named_only_where_the_ai_tree_says_so() -> None:
    given = {name: register(scenario(name)).values.get("publication_category") for name in ALL}
    conclusions = {name: {one.id for one in scenario(name).conclusions if one.certain} for name in ALL}
    for name, category in given.items():
        assert category == ("Hoog-risico AI-systeem" if "ai_treat_as_high" in conclusions[name] else None)
    assert set(given.values()) == {"Hoog-risico AI-systeem", None}


def test_a_conclusion_that_hangs_on_what_is_not_known_is_no_publication_category() -> None:
    doubtful = tuple(one.model_copy(update={"certain": False}) for one in school().conclusions)
    made = register(school().model_copy(update={"conclusions": doubtful}))
    assert "publication_category" not in made.values
    assert "publication_category" in problems(made.problems, "missing")


def test_a_dpia_counts_as_done_only_if_it_is_there() -> None:
    base = {
        "phase": "idea",
        "personal_data": "traceable",
        "purpose": ["help"],
        "analysis_level": "predict",
        "outcome_about": "person",
        "sensitive_data": ["health"],
        "data_subjects": ["dependent"],
    }
    for existing, titles in (("current", True), ("old", True), ("elsewhere", False), ("none", False)):
        made = register(with_answers(**base, existing_dpia=existing))
        named = [one["title"] for one in made.values.get("impacttoetsen_grouping", [])]
        assert ("Data Protection Impact Assessment (DPIA)" in named) == titles


def test_an_unfinished_dossier_claims_no_assessment() -> None:
    assert "impacttoetsen_grouping" not in register(with_answers(phase="idea", personal_data="traceable")).values


def test_a_team_that_typed_in_english_is_told_in_the_language_it_reads() -> None:
    made = build_register(MAPPING, school(), EDITION, typed_in="en", told_in="en")
    assert made.problems[0].kind == "language"
    assert made.problems[0].says.startswith("The register is in Dutch.")
    assert {one.field for one in made.problems if one.kind == "missing"} == {"Contact"}
    assert made.values["status"] == "In ontwikkeling"
    assert "language" not in [one.kind for one in register(school()).problems]


def test_it_holds_no_other_view_and_nobody_who_finds_out() -> None:
    made = register(with_canary(school()))
    assert "kanarie" not in json.dumps(made.model_dump(), ensure_ascii=False)


def test_with_nothing_filled_in_there_is_the_name_alone() -> None:
    made = register(with_answers())
    assert made.values == {"name": "Naam", "lang": "nld", "standard_version": "1.0"}
    assert {section.key for section in made.sections if section.says} == {"name", "lang", "standard_version"}
