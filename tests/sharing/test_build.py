"""What goes along in an example, and what never does."""

from __future__ import annotations

import json

import pytest

from assistant.sharing.build import build_example
from assistant.sharing.draft import Along, Draft, fingerprint, read_draft
from assistant.sharing.fit import fit
from assistant.sharing.hits import Known, find_hits, open_hits, texts_along
from assistant.sharing.shipped import shipped_examples
from assistant.trees.load import load_shelf, shipped_edition, shipped_folder
from assistant.trees.model import LANGUAGES, Kind, Language

from .samples import HEAVY, KEY, LIGHT, example, made, origin, with_all

EDITION = shipped_edition()


def typed_in(name: str) -> set[str]:
    """Everything somebody typed in the scenario."""
    return {one.text for one in origin(name).texts.values()}


@pytest.mark.parametrize("name", [HEAVY, LIGHT])
def test_nothing_typed_goes_along_by_itself(name: str) -> None:
    body = example(name=name).body.decode()
    texts = {json.dumps(text, ensure_ascii=False)[1:-1] for text in typed_in(name) if len(text) > 20}
    assert len(texts) > 10
    assert not [text for text in texts if text in body]


def test_choices_numbers_signals_and_outcome_do() -> None:
    one = example()
    told = {told.question: told for chapter in one.themes for told in chapter.answers}
    assert told["analysis_level"].answer == "predict"
    assert told["analysis_level"].lines == next(
        answer.lines for theme in made().themes for answer in theme.answers if answer.question == "analysis_level"
    )
    assert told["analysis_level"].is_short
    assert one.outcome
    assert one.outcome.id == made().outcome.id
    assert {raised.id for raised in one.signals} == {raised.id for raised in made().signals if not raised.superseded_by}
    assert one.advice
    assert (one.advice.id, one.advice.motivation, one.advice.conditions) == ("do_not", "", ())
    assert one.became
    assert (one.became.id, one.became.reason) == ("stop", "")


def test_of_a_day_only_the_month_goes_along() -> None:
    dates = [id for id, question in EDITION.questions.items() if question.kind is Kind.DATE]
    told = {told.question: told for chapter in example().themes for told in chapter.answers}
    shown = [told[id] for id in dates if id in told and told[id].lines]
    assert shown
    assert all(one.answer is None and not one.lines[0][0].isdigit() for one in shown)
    for day in [made().answers[one.question] for one in shown]:
        assert (day["value"] if isinstance(day, dict) else day) not in example().body.decode()


def test_a_text_that_is_switched_on_goes_along_as_it_was_rewritten() -> None:
    source = origin()
    key = next(key for key in source.texts if key.endswith("-motivation") and key.startswith("analysis"))
    draft = Draft(title="T", texts={key: Along(text="Herschreven.", of=fingerprint(source.texts[key].text))})
    told = {told.question: told for chapter in build_example(source, draft, KEY, 1).themes for told in chapter.answers}
    assert told["analysis_level"].reason == "Herschreven."
    assert not told["analysis_level"].is_short


def test_what_was_typed_anew_since_does_not_go_along() -> None:
    source = origin()
    texts = {key: Along(text="Oud.", of=fingerprint("iets anders")) for key in source.texts}
    assert build_example(source, Draft(title="T", texts=texts), KEY, 1) == build_example(
        source, Draft(title="T"), KEY, 1
    )


def test_with_every_text_on_each_goes_along_once_at_its_place() -> None:
    source = origin()
    body = build_example(source, with_all(source, title="T"), KEY, 1).body.decode()
    assert not [one.key for one in source.texts.values() if json.dumps(one.text, ensure_ascii=False)[1:-1] not in body]


def test_the_organisation_is_named_only_when_asked() -> None:
    assert "Oeverland" not in example().body.decode()
    assert example(Draft(title="T", is_named=True)).municipality == "Gemeente Oeverland"


def test_the_number_of_the_dossier_and_the_title_of_the_project_stay() -> None:
    body = example().body.decode()
    assert "2026-014" not in body
    assert made().project.title not in body


