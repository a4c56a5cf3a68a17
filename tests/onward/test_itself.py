"""The assistant held against its own questions: no algorithm that decides about somebody, but a line in the record."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from assistant.onward.record import build_record

from .samples import EDITION, MAPPING, register, scenario

NAME: Final = "the-assistant-itself"
DOCUMENT: Final = Path(__file__).parents[2] / "docs" / "itself.md"


def test_the_register_draft_says_that_it_decides_nothing_and_leaves_the_category_open() -> None:
    made = register(scenario(NAME))
    assert "beslissen niets over een persoon" in str(made.values["description_short"])
    assert "publication_category" not in made.values
    missing = [one.key for one in made.problems if one.kind == "missing"]
    assert missing == ["contact_email", "publication_category"]


def test_the_record_has_what_is_kept_of_staff_and_leaves_contacts_to_the_organisation() -> None:
    made = build_record(MAPPING, scenario(NAME), EDITION)
    says = {section.key: section.says for section in made.sections}
    assert all(says[key] for key in ("a", "b", "c", "f", "g"))
    [contacts] = [section.gaps for section in made.sections if section.key == "a"]
    assert "Contactgegevens van de functionaris gegevensbescherming (FG)" in [gap.says for gap in contacts]


def test_the_document_tells_the_outcome() -> None:
    dossier = scenario(NAME)
    assert str(dossier.outcome.id) == "go_on_with_agreements"
    assert "**go on, with agreements**" in DOCUMENT.read_text(encoding="utf-8")
