"""The texts to go on with, as a team and an officer reach them."""

from __future__ import annotations

import csv
import io
import json

import docx
import pytest
from flask import Flask

from assistant.demo import PEOPLE
from assistant.opening import Shell
from assistant.store.actions import add_action
from assistant.store.advices import Asked, Opinion, give_advice
from assistant.store.decisions import Made, decide
from assistant.store.versions import find_version

from ..onward.standard import faults_of
from .checks import CANARY
from .client import Client
from .desk import HEAVY, OFFICER, draft, handed_in, id_of, signed_by
from .work import make_dossier

FILES = ("dpia.docx", "dpia.html", "dpia.md", "register.txt", "register.json", "record.txt", "record.csv")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("dossier", ["empty", "half", "example"])
def test_the_page_and_every_file_open(request: pytest.FixtureRequest, app: Flask, dossier: str, language: str) -> None:
    client, address = Client(app, language), request.getfixturevalue(dossier)
    page = client.get(f"{address}/onward")
    offered = {
        link.get("href").rsplit("/", 1)[-1] for link in page.all("a") if f"{address}/onward/" in link.get("href")
    }
    assert offered == set(FILES)
    for file in FILES:
        made = client.get(f"{address}/onward/{file}").response
        assert made.data
        assert made.headers["Content-Disposition"].startswith("attachment")


def test_the_downloads_lead_to_it_and_it_leads_to_the_public_summary(client: Client, example: str) -> None:
    page = client.get(f"{example}/downloads")
    [link] = [link.get("href") for link in page.all("a") if link.get("href").endswith("/onward")]
    onward = client.get(link)
    public = [one.get("href") for one in onward.all("a") if "for=public" in one.get("href")]
    assert [client.get(one).status for one in public] == [200, 200]


def test_it_says_what_is_still_to_be_filled_in_with_the_way_to_the_question(app: Flask, half: str) -> None:
    page = Client(app, "en").get(f"{half}/onward")
    links = {link.get("href").rsplit("/", 1)[-1] for link in page.all("a") if "/questions/" in link.get("href")}
    assert "outcome_about" in links
    assert "description" not in links  # it is answered
    assert "Contact details of the municipality" in page.text
    assert "of the 21 parts" in page.text


def test_the_register_on_the_page_says_which_fields_it_waits_for(app: Flask, shell: Shell) -> None:
    page = Client(app, "en").get(f"{draft(shell, HEAVY)}/onward")
    assert "1 required field is empty" in page.text
    assert "Contact: Required." in page.text
    [link] = [link for link in page.all("a") if link.get("href").endswith("/questions/special_exception")][:1]
    assert "Data: Not known yet:" in " ".join(page.texts("li"))
    assert "exception" in "".join(link.itertext())


def test_the_json_is_what_the_register_takes_also_of_an_english_dossier(app: Flask, shell: Shell) -> None:
    address = draft(shell, HEAVY)
    for language in ("nl", "en"):
        made = json.loads(Client(app, language).get(f"{address}/onward/register.json?in=en").source)
        assert list(faults_of(made)) == []
        assert made["status"] == "In ontwikkeling"
        assert "een statistisch model" in made["methods_and_models"]  # in Dutch, whoever asks


def test_a_draft_is_in_the_dossiers_language_unless_asked_otherwise(app: Flask, shell: Shell) -> None:
    address = draft(shell, HEAVY)
    english = Client(app, "en")
    assert "Concept voor de toets op risico's (DPIA)" in english.get(f"{address}/onward/dpia.md").source
    assert "Draft of the assessment of risks (DPIA)" in english.get(f"{address}/onward/dpia.md?in=en").source
    english.get(f"{address}/onward/dpia.md?in=fy", 404)


@pytest.mark.parametrize("file", ["dpia.pdf", "dpia.json", "register.csv", "plan.docx", "record.docx"])
def test_what_is_not_made_is_not_there(client: Client, example: str, file: str) -> None:
    client.get(f"{example}/onward/{file}", 404)


def test_what_was_recorded_stands_in_the_dpia_by_function(app: Flask, shell: Shell, client: Client) -> None:
    address = handed_in(app, shell, HEAVY)
    id, officer = id_of(address), signed_by(shell, OFFICER)
    add_action(shell.engine, id, about="", text="De grond opzoeken", owner="jurist", due="2027-02-01", signed=officer)
    asked = (Asked("Begin per opleiding.", "projectleider", "2027-01-15"),)
    opinion = Opinion("fg", "go_on_with_conditions", "Kleiner kan het.", asked, function="functionaris")
    give_advice(shell.engine, id, find_version(shell.engine, id).id, opinion, signed=officer)
    decide(shell.engine, id, Made("change", "college", "2026-11-20", reason="Wij beginnen klein."), signed=officer)
    text = client.get(f"/dossiers/{id}/onward/dpia.md").source
    for said in (
        "De grond opzoeken",
        "Begin per opleiding.",
        "Kleiner kan het.",
        "functionaris,",
        "college,",
        "klein.",
    ):
        assert said in text
    assert [person.name for person in PEOPLE.values() if person.name in text] == []


def test_a_proposal_is_no_advice_yet(app: Flask, shell: Shell, client: Client) -> None:
    id, officer = id_of(handed_in(app, shell, HEAVY)), signed_by(shell, OFFICER)
    opinion = Opinion("fg", "do_not", "Nog niet besproken.")
    version = find_version(shell.engine, id).id
    give_advice(shell.engine, id, version, opinion, signed=officer, needs_reader=True)
    assert "Nog niet besproken." not in client.get(f"/dossiers/{id}/onward/dpia.md").source


def test_an_officer_has_them_of_the_version_that_was_handed_in(app: Flask, shell: Shell) -> None:
    address = handed_in(app, shell, HEAVY)
    officer = Client(app, person="officer")
    page = officer.get(address)
    links = [link.get("href") for link in page.all("a") if "/onward/" in link.get("href")]
    assert len(links) == 3
    [word] = [link for link in links if link.endswith(".docx")]
    read = docx.Document(io.BytesIO(officer.get(word).response.data))
    assert read.paragraphs[0].text == "Schooluitval eerder zien aankomen"
    assert json.loads(officer.get(f"{address}/onward/register.json").source)["lang"] == "nld"
    officer.get(f"{address}/onward/register.pdf", 404)
    officer.get(f"{address.removeprefix('/desk')}/onward", 403)  # what the team is writing is not theirs


def test_nothing_that_was_typed_stays_behind_and_no_formula_gets_out(client: Client, shell: Shell) -> None:
    address = make_dossier(
        shell,
        {"phase": "idea", "personal_data": "traceable", "description": f"=1+{CANARY} <b>", "benefit": "@SUM(A1)"},
        title="=cmd",
    )
    rows = csv.reader(io.StringIO(client.get(f"{address}/onward/record.csv").source.lstrip("\ufeff")), delimiter=";")
    assert [cell for row in rows for cell in row if cell.startswith(("=", "@"))] == []
    made = json.loads(client.get(f"{address}/onward/register.json").source)
    assert list(faults_of(made)) == []
    assert "&lt;b&gt;" in made["goal"]
