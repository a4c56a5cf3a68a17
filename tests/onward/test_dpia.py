"""The draft of a DPIA: every section, what the answers say, what was recorded beside them, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.dossier import Dossier
from assistant.onward.dpia import build_dpia
from assistant.onward.gather import words_of
from assistant.onward.model import NOTHING, Beside, Decided, Draft, Given, Planned, Section
from assistant.onward.words import WORDS
from assistant.trees.model import Language

from ..exports.samples import weighed_dossier
from .samples import ALL, EDITION, LANGUAGES, MAPPING, known_texts, made_up, said_texts, scenario, school, with_answers

BESIDE = Beside(
    actions=(Planned("De grondslag uitzoeken", "jurist", "2026-12-11"), Planned("Brief testen", done=True)),
    conditions=(Planned("Eerst per opleiding", "projectleider", "2027-01-15"),),
    advices=(Given("fg", "dpia_first", "2026-12-01", 2, "functionaris gegevensbescherming", "Te vroeg."),),
    decision=Decided("change", "college", "2026-12-20", True, "Wij beginnen kleiner.", "B&W 2026/12"),
)


def dpia(dossier: Dossier | None = None, beside: Beside = NOTHING) -> Draft:
    return build_dpia(MAPPING, dossier or school(), EDITION, beside)


def part(draft: Draft, number: int) -> Section:
    return next(section for section in draft.sections if section.key == str(number))


def said(section: Section) -> str:
    return "\n".join(text for one in section.says for text in (one.label, *one.lines, *one.notes, one.reason))


def test_every_section_is_there_in_order_and_named() -> None:
    made = dpia()
    assert [section.key for section in made.sections] == [str(n) for n in range(21)]
    assert [section.title for section in made.sections] == [chapter.title.nl for chapter in MAPPING.dpia]


def test_a_section_holds_the_answers_with_their_codes_and_reasons() -> None:
    made = dpia()
    [first, *_] = part(made, 1).says
    assert (first.code, first.question) == ("PD01", "description")
    assert first.lines[0].startswith("We willen eerder zien welke jongeren")
    basis = next(one for one in part(made, 11).says if one.question == "legal_ground")
    assert basis.reason == "Onze publieke taak: leerplicht en het voorkomen van schooluitval."


def test_of_a_table_it_takes_the_columns_that_it_names() -> None:
    sources = next(one for one in part(dpia(), 2).says if one.question == "sources")
    columns = {column.id: column.label.nl for column in EDITION.questions["sources"].columns}
    wanted = ("name", "collected_for", "kinds", "level", "period", "needed")  # in the order of the table
    assert sources.header == tuple(columns[id] for id in wanted)
    assert sources.rows[0][0] == "Verzuim"


def test_what_is_not_known_yet_says_who_finds_out_and_by_when() -> None:
    exception = next(one for one in part(dpia(), 12).says if one.question == "special_exception")
    assert exception.notes == ("Nog niet bekend. jurist zoekt het uit, uiterlijk 11 december 2026.",)
    alone = with_answers(personal_data="traceable", description={"unsure": True})
    [nobody] = [one for one in part(dpia(alone), 1).says if one.question == "description"]
    assert nobody.notes == ("Nog niet bekend. Nog niemand zoekt het uit.",)


def test_what_does_not_apply_says_why() -> None:
    made = dpia(with_answers(personal_data="traceable", benefit={"not_applicable": "Het is onderzoek."}))
    [one] = [one for one in part(made, 5).says if one.question == "benefit"]
    assert one.notes == ("Niet van toepassing, want: Het is onderzoek.",)


def test_the_risks_are_what_the_answers_raise_the_most_serious_first_and_from_which_answers() -> None:
    made, dossier = part(dpia(), 16), school()
    tables = [one for one in made.says if not one.question]
    assert [one.label for one in tables] == [
        "Nu niet starten (mogelijk)", "Eerst oplossen", "Eerst oplossen (mogelijk)", "Aandachtspunt",
    ]  # fmt: skip
    codes = [row[0] for one in tables for row in one.rows]
    raised = [one for one in dossier.signals if one.level in ("stop", "high", "attention") and not one.superseded_by]
    assert sorted(codes) == sorted(one.code for one in raised)
    entries = {answer.question: answer.code for theme in dossier.themes for answer in theme.answers}
    signal = next(one for one in raised if len(one.because) > 1)
    row = next(row for one in tables for row in one.rows if row[0] == signal.code)
    assert row[1:] == (signal.says, ", ".join(entries[reason.question] for reason in signal.because))


def test_other_views_stand_only_where_the_mapping_says_so() -> None:
    made = dpia()
    with_views = {section.key for section in made.sections if any(one.views for one in section.says)}
    assert with_views
    assert with_views <= {str(chapter.number) for chapter in MAPPING.dpia if chapter.views}


def test_actions_conditions_advice_and_decision_stand_where_they_belong() -> None:
    made = dpia(beside=BESIDE)
    measures, advice, decision = said(part(made, 17)), said(part(made, 19)), said(part(made, 20))
    assert "De grondslag uitzoeken\njurist · Uiterlijk 11 december 2026." in measures
    assert "Brief testen\ngedaan" in measures
    assert "Eerst per opleiding\nprojectleider · Uiterlijk 15 januari 2027." in measures
    assert (
        "Eerst een toets op risico's (DPIA)\nfunctionaris gegevensbescherming, 1 december 2026, Versie 2\nTe vroeg."
        in advice
    )
    assert "Eerst het plan aanpassen\ncollege, 20 december 2026, B&W 2026/12\nDit besluit wijkt af" in decision
    assert WORDS["decision"][0] not in [gap.says for gap in part(made, 20).gaps]


def test_only_a_recorded_advice_of_the_dpo_and_a_recorded_decision_count() -> None:
    for beside in (NOTHING, replace(BESIDE, advices=(Given("po", "go_on", "2026-12-01", 1),), decision=None)):
        made = dpia(beside=beside)
        assert WORDS["fg"][0] in [gap.says for gap in part(made, 19).gaps]
        assert WORDS["decision"][0] in [gap.says for gap in part(made, 20).gaps]


def test_a_question_that_nobody_answered_is_a_gap_with_its_place() -> None:
    made = dpia(with_answers(personal_data="traceable", phase="idea"))
    [gap] = [gap for gap in part(made, 1).gaps if gap.question == "description"]
    assert (gap.code, gap.says) == ("PD01", EDITION.questions["description"].ask.nl)


def test_with_nothing_filled_in_everything_is_to_be_filled_in() -> None:
    made = dpia(with_answers())
    filled = {one.label for section in made.sections for one in section.says}
    assert filled == {"Gemaakt op"}
    named = {gap.says for section in made.sections for gap in section.gaps if not gap.question}
    assert {"Besluit", "Naam en handtekening"} <= named


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_made_up(name: str) -> None:
    for language in LANGUAGES:
        dossier = scenario(name, language)
        known = known_texts(dossier)
        assert [(t, made_up(t, known)) for t in said_texts(dpia(dossier)) if made_up(t, known)] == []


def test_it_speaks_the_dossiers_language() -> None:
    made = dpia(scenario("early-school-leaving", "en"))
    assert made.sections[1].title == "The proposal"
    assert made.words["to_fill"] == "To be filled in"


@pytest.mark.parametrize("language", LANGUAGES)
def test_necessity_tells_what_was_weighed_and_where_each_text_comes_from(language: Language) -> None:
    made = weighed_dossier(language)
    assert made.alternatives
    first, reopened, destroyed = made.alternatives.laid_aside
    weighed = [one for one in part(dpia(made), 14).says if not one.question]
    why, differing, there, here, *gone = weighed
    assert (why.lines, why.notes) == ((made.alternatives.reason,), (words_of(language)["from_weighing"],))
    assert [row[1:] for row in differing.rows] == [(one.ours, one.theirs) for one in first.differing]
    assert all("2026-015" in one.notes[-1] for one in (differing, there, here))
    assert [len(one.lines) for one in (there, here)] == [len(first.raised_there), len(first.raised_here) + 1]
    assert [one.lines for one in gone] == [(reopened.stands_says,), (destroyed.stands_says,)]


def test_without_alternatives_necessity_says_nothing_of_them() -> None:
    assert all(one.question for one in part(dpia(), 14).says)
