"""Dossiers to render: the small example, a heavy one, and one with a given text in every place that is free."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assistant.answers import Answer
from assistant.answers_file import read_answers
from assistant.compare import Alternative, weigh
from assistant.dossier import Audience, Dossier, ProjectFacts, build_dossier
from assistant.dossier.audiences import for_audience
from assistant.trees.load import shipped_edition
from assistant.trees.model import Kind, Language

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "exports" / "examples"
SCENARIOS = ROOT / "question_trees" / "scenarios"
TODAY = date(2026, 11, 21)


def squeezed(text: str) -> str:
    """Without the spaces, which a format may lay out anew."""
    return "".join(text.split())


def dossier_of(file: Path, language: Language | None = None, audience: Audience = "team") -> Dossier:
    read = read_answers(file.read_bytes(), file.name, shipped_edition())
    facts = ProjectFacts(read.title, read.organisation)
    return build_dossier(
        shipped_edition(),
        read.answers,
        facts,
        TODAY,
        language or read.language,
        open_by_hand=read.trees,
        audience=audience,
    )


def dossier_that_says(text: str, language: Language = "nl") -> Dossier:
    """Everything on the path of the heavy scenario, with this text wherever somebody may type."""
    file = SCENARIOS / "early-school-leaving.yaml"
    edition = shipped_edition()
    answers = dict(read_answers(file.read_bytes(), file.name, edition).answers)
    for id, answer in answers.items():
        question = edition.questions[id]
        value = answer.value
        if question.kind in (Kind.TEXT, Kind.LONG_TEXT):
            value = text
        elif question.kind is Kind.TABLE:
            typed = {column.id: text for column in question.columns if column.kind == "text"}
            value = [row | typed for row in value]
        answers[id] = Answer(
            value=value, unsure=answer.unsure, motivation=text, owner=text, due="2026-12-11", other_views=(text, text)
        )
    answers["data_quality"] = Answer(not_applicable=text, motivation=text)
    return build_dossier(edition, answers, ProjectFacts(text, text, number="2026-014"), TODAY, language)


def weighed_dossier(language: Language = "nl", audience: Audience = "team", says: str = "") -> Dossier:
    """The heavy scenario, chosen before three alternatives: a lighter one, one opened again, one destroyed.

    `says`: stands wherever somebody may type in the alternative and in the reason.
    """
    ours = dossier_of(SCENARIOS / "early-school-leaving.yaml", language)
    others = [
        Alternative("2026-015", "weighed", lighter_dossier(language, says)),
        Alternative("2026-016", "reopened"),
        Alternative("2026-017", "destroyed"),
    ]
    why = says or "Zonder model helpen wij te laat.\n\n- De lijst van school komt pas in mei."
    made = ours.model_copy(update={"alternatives": weigh(ours, why, others)})
    return for_audience(made, audience, shipped_edition().decider)


def lighter_dossier(language: Language = "nl", says: str = "") -> Dossier:
    """The heavy scenario without a model that says something of persons."""
    file, edition = SCENARIOS / "early-school-leaving.yaml", shipped_edition()
    answers = dict(read_answers(file.read_bytes(), file.name, edition).answers)
    answers |= {
        "ai_about_persons": Answer("no"),
        "outcome_about": Answer("large_group"),
        "level_needed": Answer("describe"),
    }
    answers |= {"informing": Answer(["website", "council_letter"]), "personal_data": Answer("totals")}
    answers["description"] = Answer(says or "Wij tellen per opleiding wie stopt.")
    return build_dossier(edition, answers, ProjectFacts(says or "Alleen tellen", "", "2026-015"), TODAY, language)
