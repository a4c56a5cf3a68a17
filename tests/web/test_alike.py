"""While a team describes its project: dossiers and examples that look like it, and nothing typed is lost."""

from __future__ import annotations

import pytest
from flask import Flask

from assistant.demo import PEOPLE
from assistant.opening import Shell
from assistant.store.advices import Opinion, give_advice
from assistant.store.versions import find_version

from .client import Client
from .desk import hand_in, signed_by
from .work import TITLE, make_dossier, saved, version

EARLIER = {
    "phase": "idea",
    "personal_data": "coded",
    "purpose": ["help"],
    "analysis_level": "predict",
    "outcome_about": {"unsure": True},
    "sensitive_data": ["health"],
    "description": "Met slimme camera's bakfietsen tellen op het marktplein.",
}
TYPED = "Wij willen bakfietsen op het marktplein tellen met een sensor."
QUESTION = "/questions/description"


def advised(app: Flask, shell: Shell) -> str:
    dossier = make_dossier(shell, EARLIER, title="Bakfietstelling")
    hand_in(Client(app), dossier)
    given = find_version(shell.engine, dossier.rsplit("/", 1)[-1]).id
    opinion = Opinion("po", "dpia_first", "Eerst de risico's.")
    give_advice(shell.engine, dossier.rsplit("/", 1)[-1], given, opinion, signed=signed_by(shell, PEOPLE["officer"].id))
    return dossier


@pytest.fixture
def blank(shell: Shell) -> str:
    """A dossier in which the description is asked and not given."""
    return make_dossier(shell, {name: said for name, said in EARLIER.items() if name != "description"})


def test_nothing_is_suggested_while_nothing_is_typed(app: Flask, blank: str) -> None:
    page = Client(app).get(blank + QUESTION)
    assert not page.all("section", id="alike")
    assert "Zoek wat erop lijkt" in page.text


def test_looking_keeps_what_is_typed_and_saves_nothing(app: Flask, shell: Shell, blank: str) -> None:
    earlier, before = advised(app, shell), version(shell, blank)
    client = Client(app)
    page = client.get(blank + QUESTION)
    found = client.send(page, 200, do="alike", **{"description-value": TYPED})
    [block] = found.all("section", id="alike")
    assert [link.get("href") for link in block.iter("a")] == [f"/nl{earlier}"]
    assert "Eerst een onderzoek naar de risico" in block.text_content() or "DPIA" in block.text_content()
    assert "bakfietsen, marktplein, tellen" in block.text_content()
    assert TYPED in found.source
    assert version(shell, blank) == before
    assert saved(shell, blank, "description").is_missing


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_saved_shows_examples_with_their_outcome(app: Flask, shell: Shell, language: str) -> None:
    said = {**EARLIER, "description": "Jongeren die met school stoppen zonder diploma krijgen eerder een mentor."}
    page = Client(app, language).get(make_dossier(shell, said) + QUESTION)
    [block] = page.all("section", id="alike")
    assert "Schoolverlaters" in block.text_content() or "school" in block.text_content()
    assert len(list(block.iter("details"))) in (1, 2)


def test_who_may_not_see_a_dossier_is_not_told_of_it(app: Flask, shell: Shell) -> None:
    advised(app, shell)
    own = make_dossier(shell, EARLIER, title="Eigen", owner=PEOPLE["facilitator"].id)
    [block] = Client(app, person="facilitator").get(own + QUESTION).all("section", id="alike")
    assert "Bakfietstelling" not in block.text_content()
    assert "Geen dossier dat je mag zien" in block.text_content()


def test_other_questions_and_the_scan_have_no_such_button(app: Flask, half: str) -> None:
    assert "Zoek wat erop lijkt" not in Client(app).get(half + "/questions/benefit").text
    assert TITLE in Client(app).get(half + "/questions/benefit").text
