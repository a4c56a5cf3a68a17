"""What a workshop gave: side by side, as a dossier, into a dossier, as a file, as a page to take home."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from assistant import clock
from assistant.answers import Answer
from assistant.answers_file import read_answers
from assistant.opening import Shell, import_answers
from assistant.store.actions import list_actions
from assistant.store.answers import save_answers
from assistant.store.database import writing
from assistant.store.dossiers import create_dossier, find_dossier, move_dossier
from assistant.store.remarks import list_remarks
from assistant.store.workshop import running, tables
from assistant.store.workshop.origins import LATER, find_origin
from assistant.store.workshop.rounds import Paper, close_round, save_paper
from assistant.web.facilitator.stories import story_from
from assistant.web.shell import seal_keys

from .client import Client
from .desk import signed_by
from .hall import FACILITATOR, Hall, open_hall, prepare

HARVEST = tables.Harvest(
    "Wij beginnen per school.",
    "Wie mag dit zien?",
    "De mentor bellen.",
    (tables.HarvestAction("Vraag de jurist", "beleid", "2027-01-15"),),
)


@pytest.fixture
def hall(app: Flask, shell: Shell) -> Hall:
    """A day with two tables, of which the first wrote things down and the room saw one round."""
    made = open_hall(app, shell, sheet="taster")
    engine = shell.engine
    tables.save_table_answer(
        engine, made.id, 1, "legal_task", 0, Answer(value=["compulsory_education"], motivation="Leerplichtwet.")
    )
    tables.save_table_answer(
        engine, made.id, 1, "who_decides", 0, Answer(unsure=True, owner="jurist", due="2027-01-15")
    )
    tables.add_table_view(engine, made.id, 1, "legal_task", "Dit is geen taak van ons.")
    tables.save_values(engine, made.id, 1, 0, ("care", "privacy"))
    tables.save_harvest(engine, made.id, 1, 0, HARVEST)
    number = made.place("stance:ring_the_bell")
    save_paper(engine, made.id, number, Paper({"ring_the_bell": [1, 2, 3, 1, 1]}))
    with app.app_context():
        close_round(engine, made.id, number, made.workshop.rounds[number], 5, seal_keys())
    running.park(engine, made.id, "Wie betaalt dit?")
    running.end(engine, made.id, clock.now())
    return made


def make(hall: Hall, number: int = 1) -> str:
    """The dossier of a table; its id."""
    token = hall.lead.get(f"{hall.url}/afterwards").value("csrf_token")[0]
    page = hall.lead.post(f"{hall.url}/tables/{number}/dossier", {"csrf_token": token})
    return page.response.headers["Location"].rsplit("/", 1)[-1]


def test_tables_stand_side_by_side_and_notes_apart(hall: Hall) -> None:
    page = hall.lead.get(f"{hall.url}/afterwards")
    for said in ("Tafel 1", "Tafel 2", "Dit is geen taak van ons.", "Wij beginnen per school.", "8 weken"):
        assert said in page.text
    assert "Wie betaalt dit?" not in page.text
    report = hall.lead.get(f"{hall.url}/report")
    for said in ("Wie betaalt dit?", "Vraag de jurist", "15 januari 2027", "Waar sta jij?"):
        assert said in report.text


def test_one_press_makes_a_dossier_and_two_the_same(shell: Shell, hall: Hall) -> None:
    id = make(hall)
    assert make(hall) == id
    kept = find_dossier(shell.engine, id)
    answers = kept.document.answers
    assert answers["legal_task"].value == ["compulsory_education"]
    assert answers["legal_task"].other_views == ("Dit is geen taak van ons.",)
    assert (answers["who_decides"].unsure, answers["who_decides"].owner) == (True, "jurist")
    assert answers["values_at_stake"].value == ["privacy", "care"]
    assert answers["personal_data"].value
    assert {one.text for one in list_actions(shell.engine, id)} == {"Vraag de jurist", "De mentor bellen."}
    texts = " ".join(one.text for one in list_remarks(shell.engine, id))
    assert "Wij beginnen per school." in texts
    assert "Wie mag dit zien?" in texts
    assert find_origin(shell.engine, id)
    page = hall.lead.get(f"/dossiers/{id}")
    assert "tafel 1" in page.text


def test_each_table_has_a_dossier_of_its_own(hall: Hall) -> None:
    assert make(hall, 1) != make(hall, 2)
    token = hall.lead.get(f"{hall.url}/afterwards").value("csrf_token")[0]
    hall.lead.post(f"{hall.url}/tables/9/dossier", {"csrf_token": token}, 404)


def test_a_file_opens_in_another_installation(shell: Shell, hall: Hall) -> None:
    raw = hall.lead.get(f"{hall.url}/tables/1/answers.yaml").response.get_data()
    read = read_answers(raw, "x.yaml", shell.edition)
    assert read.answers["legal_task"].other_views == ("Dit is geen taak van ons.",)
    made = import_answers(shell, raw, "x.yaml", FACILITATOR)
    assert made.document.answers["who_decides"].unsure


def upload(client: Client, raw: bytes, status: int) -> Any:

    token = client.get("/dossiers/new").value("csrf_token")[0]
    return client.post(
        "/dossiers/new", {"csrf_token": token, "do": "open", "file": (io.BytesIO(raw), "x.yaml")}, status
    )


def test_a_file_is_opened_in_the_browser_or_refused_with_every_fault(hall: Hall, client: Client) -> None:
    raw = hall.lead.get(f"{hall.url}/tables/1/answers.yaml").response.get_data()
    page = client.follow(upload(client, raw, 302))
    assert (
        "Voorspellen wie van school gaat" in client.get(page.path.rsplit("/questions", 1)[0].removeprefix("/nl")).text
    )
    wrong = upload(client, b"format: 1\nproject: {title: x}\nanswers: {nothing: 1, legal_task: 7}\n", 422)
    assert wrong.text.count("nothing") + wrong.text.count("legal_task") >= 2
    upload(client, b"", 422)


def test_into_the_dossier_it_was_about(app: Flask, shell: Shell) -> None:
    given: dict[str, Any] = {"title": "Eigen", "organisation": "", "language": "nl", "trees": (), "owner": FACILITATOR}
    answers = {"legal_task": Answer(value=["work_and_income"]), "group_heard": Answer(value="yes")}
    made = create_dossier(
        shell.engine, edition_hash=shell.edition.hash, answers=answers, actor=FACILITATOR, at=clock.now(),
        audit_key=shell.audit_key, **given,
    )  # fmt: skip
    today = clock.today(shell.settings.time_zone)
    story = story_from(find_dossier(shell.engine, made.id), shell.edition, shell.playbook, today)
    hall = open_hall(app, shell, sheet="taster", about_dossier=made.id, story=story)
    tables.save_table_answer(shell.engine, hall.id, 1, "legal_task", 0, Answer(value=["compulsory_education"]))
    tables.save_table_answer(shell.engine, hall.id, 1, "group_heard", 0, Answer(value="no"))
    rev = find_dossier(shell.engine, made.id).document.answers["group_heard"].rev
    at, key = clock.now(), shell.audit_key
    save_answers(
        shell.engine, made.id, {"group_heard": (rev, Answer(unsure=True))}, actor=FACILITATOR, at=at, audit_key=key
    )
    token = hall.lead.get(f"{hall.url}/afterwards").value("csrf_token")[0]
    page = hall.lead.follow(hall.lead.post(f"{hall.url}/tables/1/into", {"csrf_token": token}))
    assert shell.edition.questions["group_heard"].ask.nl in page.texts("div", role="status")[0]
    now = find_dossier(shell.engine, made.id).document.answers
    assert now["legal_task"].value == ["compulsory_education"]
    assert now["group_heard"].unsure
    move_dossier(shell.engine, made.id, "close", signed=signed_by(shell, FACILITATOR))
    hall.lead.post(f"{hall.url}/tables/1/into", {"csrf_token": token}, 409)


def test_reports_are_printed(hall: Hall) -> None:
    for piece in ("report", "worksheet_filled"):
        assert hall.lead.get(f"{hall.url}/print/{piece}.pdf").response.get_data()[:5] == b"%PDF-"


def test_who_has_the_projectors_link_reads_the_report_without_an_account(app: Flask, hall: Hall) -> None:
    page = Client(app, "en", person="").get(f"{hall.screen}/report")
    assert "Wij beginnen per school." in page.text
    Client(app, person="").get("/screen/nothing/report", 404)


def test_a_day_that_was_not_over_is_opened_again(hall: Hall) -> None:
    token = hall.lead.get(f"{hall.url}/afterwards").value("csrf_token")[0]
    hall.lead.post(f"{hall.url}/end", {"csrf_token": token, "do": "reopen"})
    assert hall.workshop.state == "open"


def test_before_the_day_there_is_nothing_to_read(shell: Shell, hall: Hall) -> None:
    id = prepare(shell, sheet="taster")
    assert hall.lead.get(f"/workshops/{id}/afterwards", 302).response.headers["Location"].endswith("/prepare")


def test_eight_weeks_later_the_dossier_asks_how_the_actions_stand(shell: Shell, hall: Hall) -> None:
    id = make(hall)
    assert "Hoe staan de actiepunten" not in hall.lead.get(f"/dossiers/{id}").text

    day = clock.today(shell.settings.time_zone) - LATER
    with writing(shell.engine) as connection:
        connection.exec_driver_sql(f"UPDATE dossier_origin SET day = '{day.isoformat()}'")
    assert "Hoe staan de actiepunten" in hall.lead.get(f"/dossiers/{id}").text
    assert "Hoe staan de actiepunten" in hall.lead.get("/my-work").text
    with writing(shell.engine) as connection:
        early = (day - LATER - timedelta(days=1)).isoformat()
        connection.exec_driver_sql(f"UPDATE dossier_origin SET day = '{early}'")
    assert "Hoe staan de actiepunten" not in hall.lead.get("/my-work").text


def test_a_stranger_reaches_none_of_it(app: Flask, hall: Hall) -> None:
    other = Client(app, person="officer")
    for path in ("afterwards", "report", "tables/1/answers.yaml", "print/report.pdf"):
        other.get(f"{hall.url}/{path}", 404)