def test_a_draft_is_kept_as_it_is() -> None:
    draft = with_all(origin(), title="T", about="Over")
    assert read_draft(draft.body) == draft


KNOWN = Known(("Nora Bakker", "Jo Li"), "Gemeente Oeverland", ("2026-014", "Z/26/0031"))
FOUND = {
    "Bel Nora Bakker.": ["name"],
    "Vraag het aan bakker": ["name"],
    "De bakkerij": [],
    "Gemeente Oeverland wil dit": ["organisation"],
    "Zaak Z/26/0031, zie 2026-014.": ["reference", "reference"],
    "Op 12 november 2026 en op 3-4-2026": ["day", "day"],
    "On November 12 and 2026-04-03": ["day", "day"],
    "In november 2026, met 12 mensen": [],
    "Mail nora@oeverland.nl of 06-12345678": ["email", "phone"],
    "May 2026 is fine, 5 of 12": [],
}


@pytest.mark.parametrize("text", FOUND)
def test_what_points_at_somebody_is_found_by_kind_and_place(text: str) -> None:
    hits = find_hits(text, KNOWN)
    assert [hit.kind for hit in hits] == FOUND[text]
    assert all(text[hit.start : hit.end].strip() for hit in hits)


def test_a_hit_is_changed_or_called_none_and_that_holds_for_this_text_alone() -> None:
    source = origin()
    draft = Draft(title="T", about="Bel Nora Bakker.")
    assert list(open_hits(source, draft, KNOWN)) == ["about"]
    cleared = draft.model_copy(update={"cleared": {"about": fingerprint(draft.about)}})
    assert open_hits(source, cleared, KNOWN) == {}
    assert list(open_hits(source, cleared.model_copy(update={"about": "Bel Nora Bakker!"}), KNOWN)) == ["about"]


def test_every_text_that_goes_along_is_looked_at() -> None:
    source = origin()
    along = texts_along(source, with_all(source, title="T", about="A", learned="L"))
    assert set(along) == {"title", "about", "learned", *source.texts}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_library_of_the_package(language: Language) -> None:
    found = shipped_examples(language)
    assert [id.split("-")[0] for id in found] == ["example"] * 2 + ["case"] * 8
    assert all(one.about and one.learned and one.language == language for one in found.values())
    assert all(fit(one, EDITION).unknown == () and fit(one, EDITION).answers for one in found.values())
    assert {one.advice.id for one in found.values() if one.advice} == {"go_on", "do_not"}
    assert len({one.key for one in found.values()}) == 10


def test_the_shipped_library_is_what_the_yaml_says() -> None:
    raw = shipped_folder().joinpath("library.json").read_bytes()
    assert load_shelf(shipped_folder()).body == raw, "run `make trees`"


def test_a_new_dossier_begins_with_the_same_choices_to_be_confirmed() -> None:
    fitted = fit(example(), EDITION)
    assert fitted.unknown == ()
    assert len(fitted.answers) > 80
    assert {one.confirmed_in for one in fitted.answers.values()} == {"carried"}
    assert "phase" not in fitted.answers
    said = made().answers
    for id, answer in fitted.answers.items():
        kind = EDITION.questions[id].kind
        if kind is not Kind.TABLE:
            old = said[id]["value"] if isinstance(said[id], dict) else said[id]
            assert answer.value == old
        assert answer.motivation == answer.owner == answer.due == ""


def test_answers_that_other_questions_do_not_know_are_told() -> None:
    one = example()
    chapter = one.themes[0]
    strange = chapter.answers[1].model_copy(update={"question": "no_such_question", "answer": "x"})
    other = chapter.answers[2].model_copy(update={"answer": ["no_such_choice"]})
    changed = one.model_copy(update={"themes": (chapter.model_copy(update={"answers": (strange, other)}),)})
    fitted = fit(changed, EDITION)
    assert (fitted.answers, fitted.unknown) == ({}, (strange, other))
