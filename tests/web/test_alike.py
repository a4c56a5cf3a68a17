"""While a team describes its project: dossiers and examples that look like it, and nothing typed is lost."""

from __future__ import annotations

from uuid import uuid4

import pytest
from flask import Flask
from lxml.html import HtmlElement

from assistant.demo import PEOPLE
from assistant.opening import Shell
from assistant.sharing.shipped import shipped_examples
from assistant.store.advices import Opinion, give_advice
from assistant.store.library import keep_imported
from assistant.store.versions import find_version
from assistant.trees.load import shipped_playbook

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


def ways_of(block: HtmlElement) -> list[str]:
    return [link.get("href", "") for link in block.iter("a")]


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
    assert [way for way in ways_of(block) if "/library/" not in way] == [f"/nl{earlier}"]
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
    ways = [way for way in ways_of(block) if way.startswith(f"/{language}/library/")]
    assert 1 <= len(ways) <= 2
    assert [Client(app).get(way).status for way in ways] == [200] * len(ways)


def test_what_was_added_to_the_library_is_suggested(app: Flask, shell: Shell, blank: str) -> None:
    signed = signed_by(shell, PEOPLE["officer"].id)
    example = shipped_examples("nl")["case-" + shipped_playbook().cases[0].case]
    added = example.model_copy(
        update={"key": str(uuid4()), "title": "Sensoren op de markt", "about": "Een sensor telt bakfietsen."}
    )
    kept = keep_imported(shell.engine, added, signed=signed)
    client = Client(app)
    found = client.send(client.get(blank + QUESTION), 200, do="alike", **{"description-value": TYPED})
    [block] = found.all("section", id="alike")
    assert f"/nl/library/{kept}" in ways_of(block)


def test_who_may_not_see_a_dossier_is_not_told_of_it(app: Flask, shell: Shell) -> None:
    advised(app, shell)
    own = make_dossier(shell, EARLIER, title="Eigen", owner=PEOPLE["facilitator"].id)
    [block] = Client(app, person="facilitator").get(own + QUESTION).all("section", id="alike")
    assert "Bakfietstelling" not in block.text_content()
    assert "Geen dossier dat je mag zien" in block.text_content()


def test_other_questions_and_the_scan_have_no_such_button(app: Flask, half: str) -> None:
    assert "Zoek wat erop lijkt" not in Client(app).get(half + "/questions/benefit").text
    assert TITLE in Client(app).get(half + "/questions/benefit").text
