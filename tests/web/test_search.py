"""The search page: for everyone signed in, over what they may see; and nothing of a search in a log."""

from __future__ import annotations

from uuid import uuid4

import pytest
from flask import Flask

from assistant.demo import PEOPLE
from assistant.dossier.model import Named
from assistant.opening import Shell
from assistant.sharing.shipped import shipped_examples
from assistant.store.advices import Asked, Opinion, give_advice
from assistant.store.decisions import Made, decide
from assistant.store.library import keep_imported
from assistant.store.versions import find_version

from .checks import CANARY
from .client import Client
from .desk import hand_in, signed_by
from .work import TEAM, make_dossier

OFFICER = PEOPLE["officer"].id
SAID = {
    "phase": "idea",
    "personal_data": "coded",
    "purpose": ["help"],
    "analysis_level": "predict",
    "outcome_about": {"unsure": True},
    "sensitive_data": ["health"],
    "description": "Wij tellen <b>bakfietsen</b> per straat & plein.",
}


def decided(app: Flask, shell: Shell) -> str:
    """A dossier that was handed in, advised and decided on."""
    dossier = make_dossier(shell, SAID, title="Tellingen")
    id = dossier.rsplit("/", 1)[-1]
    hand_in(Client(app), dossier)
    version = find_version(shell.engine, id).id
    opinion = Opinion("po", "go_on_with_conditions", "Tel zonder kenteken.", (Asked("Bewaar geen beelden."),))
    give_advice(shell.engine, id, version, opinion, signed=signed_by(shell, OFFICER))
    decide(shell.engine, id, Made("go_on", "het college", "2026-11-26"), signed=signed_by(shell, TEAM))
    return dossier


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_find_says_where_it_stands_and_what_became_of_it(app: Flask, shell: Shell, language: str) -> None:
    dossier = decided(app, shell)
    page = Client(app, language).get("/search?q=bakf")
    assert page.texts("mark") == ["bakfietsen"]
    assert "<b>bakfietsen</b> per straat & plein." in page.text
    words = {
        "nl": ("Kan doorgaan, met voorwaarden", "Het project gaat door"),
        "en": ("Can go on, with conditions", "The project goes on"),
    }
    assert all(word in page.text for word in words[language])
    ways = [link.get("href") for link in page.all("ol")[0].iter("a")]
    assert ways == [f"/{language}{dossier}", f"/{language}{dossier}/questions/description"]


def test_an_officer_finds_the_version_and_is_led_to_the_desk(app: Flask, shell: Shell) -> None:
    dossier = decided(app, shell)
    page = Client(app, person="officer").get("/search?q=bakf")
    ways = [link.get("href") for link in page.all("ol")[0].iter("a")]
    assert ways == [f"/nl/desk{dossier}", f"/nl/desk{dossier}/whole"]
    assert [Client(app, person="officer").get(way).status for way in ways] == [200, 200]
    assert "voorwaarde" in Client(app, person="officer").get("/search?q=beelden").text


@pytest.mark.parametrize("query", ["kenteken", "beelden", "bakfietsen", "2026-002"])
def test_each_way_of_finding_leads_to_a_page(app: Flask, shell: Shell, query: str) -> None:
    decided(app, shell)
    page = Client(app).get(f"/search?q={query}")
    ways = [link.get("href") for link in page.all("ol")[0].iter("a")]
    assert [Client(app).get(way).status for way in ways] == [200, 200]


def test_somebody_elses_dossier_is_not_there(app: Flask, shell: Shell) -> None:
    decided(app, shell)
    for query in ("bakf", "kenteken", "college"):
        page = Client(app, person="facilitator").get(f"/search?q={query}")
        assert (page.all("ol"), "Niets gevonden" in page.text) == ([], True)


def test_an_answer_off_the_path_says_so(app: Flask, shell: Shell) -> None:
    make_dossier(shell, SAID)
    make_dossier(shell, {"phase": "idea", "description": "Een dwaalwoord."})  # not asked before the scan says so
    assert "deze vraag stellen we nu niet meer" in Client(app).get("/search?q=dwaalwoord").text
    assert "deze vraag stellen we nu niet meer" not in Client(app).get("/search?q=bakfietsen").text


def test_before_and_without_a_find_there_is_a_way_on(app: Flask) -> None:
    client = Client(app)
    assert client.get("/search").all("ol") == []
    assert "ten minste één woord" in client.get("/search?q=%22%2A").text
    page = client.get("/search?q=nergens")
    assert [client.get(link.get("href")).status for link in page.all("main")[0].iter("a")] == [200, 200]


def test_the_library_is_searched_with_the_same_words(app: Flask, shell: Shell) -> None:
    client = Client(app)
    page = client.get("/search?q=schooluitval")
    ways = [link.get("href") for link in page.all("a") if "/library/" in link.get("href", "")]
    assert ways
    assert [client.get(way).status for way in ways] == [200] * len(ways)
    assert "In de bibliotheek" not in client.get("/search").text
    assert "In de bibliotheek" not in client.get("/search?q=schooluitval+nergens").text
    example = shipped_examples("nl")["example-early-school-leaving"]
    for number in range(7):
        renewed = {"key": str(uuid4()), "title": f"Bakfietsen {number}", "advice": Named(id="of_elsewhere", says="x")}
        keep_imported(shell.engine, example.model_copy(update=renewed), signed=signed_by(shell, OFFICER))
    page = client.get("/search?q=bakfietsen")
    assert len([link for link in page.all("a") if "/library/" in link.get("href", "")]) == 5
    assert client.get("/library").status == 200


def test_pages(app: Flask, shell: Shell) -> None:
    for number in range(12):
        make_dossier(shell, title=f"Bakfiets {number}")
    client = Client(app)
    first = client.get("/search?q=bakfiets")
    assert len(first.all("h3")) == 10
    [way] = [link.get("href") for link in first.all("a") if link.text_content() == "Volgende bladzijde"]
    second = client.get(way)
    assert len(second.all("h3")) == 2
    assert any("page=2" in link.get("href", "") and link.get("hreflang") == "en" for link in second.all("a"))
    for page in ("3", "0", "-1", "x", "9" * 30, "٣"):
        assert client.get(f"/search?q=bakfiets&page={page}").status == 200


@pytest.mark.parametrize("query", ["%00", "%ff", "%22", "NEAR(", "a%20OR", "*", "%F0%9F%A6%8A", 5000 * "x"])
def test_no_query_is_an_error(app: Flask, query: str) -> None:
    assert Client(app).get(f"/search?q={query}").status == 200


def test_what_is_searched_for_is_in_no_log(app: Flask, told: list[str]) -> None:
    Client(app).get(f"/search?q={CANARY}")
    assert any("search.show" in line for line in told)
    assert not [line for line in told if CANARY in line]
